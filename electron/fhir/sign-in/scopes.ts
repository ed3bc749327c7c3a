/** What is asked for at sign-in (WIRE, Sign-in): SMART v2, user-level. */
export const wantedScopes = [
  'openid',
  'fhirUser',
  'offline_access',
  'user/Patient.rs',
  'user/RelatedPerson.rs',
  'user/AllergyIntolerance.rs',
  'user/Encounter.rs',
  'user/Communication.crus',
  'user/Task.crus',
  'user/MedicationRequest.crus',
  'user/DiagnosticReport.rus',
  'user/Observation.rus',
  'user/Appointment.rus',
  'user/Slot.rus',
  'user/PractitionerRole.rs',
  'user/Practitioner.rs',
  'user/Organization.rs',
  'user/AuditEvent.c',
  'user/Provenance.c',
  'user/Binary.cr',
] as const;

/** Without these the app can't do its work, and says so at sign-in rather than at the first act. */
const needed = { Patient: 'rs', Communication: 'crs', Task: 'rus', PractitionerRole: 'rs' } as const;

/** SMART v1 verbs in v2 letters. */
const v1: Readonly<Record<string, string>> = { read: 'rs', write: 'cud', '*': 'cruds' };

function lettersOf(scope: string, type: string): string {
  const match = /^(?:user|system)\/(\*|[A-Za-z]+)\.(\*|read|write|c?r?u?d?s?)(?:\?.*)?$/u.exec(scope);
  if (!match || (match[1] !== '*' && match[1] !== type)) return '';
  const verbs = match[2] ?? '';
  return v1[verbs] ?? verbs;
}

/** Resource types that the granted scopes do not let us work with. Servers that leave rights to policies grant no resource scopes at all: then none. */
export function missingRights(granted: string): readonly string[] {
  const scopes = granted.split(/\s+/u);
  if (!scopes.some((scope) => scope.includes('/'))) return [];
  return Object.entries(needed).flatMap(([type, letters]) => {
    const had = scopes.map((scope) => lettersOf(scope, type)).join('');
    return [...letters].every((letter) => had.includes(letter)) ? [] : [type];
  });
}
