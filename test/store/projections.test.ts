import { describe, expect, test } from 'vitest';
import { findItemOfTask, itemsOfFocus, itemsOfPatient, saveWorkItem } from '../../electron/store/lists/work-item.ts';
import {
  earlierOrders,
  findMedicineRequest,
  type MedicineRequest,
  requestedMedicines,
  saveMedicineRequest,
} from '../../electron/store/record/medicines.ts';
import { findPatient, saveAllergy, savePatient, saveProxy } from '../../electron/store/record/patients.ts';
import { findTestReport, measurementsOf, saveMeasurement, saveTestReport, trendOf } from '../../electron/store/record/results.ts';
import { findStaff, listStaff, saveStaff } from '../../electron/store/record/staff.ts';
import { findThread, notesOf, saveInternalNote, saveMessage, saveThread } from '../../electron/store/record/threads.ts';
import { PatientId, StaffId } from '../../shared/ids.schema.ts';
import { anItem, openTestStore } from './open-test-store.ts';

const instant = '2026-11-20T01:00:00.000Z';

describe('people', () => {
  const patient = {
    id: PatientId.parse('p1'),
    familyName: 'Pōtatau',
    givenNames: 'Mere',
    title: null,
    preferredName: null,
    bornOn: '1980-02-29',
    deceased: { is: false },
    gender: 'female',
    nhi: 'ZAA0067',
    nhiCheck: 'valid',
    enrolled: 'yes',
    generalPractitioner: null,
    phone: null,
    interpreter: null,
    alerts: [],
    restricted: true,
    updatedAt: null,
  } as const;
  const allergy = { id: 'a1', patientId: 'p1', status: 'recorded', substance: 'Penicillin', reaction: null, severe: true } as const;

  test('a patient comes with allergies and proxies; nothing recorded is not the same as none', () => {
    const { db } = openTestStore();
    savePatient(db, { ...patient, alerts: [] }, '1');
    expect(findPatient(db, 'p1')).toEqual({ ...patient, allergies: { status: 'not-recorded' }, proxies: [] });
    saveAllergy(db, { ...allergy, id: 'a0', status: 'none-known', severe: false });
    expect(findPatient(db, 'p1')?.allergies).toEqual({ status: 'none-known' });
    saveAllergy(db, allergy);
    saveAllergy(db, { ...allergy, id: 'a2', substance: 'Egg', status: 'not-current' });
    saveProxy(db, { id: 'r1', patientId: 'p1', name: 'Hine', relationship: 'mother', untilOn: null, canRead: true });
    expect(findPatient(db, 'p1')).toMatchObject({
      allergies: { status: 'recorded', items: [{ substance: 'Penicillin', reaction: null, severe: true }] },
      proxies: [{ name: 'Hine', relationship: 'mother', untilOn: null, canRead: true }],
    });
    saveAllergy(db, { ...allergy, status: 'not-current' });
    expect(findPatient(db, 'p1')?.allergies.status).toBe('none-known');
    expect(findPatient(db, 'p2')).toBeUndefined();
  });

  test('staff who left are still known by name and no longer listed', () => {
    const { db } = openTestStore();
    const staff = { id: StaffId.parse('s1'), practitionerId: 'x1', name: 'Aroha Tane', role: 'gp', cpn: null } as const;
    saveStaff(db, { ...staff, active: true });
    saveStaff(db, { ...staff, id: StaffId.parse('s2'), name: 'Ben', active: false });
    expect(listStaff(db)).toEqual([staff]);
    expect(findStaff(db, 's2')?.name).toBe('Ben');
  });
});

describe('what an item is about', () => {
  test('items are found by what they focus on and by patient', () => {
    const { db } = openTestStore();
    saveWorkItem(db, anItem());
    saveWorkItem(db, anItem({ id: 't2', patientId: null, focusRef: 'Communication/c2' }));
    expect(itemsOfFocus(db, 'Communication/c2')).toEqual(['t2']);
    expect(itemsOfPatient(db, 'p1')).toEqual(['t1']);
    expect(findItemOfTask(db, 't2')?.patientId).toBeNull();
  });

  test('a thread has its messages, oldest first, and notes stand beside the item', () => {
    const { db } = openTestStore();
    saveThread(db, { id: 'c1', versionId: '1', patientId: 'p1', topic: 'Blood test', senderKind: 'patient' });
    const message = (id: string, minute: number) => ({
      id,
      versionId: '1',
      threadId: 'c1',
      patientId: 'p1',
      sentAt: new Date(Date.UTC(2026, 10, 20, 1, minute)).toISOString(),
      from: { kind: 'patient', name: 'Mere' } as const,
      text: `Kia ora ${id}`,
      attachments: [{ title: 'Photo', contentType: 'image/jpeg', sizeBytes: 12 }],
      readAt: null,
    });
    saveMessage(db, message('m2', 9));
    saveMessage(db, message('m1', 3));
    const thread = findThread(db, 'c1');
    expect(thread?.messages.map(({ id, opId }) => [id, opId])).toEqual([
      ['m1', null],
      ['m2', null],
    ]);
    expect(thread?.messages[0]?.attachments).toEqual([{ title: 'Photo', contentType: 'image/jpeg', sizeBytes: 12 }]);
    saveInternalNote(db, { id: 'n1', taskId: 't1', patientId: 'p1', writtenAt: instant, by: 'Aroha', text: 'Rang, no answer' });
    expect(notesOf(db, 't1')).toEqual([{ id: 'n1', writtenAt: instant, by: 'Aroha', text: 'Rang, no answer', opId: null }]);
  });

  test('medicines asked for together come together; earlier orders of the same medicine newest first', () => {
    const { db } = openTestStore();
    const request = (id: string, values: Partial<MedicineRequest>): MedicineRequest => ({
      id,
      versionId: '1',
      intent: 'proposal',
      status: 'active',
      patientId: 'p1',
      groupId: 'g1',
      basedOn: null,
      priorId: null,
      code: null,
      medicineKey: 'metformin',
      authoredOn: '2026-11-20',
      requesterName: null,
      detail: {
        genericName: 'metformin',
        brandName: null,
        strength: '500 mg',
        form: 'tablet',
        dose: '1 tablet twice daily',
        supplyDays: 90,
        repeatsAllowed: null,
        pharmacy: null,
        note: null,
        longTerm: true,
        validUntil: null,
      },
      ...values,
    });
    saveMedicineRequest(db, request('m1', {}));
    saveMedicineRequest(db, request('m2', { medicineKey: 'aspirin' }));
    saveMedicineRequest(db, request('m3', { patientId: 'p2' }));
    saveMedicineRequest(db, request('o1', { intent: 'order', groupId: null, authoredOn: '2026-08-01' }));
    saveMedicineRequest(db, request('o2', { intent: 'order', groupId: null, authoredOn: '2026-09-01' }));
    expect(requestedMedicines(db, 'm1').map(({ id }) => id)).toEqual(['m1', 'm2']);
    expect(requestedMedicines(db, 'o1').map(({ id }) => id)).toEqual(['o1']);
    expect(requestedMedicines(db, 'none')).toEqual([]);
    expect(earlierOrders(db, 'p1', 'metformin').map(({ id }) => id)).toEqual(['m1', 'o2', 'o1']);
    expect(findMedicineRequest(db, 'm1')).toEqual(request('m1', {}));
  });

  test('a report has its measurements in the laboratory’s order with their digits, and a trend looks back', () => {
    const { db } = openTestStore();
    const measurement = (id: string, at: string, value: string) => ({
      id,
      versionId: '1',
      patientId: 'p1',
      testKey: 'urn:test|2345-7',
      at,
      value,
      number: Number(value),
      unit: 'mmol/L',
      detail: { name: 'Glucose', flag: null, reference: '3.5–5.4', note: null, held: true },
    });
    saveMeasurement(db, measurement('b', '2026-11-20T00:00:00Z', '1.10'));
    saveMeasurement(db, measurement('a', '2026-10-20T00:00:00Z', '5.0'));
    saveMeasurement(db, measurement('c', '2026-09-20T00:00:00Z', '5.20'));
    const report = {
      id: 'r1',
      versionId: '1',
      patientId: 'p1',
      status: 'final',
      held: true,
      reportedAt: null,
      detail: {
        name: 'Glucose',
        collectedAt: null,
        laboratory: null,
        conclusion: null,
        labels: ['HIV'],
        measurementIds: ['b', 'missing', 'a'],
      },
    } satisfies Parameters<typeof saveTestReport>[1];
    saveTestReport(db, report);
    expect(findTestReport(db, 'r1')).toEqual(report);
    expect(measurementsOf(db, report).map(({ value }) => value)).toEqual(['1.10', '5.0']);
    expect(trendOf(db, 'p1', 'urn:test|2345-7', '2026-11-20T00:00:00Z', 1).map(({ value }) => value)).toEqual(['5.0']);
  });
});
