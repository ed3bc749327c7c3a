import { z } from 'zod';
import { defineStatement, gatherUntilEnd, type ReadDb, type WriteDb } from '../db.ts';
import type { RowColumns } from './row-columns.ts';

const TallyRow = z.object({
  open: z.number(),
  kind: z.string(),
  /** Empty: none. */
  pool: z.string(),
  ownerId: z.string(),
  rank: z.number(),
  items: z.number(),
  unread: z.number(),
});
/** So many items of one kind, queue, owner and rank. */
export type TallyRow = Readonly<z.infer<typeof TallyRow>>;

type Counted = Pick<RowColumns, 'open' | 'kind' | 'pool' | 'ownerId' | 'rank' | 'unread'>;

/** Done items are counted together, whoever had them. */
function toTallyRow({ open, kind, pool, ownerId, rank, unread }: Counted, sign: 1 | -1): TallyRow {
  const whose = open === 1 ? { pool: pool ?? '', ownerId: ownerId ?? '', rank } : { pool: '', ownerId: '', rank: 1 };
  return { open, kind, ...whose, items: sign, unread: sign * unread };
}

const keyOf = ({ open, kind, pool, ownerId, rank }: TallyRow) => JSON.stringify([open, kind, pool, ownerId, rank]);

const counted = gatherUntilEnd<Map<string, TallyRow>>(() => new Map(), writeTally);

/** A row as it was (undefined: new) became what it is (undefined: gone). Whatever writes a column that counts must say so here. */
export function recount(db: WriteDb, before: Counted | undefined, after: Counted | undefined): void {
  const [less, more] = [before && toTallyRow(before, -1), after && toTallyRow(after, 1)];
  if (less && more && keyOf(less) === keyOf(more) && less.unread + more.unread === 0) return;
  const tally = counted.of(db);
  for (const change of [less, more]) {
    if (!change) continue;
    const { items, unread } = tally.get(keyOf(change)) ?? { items: 0, unread: 0 };
    tally.set(keyOf(change), { ...change, items: items + change.items, unread: unread + change.unread });
  }
}

const addToTallySql = defineStatement(`INSERT INTO work_tally (open, kind, pool, owner_id, rank, items, unread)
     VALUES (:open, :kind, :pool, :ownerId, :rank, :items, :unread)
     ON CONFLICT DO UPDATE SET items = items + excluded.items, unread = unread + excluded.unread`);

function writeTally(db: WriteDb, tally: ReadonlyMap<string, TallyRow>): void {
  for (const change of tally.values()) if (change.items !== 0 || change.unread !== 0) db.write(addToTallySql).run(change);
}

const readTallySql = defineStatement('SELECT open, kind, pool, owner_id AS ownerId, rank, items, unread FROM work_tally WHERE items > 0');

/**
 * To be added up: a few dozen rows, kinds × queues × owners that have open work. Inside a transaction what it has changed so far stands among
 * them, so that no rule decides on counts that are no longer true.
 */
export function readTally(db: ReadDb): readonly TallyRow[] {
  const written = z.array(TallyRow).parse(db.read(readTallySql).all());
  return [...written, ...(counted.soFar(db)?.values() ?? [])];
}
