import type { Topic } from '../../shared/channels.ts';
import type { PracticeZone } from '../../shared/dates.ts';
import type { Staff } from '../../shared/domain/staff.ts';
import type { SyncStatus } from '../../shared/domain/sync-status.ts';
import type { ReadDb, WriteDb } from '../store/db.ts';
import type { Journal } from '../store/journal/journal.ts';

/** What the sync engine gives to the screens; a port, so that every act and every screen works offline. */
export interface SyncPort {
  readonly status: () => SyncStatus;
  readonly syncNow: () => void;
  /** Something was queued or freed: send it when its undo window ends. */
  readonly wake: () => void;
}

export interface Difference {
  readonly what: string;
  readonly seen: string;
  readonly now: string;
}

/** One person who looks: what a screen may read, and with what. */
export interface ViewContext {
  readonly db: ReadDb;
  readonly user: Staff;
  readonly zone: PracticeZone;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly sync: SyncPort;
  /** What changed between two bodies of one resource, in words (the bodies are the server's, so this arrives as a port). */
  readonly compareBodies: (ref: string, seen: string, now: string) => readonly Difference[];
}

/** One person at work: the open store with its writer, and the ports. For the few that write: acts, marks and the outbox. */
export interface UseCaseContext extends ViewContext {
  readonly db: WriteDb;
  /** The connection of the screens. */
  readonly reader: ReadDb;
  readonly journal: Journal;
  /** `sub` of the session that signs (SAFETY I13). */
  readonly subject: string;
  readonly newId: () => string;
  readonly announce: (topics: readonly Topic[]) => void;
}

export function instantOf(ms: number): string {
  return new Date(ms).toISOString();
}
