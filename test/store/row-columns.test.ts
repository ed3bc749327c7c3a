import { expect, test } from 'vitest';
import { z } from 'zod';
import { defineStatement } from '../../electron/store/db.ts';
import { columnLists, insertLists, RowColumns, type ShownColumns } from '../../electron/store/lists/row-columns.ts';
import { findItemOfTask, saveWorkItem } from '../../electron/store/lists/work-item.ts';
import { anItem, openTestStore } from './open-test-store.ts';

test('the column table and the table in the file have the same columns', () => {
  const { db } = openTestStore();
  const there = db
    .read(defineStatement("SELECT name FROM pragma_table_info('work_item')"))
    .all()
    .map(({ name }) => name);
  expect(['row', ...insertLists.into.split(', ')].sort()).toEqual(there.sort());
  expect(insertLists.values.split(', ')).toEqual(RowColumns.keyof().options.map((name) => `:${name}`));
  expect(columnLists.shown.endsWith(columnLists.whole.slice(0, columnLists.whole.indexOf(', open AS open')))).toBe(true);
});

test('a field of the row that is forgotten in the column table, or by its producer, does not compile', () => {
  const { db } = openTestStore();
  saveWorkItem(db, anItem());
  const { subject: _subject, ...withoutSubject } = anItem();
  // @ts-expect-error the producer has left out the subject
  const produced: Parameters<typeof saveWorkItem>[1] = withoutSubject;
  // @ts-expect-error the column table has one of the twenty columns
  const table: ShownColumns = { taskId: z.string() };
  expect([produced, table]).toHaveLength(2);
  expect(Object.keys(findItemOfTask(db, 't1') ?? {})).toContain('subject');
});
