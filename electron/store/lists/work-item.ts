import { z } from 'zod';
import { ItemFlag, ItemKind, isOpen, isPinned, WorkItem } from '../../../shared/domain/work-item.ts';
import type { ReadDb, Row, WriteDb } from '../db.ts';
import { defineStatement } from '../db.ts';
import { openChangesOf } from '../outbox/outbox-rows.ts';
import { overlay, ServerState, worstPending } from '../outbox/pending-changes.ts';
import { toSortableInstant } from '../sortable-instant.ts';
import { type ItemColumns, insertRow, updateRow } from './item-columns.ts';

/** A triage Task as the server has it, with what its row shows of the patient and the focus. */
export interface ProjectedItem extends ServerState {
  readonly id: string;
  readonly versionId: string;
  readonly kind: ItemKind;
  readonly patientId: string | null;
  readonly familyName: string;
  readonly givenNames: string;
  readonly nhi: string | null;
  readonly subject: string;
  readonly preview: string;
  readonly arrivedAt: string;
  /** Newest thing in the item that came from outside the practice. */
  readonly newestAt: string;
  readonly flags: readonly ItemFlag[];
  /** Thread header, first proposal or report that the Task focuses on, `Type/id`. */
  readonly focusRef: string | null;
}

const flagsOf = (text: string) => (text === '' ? [] : text.split(' '));

const ItemRow = z
  .object({ flags: z.string().transform(flagsOf).pipe(z.array(ItemFlag)), unread: z.number().transform((value) => value === 1) })
  .loose()
  .pipe(WorkItem);

const findWorkItemSql =
  defineStatement(`SELECT id, kind, patient_id AS patientId, family_name AS familyName, given_names AS givenNames, nhi, subject, preview, priority, status,
           owner_id AS ownerId, owner_name AS ownerName, pool, arrived_at AS arrivedAt, due_at AS dueAt, closed_at AS closedAt, unread, flags,
           pending, version_id AS version FROM work_item WHERE id = :id`);

/** One row as the lists show it, our own waiting changes included. */
export function findWorkItem(db: ReadDb, id: string): WorkItem | undefined {
  return parseItem(db.read(findWorkItemSql).get({ id }));
}

const findWorkItemByRowSql =
  defineStatement(`SELECT id, kind, patient_id AS patientId, family_name AS familyName, given_names AS givenNames, nhi, subject, preview, priority, status,
           owner_id AS ownerId, owner_name AS ownerName, pool, arrived_at AS arrivedAt, due_at AS dueAt, closed_at AS closedAt, unread, flags,
           pending, version_id AS version FROM work_item WHERE row = :row`);

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

const NumberRow = z.object({ row: z.number() });

const saveWorkItemSql = defineStatement('SELECT row FROM work_item WHERE id = :id');

/** Saves what the server says and puts our waiting changes on top. Answers the row number, which search is indexed by. */
export function saveWorkItem(db: WriteDb, item: ProjectedItem): number {
  return db.transaction(() => {
    const known = db.read(saveWorkItemSql).get({ id: item.id });
    if (known) {
      const { row } = NumberRow.parse(known);
      updateRow(db, { row, ...toColumns(db, item) });
      return row;
    }
    const row = freeRow(db, item.arrivedAt);
    insertRow(db, { row, ...toColumns(db, item) });
    return row;
  });
}

const refreshItemSql =
  defineStatement(`SELECT row, id, version_id AS versionId, kind, patient_id AS patientId, family_name AS familyName, given_names AS givenNames, nhi, subject,
         preview, priority, status, owner_id AS ownerId, owner_name AS ownerName, pool, arrived_at AS arrivedAt, newest_at AS newestAt,
         due_at AS dueAt, closed_at AS closedAt, flags, focus_ref AS focusRef, server_state AS serverState FROM work_item WHERE id = :id`);

/** Recomputes a row from what the server said and our open changes, as they now stand. No item of that id: nothing. */
export function refreshItem(db: WriteDb, id: string): void {
  const row = db.read(refreshItemSql).get({ id });
  if (row === undefined) return;
  const { row: number, serverState, ...shown } = FullRow.parse(row);
  updateRow(db, { row: number, ...toColumns(db, serverState === null ? shown : { ...shown, ...serverState }) });
}

const FullRow = ServerState.extend({
  row: z.number(),
  id: z.string(),
  versionId: z.string(),
  kind: ItemKind,
  patientId: z.string().nullable(),
  familyName: z.string(),
  givenNames: z.string(),
  nhi: z.string().nullable(),
  subject: z.string(),
  preview: z.string(),
  arrivedAt: z.string(),
  newestAt: z.string(),
  flags: z.string().transform(flagsOf).pipe(z.array(ItemFlag)),
  focusRef: z.string().nullable(),
  serverState: z
    .string()
    .nullable()
    .transform((text): unknown => (text === null ? null : JSON.parse(text)))
    .pipe(ServerState.nullable()),
});

/** The columns of a row: the server's word with our waiting changes on top. */
function toColumns(db: ReadDb, item: ProjectedItem): ItemColumns {
  const { status, ownerId, ownerName, pool, priority, dueAt, closedAt } = item;
  const server: ServerState = { status, ownerId, ownerName, pool, priority, dueAt, closedAt };
  const waiting = openChangesOf(db, item.id);
  const shown = overlay(server, waiting);
  const open = isOpen(shown);
  const newestAt = toSortableInstant(item.newestAt);
  return {
    id: item.id,
    versionId: item.versionId,
    kind: item.kind,
    patientId: item.patientId,
    familyName: item.familyName,
    givenNames: item.givenNames,
    nhi: item.nhi,
    subject: item.subject,
    preview: item.preview,
    priority: shown.priority,
    status: shown.status,
    open: open ? 1 : 0,
    rank: isPinned({ priority: shown.priority, flags: [...item.flags] }) ? 0 : 1,
    ownerId: shown.ownerId,
    ownerName: shown.ownerName,
    pool: shown.pool,
    arrivedAt: toSortableInstant(item.arrivedAt),
    newestAt,
    dueAt: shown.dueAt === null ? null : toSortableInstant(shown.dueAt),
    // Done is listed by when it was closed: where the server does not say, by the newest thing in it.
    closedAt: open ? null : toSortableInstant(shown.closedAt ?? item.newestAt),
    unread: open && newestAt > readTo(db, item.id) ? 1 : 0,
    flags: item.flags.join(' '),
    pending: worstPending(waiting),
    focusRef: item.focusRef,
    serverState: waiting.length === 0 ? null : JSON.stringify(server),
  };
}

const ReadMarkRow = z.object({ readTo: z.string() });

const readToSql = defineStatement('SELECT read_to AS readTo FROM read_mark WHERE item_id = :itemId');

function readTo(db: ReadDb, itemId: string): string {
  const row = db.read(readToSql).get({ itemId });
  return row === undefined ? '' : ReadMarkRow.parse(row).readTo;
}

const deleteItemWordsSql = defineStatement('DELETE FROM item_words WHERE rowid = (SELECT row FROM work_item WHERE id = :id)');
const deleteItemWordsHashSql = defineStatement('DELETE FROM item_words_hash WHERE row = (SELECT row FROM work_item WHERE id = :id)');
const deleteWorkItemSql = defineStatement('DELETE FROM work_item WHERE id = :id');

/** The server has deleted the Task. Its words leave the search with it. */
export function dropWorkItem(db: WriteDb, id: string): void {
  db.transaction(() => {
    db.write(deleteItemWordsSql).run({ id });
    db.write(deleteItemWordsHashSql).run({ id });
    db.write(deleteWorkItemSql).run({ id });
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
