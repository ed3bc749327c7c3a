import type { WriteDb } from '../db.ts';
import { defineStatement } from '../db.ts';
import { dropWorkItem } from '../lists/work-item.ts';

type Drop = (db: WriteDb, id: string) => void;

const deletePatientSql = defineStatement('DELETE FROM patient WHERE id = :id');
const deleteAllergySql = defineStatement('DELETE FROM allergy WHERE id = :id');
const deleteProxySql = defineStatement('DELETE FROM proxy WHERE id = :id');
const deleteStaffSql = defineStatement('DELETE FROM staff WHERE id = :id');
const deleteThreadSql = defineStatement('DELETE FROM thread WHERE id = :id');
const deleteMessageSql = defineStatement('DELETE FROM message WHERE id = :id');
const deleteInternalNoteSql = defineStatement('DELETE FROM internal_note WHERE id = :id');
const deleteMedicineRequestSql = defineStatement('DELETE FROM medicine_request WHERE id = :id');
const deleteTestReportSql = defineStatement('DELETE FROM test_report WHERE id = :id');
const deleteConsultationSql = defineStatement('DELETE FROM consultation WHERE id = :id');
const deleteMeasurementSql = defineStatement('DELETE FROM measurement WHERE id = :id');

/** Type → how its rows leave the screens. */
const drops: Readonly<Record<string, Drop>> = {
  Task: dropWorkItem,
  Patient: (db, id) => db.write(deletePatientSql).run({ id }),
  AllergyIntolerance: (db, id) => db.write(deleteAllergySql).run({ id }),
  RelatedPerson: (db, id) => db.write(deleteProxySql).run({ id }),
  PractitionerRole: (db, id) => db.write(deleteStaffSql).run({ id }),
  Communication: (db, id) => {
    db.write(deleteThreadSql).run({ id });
    db.write(deleteMessageSql).run({ id });
    db.write(deleteInternalNoteSql).run({ id });
  },
  MedicationRequest: (db, id) => db.write(deleteMedicineRequestSql).run({ id }),
  DiagnosticReport: (db, id) => db.write(deleteTestReportSql).run({ id }),
  Encounter: (db, id) => db.write(deleteConsultationSql).run({ id }),
  Observation: (db, id) => db.write(deleteMeasurementSql).run({ id }),
};

const dropProjectedSql = defineStatement('DELETE FROM filtered WHERE type = :type AND id = :id');

/** Takes a resource's own rows out of the projections: the server deleted it, or it can no longer be read. The mirror keeps its body. */
export function dropProjected(db: WriteDb, type: string, id: string): void {
  drops[type]?.(db, id);
  db.write(dropProjectedSql).run({ type, id });
}
