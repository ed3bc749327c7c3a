import type { Input, Reply } from '../../../shared/contract.ts';
import type { ItemEvent } from '../../../shared/domain/item-detail.ts';
import type { OutboxEntry } from '../../../shared/domain/outbox.ts';
import type { Thread } from '../../../shared/domain/thread.ts';
import { isOpen, type WorkItem } from '../../../shared/domain/work-item.ts';
import { err, ok } from '../../../shared/result.ts';
import { historyWordsOf } from '../../../shared/words/act-words.ts';
import { auditOfItem } from '../../store/audit/audit.ts';
import type { ReadDb } from '../../store/db.ts';
import { findWorkItem } from '../../store/lists/work-item.ts';
import { findEntry } from '../../store/outbox/outbox-entries.ts';
import { openChangesOf } from '../../store/outbox/outbox-rows.ts';
import { findPatient } from '../../store/record/patients.ts';
import { findStaff } from '../../store/record/staff.ts';
import { repeatRequestOf } from '../kinds/repeat-view.ts';
import { resultOf } from '../kinds/result-view.ts';
import { seenNow } from '../kinds/seen.ts';
import { notesWithOwn, patientNotesWithOwn, threadOf } from '../kinds/thread-view.ts';
import { toEntry } from '../outbox/outbox.ts';
import type { ViewContext } from '../use-case-context.ts';

/** All that the reading and context panes show of one item, with the versions that an act on it must name. */
export function itemDetail(context: ViewContext, { itemKey }: Input<'items.detail'>): Reply<'items.detail'> {
  const { db } = context;
  const item = findWorkItem(db, itemKey);
  if (!item) return err({ kind: 'not-found' });
  const common = {
    item,
    patient: item.patientId === null ? null : (findPatient(db, item.patientId) ?? null),
    seen: seenNow(db, item),
    notes: notesWithOwn(db, item),
    patientNotes: item.patientId === null ? [] : patientNotesWithOwn(db, item.patientId),
    pending: openChangesOf(db, item.taskId).flatMap(({ change }) => entryOf(context, change.opId)),
    events: eventsOf(db, item),
  };
  switch (item.kind) {
    case 'message':
      return ok({ kind: 'message', ...common, thread: threadOf(db, item) ?? noThread(item) });
    case 'repeat':
      return ok({ kind: 'repeat', ...common, request: repeatRequestOf({ db, now: context.now(), zone: context.zone }, item) });
    case 'result':
      return ok({ kind: 'result', ...common, result: resultOf(db, item) });
  }
}

function entryOf({ db, zone }: ViewContext, opId: string): readonly OutboxEntry[] {
  const entry = findEntry(db, opId);
  return entry ? [toEntry(entry, zone)] : [];
}

/** An item whose thread can't be told is shown all the same: it must be possible to see and to finish it. */
function noThread(item: WorkItem): Thread {
  return { id: '', topic: item.subject, messages: [], redFlags: [], readers: [] };
}

const mostEvents = 60;

/** What happened to an item as far as this computer knows, oldest first. */
function eventsOf(db: ReadDb, item: WorkItem): ItemEvent[] {
  const acts = auditOfItem(db, item.key, mostEvents).flatMap(({ recordedAt, staffId, action }): ItemEvent[] => {
    const what = historyWordsOf(action);
    return what === undefined ? [] : [{ at: recordedAt, by: findStaff(db, staffId)?.name ?? null, what }];
  });
  const arrived: ItemEvent = { at: item.arrivedAt, by: null, what: 'Arrived' };
  const closedElsewhere = !isOpen(item) && item.closedAt !== null && item.pending === 'none';
  const closed: ItemEvent[] = closedElsewhere && item.closedAt !== null ? [{ at: item.closedAt, by: item.ownerName, what: 'Closed' }] : [];
  return [arrived, ...acts, ...closed].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
}
