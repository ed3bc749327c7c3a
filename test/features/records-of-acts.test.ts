import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openItem } from '../../electron/features/marks/reading.ts';
import { requeueFailed, undoEntry } from '../../electron/features/outbox/outbox.ts';
import type { UseCaseContext } from '../../electron/features/use-case-context.ts';
import { itemDetail } from '../../electron/features/views/item-detail.ts';
import { auditToUpload } from '../../electron/store/audit/audit.ts';
import { saveWorkItem } from '../../electron/store/lists/work-item.ts';
import { discard } from '../../electron/store/outbox/outbox.ts';
import {
  markConflict,
  markDone,
  markNeedsSignIn,
  markRejected,
  markSending,
  requeueAfterSignIn,
} from '../../electron/store/outbox/outbox-send.ts';
import type { OpId } from '../../shared/ids.ts';
import { anItem } from '../store/open-test-store.ts';
import { keyOf, makeAct } from './every-act.ts';
import { openPracticeDesk, type PracticeDesk } from './practice-desk.ts';

let practice: PracticeDesk;
let desk: UseCaseContext;
beforeEach(() => {
  practice = openPracticeDesk();
  desk = practice.desk;
});
afterEach(() => practice.close());

/** Act → the item it is made on, the audit row's action and detail, what the history calls it, and for how many seconds it can be taken back. */
const acts: readonly (readonly [name: string, item: string, action: string, detail: string, history: string, hold: number])[] = [
  ['claim', 'message', 'claim', '', 'Claimed', 0],
  ['assign to a person', 'message', 'assign', 'PractitionerRole/role-nurse', 'Assigned', 10],
  ['assign to a team', 'message', 'assign', 'pool nurse', 'Assigned', 10],
  ['set-priority', 'message', 'set-priority', 'asap', 'Priority set', 10],
  ['note', 'message', 'note', '', 'Note added', 0],
  ['reply', 'message', 'reply', '', 'Replied', 10],
  ['finish', 'message', 'finish', '', 'Done', 10],
  ['decide-repeat', 'repeat', 'decide-repeat', 'decline MedicationRequest/amoxicillin; approve MedicationRequest/losartan', 'Decided', 10],
  ['release-result', 'normal', 'release-result', 'DiagnosticReport/r1', 'Released', 10],
  ['hold-result', 'critical', 'hold-result', 'DiagnosticReport/r2', 'Held', 0],
];

/** How an audit row names the message. */
const message = { itemKey: 'message|Communication/t1', taskId: 'message', patientId: 'p1' };
const auditRows = () => auditToUpload(desk.db, 100).map(({ seq: _seq, hash: _hash, ...row }) => row);

function historyOf(item: string) {
  const detail = itemDetail(desk, { itemKey: keyOf(desk, item) });
  if (!detail.ok) throw new Error(detail.error.kind);
  return detail.value.events.map(({ by, what }) => (by === null ? what : `${what} by ${by}`));
}

describe('an act', () => {
  test.each(acts)('%s: its audit row names the act and what it was about, and no words', (name, taskId, action, detail) => {
    const { opId } = makeAct(desk, name);
    const common = { opId, recordedAt: '2026-11-20T00:00:00.000Z', staffId: 'role-gp', patientId: 'p1' };
    expect(auditRows()).toEqual([{ ...common, itemKey: keyOf(desk, taskId), taskId, action, detail }]);
    expect(JSON.stringify(auditRows())).not.toContain('Aroha');
  });

  test.each(acts)('%s: the history of its item says so', (name, item, _action, _detail, history) => {
    makeAct(desk, name);
    expect(historyOf(item)).toEqual(['Arrived', `${history} by Dr Rangi Parata`]);
  });

  test.each(acts)('%s can be taken back for as long as it should', (name, _item, _action, _detail, _history, hold) => {
    expect((Date.parse(makeAct(desk, name).sendsAt) - desk.now()) / 1000).toBe(hold);
  });

  test('giving a claim back is recorded too, and goes at once', () => {
    makeAct(desk, 'claim');
    const { sendsAt } = makeAct(desk, 'release-claim');
    expect(sendsAt).toBe('2026-11-20T00:00:00.000Z');
    expect(auditRows().map(({ action, detail }) => [action, detail])).toEqual([
      ['claim', ''],
      ['release-claim', ''],
    ]);
    expect(historyOf('message')).toEqual(['Arrived', 'Claimed by Dr Rangi Parata', 'Claim released by Dr Rangi Parata']);
  });
});

describe('what becomes of an act', () => {
  const now = '2026-11-20T00:01:00.000Z';
  const outcomes: readonly (readonly [action: string, history: readonly string[], happen: (opId: OpId) => unknown])[] = [
    ['undone', ['Taken back'], (opId) => undoEntry(desk, { opId })],
    ['conflict', ['Not sent: it had changed'], (opId) => markConflict(desk.db, opId, 'Problem', now)],
    ['rejected', ['Not sent: the portal refused'], (opId) => markRejected(desk.db, opId, 'Problem', now)],
    ['done', ['Confirmed by the portal'], (opId) => markDone(desk.db, opId, now)],
    ['needs-sign-in', [], (opId) => markNeedsSignIn(desk.db, opId, now)],
  ];

  test.each(outcomes)('%s: is in the audit beside the act, and the history says %j', (action, history, happen) => {
    const { opId } = makeAct(desk, 'reply');
    happen(opId);
    const [, row, ...more] = auditRows();
    expect(more).toEqual([]);
    expect(row).toMatchObject({ staffId: 'role-gp', ...message, action, detail: 'reply' });
    expect(row?.opId).toMatch(new RegExp(`^${opId}:`));
    expect(historyOf('message')).toEqual(['Arrived', ...['Replied', ...history].map((what) => `${what} by Dr Rangi Parata`)]);
  });

  test('every turn of a long story is in the audit', () => {
    const { opId } = makeAct(desk, 'reply');
    markSending(desk.db, opId, now);
    markRejected(desk.db, opId, 'Problem', now);
    requeueFailed(desk, { opId });
    markNeedsSignIn(desk.db, opId, now, { neverArrived: true });
    requeueAfterSignIn(desk.db, 'sub-gp', now);
    markConflict(desk.db, opId, 'Problem', now);
    discard(desk.db, opId, now);
    expect(auditRows().map(({ action }) => action)).toEqual(['reply', 'rejected', 'requeued', 'needs-sign-in', 'conflict', 'undone']);
  });
});

test('looking at an item is recorded, and the history says by whom', () => {
  openItem(practice.as('nurse'), { itemKey: keyOf(desk, 'message') });
  expect(auditRows()).toMatchObject([{ staffId: 'role-nurse', action: 'open', ...message, detail: '' }]);
  expect(historyOf('message')).toEqual(['Arrived', 'Opened here by The nurse']);
});

test('an item that was closed elsewhere says by whom', () => {
  const closed = { status: 'completed', closedAt: '2026-11-20T03:00:00.000Z', ownerId: 'role-x', ownerName: 'Dr Patel' } as const;
  saveWorkItem(desk.db, anItem({ id: 'elsewhere', ...closed }));
  expect(historyOf('elsewhere')).toEqual(['Arrived', 'Closed by Dr Patel']);
});
