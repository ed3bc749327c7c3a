import { WorkItem } from '../../shared/domain/work-item.schema.ts';
import { type ItemKey, itemKeyOf } from '../../shared/ids.ts';

/** The key of that row. */
export function keyOf(number: number): ItemKey {
  return itemKeyOf('message', `Communication/thread-${number}`);
}

/** A valid row; `number` makes it one of many. */
export function aWorkItem(number: number, change: Partial<WorkItem> = {}): WorkItem {
  return {
    ...WorkItem.parse({
      key: keyOf(number),
      taskId: `task-${number}`,
      kind: 'message',
      patientId: `p-${number}`,
      familyName: 'Ngata',
      givenNames: 'Ngaio',
      nhi: 'ZFK0255',
      subject: 'Rash',
      preview: 'Since Monday',
      priority: 'routine',
      status: 'requested',
      ownerId: null,
      ownerName: null,
      pool: 'gp',
      arrivedAt: '2026-11-22T00:00:00Z',
      dueAt: null,
      closedAt: null,
      unread: false,
      flags: [],
      pending: 'none',
      version: '1',
    }),
    ...change,
  };
}
