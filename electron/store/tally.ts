import { z } from 'zod';
import type { ItemKind, View } from '../../shared/domain/work-item.ts';
import type { ReadDb } from './db.ts';

const TallyRow = z.object({
  open: z.number(),
  kind: z.string(),
  pool: z.string(),
  ownerId: z.string(),
  rank: z.number(),
  items: z.number(),
  unread: z.number(),
});
type TallyRow = z.infer<typeof TallyRow>;

export interface Count {
  readonly items: number;
  readonly unread: number;
}

interface Whose {
  readonly staffId: string;
  readonly pools: readonly string[];
}

/** A few dozen rows: kinds × queues × owners that have open work. */
function readTally(db: ReadDb): readonly TallyRow[] {
  const rows = db.prepare('SELECT open, kind, pool, owner_id AS ownerId, rank, items, unread FROM work_tally WHERE items > 0').all();
  return z.array(TallyRow).parse(rows);
}

const ofKind = (kind: ItemKind) => (row: TallyRow) => row.open === 1 && row.kind === kind;

/** Which rows count in a list; the same conditions as in inbox-sql.ts, held together by a test. */
const belongs: Readonly<Record<View, (row: TallyRow, whose: Whose) => boolean>> = {
  mine: (row, { staffId }) => row.open === 1 && row.ownerId === staffId,
  team: (row, { pools }) => row.open === 1 && row.ownerId === '' && (row.pool === '' || pools.includes(row.pool)),
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

export function countView(db: ReadDb, view: View, whose: Whose): Count {
  return sum(readTally(db).filter((row) => belongs[view](row, whose)));
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

/** Open items by owner and, of those without one, by queue: for the assign sheet. */
export function openWork(db: ReadDb): { byOwner: Record<string, number>; byPool: Record<string, number> } {
  const byOwner: Record<string, number> = {};
  const byPool: Record<string, number> = {};
  for (const row of readTally(db).filter(({ open }) => open === 1)) {
    if (row.ownerId !== '') byOwner[row.ownerId] = (byOwner[row.ownerId] ?? 0) + row.items;
    else byPool[row.pool] = (byPool[row.pool] ?? 0) + row.items;
  }
  return { byOwner, byPool };
}
