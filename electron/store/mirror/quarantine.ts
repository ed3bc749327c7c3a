import { z } from 'zod';
import { QuarantinedResource } from '../../../shared/domain/sync-status.schema.ts';
import type { ReadDb, WriteDb } from '../db.ts';
import { defineStatement } from '../db.ts';

export interface UnreadableEntry {
  /** `Type/id`, or another stable name when the entry has none. */
  readonly ref: string;
  readonly type: string;
  readonly versionId: string | null;
  /** Plain words, shown on screen. */
  readonly reason: string;
  readonly patientId: string | null;
  readonly body: string;
  readonly since: string;
}

const quarantineSql =
  defineStatement(`INSERT INTO quarantine (ref, type, version_id, reason, patient_id, body, since) VALUES (:ref, :type, :versionId, :reason, :patientId, :body, :since)
     ON CONFLICT (ref) DO UPDATE SET version_id = excluded.version_id, reason = excluded.reason, patient_id = excluded.patient_id, body = excluded.body`);

/** Keeps what could not be read, whole (SAFETY I3). The first `since` stays when it is quarantined again. */
export function quarantine(db: WriteDb, { body, ...entry }: UnreadableEntry): void {
  db.write(quarantineSql).run({ ...entry, body: Buffer.from(body, 'utf8') });
}

const unquarantineSql = defineStatement('DELETE FROM quarantine WHERE ref = :ref');

export function unquarantine(db: WriteDb, ref: string): void {
  db.write(unquarantineSql).run({ ref });
}

const listQuarantineSql = defineStatement('SELECT ref, reason, since, patient_id AS patientId FROM quarantine ORDER BY ref LIMIT :limit');

export function listQuarantine(db: ReadDb, limit: number): QuarantinedResource[] {
  const rows = db.read(listQuarantineSql).all({ limit });
  return z.array(QuarantinedResource).parse(rows);
}

const countQuarantinedSql = defineStatement('SELECT type, count(*) AS count FROM quarantine GROUP BY type', { wholeTable: 'a few rows' });

export function countQuarantined(db: ReadDb): { total: number; byType: Record<string, number> } {
  const rows = z.array(z.object({ type: z.string(), count: z.number() })).parse(db.read(countQuarantinedSql).all());
  return {
    total: rows.reduce((sum, { count }) => sum + count, 0),
    byType: Object.fromEntries(rows.map(({ type, count }) => [type, count])),
  };
}
