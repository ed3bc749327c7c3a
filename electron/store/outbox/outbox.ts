import { z } from 'zod';
import type { QueuedChange } from '../../../shared/domain/change.ts';
import { OutboxEntry, type OutboxState } from '../../../shared/domain/outbox.ts';
import { recordOutcome } from '../audit/audit.ts';
import type { ReadDb, WriteDb } from '../db.ts';
import { defineStatement } from '../db.ts';
import { refreshItem } from '../lists/work-item.ts';
import { findChange } from './outbox-rows.ts';

interface QueueOptions {
  /** End of the undo hold. */
  readonly sendsAt: string;
  readonly summary: string;
}

/**
 * Queues a change, keeps the bodies that its author saw, and shows its effect on the item's row. Call it inside the act's transaction.
 * An OpId that is already there throws: look with `findEntry` first.
 */
export function enqueue(db: WriteDb, change: QueuedChange, options: QueueOptions): void {
  db.transaction(() => {
    insertChange(db, change, { ...options, state: 'queued', problem: null, recovered: 0 });
    keepBases(db, change);
    refreshItem(db, change.itemId);
  });
}

interface NewRow extends QueueOptions {
  readonly state: OutboxState;
  readonly problem: string | null;
  readonly recovered: 0 | 1;
}

const insertChangeSql =
  defineStatement(`INSERT INTO outbox (op_id, item_id, patient_id, author_id, author_subject, kind, change, summary, state, created_at, sends_at, problem, recovered)
     VALUES (:opId, :itemId, :patientId, :authorId, :authorSubject, :kind, :change, :summary, :state, :createdAt, :sendsAt, :problem, :recovered)`);

function insertChange(db: WriteDb, change: QueuedChange, row: NewRow): void {
  db.write(insertChangeSql).run({
    opId: change.opId,
    itemId: change.itemId,
    patientId: change.patientId,
    authorId: change.authorId,
    authorSubject: change.authorSubject,
    createdAt: change.createdAt,
    kind: change.change.kind,
    change: JSON.stringify(change),
    sendsAt: row.sendsAt,
    summary: row.summary,
    state: row.state,
    problem: row.problem,
    recovered: row.recovered,
  });
}

const keepBasesSql = defineStatement(`INSERT INTO outbox_base (op_id, ref, version_id, body)
       SELECT :opId, :ref, version_id, body FROM resource WHERE type = :type AND id = :id AND version_id = :versionId`);

function keepBases(db: WriteDb, { opId, seen }: QueuedChange): void {
  for (const [ref, versionId] of Object.entries(seen)) {
    const [type = '', id = ''] = ref.split('/');
    db.write(keepBasesSql).run({ opId, ref, type, id, versionId });
  }
}

const recoveredProblem = 'Recovered after a fault. Please confirm.';

/** Found in the intent journal and nowhere else: waits, without effect, until a person says whether to send it (SAFETY D5). */
export function enqueueRecovered(db: WriteDb, change: QueuedChange, summary: string): void {
  db.transaction(() => {
    insertChange(db, change, {
      state: 'rejected',
      problem: recoveredProblem,
      recovered: 1,
      sendsAt: change.createdAt,
      summary,
    });
    keepBases(db, change);
    refreshItem(db, change.itemId);
  });
}

const askAgainSql = defineStatement(
  "UPDATE outbox SET state = 'rejected', recovered = 1, problem = :problem WHERE op_id = :opId AND state = 'queued'",
);

/** A change that waits to be sent, and may have been sent or taken back before a fault: it waits for a person's word instead. */
export function askAgain(db: WriteDb, { opId, itemId }: QueuedChange): void {
  db.write(askAgainSql).run({
    opId,
    problem: recoveredProblem,
  });
  refreshItem(db, itemId);
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
  refreshItem(db, row.change.itemId);
}

const tryAgainSql = defineStatement('UPDATE outbox SET state = :state, not_before = :notBefore, problem = NULL WHERE op_id = :opId');

/** Sends a rejected or recovered change again, or one that waits for its next try, now. False: it is in another state by now. */
export function tryAgain(db: WriteDb, opId: string, now: string): boolean {
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
    refreshItem(db, row.change.itemId);
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
  const { opId, authorId: staffId, itemId, patientId } = change;
  recordOutcome(db, { opId, recordedAt: now, staffId, action, itemId, patientId, detail: change.change.kind });
}

const EntryRow = OutboxEntry.extend({ recovered: z.number().transform((value) => value === 1) });

const findEntrySql =
  defineStatement(`SELECT o.op_id AS opId, o.item_id AS itemId, o.patient_id AS patientId, coalesce(w.family_name, '') AS familyName,
         coalesce(w.given_names, '') AS givenNames, w.nhi, o.kind, o.summary, o.state, o.created_at AS createdAt, o.sends_at AS sendsAt,
         o.attempts, o.not_before AS nextAttemptAt, o.problem, o.recovered
       FROM outbox o LEFT JOIN work_item w ON w.id = o.item_id WHERE o.op_id = :opId`);

export function findEntry(db: ReadDb, opId: string): OutboxEntry | undefined {
  const row = db.read(findEntrySql).get({ opId });
  return EntryRow.optional().parse(row);
}

const listSql = {
  waiting:
    defineStatement(`SELECT o.op_id AS opId, o.item_id AS itemId, o.patient_id AS patientId, coalesce(w.family_name, '') AS familyName,
      coalesce(w.given_names, '') AS givenNames, w.nhi, o.kind, o.summary, o.state, o.created_at AS createdAt, o.sends_at AS sendsAt,
      o.attempts, o.not_before AS nextAttemptAt, o.problem, o.recovered
    FROM outbox o LEFT JOIN work_item w ON w.id = o.item_id
    WHERE o.state NOT IN ('done', 'undone') AND o.state IN ('queued', 'sending', 'unknown') ORDER BY o.seq LIMIT :limit`),
  'needs-you':
    defineStatement(`SELECT o.op_id AS opId, o.item_id AS itemId, o.patient_id AS patientId, coalesce(w.family_name, '') AS familyName,
      coalesce(w.given_names, '') AS givenNames, w.nhi, o.kind, o.summary, o.state, o.created_at AS createdAt, o.sends_at AS sendsAt,
      o.attempts, o.not_before AS nextAttemptAt, o.problem, o.recovered
    FROM outbox o LEFT JOIN work_item w ON w.id = o.item_id
    WHERE o.state NOT IN ('done', 'undone') AND o.state IN ('conflict', 'rejected', 'needs-sign-in') ORDER BY o.seq LIMIT :limit`),
  sent: defineStatement(`SELECT o.op_id AS opId, o.item_id AS itemId, o.patient_id AS patientId, coalesce(w.family_name, '') AS familyName,
      coalesce(w.given_names, '') AS givenNames, w.nhi, o.kind, o.summary, o.state, o.created_at AS createdAt, o.sends_at AS sendsAt,
      o.attempts, o.not_before AS nextAttemptAt, o.problem, o.recovered
    FROM outbox o LEFT JOIN work_item w ON w.id = o.item_id
    WHERE o.state = 'done' ORDER BY o.finished_at DESC, o.seq DESC LIMIT :limit`),
} as const;
export type OutboxList = keyof typeof listSql;

/** Waiting and needs-you oldest first, sent newest first. `total` is the whole list's length. */
export function listOutbox(db: ReadDb, which: OutboxList, limit: number): { entries: OutboxEntry[]; total: number } {
  const entries = z.array(EntryRow).parse(db.read(listSql[which]).all({ limit }));
  if (which === 'sent') return { entries, total: countSent(db) };
  const { waiting, needsYou } = outboxCounts(db);
  return { entries, total: which === 'waiting' ? waiting : needsYou };
}

const countSentSql = defineStatement("SELECT count(*) AS count FROM outbox WHERE state = 'done'");

function countSent(db: ReadDb): number {
  return z.object({ count: z.number() }).parse(db.read(countSentSql).get()).count;
}

const outboxCountsSql = defineStatement(`SELECT count(*) FILTER (WHERE state IN ('queued', 'sending', 'unknown')) AS waiting,
         count(*) FILTER (WHERE state IN ('conflict', 'rejected', 'needs-sign-in')) AS needsYou
       FROM outbox WHERE state NOT IN ('done', 'undone')`);

/** `needsYou`: in conflict, rejected, recovered, or waiting for a sign-in. */
export function outboxCounts(db: ReadDb): { waiting: number; needsYou: number } {
  const row = db.read(outboxCountsSql).get();
  return z.object({ waiting: z.number(), needsYou: z.number() }).parse(row);
}
