import { z } from 'zod';
import type { Day } from '../../../shared/ids.ts';
import type { ReadDb, WriteDb } from '../db.ts';
import { defineStatement } from '../db.ts';
import { numberOf, numberResource } from '../mirror/resource-number.ts';

const saveConsultationSql = defineStatement(`INSERT INTO consultation (number, patient, "on") VALUES (:number, :patient, :on)
     ON CONFLICT (number) DO UPDATE SET patient = excluded.patient, "on" = excluded."on"`);

export function saveConsultation(
  db: WriteDb,
  { id, patientId, on }: { readonly id: string; readonly patientId: string; readonly on: Day },
): void {
  const number = numberResource(db, 'Encounter', id);
  db.write(saveConsultationSql).run({ number, patient: numberResource(db, 'Patient', patientId), on });
}

const findLastConsultationSql = defineStatement(
  `SELECT max("on") AS day FROM consultation WHERE patient = ${numberOf("'Patient'", ':patientId')}`,
);

/** The day the practice last saw the patient; null when no consultation is known here. */
export function findLastConsultation(db: ReadDb, patientId: string): Day | null {
  const row = db.read(findLastConsultationSql).get({ patientId });
  return z.object({ day: z.string().nullable() }).parse(row).day;
}
