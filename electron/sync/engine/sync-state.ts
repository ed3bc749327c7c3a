import type { SyncStatus } from '../../../shared/domain/sync-status.ts';
import type { RequestFailure } from '../../fhir/client/answer.ts';
import type { ReadDb } from '../../store/db.ts';
import { countQuarantined } from '../../store/mirror/quarantine.ts';
import { outboxCounts } from '../../store/outbox/outbox-entries.ts';
import { isFirstSync, lastCompleteAt } from '../pull/pull.ts';
import { afterFailure, type Connection, maySend } from './connection.ts';

/** How sync stands: the one place where its loops meet, and what the status bar is made of. */
export interface SyncState {
  connection(): Connection;
  isComplete(): boolean;
  /** A request was answered: the server is there. */
  onReachable(): void;
  failed(failure: RequestFailure): void;
  /** A bug of ours: said as trouble, tried again after a pause. */
  onBug(): void;
  /** Forget the waits and find out anew; a session that has ended stays ended, the next one brings its own engine. */
  resetConnection(): void;
  counting(progress: NonNullable<SyncStatus['progress']>): void;
  /** Resources were taken. */
  onTaken(changed: number): void;
  roundDone(at: string): void;
  roundOver(): void;
  status(): SyncStatus;
}

export interface StandingEvents {
  readonly onStatus: (status: SyncStatus) => void;
  /** Changes may be sent again. */
  readonly onOnline: () => void;
}

export function createSyncState(db: ReadDb, events: StandingEvents): SyncState {
  let connection: Connection = { is: 'unknown' };
  let busy = false;
  let complete = !isFirstSync(db);
  let lastUpdateAt = lastCompleteAt(db);
  let progress: SyncStatus['progress'] = null;

  const status = (): SyncStatus => {
    const problem = connection.is === 'trouble' ? connection.problem : null;
    const state = stateOf(connection, complete, busy);
    return { state, lastUpdateAt, progress, ...outboxCounts(db), quarantined: countQuarantined(db).total, problem };
  };
  const connect = (next: Connection) => {
    const wasOnline = maySend(connection);
    connection = next;
    events.onStatus(status());
    if (!wasOnline && maySend(next)) events.onOnline();
  };
  return {
    connection: () => connection,
    isComplete: () => complete,
    onReachable() {
      if (connection.is !== 'online') connect({ is: 'online' });
    },
    failed: (failure) => connect(afterFailure(connection, failure)),
    onBug: () => connect({ is: 'trouble', failures: 3, problem: 'Something went wrong inside Portal Desk while it updated.' }),
    resetConnection() {
      if (connection.is !== 'signed-out') connect({ is: 'unknown' });
    },
    counting(next) {
      progress = next;
    },
    onTaken(changed) {
      busy = true;
      if (progress) progress = { here: progress.here + changed, about: Math.max(progress.about, progress.here + changed) };
      events.onStatus(status());
    },
    roundDone(at) {
      complete = true;
      progress = null;
      lastUpdateAt = at;
    },
    roundOver() {
      busy = false;
      events.onStatus(status());
    },
    status,
  };
}

/** What the status bar may say: never ahead of what the server has answered (SAFETY I6). */
function stateOf(connection: Connection, complete: boolean, busy: boolean): SyncStatus['state'] {
  switch (connection.is) {
    case 'unknown':
      return 'starting';
    case 'offline':
    case 'busy':
      return 'offline';
    case 'signed-out':
      return 'signed-out';
    case 'trouble':
      return 'trouble';
    case 'online':
      if (!complete) return 'first-sync';
      return busy ? 'syncing' : 'up-to-date';
  }
}
