import { z } from 'zod';
import type { Patient } from '../../../shared/domain/patient.ts';
import { PatientId } from '../../../shared/ids.schema.ts';
import { isValidNhi } from '../../../shared/nhi.ts';
import { ok, type Result } from '../../../shared/result.ts';
import { hasLabel, identifierIn, nameToUse, parseResource, refIn, systems, textOf } from './datatype-accessors.ts';
import { base, CodeableConcept, dateTime, Extension, HumanName, Identifier, list, Reference, toDay, toInstant } from './datatypes.ts';
import type { UnreadableResource } from './read-resource.ts';

const Resource = z.object({
  resourceType: z.literal('Patient'),
  ...base,
  extension: list(Extension),
  identifier: list(Identifier),
  active: z.boolean().optional(),
  name: list(HumanName),
  telecom: list(z.object({ system: z.string().optional(), value: z.string().optional(), use: z.string().optional() })),
  gender: z.string().optional(),
  birthDate: dateTime.optional(),
  deceasedBoolean: z.boolean().optional(),
  deceasedDateTime: dateTime.optional(),
  communication: list(z.object({ language: CodeableConcept, preferred: z.boolean().optional() })),
  generalPractitioner: list(Reference),
});
type Resource = z.infer<typeof Resource>;

/** A row of `patient`: the domain's Patient without allergies and proxies, which are resources of their own. */
export interface ProjectedPatient extends Omit<Patient, 'allergies' | 'proxies'> {
  readonly versionId: string;
  /** `Practitioner/x` or `PractitionerRole/x`, where the reference has no display. */
  readonly generalPractitionerRef: string | null;
}

function genderOf(code: string | undefined): Patient['gender'] {
  return code === 'female' || code === 'male' || code === 'other' ? code : 'unknown';
}

function deceasedOf(resource: Resource): Patient['deceased'] {
  if (resource.deceasedDateTime !== undefined) return { is: true, at: resource.deceasedDateTime };
  return resource.deceasedBoolean === true ? { is: true, at: null } : { is: false };
}

/** The mobile phone first: it is the one that is answered. */
function phoneOf({ telecom }: Resource): string | null {
  const phones = telecom.filter(
    (contact) => (contact.system === 'phone' || contact.system === 'sms') && contact.value && contact.use !== 'old',
  );
  return (phones.find((phone) => phone.use === 'mobile') ?? phones[0])?.value ?? null;
}

const interpreterRequired = 'http://hl7.org/fhir/StructureDefinition/patient-interpreterRequired';

/** The language to interpret from; "Language not given" when one is needed and none is named. */
function interpreterOf({ extension, communication }: Resource): string | null {
  const needed = extension.some((each) => each.url === interpreterRequired && each.valueBoolean === true);
  if (!needed) return null;
  const language = communication.find((each) => each.preferred === true) ?? communication[0];
  return textOf(language?.language) ?? 'Language not given';
}

function alertsOf({ extension }: Resource): readonly string[] {
  return extension.flatMap((each) => (each.url === 'urn:portaldesk:alert' && each.valueString ? [each.valueString] : []));
}

function namesOf({ name }: Resource): Pick<Patient, 'familyName' | 'givenNames' | 'title' | 'preferredName'> | undefined {
  const used = nameToUse(name);
  const familyName = used?.family ?? '';
  const givenNames = used?.given.join(' ') ?? '';
  if (familyName === '' && givenNames === '' && !used?.text) return undefined;
  const preferred = name.find((each) => each !== used && (each.use === 'usual' || each.use === 'nickname'));
  return {
    familyName: familyName === '' && givenNames === '' ? (used?.text ?? '') : familyName,
    givenNames,
    title: used?.prefix[0] ?? null,
    preferredName: preferred?.given[0] ?? preferred?.text ?? null,
  };
}

/** FHIR R4 Patient (NzPatient) → a row of `patient`. A person without a name is "Name not recorded": the record still counts. */
export function toPatient(resource: unknown): Result<ProjectedPatient, UnreadableResource> {
  const parsed = parseResource(Resource, resource);
  if (!parsed.ok) return parsed;
  const { value } = parsed;
  const nhi = identifierIn(value.identifier, systems.nhi)?.toUpperCase() ?? null;
  const doctor = value.generalPractitioner[0];
  return ok({
    id: PatientId.parse(value.id),
    versionId: value.meta.versionId,
    ...(namesOf(value) ?? { familyName: 'Name not recorded', givenNames: '', title: null, preferredName: null }),
    bornOn: toDay(value.birthDate),
    deceased: deceasedOf(value),
    gender: genderOf(value.gender),
    nhi,
    nhiCheck: nhi === null ? 'missing' : isValidNhi(nhi) ? 'valid' : 'fails-check',
    enrolled: value.active === undefined ? 'not-known' : value.active ? 'yes' : 'no',
    generalPractitioner: doctor?.display ?? null,
    generalPractitionerRef: refIn(doctor),
    phone: phoneOf(value),
    interpreter: interpreterOf(value),
    alerts: [...alertsOf(value)],
    restricted: ['R', 'V'].some((code) => hasLabel(value.meta.security, systems.confidentiality, code)),
    updatedAt: value.meta.lastUpdated === null ? null : toInstant(value.meta.lastUpdated),
  });
}
