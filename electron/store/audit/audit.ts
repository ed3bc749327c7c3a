import { createHash } from 'node:crypto';
import { z } from 'zod';
import { auditDetailOf } from '../../../shared/acts/acts.ts';
import { itemOf, type QueuedChange } from '../../../shared/changes/changes.ts';
import type { ReadDb, WriteDb } from '../db.ts';
import { defineStatement } from '../db.ts';

/** One thing that a person did or that became of it. Never patient text: codes, ids, versions. */
export interface AuditEntry {
  /** Unique: the act's OpId, or a new id for what is no act (a record opened). Written twice it is an error. */
  readonly opId: string;
  readonly recordedAt: string;
  readonly staffId: string;
  readonly action: string;
  readonly itemKey: string | null;
  readonly taskId: string | null;
  readonly patientId: string | null;
  readonly detail: string;
}

const AuditRow = z.object({
  seq: z.number(),
  opId: z.string(),
  recordedAt: z.string(),
  staffId: z.string(),
  action: z.string(),
  itemKey: z.string().nullable(),
  taskId: z.string().nullable(),
  patientId: z.string().nullable(),
  detail: z.string(),
  hash: z.string(),
});
export type AuditRow = Readonly<z.infer<typeof AuditRow>>;

const firstLink = '0'.repeat(64);

function hashOf(previous: string, seq: number, entry: AuditEntry): string {
  const { opId, recordedAt, staffId, action, itemKey, taskId, patientId, detail } = entry;
  return createHash('sha256')
    .update(previous)
    .update(JSON.stringify([seq, opId, recordedAt, staffId, action, itemKey, taskId, patientId, detail]))
    .digest('hex');
}

const lastLinkSql = defineStatement('SELECT seq, hash FROM audit_event ORDER BY seq DESC LIMIT 1', { wholeTable: 'reads the last row' });

function lastLink(db: ReadDb): { seq: number; hash: string } {
  const row = db.read(lastLinkSql).get();
  return z.object({ seq: z.number(), hash: z.string() }).optional().parse(row) ?? { seq: 0, hash: firstLink };
}

const recordAuditSql =
  defineStatement(`INSERT INTO audit_event (seq, op_id, recorded_at, staff_id, action, item_key, task_id, patient_id, detail, hash)
       VALUES (:seq, :opId, :recordedAt, :staffId, :action, :itemKey, :taskId, :patientId, :detail, :hash)`);

/** Appends to the chain. Call it in the transaction of what it records (SAFETY I26). */
export function recordAudit(db: WriteDb, entry: AuditEntry): void {
  db.transaction(() => {
    const last = lastLink(db);
    const seq = last.seq + 1;
    db.write(recordAuditSql).run({ ...entry, seq, hash: hashOf(last.hash, seq, entry) });
  });
}

/** What a person did, in codes. */
export function recordAct(db: WriteDb, { opId, createdAt, authorId, subject, patientId, change }: QueuedChange): void {
  const { itemKey = null, taskId = null } = itemOf({ subject }) ?? {};
  const detail = auditDetailOf(change.kind, change);
  recordAudit(db, { opId, recordedAt: createdAt, staffId: authorId, action: change.kind, itemKey, taskId, patientId, detail });
}

/** What became of an act: recorded beside it, under an id made of both. */
export function recordOutcome(db: WriteDb, entry: AuditEntry): void {
  recordAudit(db, { ...entry, opId: `${entry.opId}:${entry.action}:${lastLink(db).seq + 1}` });
}

const verifyAuditChainSql = defineStatement(
  `SELECT seq, op_id AS opId, recorded_at AS recordedAt, staff_id AS staffId, action, item_key AS itemKey, task_id AS taskId, patient_id AS patientId, detail, hash FROM audit_event ORDER BY seq`,
  { wholeTable: 'the whole chain is verified' },
);

const findAuditedActSql = defineStatement(
  'SELECT action, task_id AS taskId, recorded_at AS recordedAt FROM audit_event WHERE op_id = :opId',
);

const AuditedAct = AuditRow.pick({ action: true, taskId: true, recordedAt: true });

/** What was recorded under an operation's id. */
export function findAuditedAct(db: ReadDb, opId: string): z.infer<typeof AuditedAct> | undefined {
  return AuditedAct.optional().parse(db.read(findAuditedActSql).get({ opId }));
}

/** Recomputes the whole chain. `brokenAt` is the first row that does not fit what went before it. */
export function verifyAuditChain(db: ReadDb): { readonly rows: number; readonly brokenAt: number | null } {
  let previous = { seq: 0, hash: firstLink };
  for (const row of db.read(verifyAuditChainSql).iterate()) {
    const entry = AuditRow.parse(row);
    if (entry.seq !== previous.seq + 1 || entry.hash !== hashOf(previous.hash, entry.seq, entry)) {
      return { rows: previous.seq, brokenAt: entry.seq };
    }
    previous = entry;
  }
  return { rows: previous.seq, brokenAt: null };
}

const auditToUploadSql = defineStatement(
  `SELECT seq, op_id AS opId, recorded_at AS recordedAt, staff_id AS staffId, action, item_key AS itemKey, task_id AS taskId, patient_id AS patientId, detail, hash FROM audit_event WHERE uploaded_at IS NULL ORDER BY seq LIMIT :limit`,
  { wholeTable: 'a partial index of what waits' },
);

/** Oldest rows that the server does not have yet. */
export function auditToUpload(db: ReadDb, limit: number): readonly AuditRow[] {
  return z.array(AuditRow).parse(db.read(auditToUploadSql).all({ limit }));
}

const markAuditUploadedSql = defineStatement('UPDATE audit_event SET uploaded_at = :uploadedAt WHERE seq = :seq');

export function markAuditUploaded(db: WriteDb, seqs: readonly number[], uploadedAt: string): void {
  db.transaction(() => {
    for (const seq of seqs) db.write(markAuditUploadedSql).run({ seq, uploadedAt });
  });
}

const auditOfItemSql = defineStatement(
  `SELECT seq, op_id AS opId, recorded_at AS recordedAt, staff_id AS staffId, action, item_key AS itemKey, task_id AS taskId, patient_id AS patientId, detail, hash FROM audit_event WHERE item_key = :itemKey ORDER BY seq DESC LIMIT :limit`,
);

/** What happened to one item on this desk, oldest first. */
export function auditOfItem(db: ReadDb, itemKey: string, limit: number): readonly AuditRow[] {
  return z.array(AuditRow).parse(db.read(auditOfItemSql).all({ itemKey, limit })).reverse();
}
