import { z } from 'zod';
import { QueuedChange } from '../../../shared/changes/changes.ts';
import { OutboxState } from '../../../shared/domain/outbox.schema.ts';
import { Instant } from '../../../shared/ids.schema.ts';
import type { ReadDb } from '../db.ts';
import { defineStatement } from '../db.ts';

/** One queued change and where it stands. */
export const OutboxRow = z.object({
  seq: z.number().int(),
  change: z
    .string()
    .transform((text): unknown => JSON.parse(text))
    .pipe(QueuedChange),
  state: OutboxState,
  sendsAt: Instant,
  attempts: z.number().int(),
  notBefore: Instant.nullable(),
  problem: z.string().nullable(),
  recovered: z.number().transform((value) => value === 1),
});
export type OutboxRow = Readonly<z.infer<typeof OutboxRow>>;

/** For `OutboxRow`; the table is called `o`. */
export const selectRow =
  'SELECT seq, change, state, sends_at AS sendsAt, attempts, not_before AS notBefore, problem, recovered FROM outbox AS o';

const findChangeSql = defineStatement(`${selectRow} WHERE op_id = :opId`);

export function findChange(db: ReadDb, opId: string): OutboxRow | undefined {
  const row = db.read(findChangeSql).get({ opId });
  return OutboxRow.optional().parse(row);
}

const openChangesOfSql = defineStatement(`${selectRow} WHERE task_id = :taskId AND state NOT IN ('done', 'undone') ORDER BY seq`);

/** Our changes of an item that are neither done nor undone, oldest first. */
export function openChangesOf(db: ReadDb, taskId: string): readonly OutboxRow[] {
  return db
    .read(openChangesOfSql)
    .all({ taskId })
    .map((row) => OutboxRow.parse(row));
}

const allOpenChangesSql = defineStatement(`${selectRow} WHERE state NOT IN ('done', 'undone') ORDER BY seq`);

const openChangesOfPatientSql = defineStatement(
  `${selectRow} WHERE lane = :patientId AND task_id IS NULL AND state NOT IN ('done', 'undone') ORDER BY seq`,
);

/** Our changes on a patient, and not on an item, that are neither done nor undone, oldest first. */
export function openChangesOfPatient(db: ReadDb, patientId: string): readonly OutboxRow[] {
  return db
    .read(openChangesOfPatientSql)
    .all({ patientId })
    .map((row) => OutboxRow.parse(row));
}

const latestPolicyDraftSql = defineStatement(`${selectRow} WHERE kind = 'draft-policy' AND state <> 'undone' ORDER BY seq DESC LIMIT 1`);

/** The newest draft of the practice's policy that was made here and not given up, sent or not. */
export function latestPolicyDraft(db: ReadDb): OutboxRow | undefined {
  return OutboxRow.optional().parse(db.read(latestPolicyDraftSql).get());
}

/** All changes that are neither done nor undone, oldest first. */
export function allOpenChanges(db: ReadDb): readonly OutboxRow[] {
  return db
    .read(allOpenChangesSql)
    .all()
    .map((row) => OutboxRow.parse(row));
}
