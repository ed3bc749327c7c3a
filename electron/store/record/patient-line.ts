import { z } from 'zod';
import type { ReadDb } from '../db.ts';
import { defineStatement } from '../db.ts';
import { numberOf } from '../mirror/resource-number.ts';

const PatientLine = z.object({
  familyName: z.string(),
  givenNames: z.string(),
  nhi: z.string().nullable(),
  restricted: z.number().transform((value) => value === 1),
});
/** What a list row shows of a patient. */
export type PatientLine = Readonly<z.infer<typeof PatientLine>>;

const findPatientLineSql = defineStatement(
  `SELECT family_name AS familyName, given_names AS givenNames, nhi, restricted FROM patient WHERE number = ${numberOf("'Patient'", ':id')}`,
);

/** By the primary key, without the record's detail: it is read once for each item that is projected. */
export function findPatientLine(db: ReadDb, id: string): PatientLine | undefined {
  const row = db.read(findPatientLineSql).get({ id });
  return row && PatientLine.parse(row);
}
