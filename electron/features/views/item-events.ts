import type { ItemEvent } from '../../../shared/domain/item-detail.ts';
import { isOpen, type WorkItem } from '../../../shared/domain/work-item.ts';
import { auditOfItem } from '../../store/audit/audit.ts';
import type { ReadDb } from '../../store/db.ts';
import { findStaff } from '../../store/record/staff.ts';

/** Audit action → what the history of an item calls it. Other actions are for the audit log alone. */
const words: Readonly<Record<string, string>> = {
  open: 'Opened here',
  claim: 'Claimed',
  'release-claim': 'Claim released',
  assign: 'Assigned',
  'set-priority': 'Priority set',
  finish: 'Done',
  reply: 'Replied',
  note: 'Note added',
  'decide-repeat': 'Decided',
  'release-result': 'Released',
  'hold-result': 'Held',
  undone: 'Taken back',
  conflict: 'Not sent: it had changed',
  rejected: 'Not sent: the portal refused',
  done: 'Confirmed by the portal',
};

const mostEvents = 60;

/** What happened to an item as far as this computer knows, oldest first. */
export function eventsOf(db: ReadDb, item: WorkItem): ItemEvent[] {
  const acts = auditOfItem(db, item.id, mostEvents).flatMap(({ recordedAt, staffId, action }): ItemEvent[] => {
    const what = words[action];
    return what === undefined ? [] : [{ at: recordedAt, by: findStaff(db, staffId)?.name ?? null, what }];
  });
  const arrived: ItemEvent = { at: item.arrivedAt, by: null, what: 'Arrived' };
  const closedElsewhere = !isOpen(item) && item.closedAt !== null && item.pending === 'none';
  const closed: ItemEvent[] = closedElsewhere && item.closedAt !== null ? [{ at: item.closedAt, by: item.ownerName, what: 'Closed' }] : [];
  return [arrived, ...acts, ...closed].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
}
