import { z } from 'zod';
import { defineStatement, type Sql, type WriteDb } from '../db.ts';

/** A row of `work_item`, column by column, without its number. */
export interface ItemColumns {
  readonly id: string;
  readonly versionId: string;
  readonly kind: string;
  readonly patientId: string | null;
  readonly familyName: string;
  readonly givenNames: string;
  readonly nhi: string | null;
  readonly subject: string;
  readonly preview: string;
  readonly priority: string;
  readonly status: string;
  readonly open: number;
  readonly rank: number;
  readonly ownerId: string | null;
  readonly ownerName: string | null;
  readonly pool: string | null;
  readonly arrivedAt: string;
  readonly newestAt: string;
  readonly dueAt: string | null;
  readonly closedAt: string | null;
  readonly unread: number;
  readonly flags: string;
  readonly pending: string;
  readonly focusRef: string | null;
  readonly serverState: string | null;
}

type NumberedRow = ItemColumns & { readonly row: number };

const insertRowSql =
  defineStatement(`INSERT INTO work_item (row, id, version_id, kind, patient_id, family_name, given_names, nhi, subject, preview, priority, status, open, rank,
       owner_id, owner_name, pool, arrived_at, newest_at, due_at, closed_at, unread, flags, pending, focus_ref, server_state)
     VALUES (:row, :id, :versionId, :kind, :patientId, :familyName, :givenNames, :nhi, :subject, :preview, :priority, :status, :open, :rank,
       :ownerId, :ownerName, :pool, :arrivedAt, :newestAt, :dueAt, :closedAt, :unread, :flags, :pending, :focusRef, :serverState)`);

export function insertRow(db: WriteDb, row: NumberedRow): void {
  db.write(insertRowSql).run({ ...row });
}

interface Group {
  readonly columns: readonly (keyof ItemColumns)[];
  readonly sql: Sql;
}

/**
 * SQLite rewrites every index of a column that an UPDATE names, changed or not. So the columns are written in groups that share indexes, and only
 * those groups that changed: an act then costs a handful of pages instead of one for each index (PERFORMANCE, WAL pages per action).
 */
const groups: readonly Group[] = [
  {
    columns: [
      'versionId',
      'familyName',
      'givenNames',
      'nhi',
      'subject',
      'preview',
      'priority',
      'status',
      'ownerName',
      'newestAt',
      'dueAt',
      'unread',
      'flags',
      'pending',
      'serverState',
    ],
    sql: defineStatement(`UPDATE work_item SET version_id = :versionId, family_name = :familyName, given_names = :givenNames, nhi = :nhi, subject = :subject,
        preview = :preview, priority = :priority, status = :status, owner_name = :ownerName, newest_at = :newestAt, due_at = :dueAt,
        unread = :unread, flags = :flags, pending = :pending, server_state = :serverState WHERE row = :row`),
  },
  { columns: ['ownerId', 'pool'], sql: defineStatement('UPDATE work_item SET owner_id = :ownerId, pool = :pool WHERE row = :row') },
  {
    columns: ['open', 'rank', 'closedAt'],
    sql: defineStatement('UPDATE work_item SET open = :open, rank = :rank, closed_at = :closedAt WHERE row = :row'),
  },
  {
    columns: ['kind', 'patientId', 'arrivedAt', 'focusRef'],
    sql: defineStatement(
      'UPDATE work_item SET kind = :kind, patient_id = :patientId, arrived_at = :arrivedAt, focus_ref = :focusRef WHERE row = :row',
    ),
  },
];

const StandingRow = z.record(z.string(), z.union([z.string(), z.number(), z.null()]));

const selectWorkItemSql =
  defineStatement(`SELECT version_id AS versionId, kind, patient_id AS patientId, family_name AS familyName, given_names AS givenNames, nhi, subject, preview,
           priority, status, open, rank, owner_id AS ownerId, owner_name AS ownerName, pool, arrived_at AS arrivedAt, newest_at AS newestAt,
           due_at AS dueAt, closed_at AS closedAt, unread, flags, pending, focus_ref AS focusRef, server_state AS serverState
         FROM work_item WHERE row = :row`);

/** Writes what differs from the row as it stands; nothing when nothing does. */
export function updateRow(db: WriteDb, row: NumberedRow): void {
  const standing = StandingRow.parse(db.read(selectWorkItemSql).get({ row: row.row }));
  for (const { columns, sql } of groups) {
    if (columns.some((column) => standing[column] !== row[column])) db.write(sql).run({ ...row });
  }
}
