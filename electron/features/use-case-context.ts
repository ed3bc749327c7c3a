import type { Topic } from '../../shared/channels.ts';
import type { PracticeZone } from '../../shared/dates.ts';
import type { Staff } from '../../shared/domain/staff.ts';
import type { SyncStatus } from '../../shared/domain/sync-status.ts';
import type { WriteDb } from '../store/db.ts';
import type { Journal } from '../store/journal/journal.ts';

/** What the sync engine gives to the screens; a port, so that every act and every screen works offline. */
export interface SyncPort {
  readonly status: () => SyncStatus;
  readonly syncNow: () => void;
  /** Something was queued or freed: send it when its hold ends. */
  readonly wake: () => void;
}

export interface Difference {
  readonly what: string;
  readonly seen: string;
  readonly now: string;
}

/** One person at work: the open store, who it is, and the ports. Everything a use case needs besides its input. */
export interface Desk {
  readonly db: WriteDb;
  readonly journal: Journal;
  readonly user: Staff;
  /** `sub` of the session that signs (SAFETY I13). */
  readonly subject: string;
  readonly zone: PracticeZone;
  readonly now: () => number;
  readonly newId: () => string;
  readonly announce: (topics: readonly Topic[]) => void;
  readonly sync: SyncPort;
  /** What changed between two bodies of one resource, in words (the bodies are the server's, so this arrives as a port). */
  readonly compareBodies: (ref: string, seen: string, now: string) => readonly Difference[];
}

export function instantOf(ms: number): string {
  return new Date(ms).toISOString();
}
