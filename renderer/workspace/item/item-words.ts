import type { ItemStatus, Priority, WorkItem } from '../../../shared/domain/work-item.ts';

export const priorityWords: Record<Priority, string> = {
  routine: 'Routine',
  urgent: 'Urgent',
  asap: 'As soon as possible',
  stat: 'Immediate',
};

const statusWords: Record<ItemStatus, string> = {
  requested: 'Waiting',
  accepted: 'Claimed',
  'in-progress': 'In progress',
  'on-hold': 'On hold',
  completed: 'Done',
  cancelled: 'Cancelled',
  rejected: 'Declined',
};

/** Where the item stands. The effect of an act that the portal has not confirmed is said to be waiting (SAFETY I6). */
export function statusWordsOf({ status, pending }: Pick<WorkItem, 'status' | 'pending'>): string {
  const words = statusWords[status];
  return pending === 'waiting' || pending === 'sending' || pending === 'needs-sign-in' ? `${words}, not yet confirmed` : words;
}
