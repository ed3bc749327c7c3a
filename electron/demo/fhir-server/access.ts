import { may } from '../../../shared/domain/permissions.ts';
import type { Role } from '../../../shared/domain/staff.ts';
import { isObject, type JsonObject, type JsonValue, listIn, stringIn, valuesAt } from './json.ts';

/** Who is asking, as the token says. References are relative: `PractitionerRole/r1`, `Patient/p1`, `RelatedPerson/rp1`. */
export type Principal =
  | { readonly kind: 'system' }
  | {
      readonly kind: 'staff';
      readonly roles: readonly Role[];
      readonly practitioner?: string;
      readonly practitionerRole: string;
      readonly organization: string;
    }
  | { readonly kind: 'patient'; readonly patient: string }
  | { readonly kind: 'proxy'; readonly patient: string; readonly relatedPerson: string };

interface Change {
  readonly method: 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly type: string;
  readonly before: JsonObject | undefined;
  readonly after: JsonObject | undefined;
}

/** What anyone who has signed in may read: who works here, and when they are free. */
const directory: ReadonlySet<string> = new Set(
  'Practitioner PractitionerRole Organization Location HealthcareService Schedule Slot'.split(' '),
);
/** About the practice's own work rather than the patient's record. */
const staffOnly: ReadonlySet<string> = new Set('AuditEvent Provenance Device List Flag DetectedIssue'.split(' '));
const reviewCodes: ReadonlySet<string> = new Set(['result-review', 'note-release']);
const patientTaskCodes: ReadonlySet<string> = new Set(['triage-message', 'repeat-rx', 'appointment-request', 'call-back']);

/** The name the history keeps for an act. */
export function authorOf(principal: Principal): string {
  switch (principal.kind) {
    case 'system':
      return 'system';
    case 'staff':
      return principal.practitionerRole;
    case 'patient':
      return principal.patient;
    case 'proxy':
      return principal.relatedPerson;
  }
}

function codesAt(resource: JsonValue, path: string): readonly string[] {
  return valuesAt(resource, path).flatMap((node) => (isObject(node) ? [stringIn(node.code) ?? ''] : []));
}

function referencesAt(resource: JsonValue, path: string): readonly string[] {
  return valuesAt(resource, path).flatMap((node) => (isObject(node) ? [stringIn(node.reference) ?? ''] : []));
}

function labelled(resource: JsonObject, ...codes: readonly string[]): boolean {
  return codesAt(resource, 'meta.security').some((code) => codes.includes(code));
}

function fromPatientSide(references: readonly string[]): boolean {
  return references.some((reference) => reference.startsWith('Patient/') || reference.startsWith('RelatedPerson/'));
}

function patientPaths(type: string): readonly string[] {
  if (type === 'Task') return ['for'];
  if (type === 'Appointment') return ['participant.actor'];
  if (type === 'Binary') return ['securityContext'];
  return ['subject', 'patient'];
}

/**
 * The patients (`Patient/p1`) who may see this resource; none while it is held (NOPAT), restricted (R or V), an internal note
 * or somebody's work about the patient, whose mere existence would tell of a result that is held.
 */
export function patientsWhoMaySee(type: string, resource: JsonObject): readonly string[] {
  if (staffOnly.has(type) || labelled(resource, 'NOPAT', 'R', 'V')) return [];
  if (type === 'Patient') return [`Patient/${stringIn(resource.id) ?? ''}`];
  if (type === 'Communication' && !fromPatientSide([...referencesAt(resource, 'sender'), ...referencesAt(resource, 'recipient')]))
    return [];
  if (type === 'Task' && !fromPatientSide(referencesAt(resource, 'requester'))) return [];
  const references = patientPaths(type).flatMap((path) => referencesAt(resource, path));
  return [...new Set(references.filter((reference) => reference.startsWith('Patient/')))];
}

/** The patient to whom everything of this type must be limited for this principal; undefined when there is no limit. */
export function limitedTo(principal: Principal, type: string): string | undefined {
  if (principal.kind === 'system' || principal.kind === 'staff' || directory.has(type)) return undefined;
  return principal.patient;
}

export function maySee(principal: Principal, type: string, resource: JsonObject): boolean {
  const patient = limitedTo(principal, type);
  return patient === undefined || patientsWhoMaySee(type, resource).includes(patient);
}

function isActiveOrder(resource: JsonObject | undefined): boolean {
  return resource !== undefined && resource.status === 'active' && resource.intent !== 'proposal' && resource.intent !== 'plan';
}

function isReview(resource: JsonObject | undefined): boolean {
  return resource !== undefined && codesAt(resource, 'code.coding').some((code) => reviewCodes.has(code));
}

/** Completing a review, and also deleting it or turning it into something else: each takes it off the list. */
function endsReview(before: JsonObject | undefined, after: JsonObject | undefined): boolean {
  if (isReview(before) && !isReview(after)) return true;
  return isReview(after) && after?.status === 'completed' && before?.status !== 'completed';
}

function staffRefusal(roles: readonly Role[], change: Change): string | undefined {
  const { before, after, type } = change;
  const mayOrder = roles.some((role) => may(role, 'approve-repeat'));
  const mayRelease = roles.some((role) => may(role, 'release-result'));
  if (type === 'MedicationRequest' && !mayOrder && isActiveOrder(after) && !isActiveOrder(before)) {
    return 'Only a prescriber may make a prescription active.';
  }
  if (!mayRelease && before && labelled(before, 'NOPAT') && !(after && labelled(after, 'NOPAT'))) {
    return 'Only a clinician who may sign results can release this to the patient.';
  }
  if (type === 'Task' && !mayRelease && endsReview(before, after)) {
    return 'Only a clinician who may sign results can complete this review.';
  }
  return undefined;
}

function ownReferences(resource: JsonObject, paths: readonly string[], own: readonly string[]): boolean {
  return paths.every((path) => {
    const found = referencesAt(resource, path);
    return found.length > 0 && found.every((reference) => own.includes(reference));
  });
}

function patientRefusal(patient: string, self: string, change: Change): string | undefined {
  const { after, before, type } = change;
  if (before || !after) return 'A patient can send new messages and requests, but cannot change what is already there.';
  const own = [patient, self];
  const about: Readonly<Record<string, () => boolean>> = {
    Communication: () => ownReferences(after, ['subject'], [patient]) && ownReferences(after, ['sender'], own),
    MedicationRequest: () =>
      after.intent === 'proposal' &&
      after.status === 'draft' &&
      ownReferences(after, ['subject'], [patient]) &&
      ownReferences(after, ['requester'], own),
    Appointment: () => after.status === 'proposed' && patientsIn(after).length === 1 && patientsIn(after)[0] === patient,
    Task: () =>
      after.status === 'requested' &&
      codesAt(after, 'code.coding').some((code) => patientTaskCodes.has(code)) &&
      ownReferences(after, ['for'], [patient]) &&
      ownReferences(after, ['requester'], own),
  };
  return about[type]?.() === true
    ? undefined
    : 'A patient can only send a message or ask for a medicine or an appointment, for themselves.';
}

function patientsIn(appointment: JsonObject): readonly string[] {
  const actors = listIn(appointment.participant).flatMap((participant) => referencesAt(participant, 'actor'));
  return actors.filter((reference) => reference.startsWith('Patient/'));
}

/** Why this principal may not make this change, in plain words; undefined when they may. Asked at the one place that stores a version. */
export function refusalOf(principal: Principal, change: Change): string | undefined {
  switch (principal.kind) {
    case 'system':
      return undefined;
    case 'staff':
      return staffRefusal(principal.roles, change);
    case 'patient':
      return patientRefusal(principal.patient, principal.patient, change);
    case 'proxy':
      return patientRefusal(principal.patient, principal.relatedPerson, change);
  }
}
