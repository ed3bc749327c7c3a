import { z } from 'zod';
import type { ReadDb, WriteDb } from '../db.ts';
import { defineStatement } from '../db.ts';

/** Where the pull of one resource type stands. All times are the server's. Saved in the transaction of the page it belongs to (SAFETY I12). */
const Cursor = z.object({
  type: z.string(),
  scope: z.string(),
  watermark: z.string().nullable(),
  /** Next link of a walk under way. */
  walkNext: z.string().nullable(),
  /** Highest lastUpdated of the walk so far: the watermark once it ends. */
  walkHigh: z.string().nullable(),
  serverDate: z.string().nullable(),
  completedAt: z.string().nullable(),
});
export type Cursor = Readonly<z.infer<typeof Cursor>>;

const findCursorSql =
  defineStatement(`SELECT type, scope, watermark, walk_next AS walkNext, walk_high AS walkHigh, server_date AS serverDate, completed_at AS completedAt
       FROM sync_cursor WHERE type = :type AND scope = :scope`);

export function findCursor(db: ReadDb, type: string, scope: string): Cursor | undefined {
  const row = db.read(findCursorSql).get({ type, scope });
  return Cursor.optional().parse(row);
}

const saveCursorSql = defineStatement(`INSERT INTO sync_cursor (type, scope, watermark, walk_next, walk_high, server_date, completed_at)
     VALUES (:type, :scope, :watermark, :walkNext, :walkHigh, :serverDate, :completedAt)
     ON CONFLICT (type, scope) DO UPDATE SET watermark = excluded.watermark, walk_next = excluded.walk_next, walk_high = excluded.walk_high,
       server_date = excluded.server_date, completed_at = excluded.completed_at`);

export function saveCursor(db: WriteDb, cursor: Cursor): void {
  db.write(saveCursorSql).run({ ...cursor });
}
