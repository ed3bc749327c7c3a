import { readResource } from '../../fhir/mappers/read-resource.ts';
import type { WriteDb } from '../../store/db.ts';
import { hasSiblings } from '../../store/lists/item-key.ts';
import { findItemFocus, itemsOfFocus, itemsOfPatient } from '../../store/lists/work-item.ts';
import { findResource, findVersion, markDeleted, type StoredResource, saveResource } from '../../store/mirror/mirror.ts';
import { dependantsOf, saveDependencies } from '../../store/mirror/projection-dependency.ts';
import { quarantine, unquarantine } from '../../store/mirror/quarantine.ts';
import { markFiltered, unmarkFiltered } from '../../store/mirror/resource-accounting.ts';
import { dropProjected } from '../../store/record/drop-projected.ts';
import { projectItem, projectTask } from './project-item.ts';
import { checkOrganisation, checkPractitioner, projectAllergy, projectPatient, projectProxy, projectStaffRole } from './project-people.ts';
import { projectCommunication, projectEncounter, projectMeasurement, projectMedicineRequest, projectReport } from './project-record.ts';
import type { Projector } from './projected.ts';

/** One transaction's worth of changes to the mirror and to what the screens read of it. */
export interface Projection {
  /** A version newer than the mirror's: filed, then projected or, on its own, quarantined (SAFETY D7). `known`: the mirror has a version of it. */
  keep(resource: StoredResource, known?: boolean): void;
  /** Deleted on the server. */
  remove(type: string, id: string): void;
  /** Projects again what the mirror already holds. */
  reproject(resource: StoredResource): void;
  /** How much waits so far to be projected again before the commit. */
  readonly hanging: number;
}

interface ProjectionContext {
  readonly db: WriteDb;
  readonly clock: { now(): number };
}

const projectors: Readonly<Record<string, Projector>> = {
  Organization: checkOrganisation,
  Practitioner: checkPractitioner,
  PractitionerRole: projectStaffRole,
  Patient: projectPatient,
  RelatedPerson: projectProxy,
  AllergyIntolerance: projectAllergy,
  Encounter: projectEncounter,
  Communication: projectCommunication,
  MedicationRequest: projectMedicineRequest,
  DiagnosticReport: projectReport,
  Observation: projectMeasurement,
  Task: projectTask,
};

/**
 * Names before what shows them, and those before the items made of them: so each is projected again once, on what is final.
 * A set may grow while it is walked; what one turn finds for reprojection belongs to a later turn.
 */
const inOrder: readonly ((ref: string) => boolean)[] = [
  (ref) => ref.startsWith('PractitionerRole/'),
  (ref) => !ref.startsWith('PractitionerRole/') && !ref.startsWith('Task/'),
  (ref) => ref.startsWith('Task/'),
];

/**
 * Runs `work` in one transaction and, before it commits, projects whatever hangs on what changed, each once. Projections are a function of the
 * mirror alone: in whatever order resources come, the same mirror gives the same rows (SAFETY I11).
 * `refetchable`: nothing in it but what the server gives again.
 */
export function inOneProjection<T>(
  { db, clock }: ProjectionContext,
  work: (projection: Projection) => T,
  kind: 'transaction' | 'refetchable' = 'transaction',
): T {
  return db[kind](() => {
    const toReproject = new Set<string>();
    const now = new Date(clock.now()).toISOString();
    const result = work({
      keep(resource, known = findVersion(db, resource.type, resource.id) !== undefined) {
        saveResource(db, resource);
        project(db, resource, !known, now, toReproject);
      },
      remove(type, id) {
        const focus = type === 'Task' && hasSiblings(db, id) ? (findItemFocus(db, id)?.focusRef ?? null) : null;
        markDeleted(db, type, id);
        dropProjected(db, type, id);
        unquarantine(db, `${type}/${id}`);
        noteDependants(db, type, id, focus, toReproject);
      },
      reproject: (resource) => project(db, resource, false, now, toReproject),
      get hanging() {
        return toReproject.size;
      },
    });
    for (const isTurnOf of inOrder) for (const ref of toReproject) if (isTurnOf(ref)) reproject(db, ref, now, toReproject);
    return result;
  });
}

function project(db: WriteDb, resource: StoredResource, isNew: boolean, now: string, toReproject: Set<string>): void {
  const { type, id } = resource;
  const ref = `${type}/${id}`;
  const parsed = readResource(resource.body);
  const projected = parsed.ok ? projectors[type]?.(db, parsed.value) : parsed;
  if (!projected?.ok) {
    dropProjected(db, type, id);
    const reason = projected === undefined ? 'Portal Desk does not read this kind of record.' : projected.error.reason;
    quarantine(db, { ref, type, versionId: resource.versionId, reason, patientId: null, body: resource.body, since: now });
    return;
  }
  const { shown, dependsOn, focus } = projected.value;
  if (!isNew) unquarantine(db, ref);
  if (shown) {
    if (!isNew) unmarkFiltered(db, type, id);
  } else {
    if (!isNew) dropProjected(db, type, id);
    markFiltered(db, type, id);
  }
  if (!isNew || dependsOn.length > 0) saveDependencies(db, ref, dependsOn);
  noteDependants(db, type, id, focus, toReproject);
}

/** Marks what shows something of this resource. */
function noteDependants(db: WriteDb, type: string, id: string, focus: string | null, toReproject: Set<string>): void {
  for (const ref of dependantsOf(db, `${type}/${id}`)) toReproject.add(ref);
  if (type === 'Patient') for (const item of itemsOfPatient(db, id)) toReproject.add(`Task/${item}`);
  if (focus !== null) for (const item of itemsOfFocus(db, focus)) toReproject.add(`Task/${item}`);
}

function reproject(db: WriteDb, ref: string, now: string, toReproject: Set<string>): void {
  const [type = '', id = ''] = ref.split('/');
  if (type === 'Task') {
    projectItem(db, id);
    return;
  }
  const resource = findResource(db, type, id);
  if (resource) project(db, resource, false, now, toReproject);
}
