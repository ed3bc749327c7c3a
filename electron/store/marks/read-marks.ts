import type { WorkItem } from '../../../shared/domain/work-item.ts';
import type { WriteDb } from '../db.ts';
import { defineStatement } from '../db.ts';
import { refreshItem } from '../lists/work-item.ts';

type Marked = Pick<WorkItem, 'key' | 'taskId'>;

const markReadSql = defineStatement(`INSERT INTO read_mark (item_key, read_to) SELECT :itemKey, newest_at FROM work_item WHERE id = :taskId
     ON CONFLICT (item_key) DO UPDATE SET read_to = excluded.read_to`);

/** This person has read everything that is in the item now. */
export function markRead(db: WriteDb, { key: itemKey, taskId }: Marked): void {
  db.transaction(() => {
    db.write(markReadSql).run({ itemKey, taskId });
    refreshItem(db, taskId);
  });
}

const markUnreadSql = defineStatement(
  "INSERT INTO read_mark (item_key, read_to) VALUES (:itemKey, '') ON CONFLICT (item_key) DO UPDATE SET read_to = ''",
);

export function markUnread(db: WriteDb, { key: itemKey, taskId }: Marked): void {
  db.transaction(() => {
    db.write(markUnreadSql).run({ itemKey });
    refreshItem(db, taskId);
  });
}
