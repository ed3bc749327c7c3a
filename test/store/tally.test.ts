import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { defineStatement, type ReadDb, type WriteDb } from '../../electron/store/db.ts';
import { inboxCounts } from '../../electron/store/lists/inbox.ts';
import { readTally } from '../../electron/store/lists/tally.ts';
import { dropWorkItem, findItemOfTask, saveWorkItem } from '../../electron/store/lists/work-item.ts';
import { markRead, markUnread } from '../../electron/store/marks/read-marks.ts';
import { enqueue, undo } from '../../electron/store/outbox/outbox.ts';
import { markConflict } from '../../electron/store/outbox/outbox-send.ts';
import type { Change } from '../../shared/changes/changes.ts';
import { Pool } from '../../shared/domain/staff.schema.ts';
import { ItemFlag, ItemKind, ItemStatus, Priority } from '../../shared/domain/work-item.schema.ts';
import { aChange, anItem, aReply, claim, openTestStore } from './open-test-store.ts';

const now = '2026-11-20T02:00:05.000Z';
const refused = new Error('refused');

const itemId = fc.integer({ min: 0, max: 7 }).map((number) => `t${number}`);
const projected = fc.record({
  is: fc.constant('projected' as const),
  id: itemId,
  kind: fc.constantFrom(...ItemKind.options),
  priority: fc.constantFrom(...Priority.options),
  status: fc.constantFrom(...ItemStatus.options),
  ownerId: fc.constantFrom(null, 's1', 's2'),
  pool: fc.constantFrom(null, ...Pool.options),
  flags: fc.subarray(ItemFlag.options, { maxLength: 2 }),
  newestAt: fc.integer({ min: 0, max: 40 }).map((minute) => new Date(Date.UTC(2026, 10, 20, 1, minute)).toISOString()),
});
const acted = fc.record({
  is: fc.constant('acted' as const),
  id: itemId,
  change: fc.constantFrom<Change>(claim, aReply('Kia ora', true), { kind: 'set-priority', v: 1, priority: 'urgent' }),
  outcome: fc.constantFrom('waits', 'undone', 'conflict'),
});
const other = fc.record({ is: fc.constantFrom('dropped' as const, 'read' as const, 'unread' as const), id: itemId });
const anyStep = fc.oneof(projected, acted, other);
type Step = typeof anyStep extends fc.Arbitrary<infer T> ? T : never;
/** One transaction: what happens in it, some of it in a transaction of its own, and whether it fails at the end. */
const transaction = fc.record({
  steps: fc.array(anyStep, { minLength: 1, maxLength: 6 }),
  nested: fc.boolean(),
  fails: fc.boolean(),
});
function make(db: WriteDb, step: Step): void {
  if (step.is === 'projected') {
    const { is: _is, ...values } = step;
    saveWorkItem(db, anItem(values));
  } else if (step.is === 'acted') {
    const change = aChange(step.change, { taskId: step.id });
    enqueue(db, change, { sendsAt: '2026-11-20T02:00:10.000Z', requestHash: '' });
    if (step.outcome === 'undone') undo(db, change.opId, now);
    if (step.outcome === 'conflict') markConflict(db, change.opId, 'x', now);
  } else {
    const item = findItemOfTask(db, step.id);
    if (step.is === 'dropped') dropWorkItem(db, step.id);
    else if (item) (step.is === 'read' ? markRead : markUnread)(db, item);
  }
}

const groupedSql =
  defineStatement(`SELECT open, kind, iif(open, coalesce(pool, ''), '') AS pool, iif(open, coalesce(owner_id, ''), '') AS ownerId,
    iif(open, rank, 1) AS rank, count(*) AS items, sum(unread) AS unread FROM work_item GROUP BY 1, 2, 3, 4, 5 ORDER BY 1, 2, 3, 4, 5`);

const counted = (db: ReadDb) => JSON.stringify(db.read(groupedSql).all());

/** The tally, added up by key, in the order of the grouping. */
function tallied(db: ReadDb): string {
  const totals = new Map<
    string,
    { open: number; kind: string; pool: string; ownerId: string; rank: number; items: number; unread: number }
  >();
  for (const { items, unread, ...key } of readTally(db)) {
    const so = totals.get(JSON.stringify(key));
    totals.set(JSON.stringify(key), { ...key, items: items + (so?.items ?? 0), unread: unread + (so?.unread ?? 0) });
  }
  const rows = [...totals.values()].filter(({ items }) => items !== 0);
  const order = ({ open, kind, pool, ownerId, rank }: (typeof rows)[number]) => [open, kind, pool, ownerId, rank].join('\u0001');
  return JSON.stringify(rows.sort((a, b) => (order(a) < order(b) ? -1 : 1)));
}

describe('the counts of the lists', () => {
  test('are those of the rows after any acts, versions and deletions, undone transactions among them, and at every moment inside one', () => {
    fc.assert(
      fc.property(fc.array(transaction, { maxLength: 12 }), (transactions) => {
        const { db, close } = openTestStore();
        for (const { steps, nested, fails } of transactions) {
          const run = () => {
            for (const step of steps) {
              if (nested) db.transaction(() => make(db, step));
              else make(db, step);
              expect(tallied(db)).toBe(counted(db));
            }
            if (fails) throw refused;
          };
          if (fails) expect(() => db.transaction(run)).toThrow(refused);
          else db.transaction(run);
          expect(tallied(db)).toBe(counted(db));
        }
        close();
      }),
      { numRuns: 40 },
    );
  });

  test('of an undone transaction do not come back with the next', () => {
    const { db, reader } = openTestStore();
    expect(() =>
      db.transaction(() => {
        saveWorkItem(db, anItem({ id: 'a' }));
        throw refused;
      }),
    ).toThrow(refused);
    saveWorkItem(db, anItem({ id: 'b' }));
    expect(inboxCounts(reader, { staffId: 's1', pools: ['reception'] }).all).toEqual({ items: 1, unread: 1 });
  });
});

describe('the end of a transaction', () => {
  test('is there only while one is open, comes once however deep it was asked for, and an error in it undoes all', () => {
    const { db } = openTestStore();
    expect(() => db.atEnd({ write: () => undefined, over: () => undefined })).toThrow('No transaction');
    const said: string[] = [];
    const end = (name: string) => ({ write: () => said.push(`write ${name}`), over: () => said.push(`over ${name}`) });
    db.transaction(() => {
      db.transaction(() => db.atEnd(end('inner')));
      said.push('still open');
    });
    expect(said).toEqual(['still open', 'write inner', 'over inner']);
    const failing = () => {
      saveWorkItem(db, anItem());
      db.atEnd({
        ...end('failing'),
        write: () => {
          throw refused;
        },
      });
    };
    expect(() => db.transaction(failing)).toThrow(refused);
    expect(said.at(-1)).toBe('over failing');
    expect(db.read(defineStatement('SELECT count(*) AS count FROM work_item')).get()).toEqual({ count: 0 });
  });
});
