import type { WriteDb } from './db.ts';
import { toSortableInstant } from './sortable-instant.ts';

const renewUnread = `UPDATE work_item SET unread = (open = 1 AND newest_at > coalesce((SELECT read_to FROM read_mark WHERE item_id = :itemId), ''))
  WHERE id = :itemId`;

/** Everything in the item up to `readTo` (an instant, usually its newest) has been read by this person. */
export function markRead(db: WriteDb, itemId: string, readTo: string): void {
  setMark(db, itemId, toSortableInstant(readTo));
}

export function markUnread(db: WriteDb, itemId: string): void {
  setMark(db, itemId, '');
}

function setMark(db: WriteDb, itemId: string, readTo: string): void {
  db.transaction(() => {
    db.prepare(
      'INSERT INTO read_mark (item_id, read_to) VALUES (:itemId, :readTo) ON CONFLICT (item_id) DO UPDATE SET read_to = excluded.read_to',
    ).run({ itemId, readTo });
    db.prepare(renewUnread).run({ itemId });
  });
}
