import type { SyncStatus } from '../../shared/domain/sync-status.ts';
import type { Connection } from './connection.ts';

export interface Standing {
  readonly connection: Connection;
  /** A complete walk over everything has ended at some time. */
  readonly complete: boolean;
  /** The round under way has found news. */
  readonly busy: boolean;
  readonly lastUpdateAt: string | null;
  readonly progress: SyncStatus['progress'];
}

/** What the status bar may say: never ahead of what the server has answered (SAFETY I6). */
export function stateOf({ connection, complete, busy }: Standing): SyncStatus['state'] {
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
