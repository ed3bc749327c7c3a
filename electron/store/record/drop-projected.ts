import type { WriteDb } from '../db.ts';
import { dropWorkItem } from '../lists/work-item.ts';

type Drop = (db: WriteDb, id: string) => void;

/** Type → how its rows leave the screens. */
const drops: Readonly<Record<string, Drop>> = {
  Task: dropWorkItem,
  Patient: (db, id) => db.prepare('DELETE FROM patient WHERE id = :id').run({ id }),
  AllergyIntolerance: (db, id) => db.prepare('DELETE FROM allergy WHERE id = :id').run({ id }),
  RelatedPerson: (db, id) => db.prepare('DELETE FROM proxy WHERE id = :id').run({ id }),
  PractitionerRole: (db, id) => db.prepare('DELETE FROM staff WHERE id = :id').run({ id }),
  Communication: (db, id) => {
    db.prepare('DELETE FROM thread WHERE id = :id').run({ id });
    db.prepare('DELETE FROM message WHERE id = :id').run({ id });
    db.prepare('DELETE FROM internal_note WHERE id = :id').run({ id });
  },
  MedicationRequest: (db, id) => db.prepare('DELETE FROM medicine_request WHERE id = :id').run({ id }),
  DiagnosticReport: (db, id) => db.prepare('DELETE FROM test_report WHERE id = :id').run({ id }),
  Encounter: (db, id) => db.prepare('DELETE FROM consultation WHERE id = :id').run({ id }),
  Observation: (db, id) => db.prepare('DELETE FROM measurement WHERE id = :id').run({ id }),
};

/** Takes a resource's own rows out of the projections: the server deleted it, or it can no longer be read. The mirror keeps its body. */
export function dropProjected(db: WriteDb, type: string, id: string): void {
  drops[type]?.(db, id);
  db.prepare('DELETE FROM filtered WHERE type = :type AND id = :id').run({ type, id });
}
