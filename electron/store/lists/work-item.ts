import { z } from 'zod';
import { itemOf, type QueuedChange } from '../../../shared/changes/changes.ts';
import { ItemFlag, WorkItem } from '../../../shared/domain/work-item.schema.ts';
import { isOpen, isPinned } from '../../../shared/domain/work-item.ts';
import type { ReadDb, Row, WriteDb } from '../db.ts';
import { defineStatement } from '../db.ts';
import { openChangesOf } from '../outbox/outbox-rows.ts';
import { overlay, ServerState, worstPending } from '../outbox/pending-changes.ts';
import { toSortableInstant } from '../sortable-instant.ts';
import { decideKey, keyOfRow, renameItem, taskOfItem } from './item-key.ts';
import { columnLists, type RowColumns } from './row-columns.ts';
import { deleteRow, findStoredRow, insertRow, updateRow } from './stored-row.ts';
import { dropWords } from './word-index.ts';

/** What the server's word and our waiting changes make together. */
type OverlaidColumns = Pick<RowColumns, keyof ServerState | 'open' | 'rank' | 'unread' | 'pending' | 'holdsKey' | 'serverState'>;

/**
 * A triage Task as the server has it, with what its row shows of the patient and the focus (`focusRef`: thread header, first proposal or report
 * that the Task focuses on, `Type/id`). `newestAt`: of the newest thing in it that came from outside the practice.
 */
export interface ProjectedItem extends ServerState, Omit<RowColumns, keyof OverlaidColumns | 'version' | 'flags' | 'identified'> {
  readonly versionId: string;
  readonly flags: readonly ItemFlag[];
  /** The Task names its item by our identifier. */
  readonly identified: boolean;
}

const Flags = z
  .string()
  .transform((text) => (text === '' ? [] : text.split(' ')))
  .pipe(z.array(ItemFlag));

const ItemRow = z
  .object({ flags: Flags, unread: z.number().transform((value) => value === 1) })
  .loose()
  .pipe(WorkItem);

const findItemOfTaskSql = defineStatement(`SELECT ${columnLists.shown} FROM work_item WHERE id = :taskId`);

/** One row as the lists show it, our own waiting changes included; also under a key that the item had before. */
export function findWorkItem(db: ReadDb, key: string): WorkItem | undefined {
  const id = taskOfItem(db, key);
  return id === undefined ? undefined : findItemOfTask(db, id);
}

/** The item that a Task carries. */
export function findItemOfTask(db: ReadDb, taskId: string): WorkItem | undefined {
  return parseItem(db.read(findItemOfTaskSql).get({ taskId }));
}

const findWorkItemByRowSql = defineStatement(`SELECT ${columnLists.shown} FROM work_item WHERE row = :row`);

export function findWorkItemByRow(db: ReadDb, row: number): WorkItem | undefined {
  return parseItem(db.read(findWorkItemByRowSql).get({ row }));
}

const parseItem = (row: Row | undefined) => (row === undefined ? undefined : ItemRow.parse(row));

const findItemFocusSql = defineStatement('SELECT focus_ref AS focusRef, newest_at AS newestAt FROM work_item WHERE id = :id');

/** What the list row does not carry: the thread header, proposal or report behind an item, and its newest event. */
export function findItemFocus(db: ReadDb, id: string): { focusRef: string | null; newestAt: string } | undefined {
  const row = db.read(findItemFocusSql).get({ id });
  return z.object({ focusRef: z.string().nullable(), newestAt: z.string() }).optional().parse(row);
}

const itemsOfFocusSql = defineStatement('SELECT id FROM work_item WHERE focus_ref = :focusRef');

/** Ids of the items that hang on a resource: focus it, or are about the patient. For projecting again when it changes. */
export function itemsOfFocus(db: ReadDb, focusRef: string): readonly string[] {
  return idsOf(db.read(itemsOfFocusSql).all({ focusRef }));
}

const itemsOfPatientSql = defineStatement('SELECT id FROM work_item WHERE patient_id = :patientId ORDER BY arrived_at DESC');

export function itemsOfPatient(db: ReadDb, patientId: string): readonly string[] {
  return idsOf(db.read(itemsOfPatientSql).all({ patientId }));
}

const IdRow = z.object({ id: z.string() });
const idsOf = (rows: readonly Row[]) => rows.map((row) => IdRow.parse(row).id);

/** Saves what the server says and puts our waiting changes on top. Answers the row number, which search is indexed by. */
export function saveWorkItem(db: WriteDb, item: ProjectedItem): number {
  return db.transaction(() => {
    const columns = toColumns(db, item);
    const standing = findStoredRow(db, item.taskId);
    if (standing) {
      updateRow(db, standing, columns);
      const [was, is] = [keyOfRow(standing), keyOfRow(columns)];
      if (was !== is) renameItem(db, was, is);
      return standing.row;
    }
    const row = freeRow(db, item.arrivedAt);
    insertRow(db, { ...columns, row });
    return row;
  });
}

/** Recomputes the row of the item that a change is on, if it is on one. */
export function refreshItemOf(db: WriteDb, change: Pick<QueuedChange, 'subject'>): void {
  const item = itemOf(change);
  if (item) refreshItem(db, item.taskId);
}

/** Recomputes a row from what the server said, our open changes and the read mark, as they now stand. No item of that id: nothing. */
export function refreshItem(db: WriteDb, taskId: string): void {
  db.transaction(() => {
    const standing = findStoredRow(db, taskId);
    if (standing === undefined) return;
    const { serverState } = standing;
    const server = ServerState.parse(serverState === null ? standing : JSON.parse(serverState));
    updateRow(db, standing, { ...standing, ...overlaidColumns(db, standing, server, Flags.parse(standing.flags)) });
  });
}

function toColumns(db: ReadDb, { versionId, flags, identified, ...item }: ProjectedItem): RowColumns {
  const { status, ownerId, ownerName, pool, priority, dueAt, closedAt, ...plain } = item;
  const dates = { arrivedAt: toSortableInstant(item.arrivedAt), newestAt: toSortableInstant(item.newestAt) };
  const dated = { ...plain, ...dates, identified: identified ? 1 : 0 };
  const server = { status, ownerId, ownerName, pool, priority, dueAt, closedAt };
  return { ...dated, version: versionId, flags: flags.join(' '), ...overlaidColumns(db, dated, server, flags) };
}

/** The server's word with our waiting changes on top. */
function overlaidColumns(
  db: ReadDb,
  row: Pick<RowColumns, 'taskId' | 'kind' | 'focusRef' | 'arrivedAt' | 'newestAt' | 'identified'>,
  server: ServerState,
  flags: readonly ItemFlag[],
): OverlaidColumns {
  const { taskId, newestAt } = row;
  const waiting = openChangesOf(db, taskId);
  const { holdsKey, isDuplicate } = decideKey(db, row);
  const state = overlay(isDuplicate && isOpen(server) ? { ...server, status: 'cancelled' } : server, waiting);
  const open = isOpen(state);
  return {
    ...state,
    open: open ? 1 : 0,
    rank: isPinned({ priority: state.priority, flags: [...flags] }) ? 0 : 1,
    dueAt: state.dueAt === null ? null : toSortableInstant(state.dueAt),
    // Done is listed by when it was closed: where the server does not say, by the newest thing in it.
    closedAt: open ? null : toSortableInstant(state.closedAt ?? newestAt),
    unread: open && newestAt > readTo(db, keyOfRow({ ...row, holdsKey })) ? 1 : 0,
    pending: worstPending(waiting),
    holdsKey,
    serverState: waiting.length === 0 ? null : JSON.stringify(server),
  };
}

const ReadMarkRow = z.object({ readTo: z.string() });

const readToSql = defineStatement('SELECT read_to AS readTo FROM read_mark WHERE item_key = :itemKey');

function readTo(db: ReadDb, itemKey: string): string {
  const row = db.read(readToSql).get({ itemKey });
  return row === undefined ? '' : ReadMarkRow.parse(row).readTo;
}

/** The server has deleted the Task. Its words leave the search with it. */
export function dropWorkItem(db: WriteDb, id: string): void {
  db.transaction(() => {
    const standing = findStoredRow(db, id);
    if (!standing) return;
    dropWords(db, standing.row);
    deleteRow(db, standing);
  });
}

const rowsPerSecond = 64;
const LastRow = z.object({ row: z.number().nullable() });

const selectWorkItemSql = defineStatement('SELECT max(row) AS row FROM work_item WHERE row >= :first AND row < :next');
const selectWorkItemInFreeRowSql = defineStatement('SELECT 1 FROM work_item WHERE row = :row');

/** Rows are numbered by arrival, so that newest first is by row number: the only order in which full-text search stays fast (PERFORMANCE). */
function freeRow(db: ReadDb, arrivedAt: string): number {
  const first = Math.max(1, Math.floor(Date.parse(arrivedAt) / 1000) * rowsPerSecond);
  const last = db.read(selectWorkItemSql).get({ first, next: first + rowsPerSecond });
  let row = (LastRow.parse(last).row ?? first - 1) + 1;
  // Past the numbers of its own second it may stand on one of the next.
  while (row >= first + rowsPerSecond && db.read(selectWorkItemInFreeRowSql).get({ row })) row += 1;
  return row;
}
