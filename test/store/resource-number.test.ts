import { expect, test } from 'vitest';
import { defineStatement } from '../../electron/store/db.ts';
import { findResource, resourcesAfter, saveResource } from '../../electron/store/mirror/mirror.ts';
import { dependantsOf, dependenciesOf, saveDependencies } from '../../electron/store/mirror/projection-dependency.ts';
import { findNumber, numberResource } from '../../electron/store/mirror/resource-number.ts';
import { findThread, messagesOf, saveMessage, saveThread } from '../../electron/store/record/threads.ts';
import { openTestStore } from './open-test-store.ts';

const header = { type: 'Communication', id: 'c1', versionId: '1', lastUpdated: '2026-11-20T01:00:00Z', body: '{}' };

test('what is named before it comes has its number already, and is not there until it comes', () => {
  const { db } = openTestStore();
  const from = { kind: 'patient', name: 'Mere' } as const;
  const message = { versionId: '1', threadId: 'c1', patientId: null, from, text: 'Kia ora', attachments: [], readAt: null };
  saveMessage(db, { ...message, id: 'm1', sentAt: '2026-11-20T01:00:00.000Z' });
  const number = findNumber(db, 'Communication', 'c1');
  expect(number).toBeDefined();
  expect(messagesOf(db, 'c1').map(({ id }) => id)).toEqual(['m1']);
  expect([findResource(db, 'Communication', 'c1'), findThread(db, 'c1')]).toEqual([undefined, undefined]);
  expect(resourcesAfter(db, 'Communication', '', 10)).toEqual([]);
  saveResource(db, header);
  saveThread(db, { id: 'c1', versionId: '1', patientId: 'p9', topic: 'Cough', senderKind: 'patient' });
  expect(findNumber(db, 'Communication', 'c1')).toBe(number);
  expect(findThread(db, 'c1')).toMatchObject({ id: 'c1', patientId: 'p9', messages: [{ id: 'm1' }] });
  expect(resourcesAfter(db, 'Communication', '', 10)).toEqual([header]);
});

test('an undone transaction takes the numbers along that it gave', () => {
  const { db } = openTestStore();
  const cut = () => {
    numberResource(db, 'Patient', 'p1');
    throw new Error('cut short');
  };
  expect(() => db.transaction(cut)).toThrow('cut short');
  expect(findNumber(db, 'Patient', 'p1')).toBeUndefined();
  saveResource(db, { ...header, type: 'Patient', id: 'p2' });
  numberResource(db, 'Patient', 'p1');
  const rows = db.read(defineStatement('SELECT id FROM resource_ref ORDER BY id')).all();
  expect(rows).toEqual([{ id: 'p1' }, { id: 'p2' }]);
});

test('dependencies are told by their references, in whatever form the server wrote them', () => {
  const { db } = openTestStore();
  const refs = ['MedicationRequest/m2', 'MedicationRequest/m1', 'https://elsewhere.example/fhir/Patient/1'];
  saveDependencies(db, 'Task/t1', refs);
  expect(dependenciesOf(db, 'Task/t1')).toEqual([
    'MedicationRequest/m1',
    'MedicationRequest/m2',
    'https://elsewhere.example/fhir/Patient/1',
  ]);
  saveDependencies(db, 'Task/t2', ['MedicationRequest/m1']);
  expect(dependantsOf(db, 'MedicationRequest/m1')).toEqual(['Task/t1', 'Task/t2']);
  saveDependencies(db, 'Task/t1', []);
  expect(dependantsOf(db, 'MedicationRequest/m1')).toEqual(['Task/t2']);
});
