import { z } from 'zod';
import { type ItemKey, itemKeyOf } from '../../../shared/ids.ts';
import { defineStatement, type ReadDb, type WriteDb } from '../db.ts';
import { RowColumns } from './row-columns.ts';

const IdRow = z.object({ id: z.string() }).optional();

const byTaskSql = defineStatement('SELECT id FROM work_item WHERE id = :id AND kind = :kind');
const byFocusSql = defineStatement('SELECT id FROM work_item WHERE focus_ref = :ref AND kind = :kind AND holds_key = 1');

function taskNamedBy(db: ReadDb, key: string): string | undefined {
  const [kind = '', ref = ''] = key.split('|');
  const row = ref.startsWith('Task/')
    ? db.read(byTaskSql).get({ id: ref.slice('Task/'.length), kind })
    : db.read(byFocusSql).get({ ref, kind });
  return IdRow.parse(row)?.id;
}

const AliasRow = z.object({ itemKey: z.string() }).optional();

const aliasSql = defineStatement('SELECT item_key AS itemKey FROM item_alias WHERE alias = :key');

/** The Task that carries an item, also under a key that it had before, however often it was renamed. Undefined: no such item here. */
export function taskOfItem(db: ReadDb, key: string): string | undefined {
  const asked = new Set<string>();
  for (let named: string | undefined = key; named !== undefined && !asked.has(named); named = renamedTo(db, named)) {
    const task = taskNamedBy(db, named);
    if (task !== undefined) return task;
    asked.add(named);
  }
  return undefined;
}

function renamedTo(db: ReadDb, alias: string): string | undefined {
  return AliasRow.parse(db.read(aliasSql).get({ key: alias }))?.itemKey;
}

type KeyClaim = Pick<RowColumns, 'taskId' | 'kind' | 'focusRef' | 'arrivedAt' | 'identified'>;

const SiblingRow = RowColumns.pick({ taskId: true, arrivedAt: true, identified: true, open: true });

const siblingsSql = defineStatement(
  'SELECT id AS taskId, arrived_at AS arrivedAt, identified, open FROM work_item WHERE focus_ref = :focusRef AND kind = :kind AND id <> :taskId',
);

export interface KeyDecision {
  /** 1: this one. */
  readonly holdsKey: number;
  /** Two open Tasks name one item by our identifier: the oldest counts, and this one is shown as cancelled. One that is closed hides nothing. */
  readonly isDuplicate: boolean;
}

/** Which Task of those about one thing has the key. `arrivedAt` in sortable form. */
export function decideKey(db: ReadDb, claim: KeyClaim): KeyDecision {
  if (claim.focusRef === null) return { holdsKey: 0, isDuplicate: false };
  const siblings = z
    .array(SiblingRow)
    .parse(db.read(siblingsSql).all({ focusRef: claim.focusRef, kind: claim.kind, taskId: claim.taskId }));
  const older = siblings.filter((other) => isOlder(other, claim));
  return {
    holdsKey: older.length === 0 ? 1 : 0,
    isDuplicate: claim.identified === 1 && older.some(({ identified, open }) => identified === 1 && open === 1),
  };
}

function isOlder(left: Pick<KeyClaim, 'arrivedAt' | 'taskId'>, right: Pick<KeyClaim, 'arrivedAt' | 'taskId'>): boolean {
  return left.arrivedAt < right.arrivedAt || (left.arrivedAt === right.arrivedAt && left.taskId < right.taskId);
}

const hasSiblingsSql = defineStatement(
  `SELECT 1 FROM work_item t JOIN work_item o ON o.focus_ref = t.focus_ref AND o.kind = t.kind AND o.id <> t.id WHERE t.id = :taskId LIMIT 1`,
);

/** Whether other Tasks are about the same thing as this one: their keys may change with it. */
export function hasSiblings(db: ReadDb, taskId: string): boolean {
  return db.read(hasSiblingsSql).get({ taskId }) !== undefined;
}

const saveAliasSql = defineStatement(
  'INSERT INTO item_alias (alias, item_key) VALUES (:alias, :key) ON CONFLICT (alias) DO UPDATE SET item_key = excluded.item_key',
);
const moveReadMarkSql = defineStatement('UPDATE OR IGNORE read_mark SET item_key = :key WHERE item_key = :alias');
const moveDraftSql = defineStatement('UPDATE OR IGNORE draft SET item_key = :key WHERE item_key = :alias');

/** The item of one Task is known by another key from now on, as when its thread's header arrives late: its marks and drafts go with it. */
export function renameItem(db: WriteDb, alias: ItemKey, key: ItemKey): void {
  if (taskNamedBy(db, alias) !== undefined) return;
  db.write(saveAliasSql).run({ alias, key });
  db.write(moveReadMarkSql).run({ alias, key });
  db.write(moveDraftSql).run({ alias, key });
}

/** The key of a row. */
export function keyOfRow({ taskId, kind, focusRef, holdsKey }: Pick<RowColumns, 'taskId' | 'kind' | 'focusRef' | 'holdsKey'>): ItemKey {
  return itemKeyOf(kind, holdsKey === 1 && focusRef !== null ? focusRef : `Task/${taskId}`);
}
