import type { OutboxEntry } from '../../shared/domain/outbox.ts';
import type { Tone } from '../ui/text/pill.tsx';

interface Standing {
  readonly words: string;
  readonly tone: Tone;
}

/** Where an act of ours stands. Never "sent" before the server confirmed it (SAFETY I6). `now`: epoch ms. */
export function pendingWords(entry: Pick<OutboxEntry, 'state' | 'sendsAt' | 'attempts' | 'recovered'>, now: number): Standing {
  if (asksToConfirm(entry)) return { words: 'Found after a problem', tone: 'warn' };
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
      return { words: 'Not sent. Changed by someone else', tone: 'critical' };
    case 'rejected':
      return { words: 'Not sent. Refused', tone: 'critical' };
    case 'needs-sign-in':
      return { words: 'Waits for your sign-in', tone: 'offline' };
    case 'undone':
      return { words: 'Taken back', tone: 'neutral' };
  }
}

function queuedWords({ sendsAt, attempts }: Pick<OutboxEntry, 'sendsAt' | 'attempts'>, now: number): Standing {
  const left = Math.ceil((Date.parse(sendsAt) - now) / 1000);
  if (left > 0) return { words: `Sending in ${left} s`, tone: 'info' };
  return attempts > 0 ? { words: 'Waiting, will be tried again', tone: 'offline' } : { words: 'Waiting to send', tone: 'neutral' };
}

/** Only the journal remembered it after damage: it goes when a person says so (SAFETY D5, D6). */
export function asksToConfirm({ state, recovered }: Pick<OutboxEntry, 'state' | 'recovered'>): boolean {
  return recovered && state === 'rejected';
}

/** Inside the hold: nothing has left this computer yet, so it can be taken back. `now`: epoch ms. */
export function canUndo({ state, attempts, sendsAt }: Pick<OutboxEntry, 'state' | 'attempts' | 'sendsAt'>, now: number): boolean {
  return state === 'queued' && attempts === 0 && now < Date.parse(sendsAt);
}
