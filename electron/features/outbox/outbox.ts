import { itemRulesOf } from '../../../shared/acts/acts.ts';
import { itemOf, type QueuedChange } from '../../../shared/changes/changes.ts';
import type { Input, Reply } from '../../../shared/contract.ts';
import type { PracticeZone } from '../../../shared/dates.ts';
import type { OutboxEntry } from '../../../shared/domain/outbox.ts';
import { ownershipRefusal } from '../../../shared/domain/ownership.ts';
import type { AppError } from '../../../shared/errors.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { summaryOf } from '../../../shared/words/act-words.ts';
import { findItemOfTask } from '../../store/lists/work-item.ts';
import * as outbox from '../../store/outbox/outbox.ts';
import { listOutbox, type StoredEntry } from '../../store/outbox/outbox-entries.ts';
import { findChange, type OutboxRow, openChangesOf } from '../../store/outbox/outbox-rows.ts';
import { markConflict } from '../../store/outbox/outbox-send.ts';
import { giveBackWords } from '../marks/drafts.ts';
import { instantOf, type UseCaseContext, type ViewContext } from '../use-case-context.ts';

type Done = Result<Record<string, never>, AppError>;

export function outboxEntries({ db, zone }: ViewContext, { which, limit }: Input<'outbox.list'>): Reply<'outbox.list'> {
  const { entries, total } = listOutbox(db, which, limit);
  return ok({ entries: entries.map((entry) => toEntry(entry, zone)), total });
}

/** A stored row as the screens show it: named by what its act is called. */
export function toEntry({ change: { change }, ...entry }: StoredEntry, zone: PracticeZone): OutboxEntry {
  return { ...entry, kind: change.kind, summary: summaryOf(change.kind, change, zone) };
}

/** Takes an act back inside its hold; its words become a draft again. Twice is the same as once. */
export function undoEntry(context: UseCaseContext, { opId }: Input<'outbox.undo'>): Reply<'outbox.undo'> {
  return takeBack(context, opId, 'undo', (row) => {
    if (outbox.undo(context.db, opId, instantOf(context.now())) !== 'undone') return false;
    stopOnColleaguesItem(context, row.change);
    return true;
  });
}

/** Gives up a change that failed; its words become a draft again. */
export function discardEntry(context: UseCaseContext, { opId }: Input<'outbox.discard'>): Reply<'outbox.discard'> {
  return takeBack(context, opId, 'discard', () => outbox.discard(context.db, opId, instantOf(context.now())));
}

function takeBack(context: UseCaseContext, opId: string, what: string, take: (row: OutboxRow) => boolean): Done {
  const taken = context.db.transaction((): Done => {
    const row = findChange(context.db, opId);
    if (!row) return err({ kind: 'not-found' });
    if (row.state === 'undone') return ok({});
    if (!take(row)) return err({ kind: 'too-late', what });
    giveBackWords(context, row.change);
    return ok({});
  });
  if (taken.ok) {
    context.journal.retire(opId);
    settled(context);
  }
  return taken;
}

/** A take-over is taken back, and the item is a colleague's again: what was done on it since is not sent without a new decision. */
function stopOnColleaguesItem(context: UseCaseContext, takenBack: QueuedChange): void {
  const taskId = itemOf(takenBack)?.taskId;
  const item = taskId === undefined ? undefined : findItemOfTask(context.db, taskId);
  if (!item) return;
  stopLater(context, takenBack, `${item.ownerName ?? 'A colleague'} has it again. Nothing was sent.`, ({ authorId, change }) => {
    const rules = itemRulesOf(change.kind);
    return rules !== null && ownershipRefusal(item, authorId, rules.ownership)?.kind === 'taken';
  });
}

/** Changes of the same item that wait, and were never sent, wait for a person from now on. Inside the caller's transaction. */
export function stopLater(context: UseCaseContext, first: QueuedChange, problem: string, which: (queued: QueuedChange) => boolean): void {
  const { db, now } = context;
  for (const { change, state, attempts } of openChangesOf(db, itemOf(first)?.taskId ?? '')) {
    if (change.opId !== first.opId && state === 'queued' && attempts === 0 && which(change)) {
      markConflict(db, change.opId, problem, instantOf(now()));
    }
  }
}

export function requeueFailed(context: UseCaseContext, { opId }: Input<'outbox.try-again'>): Reply<'outbox.try-again'> {
  const row = findChange(context.db, opId);
  if (!row) return err({ kind: 'not-found' });
  if (row.recovered && row.state === 'rejected') return err({ kind: 'invalid-input', field: 'opId', problem: 'recovered' });
  return resend(context, row);
}

/** What only the journal remembered after damage is never sent by itself: a person says so, or says not (SAFETY D5, D6). */
export function confirmRecovered(
  context: UseCaseContext,
  { opId, send }: Input<'outbox.confirm-recovered'>,
): Reply<'outbox.confirm-recovered'> {
  const row = findChange(context.db, opId);
  if (!row?.recovered) return err({ kind: 'not-found' });
  return send ? resend(context, row) : discardEntry(context, { opId: row.change.opId });
}

function resend(context: UseCaseContext, row: OutboxRow): Done {
  if (!outbox.requeueFailed(context.db, row.change.opId, instantOf(context.now()))) return err({ kind: 'too-late', what: 'try-again' });
  settled(context);
  return ok({});
}

function settled(context: UseCaseContext): void {
  context.announce(['inbox', 'item', 'outbox']);
  context.sync.wake();
}
