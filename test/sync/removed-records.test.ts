import { describe, expect, test } from 'vitest';
import type { ReadDb } from '../../electron/store/db.ts';
import { defineStatement } from '../../electron/store/db.ts';
import { searchItems } from '../../electron/store/lists/search.ts';
import { openTestStore } from '../store/open-test-store.ts';
import { type Bare, take, takeAway } from '../support/projected-by-hand.ts';

const subject = { reference: 'Patient/someone' };
const coded = (system: string, code: string) => ({ coding: [{ system, code }] });

const task = {
  resourceType: 'Task',
  status: 'requested',
  intent: 'order',
  description: 'Sleepless',
  code: coded('urn:portaldesk:task-code', 'triage-message'),
  focus: { reference: 'Communication/elsewhere' },
  for: subject,
  authoredOn: '2026-11-20T00:00:00Z',
};
const communication = { resourceType: 'Communication', status: 'completed', subject, sent: '2026-11-20T00:00:00Z' };
const payload = [{ contentString: 'Kia ora' }];

/** Every kind of record that is pulled and has rows of its own, and where its row stands. */
const kept: readonly (readonly [what: string, table: string, resource: Bare])[] = [
  [
    'a person’s role',
    'staff',
    {
      resourceType: 'PractitionerRole',
      practitioner: { reference: 'Practitioner/who' },
      code: [coded('urn:portaldesk:role', 'gp')],
    },
  ],
  ['a patient', 'patient', { resourceType: 'Patient', name: [{ family: 'Ngata', given: ['Hana'] }] }],
  ['a proxy', 'proxy', { resourceType: 'RelatedPerson', patient: subject, name: [{ text: 'Hine Ngata' }] }],
  ['an allergy', 'allergy', { resourceType: 'AllergyIntolerance', patient: subject, code: { text: 'Penicillin' } }],
  [
    'a consultation',
    'consultation',
    { resourceType: 'Encounter', status: 'finished', class: { code: 'AMB' }, subject, period: { end: '2026-11-01' } },
  ],
  [
    'a measurement',
    'measurement',
    { resourceType: 'Observation', status: 'final', code: { text: 'Potassium' }, subject, valueString: '5' },
  ],
  ['a report', 'test_report', { resourceType: 'DiagnosticReport', status: 'final', code: { text: 'Potassium' }, subject }],
  [
    'a medicine asked for',
    'medicine_request',
    { resourceType: 'MedicationRequest', status: 'draft', intent: 'proposal', subject, medicationCodeableConcept: { text: 'losartan' } },
  ],
  ['a thread', 'thread', { ...communication, category: [coded('urn:portaldesk:thread', 'message')], topic: { text: 'Sleep' } }],
  ['a message', 'message', { ...communication, partOf: [{ reference: 'Communication/elsewhere' }], payload }],
  [
    'an internal note',
    'internal_note',
    { ...communication, category: [coded('urn:portaldesk:thread', 'internal-note')], about: [{ reference: 'Task/elsewhere' }], payload },
  ],
  ['an item', 'work_item', task],
];

const tables = [
  'patient',
  'allergy',
  'proxy',
  'staff',
  'work_item',
  'message',
  'thread',
  'internal_note',
  'medicine_request',
  'test_report',
  'measurement',
  'consultation',
  'filtered',
];

/** Items are known by their Task; all else by the number that the store gave the resource. */
const whereOf = (table: string) => (table === 'work_item' ? 'id = :id' : 'number IN (SELECT number FROM resource_ref WHERE id = :id)');

const tablesWith = (db: ReadDb, id: string) =>
  tables.filter((table) => db.read(defineStatement(`SELECT 1 FROM ${table} WHERE ${whereOf(table)}`)).get({ id }) !== undefined);

describe('what the server deleted leaves no row on the screens', () => {
  test.each(kept)('%s, which stood in %s', (_what, table, resource) => {
    const { db } = openTestStore();
    take(db, { ...resource, id: 'x1' }, { ...resource, id: 'x2' });
    expect(tablesWith(db, 'x1')).toEqual([table]);
    takeAway(db, resource.resourceType, 'x1');
    expect(tablesWith(db, 'x1')).toEqual([]);
    expect(tablesWith(db, 'x2')).toEqual([table]);
  });

  test('what was left out of the screens is no longer counted as left out', () => {
    const { db } = openTestStore();
    take(db, { ...task, id: 'x1', code: coded('urn:other', 'theirs') });
    expect(tablesWith(db, 'x1')).toEqual(['filtered']);
    takeAway(db, 'Task', 'x1');
    expect(tablesWith(db, 'x1')).toEqual([]);
  });

  test('what could not be read is no longer counted as unreadable', () => {
    const { db } = openTestStore();
    const quarantined = () => db.read(defineStatement('SELECT ref FROM quarantine')).all();
    take(db, { ...task, id: 'x1', status: 'dancing' });
    expect(quarantined()).toEqual([{ ref: 'Task/x1' }]);
    takeAway(db, 'Task', 'x1');
    expect(quarantined()).toEqual([]);
  });

  test('an item is no longer found by its words, nor counted', () => {
    const { db } = openTestStore();
    take(db, { ...task, id: 'x1' });
    expect(searchItems(db, 'sleepless', 10).rows.map(({ taskId }) => taskId)).toEqual(['x1']);
    takeAway(db, 'Task', 'x1');
    expect(searchItems(db, 'sleepless', 10).rows).toEqual([]);
    expect(db.read(defineStatement('SELECT * FROM item_words_hash')).all()).toEqual([]);
    expect(db.read(defineStatement('SELECT * FROM work_tally WHERE items <> 0')).all()).toEqual([]);
  });

  test('a name that came from a person or an organisation is gone with them', () => {
    const { db } = openTestStore();
    const role = { resourceType: 'PractitionerRole', id: 'role', practitioner: { reference: 'Practitioner/who' } };
    const report = { resourceType: 'DiagnosticReport', id: 'r1', status: 'final', code: { text: 'Potassium' }, subject };
    const laboratory = { ...report, performer: [{ reference: 'Organization/lab' }] };
    take(
      db,
      { resourceType: 'Practitioner', id: 'who', name: [{ family: 'Tane', given: ['Mere'] }] },
      { resourceType: 'Organization', id: 'lab', name: 'Harbour Laboratories' },
      { ...role, code: [coded('urn:portaldesk:role', 'gp')] },
      laboratory,
    );
    const names = () =>
      JSON.stringify([
        db.read(defineStatement('SELECT name FROM staff')).all(),
        db.read(defineStatement('SELECT detail FROM test_report')).all(),
      ]);
    expect(names()).toMatch(/Tane.*Harbour Laboratories/);
    takeAway(db, 'Practitioner', 'who');
    takeAway(db, 'Organization', 'lab');
    expect(names()).not.toMatch(/Tane|Harbour/);
  });
});
