import { z } from 'zod';
import { defineStatement, type ReadDb, type WriteDb } from '../db.ts';
import { assignmentsOf, columnLists, columnsOfGroup, insertLists, RowColumns } from './row-columns.ts';
import { recount } from './tally.ts';

// All that writes to work_item is here, because each write also counts.

const StoredRow = RowColumns.extend({ row: z.number() });
/** `row`: its number, which search is indexed by. */
export type StoredRow = Readonly<z.infer<typeof StoredRow>>;

const findStoredRowSql = defineStatement(`SELECT row, ${columnLists.whole} FROM work_item WHERE id = :taskId`);

const FoundRow = StoredRow.optional();

export function findStoredRow(db: ReadDb, taskId: string): StoredRow | undefined {
  return FoundRow.parse(db.read(findStoredRowSql).get({ taskId }));
}

const insertRowSql = defineStatement(`INSERT INTO work_item (row, ${insertLists.into}) VALUES (:row, ${insertLists.values})`);

export function insertRow(db: WriteDb, row: StoredRow): void {
  db.write(insertRowSql).run(row);
  recount(db, undefined, row);
}

const groups = [
  { columns: columnsOfGroup('text'), sql: defineStatement(`UPDATE work_item SET ${assignmentsOf('text')} WHERE row = :row`) },
  { columns: columnsOfGroup('owner'), sql: defineStatement(`UPDATE work_item SET ${assignmentsOf('owner')} WHERE row = :row`) },
  { columns: columnsOfGroup('standing'), sql: defineStatement(`UPDATE work_item SET ${assignmentsOf('standing')} WHERE row = :row`) },
  { columns: columnsOfGroup('origin'), sql: defineStatement(`UPDATE work_item SET ${assignmentsOf('origin')} WHERE row = :row`) },
] as const;

/** Writes what differs from the row as it stands; nothing when nothing does. */
export function updateRow(db: WriteDb, standing: StoredRow, columns: RowColumns): void {
  const parameters = { ...columns, row: standing.row };
  for (const group of groups) {
    if (group.columns.some((column) => standing[column] !== columns[column])) db.write(group.sql).run(parameters);
  }
  recount(db, standing, columns);
}

const deleteRowSql = defineStatement('DELETE FROM work_item WHERE row = :row');

export function deleteRow(db: WriteDb, standing: StoredRow): void {
  db.write(deleteRowSql).run({ row: standing.row });
  recount(db, standing, undefined);
}
