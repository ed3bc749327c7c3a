import type { WriteDb } from '../db.ts';
import { defineStatement } from '../db.ts';

const markReadSql = defineStatement(`INSERT INTO read_mark (item_id, read_to) SELECT id, newest_at FROM work_item WHERE id = :itemId
     ON CONFLICT (item_id) DO UPDATE SET read_to = excluded.read_to`);

/** This person has read everything that is in the item now. */
export function markRead(db: WriteDb, itemId: string): void {
  db.write(markReadSql).run({ itemId });
  renewUnread(db, itemId);
}

const markUnreadSql = defineStatement(
  "INSERT INTO read_mark (item_id, read_to) VALUES (:itemId, '') ON CONFLICT (item_id) DO UPDATE SET read_to = ''",
);

export function markUnread(db: WriteDb, itemId: string): void {
  db.write(markUnreadSql).run({
    itemId,
  });
  renewUnread(db, itemId);
}

const renewUnreadSql =
  defineStatement(`UPDATE work_item SET unread = (open = 1 AND newest_at > coalesce((SELECT read_to FROM read_mark WHERE item_id = :itemId), ''))
     WHERE id = :itemId`);

function renewUnread(db: WriteDb, itemId: string): void {
  db.write(renewUnreadSql).run({ itemId });
}
