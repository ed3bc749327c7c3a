import { describe, expect, test } from 'vitest';
import { findCursor, saveCursor } from '../../electron/store/cursors.ts';
import { dropDraft, findDraft, saveDraft } from '../../electron/store/drafts.ts';
import { findIdentity, saveIdentity } from '../../electron/store/identity.ts';
import {
  earlierOrders,
  findMedicineRequest,
  type MedicineRequest,
  requestedMedicines,
  saveMedicineRequest,
} from '../../electron/store/medicines.ts';
import {
  countResources,
  findResource,
  findVersion,
  markDeleted,
  resourcesAfter,
  saveResource,
  versionsOf,
} from '../../electron/store/mirror.ts';
import { findPatient, saveAllergy, savePatient, saveProxy } from '../../electron/store/patients.ts';
import { countQuarantined, listQuarantine, quarantine, unquarantine } from '../../electron/store/quarantine.ts';
import { findTestReport, measurementsOf, saveMeasurement, saveTestReport, trendOf } from '../../electron/store/results.ts';
import { findSessionToken, markTokenDead, markTokenInFlight, saveSessionToken } from '../../electron/store/session-token.ts';
import { findStaff, listStaff, saveStaff } from '../../electron/store/staff.ts';
import { findThread, notesOf, saveInternalNote, saveMessage, saveThread } from '../../electron/store/threads.ts';
import { findWorkItem, itemsOfFocus, itemsOfPatient, saveWorkItem } from '../../electron/store/work-item.ts';
import { PatientId, StaffId } from '../../shared/ids.ts';
import { anItem, openTestStore } from './open-test-store.ts';

const instant = '2026-11-20T01:00:00.000Z';

describe('the mirror', () => {
  const resource = (id: string, versionId = '1', body = `{"id":"${id}","value":1.10}`) => ({
    type: 'Task',
    id,
    versionId,
    lastUpdated: instant,
    body,
  });

  test('gives back the text exactly as it came, and the versions of what it has', () => {
    const { db } = openTestStore();
    const odd = '{"decimal":1.10,"text":"tēnā koe 🪶\\u0000","id":"a"}';
    saveResource(db, resource('a', '3', odd));
    saveResource(db, resource('b'));
    expect(findResource(db, 'Task', 'a')).toEqual(resource('a', '3', odd));
    expect(versionsOf(db, ['Task/a', 'Task/b', 'Task/none', 'Patient/a'])).toEqual({ 'Task/a': '3', 'Task/b': '1' });
  });

  test('what the server deleted is no longer found or counted; a new version brings it back', () => {
    const { db } = openTestStore();
    saveResource(db, resource('a'));
    markDeleted(db, 'Task', 'a');
    expect(findResource(db, 'Task', 'a')).toBeUndefined();
    expect(findVersion(db, 'Task', 'a')).toEqual({ versionId: '1', lastUpdated: instant, deleted: true });
    expect(versionsOf(db, ['Task/a'])).toEqual({});
    expect(countResources(db)).toEqual({});
    saveResource(db, resource('a', '2'));
    expect(findResource(db, 'Task', 'a')?.versionId).toBe('2');
  });

  test('all of one type are read in slices, while others are being written', () => {
    const { db } = openTestStore();
    for (let index = 0; index < 450; index += 1) saveResource(db, resource(`t${String(index).padStart(3, '0')}`));
    let read = 0;
    let after = '';
    for (;;) {
      const slice = resourcesAfter(db, 'Task', after, 200);
      for (const each of slice) saveResource(db, { ...each, versionId: '2' });
      read += slice.length;
      const last = slice.at(-1);
      if (!last) break;
      after = last.id;
    }
    expect(read).toBe(450);
    expect(countResources(db)).toEqual({ Task: 450 });
  });
});

describe('small durable things', () => {
  test('quarantine keeps the whole entry and its first day, and lets it go when it can be read', () => {
    const { db } = openTestStore();
    const entry = { ref: 'Task/x', type: 'Task', versionId: null, reason: 'No status', patientId: 'p1', body: '{', since: instant };
    quarantine(db, entry);
    quarantine(db, { ...entry, reason: 'No code', since: '2026-11-21T01:00:00.000Z' });
    expect(listQuarantine(db, 10)).toEqual([{ ref: 'Task/x', reason: 'No code', since: instant, patientId: 'p1' }]);
    expect(countQuarantined(db)).toEqual({ total: 1, byType: { Task: 1 } });
    unquarantine(db, 'Task/x');
    expect(countQuarantined(db).total).toBe(0);
  });

  test('a cursor is undone with the page it belongs to', () => {
    const { db } = openTestStore();
    const cursor = { type: 'Task', scope: '', watermark: instant, walkNext: null, walkHigh: null, serverDate: instant, completedAt: null };
    saveCursor(db, cursor);
    expect(() =>
      db.transaction(() => {
        saveCursor(db, { ...cursor, watermark: '2026-11-21T00:00:00Z' });
        throw new Error('page');
      }),
    ).toThrow('page');
    expect(findCursor(db, 'Task', '')).toEqual(cursor);
    expect(findCursor(db, 'Patient', '')).toBeUndefined();
  });

  test('a store belongs to one person at one server', () => {
    const { db } = openTestStore();
    const staff = { id: StaffId.parse('s1'), practitionerId: 'x1', name: 'Aroha Tane', role: 'gp', cpn: null } as const;
    const identity = {
      storeId: 'id',
      server: 'https://a',
      practiceName: 'Kauri',
      subject: 'u1',
      staff,
      cipherSuite: 'x',
      createdAt: instant,
    };
    saveIdentity(db, identity);
    saveIdentity(db, { ...identity, practiceName: 'Kauri Street', staff: { ...staff, role: 'manager' } });
    expect(findIdentity(db)).toEqual({ ...identity, practiceName: 'Kauri Street', staff: { ...staff, role: 'manager' } });
    expect(() => saveIdentity(db, { ...identity, subject: 'u2' })).toThrow('somebody else');
    expect(() => saveIdentity(db, { ...identity, server: 'https://b' })).toThrow('somebody else');
  });

  test('a refresh token in flight is known to be in flight, and a dead one is gone', () => {
    const { db } = openTestStore();
    saveSessionToken(db, {
      refreshToken: 'secret',
      tokenEndpoint: 'https://a/token',
      revocationEndpoint: 'https://a/revoke',
      scope: 'x',
      updatedAt: instant,
    });
    markTokenInFlight(db, instant);
    expect(findSessionToken(db)).toMatchObject({ state: 'in-flight', refreshToken: 'secret', revocationEndpoint: 'https://a/revoke' });
    markTokenDead(db, instant);
    expect(findSessionToken(db)).toMatchObject({ state: 'dead', refreshToken: null });
  });

  test('a draft is kept per item and kind until it is emptied or sent', () => {
    const { db } = openTestStore();
    saveDraft(db, { itemId: 't1', kind: 'reply', text: 'Kia ora', savedAt: instant });
    saveDraft(db, { itemId: 't1', kind: 'note', text: 'Rang', savedAt: instant });
    expect(findDraft(db, 't1', 'reply')).toEqual({ text: 'Kia ora', savedAt: instant });
    saveDraft(db, { itemId: 't1', kind: 'reply', text: '', savedAt: instant });
    expect(findDraft(db, 't1', 'reply')).toBeUndefined();
    dropDraft(db, 't1', 'note');
    expect(findDraft(db, 't1', 'note')).toBeUndefined();
  });
});

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
    expect(findWorkItem(db, 't2')?.patientId).toBeNull();
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
    saveInternalNote(db, { id: 'n1', itemId: 't1', writtenAt: instant, by: 'Aroha', text: 'Rang, no answer' });
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
