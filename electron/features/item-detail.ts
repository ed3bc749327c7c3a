import type { Input, Reply } from '../../shared/contract.ts';
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
    case 'message': {
      const thread = threadOf(db, item);
      return thread ? ok({ kind: 'message', ...common, thread }) : err({ kind: 'not-found' });
    }
    case 'repeat': {
      const request = repeatRequestOf(desk, item);
      return request ? ok({ kind: 'repeat', ...common, request }) : err({ kind: 'not-found' });
    }
    case 'result': {
      const result = resultOf(db, item);
      return result ? ok({ kind: 'result', ...common, result }) : err({ kind: 'not-found' });
    }
  }
}
