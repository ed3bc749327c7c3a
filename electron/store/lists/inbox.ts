import type { Pool } from '../../../shared/domain/staff.ts';
import type { ItemKind, View, WorkItem } from '../../../shared/domain/work-item.ts';
import type { ReadDb } from '../db.ts';
import { readWindow, type WindowOptions } from './inbox-window.ts';
import { readTally, type TallyRow } from './tally.ts';

interface Count {
  readonly items: number;
  readonly unread: number;
}

export interface Whose {
  readonly staffId: string;
  /** At most two: those of `poolsOf`. */
  readonly pools: readonly Pool[];
}

const ofKind = (kind: ItemKind) => (row: TallyRow) => row.open === 1 && row.kind === kind;

/** Which rows count in a list; the same conditions as in inbox-sql.ts, held together by a test. */
const belongs: Readonly<Record<View, (row: TallyRow, whose: Whose) => boolean>> = {
  mine: (row, { staffId }) => row.open === 1 && row.ownerId === staffId,
  team: (row, { pools }) => row.open === 1 && row.ownerId === '' && (row.pool === '' || pools.some((pool) => pool === row.pool)),
  urgent: (row) => row.open === 1 && row.rank === 0,
  all: (row) => row.open === 1,
  messages: ofKind('message'),
  repeats: ofKind('repeat'),
  results: ofKind('result'),
  done: (row) => row.open === 0,
};

const sum = (rows: readonly TallyRow[]): Count => ({
  items: rows.reduce((total, { items }) => total + items, 0),
  unread: rows.reduce((total, { unread }) => total + unread, 0),
});

/**
 * A window of a list with the list's length. An offset beyond the end gives the last row's window, so that a list that shrank still shows something.
 */
export function pageOfItems(db: ReadDb, options: Omit<WindowOptions, 'total'>): { total: number; offset: number; rows: WorkItem[] } {
  const total = sum(readTally(db).filter((row) => belongs[options.view](row, options))).items;
  const offset = Math.min(options.offset, Math.max(0, total - 1));
  return { total, offset, rows: readWindow(db, { ...options, offset, total }) };
}

/** Items and unread of every list, for the navigation. */
export function inboxCounts(db: ReadDb, whose: Whose): Record<View, Count> {
  const rows = readTally(db);
  const count = (view: View) => sum(rows.filter((row) => belongs[view](row, whose)));
  return {
    mine: count('mine'),
    team: count('team'),
    urgent: count('urgent'),
    all: count('all'),
    messages: count('messages'),
    repeats: count('repeats'),
    results: count('results'),
    done: count('done'),
  };
}

/** Open items of each owner, by staff id. */
export function openItemsByStaff(db: ReadDb): Readonly<Record<string, number>> {
  return addUp(
    readTally(db).filter(({ open, ownerId }) => open === 1 && ownerId !== ''),
    ({ ownerId }) => ownerId,
  );
}

/** Open items that nobody owns, by queue; those of no queue under ''. */
export function openItemsByPool(db: ReadDb): Readonly<Record<string, number>> {
  return addUp(
    readTally(db).filter(({ open, ownerId }) => open === 1 && ownerId === ''),
    ({ pool }) => pool,
  );
}

function addUp(rows: readonly TallyRow[], keyOf: (row: TallyRow) => string): Record<string, number> {
  const totals: Record<string, number> = {};
  for (const row of rows) totals[keyOf(row)] = (totals[keyOf(row)] ?? 0) + row.items;
  return totals;
}
