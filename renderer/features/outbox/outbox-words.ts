import type { OutboxEntry } from '../../../shared/domain/outbox.ts';
import type { OutboxList } from '../../locations.ts';
import type { Tone } from '../../ui/pill.tsx';

export const listTitles: Record<OutboxList, string> = { waiting: 'Waiting', 'needs-you': 'Needs you', sent: 'Sent' };

export const emptyWords: Record<OutboxList, string> = {
  waiting: 'Nothing is waiting. Everything you did has reached the portal.',
  'needs-you': 'Nothing needs you. Ka pai.',
  sent: 'Nothing was sent yet.',
};

/** What a queued change's state is called. `now`: epoch ms. */
export function stateWords(entry: OutboxEntry, now: number): { readonly words: string; readonly tone: Tone } {
  switch (entry.state) {
    case 'queued':
      return queuedWords(entry, now);
    case 'sending':
      return { words: 'Sending', tone: 'info' };
    case 'unknown':
      return { words: 'Checking whether it arrived', tone: 'info' };
    case 'done':
      return { words: 'Sent', tone: 'ok' };
    case 'conflict':
      return { words: 'Changed by someone else', tone: 'critical' };
    case 'rejected':
      return { words: 'Not accepted', tone: 'critical' };
    case 'needs-sign-in':
      return { words: 'Waits for your sign-in', tone: 'offline' };
    case 'undone':
      return { words: 'Taken back', tone: 'neutral' };
  }
}

function queuedWords(entry: OutboxEntry, now: number): { readonly words: string; readonly tone: Tone } {
  if (entry.recovered) return { words: 'Found after a problem', tone: 'warn' };
  if (isHeld(entry, now)) return { words: `Sending in ${Math.ceil((Date.parse(entry.sendsAt) - now) / 1000)} s`, tone: 'info' };
  return entry.attempts > 0 ? { words: `Waiting, tried ${entry.attempts} times`, tone: 'offline' } : { words: 'Waiting', tone: 'neutral' };
}

/** Inside the undo hold. */
export function isHeld(entry: Pick<OutboxEntry, 'state' | 'sendsAt'>, now: number): boolean {
  return entry.state === 'queued' && Date.parse(entry.sendsAt) > now;
}
