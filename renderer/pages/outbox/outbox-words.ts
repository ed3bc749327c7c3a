import type { OutboxList } from '../../data/locations.ts';

export const listTitles: Record<OutboxList, string> = { waiting: 'Waiting', 'needs-you': 'Needs you', sent: 'Sent' };

export const emptyWords: Record<OutboxList, string> = {
  waiting: 'Nothing is waiting. Everything you did has reached the portal.',
  'needs-you': 'Nothing needs you. Ka pai.',
  sent: 'Nothing was sent yet.',
};
