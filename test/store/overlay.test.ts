import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { defineStatement } from '../../electron/store/db.ts';
import { findItemOfTask, saveWorkItem } from '../../electron/store/lists/work-item.ts';
import { discard, enqueue, undo } from '../../electron/store/outbox/outbox.ts';
import { markConflict, markDone, markRejected, markSending } from '../../electron/store/outbox/outbox-send.ts';
import type { Change } from '../../shared/changes/changes.ts';
import { aChange, anItem, aReply, claim, openTestStore } from './open-test-store.ts';

const now = '2026-11-20T02:00:01.000Z';
const held = { sendsAt: '2026-11-20T02:00:10.000Z', requestHash: 'h' };

const decide = (...decisions: ('approve' | 'decline')[]): Change => ({
  kind: 'decide-repeat',
  v: 1,
  decisions: decisions.map((decision) => {
    const common = { medicineId: 'm1', orderOpId: aChange(claim).opId, orderId: 'o1', medicineText: 'x', findings: [] };
    return decision === 'approve'
      ? { ...common, decision, acknowledged: [] }
      : { ...common, decision, reason: 'clarif' as const, textForPatient: 'Please call us' };
  }),
  answerId: 'a1',
  answerOpId: aChange(claim).opId,
  answerText: 'Kia ora',
});

const release: Change = {
  kind: 'release-result',
  reportName: 'Potassium',
  v: 1,
  reportId: 'r1',
  measurementIds: [],
  comment: null,
  commentId: 'c9',
  commentOpId: aChange(claim).opId,
  contact: null,
};
const hold = {
  kind: 'hold-result',
  reportName: 'Potassium',
  v: 1,
  reportId: 'r1',
  reason: 'discuss-first',
  reasonText: null,
  untilAt: '2026-11-25T00:00:00.000Z',
  ownerId: 's1',
  ownerName: 'Aroha Tane',
} as const;

describe('the effect of a queued change on its row', () => {
  const cases: readonly [string, unknown, object][] = [
    ['claim', claim, { ownerId: 's1', ownerName: 'Aroha Tane', status: 'accepted' }],
    ['give back', { kind: 'release-claim', v: 1 }, { ownerId: null, status: 'requested' }],
    [
      'assign to a person',
      { kind: 'assign', v: 1, assignee: { to: 'staff', staffId: 's2', name: 'Ben' } },
      { ownerId: 's2', ownerName: 'Ben' },
    ],
    ['assign to a queue', { kind: 'assign', v: 1, assignee: { to: 'pool', pool: 'gp' } }, { ownerId: null, pool: 'gp' }],
    ['make urgent', { kind: 'set-priority', v: 1, priority: 'urgent' }, { priority: 'urgent' }],
    ['finish', { kind: 'finish', v: 1, outcome: null }, { status: 'completed', closedAt: '2026-11-20T02:00:00.000Z' }],
    ['reply', aReply('x'), { status: 'in-progress', ownerId: 's1', closedAt: null }],
    ['reply and finish', aReply('x', true), { status: 'completed' }],
    ['note', { kind: 'note', v: 1, noteId: 'n', text: 'x' }, { status: 'requested' }],
    ['approve all or some', decide('approve', 'decline'), { status: 'completed' }],
    ['decline all', decide('decline', 'decline'), { status: 'rejected' }],
    ['release', release, { status: 'completed' }],
    ['hold', hold, { status: 'on-hold', dueAt: hold.untilAt, ownerId: 's1' }],
  ];

  test.each(cases)('%s shows at once, says that it waits, and is gone again when undone', (_name, change, shown) => {
    const { db } = openTestStore();
    saveWorkItem(db, anItem());
    const before = findItemOfTask(db, 't1');
    const queued = aChange(change as Change);
    enqueue(db, queued, held);
    expect(findItemOfTask(db, 't1')).toMatchObject({ ...shown, pending: 'waiting' });
    undo(db, queued.opId, now);
    expect(findItemOfTask(db, 't1')).toEqual(before);
  });

  test('urgent goes to the urgent group with the change, and back with its undo', () => {
    const { db } = openTestStore();
    saveWorkItem(db, anItem());
    const rank = () => db.read(defineStatement('SELECT rank FROM work_item')).get()?.rank;
    const urgent = aChange({ kind: 'set-priority', v: 1, priority: 'urgent' });
    enqueue(db, urgent, held);
    expect(rank()).toBe(0);
    undo(db, urgent.opId, now);
    expect(rank()).toBe(1);
  });

  test('a failed change has no effect, is named on the row, and holds back what came after it', () => {
    const { db } = openTestStore();
    saveWorkItem(db, anItem());
    const first = aChange(claim);
    const second = aChange({ kind: 'finish', v: 1, outcome: null });
    enqueue(db, first, held);
    enqueue(db, second, held);
    expect(findItemOfTask(db, 't1')).toMatchObject({ status: 'completed', pending: 'waiting' });
    markConflict(db, first.opId, 'Changed by Ben', now);
    expect(findItemOfTask(db, 't1')).toMatchObject({ status: 'requested', ownerId: null, pending: 'conflict' });
    discard(db, first.opId, now);
    expect(findItemOfTask(db, 't1')).toMatchObject({ status: 'completed', ownerId: null, pending: 'waiting' });
    markRejected(db, second.opId, 'no', now);
    expect(findItemOfTask(db, 't1')).toMatchObject({ status: 'requested', pending: 'rejected' });
  });

  test('a newer version from the server comes through beneath a waiting change, and shows when that is taken back', () => {
    const { db } = openTestStore();
    saveWorkItem(db, anItem());
    const change = aChange(claim);
    enqueue(db, change, held);
    saveWorkItem(db, anItem({ versionId: '2', priority: 'stat', pool: 'gp', subject: 'Other words' }));
    expect(findItemOfTask(db, 't1')).toMatchObject({ ownerId: 's1', priority: 'stat', subject: 'Other words', version: '2' });
    undo(db, change.opId, now);
    expect(findItemOfTask(db, 't1')).toMatchObject({ ownerId: null, priority: 'stat', pool: 'gp', pending: 'none' });
  });
});

test('law: once every change is over, the row is exactly what the server last said', () => {
  const someChange = fc.constantFrom<Change>(
    claim,
    { kind: 'release-claim', v: 1 },
    { kind: 'set-priority', v: 1, priority: 'stat' },
    { kind: 'finish', v: 1, outcome: null },
    { kind: 'assign', v: 1, assignee: { to: 'pool', pool: 'nurse' } },
    aReply('x', true),
  );
  const event = fc.oneof(
    fc.record({ is: fc.constant('act' as const), change: someChange }),
    fc.record({
      is: fc.constant('server' as const),
      priority: fc.constantFrom('routine' as const, 'urgent' as const),
      owner: fc.constantFrom(null, 's2'),
    }),
    fc.record({ is: fc.constant('done' as const) }),
  );
  fc.assert(
    fc.property(fc.array(event, { maxLength: 12 }), (events) => {
      const { db, close } = openTestStore();
      const quiet = openTestStore();
      let server = anItem();
      const open: string[] = [];
      saveWorkItem(db, server);
      for (const each of events) {
        if (each.is === 'act') {
          const change = aChange(each.change);
          enqueue(db, change, held);
          open.push(change.opId);
        } else if (each.is === 'server') {
          server = anItem({ versionId: String(Number(server.versionId) + 1), priority: each.priority, ownerId: each.owner });
          saveWorkItem(db, server);
        } else {
          const opId = open.shift();
          if (opId) {
            markSending(db, opId, now);
            markDone(db, opId, now);
          }
        }
      }
      for (const opId of open.reverse()) undo(db, opId, now);
      saveWorkItem(quiet.db, server);
      expect(findItemOfTask(db, 't1')).toEqual(findItemOfTask(quiet.db, 't1'));
      close();
      quiet.close();
    }),
    { numRuns: 40 },
  );
});
