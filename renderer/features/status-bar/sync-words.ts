import { clockTime } from '../../../shared/dates.ts';
import type { SyncStatus } from '../../../shared/domain/sync-status.ts';
import type { Tone } from '../../ui/text/pill.tsx';
import { practiceZone } from '../../words/practice-zone.ts';

export interface SyncWords {
  readonly words: string;
  readonly tone: Tone;
  readonly action: 'retry' | 'sign-in' | null;
}

const staleMs = 30 * 60_000;
const number = (value: number) => value.toLocaleString('en-NZ');

/** The status bar's words for the state of sync (UI, States and words). `now`: epoch ms. */
export function syncWords(status: SyncStatus, now: number): SyncWords {
  const time = status.lastUpdateAt && clockTime(status.lastUpdateAt, practiceZone);
  switch (status.state) {
    case 'starting':
      return { words: time ? `Starting · last update ${time}` : 'Starting', tone: 'neutral', action: null };
    case 'first-sync':
      return { words: firstSyncWords(status), tone: 'info', action: null };
    case 'offline':
      return { words: time ? `Offline · showing items to ${time}` : 'Offline', tone: 'offline', action: 'retry' };
    case 'signed-out':
      return { words: signInWords(status.waiting), tone: 'offline', action: 'sign-in' };
    case 'trouble':
      return { words: status.problem ?? 'The portal does not answer as it should.', tone: 'warn', action: 'retry' };
    case 'syncing':
    case 'up-to-date':
      return freshWords(status, time, now);
  }
}

function firstSyncWords({ progress }: SyncStatus): string {
  if (!progress) return 'Getting your inbox · newest first';
  return `Getting your inbox · ${number(progress.here)} of about ${number(progress.about)} · newest first. You can start now.`;
}

function signInWords(waiting: number): string {
  if (waiting === 0) return 'Signed out. What is here can still be read.';
  return `Sign in again to send ${waiting} ${waiting === 1 ? 'change' : 'changes'}`;
}

function freshWords({ state, lastUpdateAt }: SyncStatus, time: string | null, now: number): SyncWords {
  if (lastUpdateAt === null || time === null) return { words: 'Updating', tone: 'neutral', action: null };
  if (now - Date.parse(lastUpdateAt) > staleMs)
    return { words: `Last update ${time}`, tone: 'warn', action: state === 'syncing' ? null : 'retry' };
  return { words: `Up to date · ${time}`, tone: 'ok', action: null };
}
