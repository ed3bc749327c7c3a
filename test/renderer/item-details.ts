import type { ItemDetail } from '../../shared/domain/item-detail.ts';
import { Patient } from '../../shared/domain/patient.schema.ts';
import { AssessedMedicine } from '../../shared/domain/repeat-request.schema.ts';
import { Staff } from '../../shared/domain/staff.schema.ts';
import { Measurement, TestResult } from '../../shared/domain/test-result.schema.ts';
import { WorkItem } from '../../shared/domain/work-item.schema.ts';
import { itemKeyOf } from '../../shared/ids.ts';

type DetailOf<K extends ItemDetail['kind']> = Extract<ItemDetail, { kind: K }>;

export const drRangi = Staff.parse({ id: 'rangi', practitionerId: 'p1', name: 'Dr Rangi', role: 'gp', cpn: '99ZZZS' });
export const mere = Staff.parse({ id: 'mere', practitionerId: 'p2', name: 'Mere Tamihana', role: 'reception', cpn: null });

export function aPatient(over: Partial<Patient> = {}): Patient {
  return Patient.parse({
    id: 'ngaio',
    familyName: 'Ngata',
    givenNames: 'Ngaio',
    title: 'Ms',
    preferredName: null,
    bornOn: '1982-02-13',
    deceased: { is: false },
    gender: 'female',
    nhi: 'ZKC0107',
    nhiCheck: 'valid',
    enrolled: 'yes',
    generalPractitioner: 'Dr Rangi',
    phone: '021 555 010',
    interpreter: null,
    allergies: { status: 'none-known' },
    alerts: [],
    restricted: false,
    proxies: [],
    updatedAt: null,
    ...over,
  });
}

export const father = { name: 'Nīkau Ngata', relationship: 'father', untilOn: null, canRead: true };

export const itemKeys = {
  message: itemKeyOf('message', 'Communication/t1'),
  repeat: itemKeyOf('repeat', 'MedicationRequest/losartan'),
  result: itemKeyOf('result', 'DiagnosticReport/r1'),
};

export function anItem(over: Partial<WorkItem> & Pick<WorkItem, 'kind'>): WorkItem {
  return WorkItem.parse({
    key: itemKeys[over.kind],
    taskId: `${over.kind}-1`,
    patientId: 'ngaio',
    familyName: 'Ngata',
    givenNames: 'Ngaio',
    nhi: 'ZKC0107',
    subject: 'Sore ear',
    preview: '',
    priority: 'routine',
    status: 'requested',
    ownerId: null,
    ownerName: null,
    pool: 'gp',
    arrivedAt: '2026-11-20T01:00:00Z',
    dueAt: null,
    closedAt: null,
    unread: true,
    flags: [],
    pending: 'none',
    version: '1',
    ...over,
  });
}

const nothingElse = { notes: [], patientNotes: [], pending: [], events: [] };

export function aMessageDetail(over: Partial<DetailOf<'message'>> = {}): DetailOf<'message'> {
  return {
    kind: 'message',
    item: anItem({ kind: 'message' }),
    patient: aPatient(),
    seen: { 'Task/message-1': '3', 'Communication/m1': '1' },
    ...nothingElse,
    thread: {
      id: 't1',
      topic: 'Sore ear',
      messages: [aMessage('m1', 'My ear hurts.')],
      redFlags: [],
      readers: ['Ngaio Ngata'],
    },
    ...over,
  };
}

export function aMessage(id: string, text: string): DetailOf<'message'>['thread']['messages'][number] {
  return {
    id,
    sentAt: '2026-11-20T01:00:00Z',
    from: { kind: 'patient', name: 'Ngaio Ngata' },
    text,
    attachments: [],
    readAt: null,
    opId: null,
  };
}

export function aMedicine(id: string, over: Partial<AssessedMedicine> = {}): AssessedMedicine {
  return AssessedMedicine.parse({
    id,
    status: 'requested',
    genericName: id,
    brandName: null,
    strength: '50 mg',
    form: 'tablet',
    dose: 'Take ONE tablet in the morning',
    code: null,
    controlled: 'none',
    onLongTermList: true,
    lastPrescribedOn: '2026-08-20',
    lastPrescribedBy: 'Dr Rangi',
    lastDispensedOn: null,
    repeatsLeft: null,
    supplyDays: 90,
    lastReviewedOn: '2026-05-01',
    previousDose: null,
    duplicateOf: null,
    allergyMatch: null,
    outcome: 'green',
    findings: [],
    ...over,
  });
}

export const amber = {
  outcome: 'amber' as const,
  findings: [{ rule: 'too-early', outcome: 'amber' as const, text: 'Early: 20 of 90 days', source: 'Dispensing after 2/3' }],
};
export const red = {
  outcome: 'red' as const,
  findings: [{ rule: 'allergy', outcome: 'red' as const, text: 'Recorded allergy: penicillin', source: 'Foundation Standard 9.1' }],
};

export function aRepeatDetail(medicines: readonly AssessedMedicine[], over: Partial<DetailOf<'repeat'>> = {}): DetailOf<'repeat'> {
  return {
    kind: 'repeat',
    item: anItem({ kind: 'repeat', subject: 'losartan' }),
    patient: aPatient(),
    seen: { 'Task/repeat-1': '2', 'MedicationRequest/losartan': '1' },
    ...nothingElse,
    request: { requestedAt: '2026-11-20T01:00:00Z', requestedBy: 'Ngaio Ngata', pharmacy: null, note: null, medicines: [...medicines] },
    ...over,
  };
}

export function aMeasurement(over: Partial<Measurement> = {}): Measurement {
  return Measurement.parse({
    id: 'sodium',
    name: 'Sodium',
    value: '139',
    number: 139,
    unit: 'mmol/L',
    flag: null,
    reference: '135–145',
    previous: [],
    note: null,
    ...over,
  });
}

export function aResultDetail(result: Partial<TestResult> = {}, over: Partial<DetailOf<'result'>> = {}): DetailOf<'result'> {
  return {
    kind: 'result',
    item: anItem({ kind: 'result', subject: 'Sodium' }),
    patient: aPatient(),
    seen: { 'Task/result-1': '4', 'DiagnosticReport/r1': '1', 'Observation/sodium': '1' },
    ...nothingElse,
    result: TestResult.parse({
      reportId: 'r1',
      name: 'Sodium',
      status: 'final',
      reportedAt: '2026-11-20T01:00:00Z',
      collectedAt: null,
      laboratory: 'Harbour Laboratories',
      conclusion: null,
      held: true,
      labels: [],
      measurements: [aMeasurement()],
      gate: { outcome: 'one-key', needs: [], reasons: [] },
      ...result,
    }),
    ...over,
  };
}
