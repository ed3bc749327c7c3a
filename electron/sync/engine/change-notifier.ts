import type { Topic } from '../../../shared/channels.ts';
import type { SyncStatus } from '../../../shared/domain/sync-status.ts';
import type { After } from './after.ts';

/** Pages come faster than anybody can read: screens hear of them at most this often. */
const everyMs = 150;
/** "Updated a minute ago" may be a minute late; an idle poll is no news (PERFORMANCE, P15). */
const staleMs = 60_000;

export interface ChangeNotifier {
  say(...topics: readonly Topic[]): void;
  /** Says `sync` when the status tells people something new. */
  sayStatus(status: SyncStatus): void;
  stop(): void;
}

export function createChangeNotifier(announce: (topics: readonly Topic[]) => void, after: After): ChangeNotifier {
  const waiting = new Set<Topic>();
  let callOff: (() => void) | undefined;
  let said: SyncStatus | undefined;
  const flush = () => {
    callOff = undefined;
    const topics = [...waiting];
    waiting.clear();
    announce(topics);
  };
  const say = (...topics: readonly Topic[]) => {
    for (const topic of topics) waiting.add(topic);
    callOff ??= after(everyMs, flush);
  };
  return {
    say,
    sayStatus(status) {
      if (said && isSame(said, status)) return;
      said = status;
      say('sync');
    },
    stop() {
      callOff?.();
      callOff = undefined;
    },
  };
}

function isSame(left: SyncStatus, right: SyncStatus): boolean {
  const age = (status: SyncStatus) => (status.lastUpdateAt === null ? 0 : Date.parse(status.lastUpdateAt));
  if (Math.abs(age(left) - age(right)) >= staleMs) return false;
  return JSON.stringify({ ...left, lastUpdateAt: null }) === JSON.stringify({ ...right, lastUpdateAt: null });
}
