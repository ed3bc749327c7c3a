import type { ItemEvent } from '../../../shared/domain/item-detail.ts';
import { isOpen, type WorkItem } from '../../../shared/domain/work-item.ts';
import { historyWordsOf } from '../../../shared/words/act-words.ts';
import { auditOfItem } from '../../store/audit/audit.ts';
import type { ReadDb } from '../../store/db.ts';
import { findStaff } from '../../store/record/staff.ts';

const mostEvents = 60;

/** What happened to an item as far as this computer knows, oldest first. */
export function eventsOf(db: ReadDb, item: WorkItem): ItemEvent[] {
  const acts = auditOfItem(db, item.key, mostEvents).flatMap(({ recordedAt, staffId, action }): ItemEvent[] => {
    const what = historyWordsOf(action);
    return what === undefined ? [] : [{ at: recordedAt, by: findStaff(db, staffId)?.name ?? null, what }];
  });
  const arrived: ItemEvent = { at: item.arrivedAt, by: null, what: 'Arrived' };
  const closedElsewhere = !isOpen(item) && item.closedAt !== null && item.pending === 'none';
  const closed: ItemEvent[] = closedElsewhere && item.closedAt !== null ? [{ at: item.closedAt, by: item.ownerName, what: 'Closed' }] : [];
  return [arrived, ...acts, ...closed].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
}
