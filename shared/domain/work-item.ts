import type { Instant } from '../ids.ts';
import type { ItemStatus, WorkItem } from './work-item.schema.ts';

export type { ItemFlag, ItemKind, ItemStatus, PendingState, Priority, WorkItem } from './work-item.schema.ts';

/** The lists of the navigation. `all` is every open item; `done` what has left the queues, newest first. */
export const views = ['mine', 'team', 'urgent', 'all', 'messages', 'repeats', 'results', 'done'] as const;
export type View = (typeof views)[number];

const closed: readonly ItemStatus[] = ['completed', 'cancelled', 'rejected'];

export function isOpen(item: Pick<WorkItem, 'status'>): boolean {
  return !closed.includes(item.status);
}

/** Urgent group first in every work queue (UI, List row): anything above routine, a critical result, or a red-flag phrase. */
export function isPinned(item: Pick<WorkItem, 'priority' | 'flags'>): boolean {
  return item.priority !== 'routine' || item.flags.includes('critical') || item.flags.includes('red-flag');
}

export function isOverdue(item: Pick<WorkItem, 'dueAt' | 'status'>, now: Instant): boolean {
  return isOpen(item) && item.dueAt !== null && item.dueAt < now;
}
