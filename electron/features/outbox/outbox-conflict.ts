import { itemRulesOf, patientWordsOf, reapplied, typedWordsOf } from '../../../shared/acts/acts.ts';
import { ActRequest, itemOf, type QueuedChange } from '../../../shared/changes/changes.ts';
import type { Input, Performed, Reply } from '../../../shared/contract.ts';
import type { WorkItem } from '../../../shared/domain/work-item.ts';
import type { AppError } from '../../../shared/errors.ts';
import type { OpId, Seen } from '../../../shared/ids.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { summaryOf } from '../../../shared/words/act-words.ts';
import type { WriteDb } from '../../store/db.ts';
import { findItemOfTask } from '../../store/lists/work-item.ts';
import { findDraft, saveDraft } from '../../store/marks/drafts.ts';
import { findResource } from '../../store/mirror/mirror.ts';
import { discard } from '../../store/outbox/outbox.ts';
import { findEntry } from '../../store/outbox/outbox-entries.ts';
import { findChange } from '../../store/outbox/outbox-rows.ts';
import { baseBodies } from '../../store/outbox/outbox-send.ts';
import { performNow } from '../acts/perform.ts';
import { shownRefs } from '../kinds/seen.ts';
import { keyNow } from '../marks/drafts.ts';
import { type Difference, instantOf, type UseCaseContext, type ViewContext } from '../use-case-context.ts';
import { discardEntry, stopLater, toEntry } from './outbox.ts';

/** Both versions, side by side (PRODUCT 64): what the author saw and did, and what is there now. */
export function conflictView(context: ViewContext, { opId }: Input<'outbox.conflict'>): Reply<'outbox.conflict'> {
  const entry = findEntry(context.db, opId);
  const row = findChange(context.db, opId);
  if (!entry || !row) return err({ kind: 'not-found' });
  const { change, createdAt } = row.change;
  const taskId = itemOf(row.change)?.taskId ?? '';
  const item = findItemOfTask(context.db, taskId);
  const text = patientWordsOf(change.kind, change) ?? typedWordsOf(change.kind, change)?.text ?? null;
  return ok({
    entry: toEntry(entry, context.zone),
    yours: { summary: summaryOf(change.kind, change, context.zone), text, at: createdAt },
    theirs: {
      summary: item ? statusWords(item) : 'No longer in the queue',
      by: item?.ownerName ?? null,
      at: changedAt(context, taskId),
    },
    differences: differencesOf(context, row.change, item),
  });
}

function statusWords({ status, ownerName }: WorkItem): string {
  const words = { requested: 'Waiting', accepted: 'Claimed', 'in-progress': 'In progress', 'on-hold': 'On hold' } as const;
  const closed = { completed: 'Done', cancelled: 'Cancelled', rejected: 'Declined' } as const;
  const word = { ...words, ...closed }[status];
  return ownerName === null ? word : `${word} · ${ownerName}`;
}

function changedAt({ db }: ViewContext, taskId: string): string | null {
  const lastUpdated = findResource(db, 'Task', taskId)?.lastUpdated;
  return lastUpdated === undefined ? null : instantOf(Date.parse(lastUpdated));
}

/** What moved among the things the author saw, and what has come since. */
function differencesOf(context: ViewContext, { opId, seen, change }: QueuedChange, item: WorkItem | undefined): Difference[] {
  const bases = baseBodies(context.db, opId);
  const restsOnAll = itemRulesOf(change.kind)?.requiredVersions === 'everything-shown';
  const refs = new Set([...Object.keys(seen), ...(item && restsOnAll ? shownRefs(context.db, item) : [])]);
  return [...refs].flatMap((ref) => {
    const [type = '', id = ''] = ref.split('/');
    const now = findResource(context.db, type, id);
    if (now?.versionId === seen[ref]) return [];
    return context.compareBodies(ref, bases.get(ref)?.body ?? '', now?.body ?? '');
  });
}

/** Gives up ours, or decides again on what is there now: as a new intent, with every rule asked once more. */
export function resolveConflict(context: UseCaseContext, input: Input<'outbox.resolve-conflict'>): Reply<'outbox.resolve-conflict'> {
  if (input.choice === 'keep-theirs') return discardEntry(context, { opId: input.opId });
  if (findEntry(context.db, input.newOpId) && findEntry(context.db, input.opId)?.state === 'undone') return ok({});
  const again = allOrNothing(context.db, () => decideAgain(context, input));
  if (!again.ok) return again;
  context.journal.retire(input.opId);
  context.announce(['inbox', 'item', 'outbox']);
  context.sync.wake();
  return ok({});
}

function decideAgain(context: UseCaseContext, input: Input<'outbox.resolve-conflict'>): Result<Performed, AppError> {
  const { db, user, subject, now } = context;
  const row = findChange(db, input.opId);
  if (!row) return err({ kind: 'not-found' });
  if (!discard(db, input.opId, instantOf(now()))) return err({ kind: 'too-late', what: 'resolve-conflict' });
  // They were decided when this one was thought to be done, and must not leave before it is.
  stopLater(context, row.change, 'You decided again on what came before it. Nothing was sent.', () => true);
  const { change } = row.change;
  const words = typedWordsOf(change.kind, change);
  const itemKey = keyNow(context, row.change);
  const newer = words && itemKey !== undefined ? findDraft(db, itemKey, words.draft) : undefined;
  const request = requestAgain(context, row.change, { opId: input.newOpId, seen: input.seen });
  const { reply } = performNow(context, { request, author: { staff: user, subject }, now: now() });
  // The act took its words from the change, so what has been typed since is no part of it and stays.
  if (reply.ok && words && itemKey !== undefined && newer && newer.text !== words.text)
    saveDraft(db, { itemKey, kind: words.draft, ...newer });
  return reply;
}

/** The same act anew, on what the person has seen since. */
function requestAgain(context: ViewContext, queued: QueuedChange, act: { readonly opId: OpId; readonly seen: Seen }): ActRequest {
  const { change, patientId } = queued;
  const itemKey = keyNow(context, queued);
  const subject = queued.subject.of === 'practice' ? {} : { patientId, ...(itemKey !== undefined && { itemKey }) };
  return ActRequest.parse({ kind: change.kind, ...act, subject, input: reapplied(change.kind, change, context.zone) });
}

/** A transaction that an expected failure undoes too, not only a thrown one: for what writes first and asks the rules after. */
function allOrNothing<T>(db: WriteDb, work: () => Result<T, AppError>): Result<T, AppError> {
  const refusal = new Error('Refused: everything is undone');
  let result: Result<T, AppError> | undefined;
  try {
    return db.transaction(() => {
      result = work();
      if (!result.ok) throw refusal;
      return result;
    });
  } catch (thrown) {
    if (thrown === refusal && result) return result;
    throw thrown;
  }
}
