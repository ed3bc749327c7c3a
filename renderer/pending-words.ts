import type { OutboxEntry } from '../shared/domain/outbox.ts';
import type { Tone } from './ui/pill.tsx';

/** Where an act of ours stands. Never "sent" before the server confirmed it (SAFETY I6). `now`: epoch ms. */
export function pendingWords(
  entry: Pick<OutboxEntry, 'state' | 'sendsAt' | 'attempts'>,
  now: number,
): { readonly words: string; readonly tone: Tone } {
  switch (entry.state) {
    case 'queued': {
      const left = Math.ceil((Date.parse(entry.sendsAt) - now) / 1000);
      if (left > 0) return { words: `Sending in ${left} s`, tone: 'info' };
      return entry.attempts > 0
        ? { words: 'Waiting, will be tried again', tone: 'offline' }
        : { words: 'Waiting to send', tone: 'neutral' };
    }
    case 'sending':
      return { words: 'Sending', tone: 'info' };
    case 'unknown':
      return { words: 'Checking whether it arrived', tone: 'info' };
    case 'done':
      return { words: 'Sent', tone: 'ok' };
    case 'conflict':
      return { words: 'Not sent: changed by someone else', tone: 'critical' };
    case 'rejected':
      return { words: 'Not sent: refused', tone: 'critical' };
    case 'needs-sign-in':
      return { words: 'Waits for your sign-in', tone: 'offline' };
    case 'undone':
      return { words: 'Taken back', tone: 'neutral' };
  }
}

/** Inside the hold: nothing has left this computer yet, so it can be taken back. `now`: epoch ms. */
export function canUndo({ state, attempts, sendsAt }: Pick<OutboxEntry, 'state' | 'attempts' | 'sendsAt'>, now: number): boolean {
  return state === 'queued' && attempts === 0 && now < Date.parse(sendsAt);
}
