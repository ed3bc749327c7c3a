import { practiceAndStaff } from '../../electron/demo/practice/staff.ts';

const day = 86_400_000;
const practice = 'Organization/kauri-street';
const drRangi = 'PractitionerRole/role-dr-rangi';

export interface JourneyPerson {
  readonly id: string;
  readonly family: string;
  readonly given: string;
  readonly nhi: string;
  readonly bornOn: string;
}

export const ngaio: JourneyPerson = { id: 'ngaio', family: 'Ngata', given: 'Ngaio', nhi: 'ZKC0107', bornOn: '1982-02-13' };
export const sione: JourneyPerson = { id: 'sione', family: 'Faleolo', given: 'Sione', nhi: 'ZKC0204', bornOn: '1971-09-30' };
export const wiremu: JourneyPerson = { id: 'wiremu', family: 'Tāmati', given: 'Wiremu', nhi: 'ZKC0310', bornOn: '1958-05-02' };
export const margaret: JourneyPerson = { id: 'margaret', family: 'Sinclair', given: 'Margaret', nhi: 'ZKC06AN', bornOn: '1949-11-21' };

/** How a row names its patient. */
export function rowName({ family, given }: JourneyPerson): string {
  return `${family.toLocaleUpperCase('en-NZ')}, ${given}`;
}

/**
 * The staff of the demonstration practice with four people and five open items: what each item may and may not be decided with is known,
 * so that a journey that meets a question it did not expect fails.
 */
export function journeyPractice(now: number): readonly object[] {
  return [
    ...practiceAndStaff(now),
    ...[ngaio, sione, wiremu, margaret].flatMap((person) => record(person, now)),
    ...message('ear', ngaio, 'Sore ear', 'Kia ora, my ear has been sore since Friday. Should I come in?', now - day / 3),
    ...message('form', sione, 'Form for work', 'Hello, my work needs a form filled in. Can I drop it off?', now - day / 4),
    ...repeat('losartan', wiremu, now),
    ...result('kidney', margaret, { flag: undefined, value: 78 }, now),
    ...result('sodium', sione, { flag: 'L', value: 131 }, now),
  ];
}

const iso = (at: number): string => new Date(at).toISOString();
const isoDay = (at: number): string => iso(at).slice(0, 10);
const coded = (system: string, code: string) => ({ coding: [{ system, code }] });
const hl7 = (name: string, code: string) => coded(`http://terminology.hl7.org/CodeSystem/${name}`, code);
const op = (id: string) => [{ system: 'urn:portaldesk:op', value: id }];
const to = (reference: string) => ({ reference });

/** Enrolled, seen two months ago, no known allergy: nothing for a prescribing rule to say. */
function record({ id, family, given, nhi, bornOn }: JourneyPerson, now: number): readonly object[] {
  const meta = { lastUpdated: iso(now - 60 * day) };
  const subject = to(`Patient/${id}`);
  const seenAt = now - 60 * day;
  return [
    {
      resourceType: 'Patient',
      id,
      meta,
      identifier: [{ use: 'official', system: 'https://standards.digital.health.nz/ns/nhi-id', value: nhi }],
      active: true,
      name: [{ use: 'official', family, given: [given] }],
      telecom: [{ system: 'phone', use: 'mobile', value: '021 555 0100' }],
      gender: 'unknown',
      birthDate: bornOn,
      generalPractitioner: [{ reference: drRangi, display: 'Dr Rangi Parata' }],
      managingOrganization: to(practice),
    },
    {
      resourceType: 'AllergyIntolerance',
      id: `allergy-${id}`,
      meta,
      clinicalStatus: hl7('allergyintolerance-clinical', 'active'),
      verificationStatus: hl7('allergyintolerance-verification', 'confirmed'),
      code: { coding: [{ system: 'http://snomed.info/sct', code: '716186003' }], text: 'No known allergy' },
      patient: subject,
    },
    {
      resourceType: 'Encounter',
      id: `seen-${id}`,
      meta,
      status: 'finished',
      class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'AMB' },
      subject,
      period: { start: iso(seenAt), end: iso(seenAt + 900_000) },
    },
  ];
}

interface TaskParts {
  readonly name: string;
  readonly person: JourneyPerson;
  readonly code: string;
  readonly focus: string;
  readonly at: number;
  readonly more?: object;
}

/** In the GPs' pool and nobody's. */
function task({ name, person, code, focus, at, more }: TaskParts): object {
  return {
    resourceType: 'Task',
    id: `task-${name}`,
    meta: { lastUpdated: iso(at) },
    identifier: op(
      `00000000-0000-4000-8000-${name
        .padEnd(12, '0')
        .slice(0, 12)
        .replaceAll(/[^0-9a-f]/g, 'a')}`,
    ),
    status: 'requested',
    intent: 'order',
    priority: 'routine',
    code: coded('urn:portaldesk:task-code', code),
    focus: to(focus),
    for: to(`Patient/${person.id}`),
    authoredOn: iso(at),
    lastModified: iso(at),
    requester: to(`Patient/${person.id}`),
    owner: to(practice),
    performerType: [coded('urn:portaldesk:role', 'gp')],
    restriction: { period: { end: iso(at + 3 * day) } },
    ...more,
  };
}

function message(name: string, person: JourneyPerson, topic: string, text: string, at: number): readonly object[] {
  const meta = { lastUpdated: iso(at) };
  const thread = `Communication/thread-${name}`;
  const common = { subject: to(`Patient/${person.id}`), sender: to(`Patient/${person.id}`), recipient: [to(practice)], sent: iso(at) };
  return [
    {
      resourceType: 'Communication',
      id: `thread-${name}`,
      meta,
      status: 'in-progress',
      category: [coded('urn:portaldesk:thread', 'message')],
      topic: { text: topic },
      ...common,
    },
    {
      resourceType: 'Communication',
      id: `thread-${name}-1`,
      meta,
      status: 'completed',
      partOf: [to(thread)],
      payload: [{ contentString: text }],
      ...common,
    },
    task({ name, person, code: 'triage-message', focus: thread, at }),
  ];
}

/** A medicine of the long-term list, last ordered for three months a hundred days ago: all green. */
function repeat(name: string, person: JourneyPerson, now: number): readonly object[] {
  const at = now - day / 5;
  const medicine = (authoredAt: number) => ({
    meta: { lastUpdated: iso(authoredAt) },
    medicationCodeableConcept: { text: 'losartan potassium 50 mg tablet' },
    subject: to(`Patient/${person.id}`),
    authoredOn: iso(authoredAt),
    dosageInstruction: [{ text: '1 tablet once a day' }],
    dispenseRequest: {
      numberOfRepeatsAllowed: 3,
      expectedSupplyDuration: { value: 90, unit: 'days', system: 'http://unitsofmeasure.org', code: 'd' },
    },
  });
  return [
    {
      resourceType: 'MedicationRequest',
      id: `order-${name}`,
      status: 'active',
      intent: 'order',
      ...medicine(now - 100 * day),
      extension: [{ url: 'http://hl7.org.nz/fhir/StructureDefinition/nzeps-long-term-medication', valueBoolean: true }],
      courseOfTherapyType: hl7('medicationrequest-course-of-therapy', 'continuous'),
      requester: { reference: drRangi, display: 'Dr Rangi Parata' },
    },
    {
      resourceType: 'MedicationRequest',
      id: `proposal-${name}`,
      status: 'draft',
      intent: 'proposal',
      ...medicine(at),
      requester: to(`Patient/${person.id}`),
      priorPrescription: to(`MedicationRequest/order-${name}`),
    },
    task({
      name,
      person,
      code: 'repeat-rx',
      focus: `MedicationRequest/proposal-${name}`,
      at,
      more: { input: [{ type: { text: 'item' }, valueReference: to(`MedicationRequest/proposal-${name}`) }] },
    }),
  ];
}

/** One number with an interval and no words beside it, held from the patient. */
function result(
  name: string,
  person: JourneyPerson,
  { flag, value }: { readonly flag: string | undefined; readonly value: number },
  now: number,
) {
  const at = now - day / 6;
  const isKidney = name === 'kidney';
  const unit = isKidney ? 'umol/L' : 'mmol/L';
  const quantity = (number: number) => ({ value: number, unit, system: 'http://unitsofmeasure.org', code: unit });
  const [low = 0, high = 0] = isKidney ? [50, 100] : [135, 145];
  const meta = {
    lastUpdated: iso(at),
    security: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'NOPAT' }],
  };
  const common = {
    meta,
    status: 'final',
    code: { text: isKidney ? 'Creatinine' : 'Sodium' },
    subject: to(`Patient/${person.id}`),
    effectiveDateTime: isoDay(at - day),
    issued: iso(at),
  };
  return [
    {
      resourceType: 'Observation',
      id: `measured-${name}`,
      ...common,
      valueQuantity: quantity(value),
      ...(flag && { interpretation: [hl7('v3-ObservationInterpretation', flag)] }),
      referenceRange: [{ low: quantity(low), high: quantity(high), text: `${low}–${high}` }],
    },
    { resourceType: 'DiagnosticReport', id: `report-${name}`, ...common, result: [to(`Observation/measured-${name}`)] },
    task({ name, person, code: 'result-review', focus: `DiagnosticReport/report-${name}`, at, more: { owner: to(drRangi) } }),
  ];
}
