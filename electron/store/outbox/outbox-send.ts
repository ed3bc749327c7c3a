import { z } from 'zod';
import type { QueuedChange } from '../../../shared/changes/changes.ts';
import type { OutboxState } from '../../../shared/domain/outbox.ts';
import type { ReadDb, WriteDb } from '../db.ts';
import { defineStatement } from '../db.ts';
import { refreshItemOf } from '../lists/work-item.ts';
import { recordStateChange } from './outbox.ts';
import { findChange, OutboxRow, selectRow } from './outbox-rows.ts';

/**
 * Which earlier changes hold one back: any open one of the same item, and in its lane whatever is on its way or will be, so that what was done for one
 * patient arrives in that order (SAFETY I10). One that failed, and what waits behind it on its item, holds up nobody else; one on no item, such as a
 * note on a patient, nobody at all: nothing rests on it.
 */
const isAhead = `earlier.lane = o.lane AND earlier.seq < o.seq AND earlier.state NOT IN ('done', 'undone')
  AND (earlier.task_id = o.task_id OR (earlier.author_subject = o.author_subject AND earlier.state NOT IN ('conflict', 'rejected')
    AND NOT EXISTS (SELECT 1 FROM outbox AS failed
      WHERE failed.lane = earlier.lane AND failed.task_id = earlier.task_id AND failed.seq < earlier.seq AND failed.state IN ('conflict', 'rejected'))))`;

const nextToSendSql = defineStatement(`${selectRow}
       WHERE state NOT IN ('done', 'undone') AND state IN ('queued', 'unknown') AND author_subject = :subject
         AND (sends_at <= :now OR sends_at > :longestHold) AND (not_before IS NULL OR not_before <= :now OR not_before > :longestWait)
         AND NOT EXISTS (SELECT 1 FROM outbox AS earlier
           WHERE ${isAhead})
       ORDER BY seq LIMIT 1`);

/**
 * The oldest change that may go out now: its undo window and its waiting time are over, its author is signed in, and no earlier change holds it
 * back (SAFETY I10, I13).
 */
export function nextToSend(db: ReadDb, { now, subject }: { now: string; subject: string }): OutboxRow | undefined {
  const row = db
    .read(nextToSendSql)
    .get({ now, subject, longestHold: after(now, longestUndoWindowSeconds * 1000), longestWait: after(now, longestWaitMs) });
  return OutboxRow.optional().parse(row);
}

/** No undo window is longer (shared/acts). */
const longestUndoWindowSeconds = 10;

/** The longest wait that is ever set (a server's Retry-After, answer.ts). What lies further off was set by a clock that has been set back since (SAFETY I24). */
const longestWaitMs = 3_600_000;

function after(now: string, ms: number): string {
  return new Date(Date.parse(now) + ms).toISOString();
}

const nextSendAtSql = defineStatement(`SELECT min(max(sends_at, coalesce(not_before, sends_at))) AS at FROM outbox AS o
       WHERE state NOT IN ('done', 'undone') AND state IN ('queued', 'unknown') AND author_subject = :subject
         AND NOT EXISTS (SELECT 1 FROM outbox AS earlier
           WHERE ${isAhead})`);

/** When the next change that nothing holds back falls due; null when there is none. For the engine's wait: one that is held back must not end it. */
export function nextSendAt(db: ReadDb, subject: string): string | null {
  const row = db.read(nextSendAtSql).get({ subject });
  return z.object({ at: z.string().nullable() }).parse(row).at;
}

interface Step {
  readonly to: OutboxState;
  readonly from: readonly OutboxState[];
  readonly notBefore: string | null;
  readonly problem: string | null;
  readonly now: string;
  readonly isAttempt?: boolean;
}

const routine: readonly OutboxState[] = ['queued', 'sending', 'unknown'];

const updateOutboxSql =
  defineStatement(`UPDATE outbox SET state = :to, not_before = :notBefore, problem = :problem, attempts = attempts + :attempt, finished_at = :finishedAt
       WHERE op_id = :opId`);
const deleteOutboxBaseSql = defineStatement('DELETE FROM outbox_base WHERE op_id = :opId');

/** A step that the state does not allow is a bug and throws: the outbox never guesses. */
function move(db: WriteDb, opId: string, step: Step): void {
  db.transaction(() => {
    const row = findChange(db, opId);
    if (!row || !step.from.includes(row.state)) throw new Error(`Outbox: ${row?.state ?? 'nothing'} cannot become ${step.to}`);
    const isOver = step.to === 'done';
    db.write(updateOutboxSql).run({
      opId,
      to: step.to,
      notBefore: step.notBefore,
      problem: step.problem,
      attempt: step.isAttempt ? 1 : 0,
      finishedAt: isOver ? step.now : null,
    });
    if (isOver) db.write(deleteOutboxBaseSql).run({ opId });
    if (!routine.includes(step.to)) recordStateChange(db, row.change, step.to, step.now);
    refreshItemOf(db, row.change);
  });
}

const plain = { notBefore: null, problem: null } as const;

/** About to go out: committed before the request is made, so that after a crash it is asked about and not just sent again. */
export function markSending(db: WriteDb, opId: string, now: string): void {
  move(db, opId, { ...plain, to: 'sending', from: ['queued', 'unknown'], now, isAttempt: true });
}

/** Sent, and no answer: the server may have done it. */
export function markUnknown(db: WriteDb, opId: string, wait: { notBefore: string | null; problem: string | null }, now: string): void {
  move(db, opId, { ...wait, to: 'unknown', from: ['sending', 'unknown'], now });
}

/** The server has certainly not done it (busy, refused before it began): the same change goes out again later. */
export function markRetry(db: WriteDb, opId: string, wait: { notBefore: string | null; problem: string | null }, now: string): void {
  move(db, opId, { ...wait, to: 'queued', from: ['sending', 'unknown'], now });
}

/** The server's effect has been read. */
export function markDone(db: WriteDb, opId: string, now: string): void {
  move(db, opId, { ...plain, to: 'done', from: ['sending', 'unknown', 'queued'], now });
}

export function markConflict(db: WriteDb, opId: string, problem: string, now: string): void {
  move(db, opId, { notBefore: null, problem, to: 'conflict', from: ['sending', 'unknown', 'queued'], now });
}

export function markRejected(db: WriteDb, opId: string, problem: string, now: string): void {
  move(db, opId, { notBefore: null, problem, to: 'rejected', from: ['sending', 'unknown', 'queued'], now });
}

const markNeedsSignInSql = defineStatement('UPDATE outbox SET attempts = 0 WHERE op_id = :opId');

/**
 * Parked until its author signs in again. Whether an earlier try took effect is asked before it is sent (it keeps its attempts);
 * `neverArrived`: the server refused each try before it began, so it counts as never sent.
 */
export function markNeedsSignIn(db: WriteDb, opId: string, now: string, { neverArrived = false } = {}): void {
  db.transaction(() => {
    move(db, opId, { ...plain, to: 'needs-sign-in', from: ['sending', 'unknown', 'queued'], now });
    if (neverArrived) db.write(markNeedsSignInSql).run({ opId });
  });
}

const requeueAfterSignInSql = defineStatement(`SELECT op_id AS opId, attempts FROM outbox
             WHERE state NOT IN ('done', 'undone') AND state = 'needs-sign-in' AND author_subject = :subject ORDER BY seq`);

/** The author is back: what was parked goes on; as `unknown` when it was ever sent. Answers how many. */
export function requeueAfterSignIn(db: WriteDb, subject: string, now: string): number {
  return db.transaction(() => {
    const parked = z.array(z.object({ opId: z.string(), attempts: z.number() })).parse(db.read(requeueAfterSignInSql).all({ subject }));
    for (const { opId, attempts } of parked) {
      move(db, opId, { ...plain, to: attempts > 0 ? 'unknown' : 'queued', from: ['needs-sign-in'], now });
    }
    return parked.length;
  });
}

const markInterruptedSql = defineStatement(
  "UPDATE outbox SET state = 'unknown' WHERE state NOT IN ('done', 'undone') AND state = 'sending'",
);

/** At start: what was going out when the process ended may or may not have arrived. Answers how many. */
export function markInterrupted(db: WriteDb): number {
  return db.write(markInterruptedSql).run().changes;
}

const baseBodiesSql = defineStatement('SELECT ref, version_id AS versionId, body FROM outbox_base WHERE op_id = :opId');

/** The resources that a change's author saw, by `Type/id`. */
export function baseBodies(db: ReadDb, opId: string): Map<string, { versionId: string; body: string }> {
  const rows = z
    .array(z.object({ ref: z.string(), versionId: z.string(), body: z.instanceof(Buffer) }))
    .parse(db.read(baseBodiesSql).all({ opId }));
  return new Map(rows.map(({ ref, versionId, body }) => [ref, { versionId, body: body.toString('utf8') }]));
}

const advanceSeenSql = defineStatement(`SELECT b.op_id AS opId FROM outbox_base b JOIN outbox o ON o.op_id = b.op_id
             WHERE b.ref = :ref AND b.version_id = :from AND o.state IN ('queued', 'needs-sign-in') ORDER BY o.seq`);

/**
 * Our own earlier change was made on version `from`, and so were later ones of ours, which now stand on what it made. Call it in the transaction
 * that saves the new version. Answers how many moved.
 */
export function advanceSeen(db: WriteDb, ref: string, from: string, to: { readonly versionId: string; readonly body: string }): number {
  return db.transaction(() => {
    const rows = z.array(z.object({ opId: z.string() })).parse(db.read(advanceSeenSql).all({ ref, from }));
    for (const { opId } of rows) moveBase(db, opId, ref, to.versionId, to.body);
    return rows.length;
  });
}

const laterInLaneSql = defineStatement(
  `${selectRow} WHERE lane = :lane AND seq > :seq AND state IN ('queued', 'needs-sign-in') ORDER BY seq`,
);

/** Changes of a lane that were made after this one and have yet to be sent. */
export function laterInLane(db: ReadDb, lane: string, seq: number): readonly QueuedChange[] {
  return z
    .array(OutboxRow)
    .parse(db.read(laterInLaneSql).all({ lane, seq }))
    .map(({ change }) => change);
}

const updateOutboxInMoveBaseSql = defineStatement('UPDATE outbox SET change = :change WHERE op_id = :opId');
const insertOutboxBaseSql = defineStatement(`INSERT INTO outbox_base (op_id, ref, version_id, body) VALUES (:opId, :ref, :to, :body)
       ON CONFLICT (op_id, ref) DO UPDATE SET version_id = excluded.version_id, body = excluded.body`);

/** Puts one change on another version of what it was decided on, after a rebase that touched nothing it depends on. */
export function moveBase(db: WriteDb, opId: string, ref: string, to: string, body: string): void {
  db.transaction(() => {
    if (moveSeen(db, opId, ref, to)) db.write(insertOutboxBaseSql).run({ opId, ref, to, body: Buffer.from(body, 'utf8') });
  });
}

/** Puts one change on another version of what is compared by version alone. False: there is no such change. */
export function moveSeen(db: WriteDb, opId: string, ref: string, to: string): boolean {
  const row = findChange(db, opId);
  if (!row) return false;
  const change = { ...row.change, seen: { ...row.change.seen, [ref]: to } };
  db.write(updateOutboxInMoveBaseSql).run({ opId, change: JSON.stringify(change) });
  return true;
}
