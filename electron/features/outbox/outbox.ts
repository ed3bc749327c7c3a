import type { Input, Reply } from '../../../shared/contract.ts';
import type { AppError } from '../../../shared/errors.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import * as outbox from '../../store/outbox/outbox.ts';
import { findChange, type OutboxRow } from '../../store/outbox/outbox-rows.ts';
import { giveBackWords } from '../marks/drafts.ts';
import { type Desk, instantOf } from '../use-case-context.ts';

type Done = Result<Record<string, never>, AppError>;

export function outboxEntries({ db }: Desk, { which, limit }: Input<'outbox.list'>): Reply<'outbox.list'> {
  return ok(outbox.listOutbox(db, which, limit));
}

/** Takes an act back inside its hold; its words become a draft again. Twice is the same as once. */
export function undoEntry(desk: Desk, { opId }: Input<'outbox.undo'>): Reply<'outbox.undo'> {
  return takeBack(desk, opId, 'undo', () => outbox.undo(desk.db, opId, instantOf(desk.now())) === 'undone');
}

/** Gives up a change that failed; its words become a draft again. */
export function discardEntry(desk: Desk, { opId }: Input<'outbox.discard'>): Reply<'outbox.discard'> {
  return takeBack(desk, opId, 'discard', () => outbox.discard(desk.db, opId, instantOf(desk.now())));
}

function takeBack(desk: Desk, opId: string, what: string, take: () => boolean): Done {
  const taken = desk.db.transaction((): Done => {
    const row = findChange(desk.db, opId);
    if (!row) return err({ kind: 'not-found' });
    if (row.state === 'undone') return ok({});
    if (!take()) return err({ kind: 'too-late', what });
    giveBackWords(desk, row.change.itemId, row.change.change);
    return ok({});
  });
  if (taken.ok) {
    desk.journal.retire(opId);
    settled(desk);
  }
  return taken;
}

export function tryAgain(desk: Desk, { opId }: Input<'outbox.try-again'>): Reply<'outbox.try-again'> {
  const row = findChange(desk.db, opId);
  if (!row) return err({ kind: 'not-found' });
  if (row.recovered && row.state === 'rejected') return err({ kind: 'invalid-input', field: 'opId', problem: 'recovered' });
  return sendAgain(desk, row);
}

/** What only the journal remembered after damage is never sent by itself: a person says so, or says not (SAFETY D5, D6). */
export function confirmRecovered(desk: Desk, { opId, send }: Input<'outbox.confirm-recovered'>): Reply<'outbox.confirm-recovered'> {
  const row = findChange(desk.db, opId);
  if (!row?.recovered) return err({ kind: 'not-found' });
  return send ? sendAgain(desk, row) : discardEntry(desk, { opId: row.change.opId });
}

function sendAgain(desk: Desk, row: OutboxRow): Done {
  if (!outbox.tryAgain(desk.db, row.change.opId, instantOf(desk.now()))) return err({ kind: 'too-late', what: 'try-again' });
  settled(desk);
  return ok({});
}

function settled(desk: Desk): void {
  desk.announce(['inbox', 'item', 'outbox']);
  desk.sync.wake();
}
