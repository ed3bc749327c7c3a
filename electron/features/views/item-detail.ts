import type { Input, Reply } from '../../../shared/contract.ts';
import type { Thread } from '../../../shared/domain/thread.ts';
import type { WorkItem } from '../../../shared/domain/work-item.ts';
import { err, ok } from '../../../shared/result.ts';
import { findWorkItem } from '../../store/lists/work-item.ts';
import { findEntry } from '../../store/outbox/outbox.ts';
import { openChangesOf } from '../../store/outbox/outbox-rows.ts';
import { findPatient } from '../../store/record/patients.ts';
import { repeatRequestOf } from '../kinds/repeat-view.ts';
import { resultOf } from '../kinds/result-view.ts';
import { seenNow } from '../kinds/seen.ts';
import { notesWithOwn, threadOf } from '../kinds/thread-view.ts';
import type { Desk } from '../use-case-context.ts';
import { eventsOf } from './item-events.ts';

/** All that the reading and context panes show of one item, with the versions that an act on it must name. */
export function itemDetail(desk: Desk, { itemId }: Input<'items.detail'>): Reply<'items.detail'> {
  const { db } = desk;
  const item = findWorkItem(db, itemId);
  if (!item) return err({ kind: 'not-found' });
  const common = {
    item,
    patient: item.patientId === null ? null : (findPatient(db, item.patientId) ?? null),
    seen: seenNow(db, item),
    notes: notesWithOwn(db, item),
    pending: openChangesOf(db, itemId).flatMap(({ change }) => findEntry(db, change.opId) ?? []),
    events: eventsOf(db, item),
  };
  switch (item.kind) {
    case 'message':
      return ok({ kind: 'message', ...common, thread: threadOf(db, item) ?? noThread(item) });
    case 'repeat':
      return ok({ kind: 'repeat', ...common, request: repeatRequestOf(desk, item) });
    case 'result':
      return ok({ kind: 'result', ...common, result: resultOf(db, item) });
  }
}

/** An item whose thread can't be told is shown all the same: it must be possible to see and to finish it. */
function noThread(item: WorkItem): Thread {
  return { id: '', topic: item.subject, messages: [], redFlags: [], readers: [] };
}
