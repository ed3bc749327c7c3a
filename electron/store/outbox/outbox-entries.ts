import { z } from 'zod';
import { QueuedChange } from '../../../shared/changes/changes.ts';
import { OutboxEntry } from '../../../shared/domain/outbox.schema.ts';
import type { ReadDb } from '../db.ts';
import { defineStatement } from '../db.ts';

const EntryRow = OutboxEntry.omit({ kind: true, summary: true }).extend({
  recovered: z.number().transform((value) => value === 1),
  change: z
    .string()
    .transform((text): unknown => JSON.parse(text))
    .pipe(QueuedChange),
});
/** An outbox row for the screens, with the change that it is: what it is called is said in words elsewhere. */
export type StoredEntry = z.infer<typeof EntryRow>;

const selectEntry = `SELECT o.op_id AS opId, o.item_key AS itemKey, o.patient_id AS patientId, coalesce(w.family_name, '') AS familyName,
  coalesce(w.given_names, '') AS givenNames, w.nhi, o.change, o.state, o.created_at AS createdAt, o.sends_at AS sendsAt,
  o.attempts, o.not_before AS nextAttemptAt, o.problem, o.recovered
  FROM outbox o LEFT JOIN work_item w ON w.id = o.task_id`;

const findEntrySql = defineStatement(`${selectEntry} WHERE o.op_id = :opId`);

export function findEntry(db: ReadDb, opId: string): StoredEntry | undefined {
  const row = db.read(findEntrySql).get({ opId });
  return EntryRow.optional().parse(row);
}

// "Not done, not undone" says the same once more: so reads the condition of the index.
const open = "o.state NOT IN ('done', 'undone')";
const listSql = {
  waiting: defineStatement(`${selectEntry} WHERE ${open} AND o.state IN ('queued', 'sending', 'unknown') ORDER BY o.seq LIMIT :limit`),
  'needs-you': defineStatement(
    `${selectEntry} WHERE ${open} AND o.state IN ('conflict', 'rejected', 'needs-sign-in') ORDER BY o.seq LIMIT :limit`,
  ),
  sent: defineStatement(`${selectEntry} WHERE o.state = 'done' ORDER BY o.finished_at DESC, o.seq DESC LIMIT :limit`),
} as const;
export type OutboxList = keyof typeof listSql;

/** Waiting and needs-you oldest first, sent newest first. `total` is the whole list's length. */
export function listOutbox(db: ReadDb, which: OutboxList, limit: number): { entries: StoredEntry[]; total: number } {
  const entries = z.array(EntryRow).parse(db.read(listSql[which]).all({ limit }));
  if (which === 'sent') return { entries, total: countSent(db) };
  const { waiting, needsAttention } = outboxCounts(db);
  return { entries, total: which === 'waiting' ? waiting : needsAttention };
}

const countSentSql = defineStatement("SELECT count(*) AS count FROM outbox WHERE state = 'done'");

function countSent(db: ReadDb): number {
  return z.object({ count: z.number() }).parse(db.read(countSentSql).get()).count;
}

const outboxCountsSql = defineStatement(`SELECT count(*) FILTER (WHERE state IN ('queued', 'sending', 'unknown')) AS waiting,
         count(*) FILTER (WHERE state IN ('conflict', 'rejected', 'needs-sign-in')) AS needsAttention
       FROM outbox WHERE state NOT IN ('done', 'undone')`);

/** `needsAttention`: in conflict, rejected, recovered, or waiting for a sign-in. */
export function outboxCounts(db: ReadDb): { waiting: number; needsAttention: number } {
  const row = db.read(outboxCountsSql).get();
  return z.object({ waiting: z.number(), needsAttention: z.number() }).parse(row);
}
