import { z } from 'zod';
import type { Pool } from '../../../shared/domain/staff.ts';
import type { View, WorkItem } from '../../../shared/domain/work-item.ts';
import type { ReadDb, SqlParameters } from '../db.ts';
import { defineStatement } from '../db.ts';
import { type Position, pageSql, type ViewSql } from './inbox-sql.ts';
import { taskOfItem } from './item-key.ts';
import { findWorkItemByRow } from './work-item.ts';

export interface WindowOptions {
  readonly view: View;
  readonly staffId: string;
  readonly pools: readonly Pool[];
  readonly offset: number;
  readonly limit: number;
  /** A row that the caller has, and where it stood: the nearer to `offset`, the cheaper the page. */
  readonly anchor: { readonly offset: number; readonly key: string } | null;
  /** Length of the whole list. */
  readonly total: number;
}

/**
 * Rows of a list from `offset` on, in its order. Read forwards or backwards from whichever is nearest: the start, the end, or the anchor; the
 * distance is skipped inside the index. Rows that came or went since the anchor was read do not shift the window under the reader.
 */
export function readWindow(db: ReadDb, window: WindowOptions): WorkItem[] {
  const { offset, total } = window;
  const anchor = window.anchor && anchorOf(db, window.view, window.anchor);
  const sql = pageSql[window.view];
  if (anchor && Math.abs(offset - anchor.offset) < Math.min(offset, total - offset))
    return readRows(db, aroundAnchor(db, sql, window, anchor));
  const isNearEnd = total - offset < offset;
  return readRows(db, isNearEnd ? fromEnd(db, sql, window) : fromStart(db, sql, window));
}

type Whose = Pick<WindowOptions, 'staffId' | 'pools'>;

interface Anchor {
  readonly offset: number;
  readonly position: Position;
}

const lowest: Position = { rank: -1, at: '', id: '' };
const highest: Position = { rank: 9, at: '~', id: '~' };

function fromStart(db: ReadDb, sql: ViewSql, window: WindowOptions): readonly number[] {
  return forward(db, sql, window, sql.newestFirst ? highest : lowest, window.offset, window.limit);
}

function fromEnd(db: ReadDb, sql: ViewSql, window: WindowOptions): readonly number[] {
  const wanted = Math.min(window.limit, window.total - window.offset);
  return backward(db, sql, window, sql.newestFirst ? lowest : highest, window.total - window.offset - wanted, wanted);
}

/** Rows before the anchor are read backwards, the anchor itself and those after it forwards. */
function aroundAnchor(db: ReadDb, sql: ViewSql, window: WindowOptions, { offset, position }: Anchor): readonly number[] {
  const ahead = window.offset - offset;
  if (ahead >= 0) return forward(db, sql, window, position, ahead, window.limit);
  const before = Math.min(window.limit, -ahead);
  const earlier = backward(db, sql, window, position, -ahead - before, before);
  const rest = window.limit - before;
  return rest > 0 ? [...earlier, ...forward(db, sql, window, position, 0, rest)] : earlier;
}

function parametersOf({ staffId, pools }: Whose, position: Position, skip: number, limit: number): SqlParameters {
  return { staffId, pool: pools[0] ?? '', otherPool: pools[1] ?? '', rank: position.rank, at: position.at, id: position.id, skip, limit };
}

function forward(db: ReadDb, sql: ViewSql, whose: Whose, from: Position, skip: number, limit: number): readonly number[] {
  return rowNumbers(db.read(sql.from).all(parametersOf(whose, from, skip, limit)));
}

function backward(db: ReadDb, sql: ViewSql, whose: Whose, before: Position, skip: number, limit: number): readonly number[] {
  return [...rowNumbers(db.read(sql.before).all(parametersOf(whose, before, skip, limit)))].reverse();
}

const rowNumbers = (rows: unknown) =>
  z
    .array(z.object({ row: z.number() }))
    .parse(rows)
    .map(({ row }) => row);

function readRows(db: ReadDb, rows: readonly number[]): WorkItem[] {
  return rows.flatMap((row) => findWorkItemByRow(db, row) ?? []);
}

const anchorOfSql = defineStatement('SELECT rank, arrived_at AS arrivedAt, closed_at AS closedAt FROM work_item WHERE id = :id');

function anchorOf(db: ReadDb, view: View, { offset, key: itemKey }: { offset: number; key: string }): Anchor | null {
  const id = taskOfItem(db, itemKey) ?? '';
  const row = db.read(anchorOfSql).get({ id });
  const key = z.object({ rank: z.number(), arrivedAt: z.string(), closedAt: z.string().nullable() }).optional().parse(row);
  if (!key) return null;
  const at = view === 'done' ? key.closedAt : key.arrivedAt;
  // An item that has been reopened has no place in Done any more.
  return at === null ? null : { offset, position: { rank: key.rank, at, id } };
}
