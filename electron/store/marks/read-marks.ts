import type { WriteDb } from '../db.ts';

/** This person has read everything that is in the item now. */
export function markRead(db: WriteDb, itemId: string): void {
  db.prepare(
    `INSERT INTO read_mark (item_id, read_to) SELECT id, newest_at FROM work_item WHERE id = :itemId
     ON CONFLICT (item_id) DO UPDATE SET read_to = excluded.read_to`,
  ).run({ itemId });
  renewUnread(db, itemId);
}

export function markUnread(db: WriteDb, itemId: string): void {
  db.prepare("INSERT INTO read_mark (item_id, read_to) VALUES (:itemId, '') ON CONFLICT (item_id) DO UPDATE SET read_to = ''").run({
    itemId,
  });
  renewUnread(db, itemId);
}

function renewUnread(db: WriteDb, itemId: string): void {
  db.prepare(
    `UPDATE work_item SET unread = (open = 1 AND newest_at > coalesce((SELECT read_to FROM read_mark WHERE item_id = :itemId), ''))
     WHERE id = :itemId`,
  ).run({ itemId });
}
