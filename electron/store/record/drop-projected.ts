import { defineStatement, type Sql, type WriteDb } from '../db.ts';
import { dropWorkItem } from '../lists/work-item.ts';
import { findNumber } from '../mirror/resource-number.ts';

/** Type → how its rows leave the screens. A Communication is one of three things, or was another before. */
const drops: Readonly<Record<string, readonly Sql[]>> = {
  Patient: [defineStatement('DELETE FROM patient WHERE number = :number')],
  AllergyIntolerance: [defineStatement('DELETE FROM allergy WHERE number = :number')],
  RelatedPerson: [defineStatement('DELETE FROM proxy WHERE number = :number')],
  PractitionerRole: [defineStatement('DELETE FROM staff WHERE number = :number')],
  Communication: [
    defineStatement('DELETE FROM thread WHERE number = :number'),
    defineStatement('DELETE FROM message WHERE number = :number'),
    defineStatement('DELETE FROM internal_note WHERE number = :number'),
  ],
  MedicationRequest: [defineStatement('DELETE FROM medicine_request WHERE number = :number')],
  DiagnosticReport: [defineStatement('DELETE FROM test_report WHERE number = :number')],
  Encounter: [defineStatement('DELETE FROM consultation WHERE number = :number')],
  Observation: [defineStatement('DELETE FROM measurement WHERE number = :number')],
};

const unmarkFilteredSql = defineStatement('DELETE FROM filtered WHERE number = :number');

/** Takes a resource's own rows out of the projections: the server deleted it, or it can no longer be read. The mirror keeps its body. */
export function dropProjected(db: WriteDb, type: string, id: string): void {
  if (type === 'Task') dropWorkItem(db, id);
  const number = findNumber(db, type, id);
  if (number === undefined) return;
  for (const sql of drops[type] ?? []) db.write(sql).run({ number });
  db.write(unmarkFilteredSql).run({ number });
}
