import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { defineStatement } from '../../electron/store/db.ts';
import { inboxCounts, openItemsByPool, openItemsByStaff, pageOfItems } from '../../electron/store/lists/inbox.ts';
import { pageSql } from '../../electron/store/lists/inbox-sql.ts';
import { dropWorkItem, findItemOfTask, type ProjectedItem, saveWorkItem } from '../../electron/store/lists/work-item.ts';
import { markRead, markUnread } from '../../electron/store/marks/read-marks.ts';
import { Pool } from '../../shared/domain/staff.schema.ts';
import { ItemFlag, ItemKind, ItemStatus, Priority } from '../../shared/domain/work-item.schema.ts';
import type { View, WorkItem } from '../../shared/domain/work-item.ts';
import { anItem, openTestStore, shownItem } from './open-test-store.ts';

const whose = { staffId: 's1', pools: ['gp', 'reception'] as const };

/** Few distinct instants, so that equal ones are common and ids decide. */
const instant = fc.integer({ min: 0, max: 40 }).map((minute) => new Date(Date.UTC(2026, 10, 20, 1, minute)).toISOString());

const anyItem = fc.record({
  id: fc.integer({ min: 0, max: 60 }).map((number) => `t${number}`),
  kind: fc.constantFrom(...ItemKind.options),
  priority: fc.constantFrom(...Priority.options),
  status: fc.constantFrom(...ItemStatus.options),
  ownerId: fc.constantFrom(null, 's1', 's2'),
  pool: fc.constantFrom(null, ...Pool.options),
  flags: fc.subarray(ItemFlag.options, { maxLength: 2 }),
  arrivedAt: instant,
  newestAt: instant,
  closedAt: instant,
});
type AnyItem = typeof anyItem extends fc.Arbitrary<infer T> ? T : never;

// The rules of the lists by hand: asked of the product, a wrong one would agree with itself.
const isOpen = ({ status }: Pick<WorkItem, 'status'>) => !['completed', 'cancelled', 'rejected'].includes(status);
const isPinned = ({ priority, flags }: WorkItem) => priority !== 'routine' || flags.includes('critical') || flags.includes('red-flag');
const views: readonly View[] = ['mine', 'team', 'urgent', 'all', 'messages', 'repeats', 'results', 'done'];

const toItem = (values: AnyItem): ProjectedItem => anItem({ ...values, closedAt: isOpen(values) ? null : values.closedAt });

const belongs: Readonly<Record<View, (item: WorkItem) => boolean>> = {
  mine: (item) => isOpen(item) && item.ownerId === 's1',
  team: (item) => isOpen(item) && item.ownerId === null && (item.pool === null || item.pool === 'gp' || item.pool === 'reception'),
  urgent: (item) => isOpen(item) && isPinned(item),
  all: isOpen,
  messages: (item) => isOpen(item) && item.kind === 'message',
  repeats: (item) => isOpen(item) && item.kind === 'repeat',
  results: (item) => isOpen(item) && item.kind === 'result',
  done: (item) => !isOpen(item),
};

/** The list's order as one text that sorts. */
function orderOf(view: View, item: WorkItem): string {
  if (view === 'done') return `${item.closedAt} ${item.taskId}`;
  const rank = view === 'all' || view === 'urgent' ? '' : isPinned(item) ? '0' : '1';
  return `${rank} ${item.arrivedAt} ${item.taskId}`;
}

function expected(view: View, items: readonly WorkItem[]): readonly string[] {
  const ids = items
    .filter(belongs[view])
    .map((item) => ({ id: item.taskId, order: orderOf(view, item) }))
    .sort((a, b) => (a.order < b.order ? -1 : 1))
    .map(({ id }) => id);
  return view === 'all' || view === 'done' ? ids.reverse() : ids;
}

const idsOf = (rows: readonly WorkItem[]) => rows.map(({ taskId }) => taskId);

describe('a list', () => {
  test('is what its words say, in its order, from whatever place it is read, and its counts agree', () => {
    const { db } = openTestStore();
    fc.assert(
      fc.property(
        fc.array(anyItem, { maxLength: 80 }),
        fc.constantFrom(...views),
        fc.array(fc.record({ offset: fc.nat(70), limit: fc.integer({ min: 1, max: 30 }), anchorAt: fc.nat(70) }), { maxLength: 6 }),
        (values, view, windows) => {
          for (const { id } of db.read(defineStatement('SELECT id FROM work_item')).all()) dropWorkItem(db, String(id));
          for (const each of values) saveWorkItem(db, toItem(each));
          const items = [...new Set(values.map(({ id }) => id))].flatMap((id) => findItemOfTask(db, id) ?? []);
          const list = expected(view, items);

          const counts = inboxCounts(db, whose);
          for (const each of views) expect(counts[each].items).toBe(items.filter(belongs[each]).length);
          expect(counts[view].unread).toBe(items.filter((item) => belongs[view](item) && item.unread).length);

          expect(idsOf(pageOfItems(db, { ...whose, view, offset: 0, limit: 200, anchor: null }).rows)).toEqual(list);
          for (const { offset, limit, anchorAt } of windows) {
            const anchorId = list[anchorAt];
            const anchor = anchorId === undefined ? null : { offset: anchorAt, key: `message|Task/${anchorId}` };
            const page = pageOfItems(db, { ...whose, view, offset, limit, anchor });
            expect(page.total).toBe(list.length);
            expect(page.offset).toBe(Math.min(offset, Math.max(0, list.length - 1)));
            expect(idsOf(page.rows)).toEqual(list.slice(page.offset, page.offset + limit));
          }
        },
      ),
      { numRuns: 150 },
    );
  });

  test.each<View>(['mine', 'messages'])('%s shows the urgent group first, oldest first, then the rest, oldest first', (view) => {
    const { db } = openTestStore();
    const at = (hour: number) => `2026-11-20T0${hour}:00:00.000Z`;
    const rows: readonly (Partial<ProjectedItem> & { readonly id: string })[] = [
      { id: 'oldest', arrivedAt: at(1) },
      { id: 'high', arrivedAt: at(2), flags: ['high'] },
      { id: 'red-flag', arrivedAt: at(3), flags: ['red-flag'] },
      { id: 'urgent', arrivedAt: at(4), priority: 'urgent' },
      { id: 'stat', arrivedAt: at(5), priority: 'stat' },
      { id: 'critical', arrivedAt: at(6), flags: ['abnormal', 'critical'] },
      { id: 'newest', arrivedAt: at(7) },
    ];
    for (const row of rows) saveWorkItem(db, anItem({ ownerId: 's1', ...row }));
    const shown = (list: View) => idsOf(pageOfItems(db, { ...whose, view: list, offset: 0, limit: 50, anchor: null }).rows);
    expect(shown(view)).toEqual(['red-flag', 'urgent', 'stat', 'critical', 'oldest', 'high', 'newest']);
    expect(shown('urgent')).toEqual(['red-flag', 'urgent', 'stat', 'critical']);
  });

  test('every page reads one index in its order: no scan, no sorting', () => {
    const { db } = openTestStore();
    const indexes: Readonly<Record<View, string>> = {
      mine: 'work_item_owner',
      team: 'work_item_team',
      urgent: 'work_item_urgent',
      all: 'work_item_all',
      messages: 'work_item_kind',
      repeats: 'work_item_kind',
      results: 'work_item_kind',
      done: 'work_item_done',
    };
    for (const view of views) {
      for (const sql of [pageSql[view].from, pageSql[view].before]) {
        const parameters = { staffId: '', pool: '', otherPool: '', rank: 0, at: '', id: '', skip: 0, limit: 1 };
        const plan = db
          .read(defineStatement(`EXPLAIN QUERY PLAN ${sql}`))
          .all(parameters)
          .map(({ detail }) => String(detail));
        const reads = plan.filter((line) => line.includes('work_item'));
        expect(reads.length).toBeGreaterThan(0);
        for (const line of reads) expect(line).toMatch(new RegExp(`^SEARCH work_item USING COVERING INDEX ${indexes[view]} `));
        expect(plan.join()).not.toMatch(/SCAN|TEMP B-TREE/);
      }
    }
  });

  test('loads of staff and of queues are counted for the assign sheet', () => {
    const { db } = openTestStore();
    saveWorkItem(db, anItem({ id: 'a', ownerId: 's1' }));
    saveWorkItem(db, anItem({ id: 'b', ownerId: 's1', kind: 'result' }));
    saveWorkItem(db, anItem({ id: 'c', pool: 'gp' }));
    saveWorkItem(db, anItem({ id: 'd', pool: null }));
    saveWorkItem(db, anItem({ id: 'e', pool: 'gp', status: 'completed' }));
    expect(openItemsByStaff(db)).toEqual({ s1: 2 });
    expect(openItemsByPool(db)).toEqual({ gp: 1, '': 1 });
    dropWorkItem(db, 'a');
    expect(openItemsByStaff(db)).toEqual({ s1: 1 });
  });
});

describe('unread', () => {
  test('follows the newest thing from outside, survives a new version, and never takes an item out of a list', () => {
    const { db } = openTestStore();
    saveWorkItem(db, anItem());
    expect(findItemOfTask(db, 't1')?.unread).toBe(true);
    markRead(db, shownItem(db, 't1'));
    expect(findItemOfTask(db, 't1')?.unread).toBe(false);
    saveWorkItem(db, anItem({ versionId: '2', status: 'accepted', ownerId: 's2' }));
    expect(findItemOfTask(db, 't1')?.unread).toBe(false);
    saveWorkItem(db, anItem({ versionId: '3', newestAt: '2026-11-20T05:00:00Z' }));
    expect(findItemOfTask(db, 't1')?.unread).toBe(true);
    markRead(db, shownItem(db, 't1'));
    markUnread(db, shownItem(db, 't1'));
    expect(findItemOfTask(db, 't1')?.unread).toBe(true);
    expect(inboxCounts(db, whose).all).toEqual({ items: 1, unread: 1 });
  });
});
