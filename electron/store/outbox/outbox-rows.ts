import { z } from 'zod';
import { QueuedChange } from '../../../shared/domain/change.ts';
import { OutboxState } from '../../../shared/domain/outbox.ts';
import { Instant } from '../../../shared/ids.ts';
import type { ReadDb } from '../db.ts';
import { defineStatement } from '../db.ts';

/** One queued change and where it stands. */
export const OutboxRow = z.object({
  seq: z.number().int(),
  change: z
    .string()
    .transform((text): unknown => JSON.parse(text))
    .pipe(QueuedChange),
  summary: z.string(),
  state: OutboxState,
  sendsAt: Instant,
  attempts: z.number().int(),
  notBefore: Instant.nullable(),
  problem: z.string().nullable(),
  recovered: z.number().transform((value) => value === 1),
});
export type OutboxRow = Readonly<z.infer<typeof OutboxRow>>;

const findChangeSql =
  defineStatement(`SELECT seq, change, summary, state, sends_at AS sendsAt, attempts, not_before AS notBefore, problem, recovered
       FROM outbox WHERE op_id = :opId`);

export function findChange(db: ReadDb, opId: string): OutboxRow | undefined {
  const row = db.read(findChangeSql).get({ opId });
  return OutboxRow.optional().parse(row);
}

const openChangesOfSql =
  defineStatement(`SELECT seq, change, summary, state, sends_at AS sendsAt, attempts, not_before AS notBefore, problem, recovered
       FROM outbox WHERE item_id = :itemId AND state NOT IN ('done', 'undone') ORDER BY seq`);

/** Our changes of an item that are neither done nor undone, oldest first. */
export function openChangesOf(db: ReadDb, itemId: string): readonly OutboxRow[] {
  return db
    .read(openChangesOfSql)
    .all({ itemId })
    .map((row) => OutboxRow.parse(row));
}

const allOpenChangesSql =
  defineStatement(`SELECT seq, change, summary, state, sends_at AS sendsAt, attempts, not_before AS notBefore, problem, recovered
       FROM outbox WHERE state NOT IN ('done', 'undone') ORDER BY seq`);

/** All changes that are neither done nor undone, oldest first. */
export function allOpenChanges(db: ReadDb): readonly OutboxRow[] {
  return db
    .read(allOpenChangesSql)
    .all()
    .map((row) => OutboxRow.parse(row));
}
