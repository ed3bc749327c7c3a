import { z } from 'zod';
import type { Day } from '../../../shared/ids.ts';
import type { ReadDb, WriteDb } from '../db.ts';
import { defineStatement } from '../db.ts';

const saveConsultationSql = defineStatement(`INSERT INTO consultation (id, patient_id, "on") VALUES (:id, :patientId, :on)
     ON CONFLICT (id) DO UPDATE SET patient_id = excluded.patient_id, "on" = excluded."on"`);

export function saveConsultation(db: WriteDb, consultation: { readonly id: string; readonly patientId: string; readonly on: Day }): void {
  db.write(saveConsultationSql).run(consultation);
}

const findLastConsultationSql = defineStatement('SELECT max("on") AS day FROM consultation WHERE patient_id = :patientId');

/** The day the practice last saw the patient; null when no consultation is known here. */
export function findLastConsultation(db: ReadDb, patientId: string): Day | null {
  const row = db.read(findLastConsultationSql).get({ patientId });
  return z.object({ day: z.string().nullable() }).parse(row).day;
}
