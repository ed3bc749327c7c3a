import { beforeEach, describe, expect, test } from 'vitest';
import type { ReadDb } from '../../electron/store/db.ts';
import { renameItem } from '../../electron/store/lists/item-key.ts';
import { findItemOfTask, findWorkItem } from '../../electron/store/lists/work-item.ts';
import { findDraft, saveDraft } from '../../electron/store/marks/drafts.ts';
import { markRead } from '../../electron/store/marks/read-marks.ts';
import type { Store } from '../../electron/store/open/open.ts';
import { itemKeyOf } from '../../shared/ids.ts';
import { openTestStore } from '../store/open-test-store.ts';
import { take, takeAway } from '../support/projected-by-hand.ts';

const patient = { reference: 'Patient/p1' };

function aTask(id: string, authoredOn: string, more: object = {}) {
  return {
    resourceType: 'Task',
    id,
    status: 'requested',
    intent: 'order',
    code: { coding: [{ system: 'urn:portaldesk:task-code', code: 'result-review' }] },
    focus: { reference: 'DiagnosticReport/r1' },
    for: patient,
    authoredOn,
    ...more,
  };
}

const ours = { identifier: [{ system: 'urn:portaldesk:item', value: 'result|DiagnosticReport/r1' }] };
const keyOf = (db: ReadDb, taskId: string) => findItemOfTask(db, taskId)?.key;
const report = itemKeyOf('result', 'DiagnosticReport/r1');

let store: Store;
beforeEach(() => {
  store = openTestStore();
  take(store.db, { resourceType: 'Patient', id: 'p1', name: [{ family: 'Ngata', given: ['Mere'] }] });
});

describe('the key of an item', () => {
  test('is what the item is about, whichever Task carries it', () => {
    take(store.db, aTask('t1', '2026-11-20T00:00:00Z'));
    expect(keyOf(store.db, 't1')).toBe('result|DiagnosticReport/r1');
    takeAway(store.db, 'Task', 't1');
    take(store.db, aTask('t2', '2026-11-20T00:30:00Z'));
    expect(findWorkItem(store.db, report)?.taskId).toBe('t2');
  });

  test.each([
    ['older', '2026-11-19T00:00:00Z', 't2', 't1'],
    ['younger', '2026-11-21T00:00:00Z', 't1', 't2'],
  ])('is the oldest Task’s: an %s second one is shown beside it, under a key of its own', (_age, authoredOn, holder, other) => {
    take(store.db, aTask('t1', '2026-11-20T00:00:00Z'));
    take(store.db, aTask('t2', authoredOn));
    expect([keyOf(store.db, holder), keyOf(store.db, other)]).toEqual([report, `result|Task/${other}`]);
    expect(findItemOfTask(store.db, other)?.status).toBe('requested');
  });

  test('goes to the next oldest when its Task is taken away', () => {
    take(store.db, aTask('t1', '2026-11-20T00:00:00Z'), aTask('t2', '2026-11-21T00:00:00Z'));
    takeAway(store.db, 'Task', 't1');
    expect(keyOf(store.db, 't2')).toBe(report);
  });

  test('of two Tasks that name one item by our identifier the oldest counts, and the other is cancelled', () => {
    take(store.db, aTask('t1', '2026-11-20T00:00:00Z', ours), aTask('t2', '2026-11-20T00:00:01Z', ours));
    expect(findItemOfTask(store.db, 't1')?.status).toBe('requested');
    expect(findItemOfTask(store.db, 't2')).toMatchObject({ status: 'cancelled', key: 'result|Task/t2' });
  });

  test('of a Task that was finished before hides no new one: what is open stays in the list', () => {
    const finished = { ...ours, status: 'completed' };
    take(store.db, aTask('t2', '2026-11-20T00:00:01Z', ours));
    take(store.db, aTask('t1', '2026-11-19T00:00:00Z', finished));
    expect(findItemOfTask(store.db, 't2')?.status).toBe('requested');
  });

  test('of a message is its thread’s, from the moment that the thread is known; what was written under the key before goes along', () => {
    const { db } = store;
    const message = (id: string, more: object) => ({ resourceType: 'Communication', id, status: 'completed', subject: patient, ...more });
    const code = { coding: [{ system: 'urn:portaldesk:task-code', code: 'triage-message' }] };
    take(db, aTask('t1', '2026-11-20T00:00:00Z', { code, focus: { reference: 'Communication/m1' } }));
    const before = keyOf(db, 't1') ?? report;
    saveDraft(db, { itemKey: before, kind: 'reply', text: 'Kia ora Mere', savedAt: '2026-11-20T01:30:00Z' });
    take(
      db,
      message('h1', { topic: { text: 'My results' } }),
      message('m1', {
        partOf: [{ reference: 'Communication/h1' }],
        sender: patient,
        sent: '2026-11-20T00:00:00Z',
        payload: [{ contentString: 'Hello' }],
      }),
    );
    const after = keyOf(db, 't1') ?? report;
    expect([before, after]).toEqual(['message|Communication/m1', 'message|Communication/h1']);
    expect(findDraft(db, after, 'reply')?.text).toBe('Kia ora Mere');
    expect(findWorkItem(db, before)?.taskId).toBe('t1');
  });

  test('finds the item under every name that it ever had', () => {
    const { db } = store;
    take(db, aTask('t1', '2026-11-20T00:00:00Z'));
    const [first, second] = [itemKeyOf('result', 'Task/gone'), itemKeyOf('result', 'DiagnosticReport/gone')];
    renameItem(db, first, second);
    renameItem(db, second, report);
    expect([first, second, report].map((key) => findWorkItem(db, key)?.taskId)).toEqual(['t1', 't1', 't1']);
  });

  test('carries the read mark: a second Task about the same thing is unread by itself', () => {
    const { db } = store;
    take(db, aTask('t1', '2026-11-20T00:00:00Z'), aTask('t2', '2026-11-21T00:00:00Z'));
    const item = findItemOfTask(db, 't1');
    if (item) markRead(db, item);
    expect(['t1', 't2'].map((id) => findItemOfTask(db, id)?.unread)).toEqual([false, true]);
  });
});
