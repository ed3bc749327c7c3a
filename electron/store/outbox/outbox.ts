import { z } from 'zod';
import { itemOf, laneOf, type QueuedChange } from '../../../shared/changes/changes.ts';
import { OutboxState } from '../../../shared/domain/outbox.schema.ts';
import { recordOutcome } from '../audit/audit.ts';
import type { ReadDb, WriteDb } from '../db.ts';
import { defineStatement } from '../db.ts';
import type { KeptBase } from '../journal/journal.ts';
import { refreshItemOf } from '../lists/work-item.ts';
import { numberOf, splitRef } from '../mirror/resource-number.ts';
import { shownWithPatient } from '../record/shown-with-patient.ts';
import { findChange } from './outbox-rows.ts';

interface QueueOptions {
  /** End of the undo hold. */
  readonly sendsAt: string;
  /** Of what was asked: the same operation with other content is refused. */
  readonly requestHash: string;
}

/**
 * Queues a change, keeps the bodies that its author saw, and shows its effect on the item's row. Call it inside the act's transaction.
 * An OpId that is already there throws: look with `findEntry` first.
 */
export function enqueue(db: WriteDb, change: QueuedChange, options: QueueOptions): void {
  db.transaction(() => {
    insertChange(db, change, { ...options, state: 'queued', problem: null, recovered: 0 });
    keepBases(db, change);
    refreshItemOf(db, change);
  });
}

interface NewRow extends QueueOptions {
  readonly state: OutboxState;
  readonly problem: string | null;
  readonly recovered: 0 | 1;
}

const insertChangeSql =
  defineStatement(`INSERT INTO outbox (op_id, lane, item_key, task_id, patient_id, author_id, author_subject, kind, change, request_hash, state, created_at, sends_at, problem, recovered)
     VALUES (:opId, :lane, :itemKey, :taskId, :patientId, :authorId, :authorSubject, :kind, :change, :requestHash, :state, :createdAt, :sendsAt, :problem, :recovered)`);

function insertChange(db: WriteDb, change: QueuedChange, row: NewRow): void {
  db.write(insertChangeSql).run({
    opId: change.opId,
    lane: laneOf(change),
    itemKey: itemOf(change)?.itemKey ?? null,
    taskId: itemOf(change)?.taskId ?? null,
    patientId: change.patientId,
    authorId: change.authorId,
    authorSubject: change.authorSubject,
    createdAt: change.createdAt,
    kind: change.change.kind,
    change: JSON.stringify(change),
    sendsAt: row.sendsAt,
    requestHash: row.requestHash,
    state: row.state,
    problem: row.problem,
    recovered: row.recovered,
  });
}

const keepBasesSql = defineStatement(`INSERT INTO outbox_base (op_id, ref, version_id, body)
       SELECT :opId, :ref, version_id, body FROM resource WHERE number = ${numberOf(':type', ':id')} AND version_id = :versionId`);

/** What is shown beside the patient is compared by version alone; any other body a request may be made of. */
function keepBases(db: WriteDb, { opId, seen, patientId }: QueuedChange): void {
  const beside = new Set(patientId === null ? [] : shownWithPatient(db, patientId, 'repeat'));
  for (const [ref, versionId] of Object.entries(seen)) {
    if (beside.has(ref)) continue;
    db.write(keepBasesSql).run({ opId, ref, ...splitRef(ref), versionId });
  }
}

const restoreBaseSql = defineStatement(
  'INSERT INTO outbox_base (op_id, ref, version_id, body) VALUES (:opId, :ref, :versionId, :body) ON CONFLICT (op_id, ref) DO NOTHING',
);

const recoveredProblem = 'Recovered after a fault. Please confirm.';

/** Found in the intent journal and nowhere else: waits, without effect, until a person says whether to send it (SAFETY D5). */
export function enqueueRecovered(db: WriteDb, change: QueuedChange, bases: readonly KeptBase[]): void {
  db.transaction(() => {
    insertChange(db, change, {
      state: 'rejected',
      problem: recoveredProblem,
      recovered: 1,
      sendsAt: change.createdAt,
      requestHash: '',
    });
    keepBases(db, change);
    for (const base of bases) db.write(restoreBaseSql).run({ ...base, opId: change.opId, body: Buffer.from(base.body, 'utf8') });
    refreshItemOf(db, change);
  });
}

const askAgainSql = defineStatement(
  "UPDATE outbox SET state = 'rejected', recovered = 1, problem = :problem WHERE op_id = :opId AND state = 'queued'",
);

/** A change that waits to be sent, and may have been sent or taken back before a fault: it waits for a person's word instead. */
export function requeue(db: WriteDb, change: QueuedChange): void {
  db.write(askAgainSql).run({
    opId: change.opId,
    problem: recoveredProblem,
  });
  refreshItemOf(db, change);
}

/** Takes a change back: only while it is held and was never sent. Its words are the caller's to keep as a draft. */
export function undo(db: WriteDb, opId: string, now: string): 'undone' | 'too-late' {
  return db.transaction(() => {
    const row = findChange(db, opId);
    if (row?.state !== 'queued' || row.attempts > 0 || now >= row.sendsAt) return 'too-late';
    finish(db, opId, 'undone', now);
    return 'undone';
  });
}

/**
 * Gives up a change that failed, or that waits for a sign-in and has certainly not arrived: what the server may have done can't be taken back
 * here. False: it is in another state by now.
 */
export function discard(db: WriteDb, opId: string, now: string): boolean {
  return db.transaction(() => {
    const row = findChange(db, opId);
    if (!row || !['conflict', 'rejected', 'needs-sign-in'].includes(row.state)) return false;
    if (row.state === 'needs-sign-in' && row.attempts > 0) return false;
    finish(db, opId, 'undone', now);
    return true;
  });
}

const updateOutboxSql = defineStatement(
  'UPDATE outbox SET state = :state, finished_at = :now, problem = NULL, not_before = NULL WHERE op_id = :opId',
);
const deleteOutboxBaseSql = defineStatement('DELETE FROM outbox_base WHERE op_id = :opId');

function finish(db: WriteDb, opId: string, state: 'undone', now: string): void {
  const row = findChange(db, opId);
  if (!row) return;
  db.write(updateOutboxSql).run({
    opId,
    state,
    now,
  });
  db.write(deleteOutboxBaseSql).run({ opId });
  recordStateChange(db, row.change, state, now);
  refreshItemOf(db, row.change);
}

const tryAgainSql = defineStatement('UPDATE outbox SET state = :state, not_before = :notBefore, problem = NULL WHERE op_id = :opId');

/** Sends a rejected or recovered change again, or one that waits for its next try, now. False: it is in another state by now. */
export function requeueFailed(db: WriteDb, opId: string, now: string): boolean {
  return db.transaction(() => {
    const row = findChange(db, opId);
    if (!row || !['rejected', 'queued', 'unknown'].includes(row.state)) return false;
    const state = row.state === 'rejected' ? 'queued' : row.state;
    const notBefore = row.state === 'unknown' && row.notBefore !== null ? earliestAgain(row.notBefore, now) : null;
    db.write(tryAgainSql).run({
      opId,
      state,
      notBefore,
    });
    if (state !== row.state) recordStateChange(db, row.change, 'requeued', now);
    refreshItemOf(db, row.change);
    return true;
  });
}

/** So long a request whose answer was lost may still be at work on the server (WIRE, Push algorithm): two at once could both take effect. */
const lostRequestMs = 30_000;

function earliestAgain(notBefore: string, now: string): string {
  const soonest = new Date(Date.parse(now) + lostRequestMs).toISOString();
  return notBefore < soonest ? notBefore : soonest;
}

/** Every change of state that a person could ask about is in the audit log, in the same transaction (SAFETY I26, WIRE Q7). */
export function recordStateChange(db: WriteDb, change: QueuedChange, action: string, now: string): void {
  const { opId, authorId: staffId, patientId } = change;
  const item = { itemKey: itemOf(change)?.itemKey ?? null, taskId: itemOf(change)?.taskId ?? null };
  recordOutcome(db, { opId, recordedAt: now, staffId, action, ...item, patientId, detail: change.change.kind });
}

const findQueuedSql = defineStatement('SELECT state, sends_at AS sendsAt, request_hash AS requestHash FROM outbox WHERE op_id = :opId');
const QueuedRow = z.object({ state: OutboxState, sendsAt: z.string(), requestHash: z.string() });

/** Where an operation stands, and of which request it was made. */
export function findQueued(db: ReadDb, opId: string): z.infer<typeof QueuedRow> | undefined {
  return QueuedRow.optional().parse(db.read(findQueuedSql).get({ opId }));
}
