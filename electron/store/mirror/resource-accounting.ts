import { z } from 'zod';
import type { Conservation } from '../../../shared/domain/sync-status.ts';
import type { ReadDb, WriteDb } from '../db.ts';
import { defineStatement } from '../db.ts';
import { countResources } from './mirror.ts';
import { countQuarantined } from './quarantine.ts';
import { numberOf, numberResource } from './resource-number.ts';

const markFilteredSql = defineStatement('INSERT INTO filtered (number) VALUES (:number) ON CONFLICT DO NOTHING');

/** Leaves a resource out of the screens by a rule, and says so. */
export function markFiltered(db: WriteDb, type: string, id: string): void {
  db.write(markFilteredSql).run({ number: numberResource(db, type, id) });
}

const unmarkFilteredSql = defineStatement(`DELETE FROM filtered WHERE number = ${numberOf(':type', ':id')}`);

export function unmarkFiltered(db: WriteDb, type: string, id: string): void {
  db.write(unmarkFilteredSql).run({ type, id });
}

const CountRow = z.object({ type: z.string(), count: z.number() });

/** Read for their names only, straight from the mirror. */
const readForNames: ReadonlySet<string> = new Set(['Practitioner', 'Organization']);

const countShownSql = defineStatement(
  `SELECT 'Patient' AS type, count(*) AS count FROM patient
       UNION ALL SELECT 'AllergyIntolerance', count(*) FROM allergy
       UNION ALL SELECT 'RelatedPerson', count(*) FROM proxy
       UNION ALL SELECT 'PractitionerRole', count(*) FROM staff
       UNION ALL SELECT 'Task', count(*) FROM work_item
       UNION ALL SELECT 'Communication', (SELECT count(*) FROM thread) + (SELECT count(*) FROM message) + (SELECT count(*) FROM internal_note)
       UNION ALL SELECT 'Encounter', count(*) FROM consultation
       UNION ALL SELECT 'MedicationRequest', count(*) FROM medicine_request
       UNION ALL SELECT 'DiagnosticReport', count(*) FROM test_report
       UNION ALL SELECT 'Observation', count(*) FROM measurement`,
  { wholeTable: 'only when asked' },
);

/** Rows of each type that a screen reads. */
function countShown(db: ReadDb): Readonly<Record<string, number>> {
  const rows = db.read(countShownSql).all();
  return Object.fromEntries(rows.map((row) => CountRow.parse(row)).map(({ type, count }) => [type, count]));
}

const countFilteredSql = defineStatement('SELECT type, count(*) AS count FROM filtered JOIN resource_ref USING (number) GROUP BY type', {
  wholeTable: 'only when asked',
});

function countFiltered(db: ReadDb): Readonly<Record<string, number>> {
  const rows = db.read(countFilteredSql).all();
  return Object.fromEntries(rows.map((row) => CountRow.parse(row)).map(({ type, count }) => [type, count]));
}

/**
 * The conservation equation per type (SAFETY I3): what the server listed = shown + quarantined + filtered. `server` is what the mirror holds and
 * what could not even be filed there; the reconcile compares the mirror with the server. Counts whole tables: not for an interactive path.
 */
export function conservation(db: ReadDb): readonly Conservation[] {
  const mirrored = countResources(db);
  const shown = countShown(db);
  const filtered = countFiltered(db);
  const quarantined = countQuarantined(db).byType;
  const unfiled = countUnfiled(db);
  return [...new Set([...Object.keys(mirrored), ...Object.keys(quarantined)])].sort().map((type) => ({
    type,
    server: (mirrored[type] ?? 0) + (unfiled[type] ?? 0),
    shown: readForNames.has(type) ? (mirrored[type] ?? 0) + (unfiled[type] ?? 0) - (quarantined[type] ?? 0) : (shown[type] ?? 0),
    quarantined: quarantined[type] ?? 0,
    filtered: filtered[type] ?? 0,
  }));
}

const countUnfiledSql = defineStatement(
  `SELECT q.type AS type, count(*) AS count FROM quarantine q
       WHERE NOT EXISTS (SELECT 1 FROM resource r WHERE r.number = ${numberOf('q.type', 'substr(q.ref, length(q.type) + 2)')} AND r.deleted = 0)
       GROUP BY q.type`,
  { wholeTable: 'only when asked' },
);

/** Quarantined entries that have no row in the mirror: they had no id or no version to be filed under. */
function countUnfiled(db: ReadDb): Readonly<Record<string, number>> {
  const rows = db.read(countUnfiledSql).all();
  return Object.fromEntries(rows.map((row) => CountRow.parse(row)).map(({ type, count }) => [type, count]));
}
