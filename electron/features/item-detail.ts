import type { Input, Reply } from '../../shared/contract.ts';
import type { Thread } from '../../shared/domain/thread.ts';
import type { WorkItem } from '../../shared/domain/work-item.ts';
import { err, ok } from '../../shared/result.ts';
import { findEntry } from '../store/outbox.ts';
import { openChangesOf } from '../store/outbox-rows.ts';
import { findPatient } from '../store/patients.ts';
import { findWorkItem } from '../store/work-item.ts';
import type { Desk } from './desk.ts';
import { eventsOf } from './item-events.ts';
import { repeatRequestOf } from './repeat-view.ts';
import { resultOf } from './result-view.ts';
import { seenNow } from './seen.ts';
import { notesWithOwn, threadOf } from './thread-view.ts';

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
