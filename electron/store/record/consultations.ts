import { z } from 'zod';
import type { Day } from '../../../shared/ids.ts';
import type { ReadDb, WriteDb } from '../db.ts';

export function saveConsultation(db: WriteDb, consultation: { readonly id: string; readonly patientId: string; readonly on: Day }): void {
  db.prepare(
    `INSERT INTO consultation (id, patient_id, "on") VALUES (:id, :patientId, :on)
     ON CONFLICT (id) DO UPDATE SET patient_id = excluded.patient_id, "on" = excluded."on"`,
  ).run(consultation);
}

/** The day the practice last saw the patient; null when no consultation is known here. */
export function findLastConsultation(db: ReadDb, patientId: string): Day | null {
  const row = db.prepare('SELECT max("on") AS day FROM consultation WHERE patient_id = :patientId').get({ patientId });
  return z.object({ day: z.string().nullable() }).parse(row).day;
}
