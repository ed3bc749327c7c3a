import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { UseCaseContext } from '../../electron/features/use-case-context.ts';
import { realDisk } from '../../electron/store/disk.ts';
import { openJournal } from '../../electron/store/journal/journal.ts';
import { type ProjectedItem, saveWorkItem } from '../../electron/store/lists/work-item.ts';
import { saveResource } from '../../electron/store/mirror/mirror.ts';
import { openStore } from '../../electron/store/open/open.ts';
import { saveMedicineRequest } from '../../electron/store/record/medicines.ts';
import { saveAllergy, savePatient } from '../../electron/store/record/patients.ts';
import { saveMeasurement, saveTestReport } from '../../electron/store/record/results.ts';
import { saveStaff } from '../../electron/store/record/staff.ts';
import { saveMessage, saveThread } from '../../electron/store/record/threads.ts';
import type { Topic } from '../../shared/channels.ts';
import type { Role, Staff } from '../../shared/domain/staff.ts';
import { PatientId, StaffId } from '../../shared/ids.schema.ts';

export const noon = Date.parse('2026-11-20T00:00:00Z');

export interface PracticeDesk {
  readonly desk: UseCaseContext;
  readonly as: (role: Role) => UseCaseContext;
  readonly passSeconds: (seconds: number) => void;
  readonly announced: Topic[];
  readonly close: () => void;
}

export function staffOf(role: Role): Staff {
  return {
    id: StaffId.parse(`role-${role}`),
    practitionerId: role,
    name: role === 'gp' ? 'Dr Rangi Parata' : `The ${role}`,
    role,
    cpn: null,
  };
}

/** A desk over a real encrypted store and a real journal, with a clock that stands until it is moved. */
export function openPracticeDesk(): PracticeDesk {
  const folder = mkdtempSync(join(tmpdir(), 'portal-desk-features-'));
  const key = randomBytes(32);
  const store = openStore({ path: join(folder, 'cache.db'), key });
  if (!store.ok) throw new Error(store.error);
  const journal = openJournal({ path: join(folder, 'intents.journal'), key, disk: realDisk });
  if (!journal.ok) throw new Error(journal.error);
  const { db } = store.value;
  let now = noon;
  const announced: Topic[] = [];
  const as = (role: Role): UseCaseContext => ({
    db,
    reader: store.value.reader,
    journal: journal.value,
    user: staffOf(role),
    subject: `sub-${role}`,
    zone: 'Pacific/Auckland',
    now: () => now,
    newId: () => randomUUID(),
    announce: (topics) => announced.push(...topics),
    sync: {
      status: () => ({
        state: 'up-to-date',
        lastUpdateAt: null,
        progress: null,
        waiting: 0,
        needsAttention: 0,
        quarantined: 0,
        problem: null,
      }),
      syncNow: () => undefined,
      wake: () => undefined,
    },
    compareBodies: () => [],
  });
  const desk = as('gp');
  for (const role of ['gp', 'nurse', 'reception'] as const) saveStaff(db, { ...staffOf(role), active: true });
  addPractice(desk);
  return {
    desk,
    as,
    announced,
    passSeconds: (seconds) => {
      now += seconds * 1000;
    },
    close: () => {
      journal.value.close();
      store.value.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Puts a resource into the mirror at a version; its body is of no interest to the features. */
export function mirror({ db }: UseCaseContext, ref: string, versionId: string): void {
  const [resourceType = '', id = ''] = ref.split('/');
  const lastUpdated = '2026-11-19T22:00:00.000Z';
  saveResource(db, {
    type: resourceType,
    id,
    versionId,
    lastUpdated,
    body: JSON.stringify({ resourceType, id, meta: { versionId, lastUpdated } }),
  });
}

const aroha = {
  familyName: 'Ngata',
  givenNames: 'Aroha',
  nhi: 'ZAC5361',
  patientId: 'p1',
} as const;

function item({ id, ...from }: { readonly id: string } & Pick<ProjectedItem, 'kind' | 'focusRef'> & Partial<ProjectedItem>): ProjectedItem {
  return {
    taskId: id,
    versionId: '1',
    ...aroha,
    subject: 'Subject',
    preview: 'Preview',
    status: 'requested',
    ownerId: null,
    ownerName: null,
    pool: 'gp',
    priority: 'routine',
    dueAt: null,
    closedAt: null,
    arrivedAt: '2026-11-19T20:00:00.000Z',
    newestAt: '2026-11-19T20:00:00.000Z',
    flags: [],
    identified: false,
    ...from,
  };
}

/** One patient with a message, a repeat request (green-able, amber and red medicine) and two results (normal, critical). */
function addPractice(desk: UseCaseContext): void {
  const { db } = desk;
  savePatient(
    db,
    {
      id: PatientId.parse(aroha.patientId),
      familyName: 'Ngata',
      givenNames: 'Aroha',
      title: null,
      preferredName: null,
      bornOn: '1982-02-13',
      deceased: { is: false },
      gender: 'female',
      nhi: aroha.nhi,
      nhiCheck: 'valid',
      enrolled: 'yes',
      generalPractitioner: 'Dr Rangi',
      phone: null,
      interpreter: null,
      alerts: [],
      restricted: false,
      updatedAt: null,
    },
    '1',
  );
  saveAllergy(db, { id: 'a1', patientId: 'p1', status: 'recorded', substance: 'Penicillin', reaction: 'anaphylaxis', severe: true });
  addMessage(desk);
  addRepeat(desk);
  addResults(desk);
  saveWorkItem(db, item({ id: 'lost', kind: 'message', focusRef: 'Communication/t9', patientId: null, flags: ['unmatched'] }));
  const refs = [
    'Task/message',
    'Task/repeat',
    'Task/normal',
    'Task/critical',
    'Task/lost',
    'Patient/p1',
    'AllergyIntolerance/a1',
    'Communication/t1',
    'Communication/m1',
  ];
  const medical = [
    'MedicationRequest/losartan',
    'MedicationRequest/amoxicillin',
    'DiagnosticReport/r1',
    'DiagnosticReport/r2',
    'Observation/o1',
    'Observation/o2',
  ];
  for (const ref of [...refs, ...medical]) mirror(desk, ref, '1');
}

function addMessage({ db }: UseCaseContext): void {
  saveWorkItem(db, item({ id: 'message', kind: 'message', focusRef: 'Communication/t1', subject: 'Rash' }));
  saveThread(db, { id: 't1', versionId: '1', patientId: 'p1', topic: 'Rash', senderKind: 'patient' });
  saveMessage(db, {
    id: 'm1',
    versionId: '1',
    threadId: 't1',
    patientId: 'p1',
    sentAt: '2026-11-19T20:00:00.000Z',
    from: { kind: 'patient', name: 'Aroha Ngata' },
    text: 'Kia ora, I have a rash and some chest pain.',
    attachments: [],
    readAt: null,
  });
}

function addRepeat({ db }: UseCaseContext): void {
  saveWorkItem(db, item({ id: 'repeat', kind: 'repeat', focusRef: 'MedicationRequest/losartan' }));
  const common = {
    versionId: '1',
    intent: 'proposal',
    status: 'draft',
    patientId: 'p1',
    groupId: 'g1',
    basedOn: null,
    priorId: null,
    code: null,
  };
  const detail = { brandName: null, strength: '50 mg', form: 'tablet', dose: '1 daily', supplyDays: 90, repeatsAllowed: 3 };
  const more = { pharmacy: 'Kauri Street Pharmacy', note: null, longTerm: true, validUntil: null };
  for (const name of ['losartan', 'amoxicillin']) {
    saveMedicineRequest(db, {
      ...common,
      id: name,
      medicineKey: name,
      authoredOn: '2026-11-19',
      requesterName: 'Aroha Ngata',
      detail: { genericName: name, ...detail, ...more },
    });
  }
}

function addResults({ db }: UseCaseContext): void {
  const results = [
    { item: 'normal', report: 'r1', observation: 'o1', flag: null, value: '5.10' },
    { item: 'critical', report: 'r2', observation: 'o2', flag: 'HH' as const, value: '7.2' },
  ];
  for (const { item: id, report, observation, flag, value } of results) {
    saveWorkItem(db, item({ id, kind: 'result', focusRef: `DiagnosticReport/${report}` }));
    const at = '2026-11-18T20:00:00.000Z';
    saveTestReport(db, {
      id: report,
      versionId: '1',
      patientId: 'p1',
      status: 'final',
      held: true,
      reportedAt: at,
      detail: { name: 'Potassium', collectedAt: at, laboratory: 'Harbour', conclusion: null, labels: [], measurementIds: [observation] },
    });
    saveMeasurement(db, {
      id: observation,
      versionId: '1',
      patientId: 'p1',
      testKey: 'potassium',
      at,
      value,
      number: Number(value),
      unit: 'mmol/L',
      detail: { name: 'Potassium', flag, reference: '3.5–5.2', note: null, held: true },
    });
  }
}
