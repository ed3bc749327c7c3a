import type { View } from '../../shared/domain/work-item.ts';

export const viewTitles: Record<View, string> = {
  all: 'All',
  mine: 'Mine',
  team: 'Team',
  urgent: 'Urgent',
  messages: 'Messages',
  repeats: 'Repeats',
  results: 'Results',
  done: 'Done',
};

/** How a view is sorted, for its header. */
export const viewOrders: Record<View, string> = {
  all: 'newest first',
  mine: 'urgent, then oldest first',
  team: 'urgent, then oldest first',
  urgent: 'oldest first',
  messages: 'urgent, then oldest first',
  repeats: 'urgent, then oldest first',
  results: 'urgent, then oldest first',
  done: 'newest first',
};
