import { setImmediate as yieldToActs } from 'node:timers/promises';
import type { Result } from '../../../shared/result.ts';
import type { RequestFailure } from '../../fhir/client/answer.ts';
import type { WriteDb } from '../../store/db.ts';
import { mergeWords } from '../../store/lists/word-index.ts';
import { findCursor, saveCursor } from '../../store/mirror/cursors.ts';
import { trimLog } from '../../store/open/write-ahead-log.ts';
import type { After } from '../engine/after.ts';
import { withJitter } from '../engine/backoff.ts';
import { nextLookMs } from '../engine/connection.ts';
import { createInterruptibleWait, type InterruptibleWait } from '../engine/interruptible-wait.ts';
import type { SyncState } from '../engine/sync-state.ts';
import { initialLoad } from './initial-load.ts';
import { dueOverlap, type Overlap } from './overlap.ts';
import { countHere, countOnServer, type LearntOfServer, pullRound, type RoundContext } from './pull.ts';
import { reconcile } from './reconcile.ts';

export interface PullLoop {
  run(): Promise<void>;
  /** Looks now; resolves after that round. */
  now(): Promise<void>;
  readonly idle: InterruptibleWait;
  end(): void;
}

export interface PullLoopContext extends RoundContext {
  readonly state: SyncState;
  readonly after: After;
  readonly pollMs: () => number;
  /** The loop's boundary for bugs. */
  readonly guarded: (work: () => Promise<void>) => Promise<void>;
  /** After each complete round, while the server is there. */
  readonly afterRound: () => Promise<void>;
}

/** One pull after another, for as long as the engine runs. */
export function createPullLoop(deps: PullLoopContext): PullLoop {
  const { state, stopped } = deps;
  const idle = createInterruptibleWait(deps.after);
  const schedule = createOverlapSchedule(deps.db);
  const known: LearntOfServer = { refusedTypes: new Set(), noBatch: false };
  let waiters: (() => void)[] = [];
  return {
    idle,
    async run() {
      while (!stopped()) {
        const answered = waiters;
        waiters = [];
        await deps.guarded(() => pullOnce(deps, schedule, known));
        // Here, because a round comes without a server too: acts alone fill the log as well.
        if (!stopped()) trimLog(deps.db);
        for (const resolve of answered) resolve();
        if (stopped()) return;
        state.roundOver();
        const poll = withJitter(deps.pollMs(), deps.random);
        await idle.wait(waiters.length > 0 ? 0 : nextLookMs(state.connection(), poll, deps.random));
      }
    },
    now: () =>
      new Promise((resolve) => {
        if (stopped()) return resolve();
        waiters.push(resolve);
        idle.interrupt();
      }),
    end() {
      idle.interrupt();
      for (const resolve of waiters) resolve();
    },
  };
}

async function pullOnce(deps: PullLoopContext, schedule: ReturnType<typeof createOverlapSchedule>, known: LearntOfServer): Promise<void> {
  const { state, clock, stopped, db } = deps;
  if (!state.isComplete()) {
    const begun = await beginFirstSync(deps);
    if (!begun.ok) return state.failed(begun.error);
  }
  const overlap = schedule.due(clock.now());
  const wasComplete = state.isComplete();
  const pulled = await pullRound(deps, overlap, known);
  if (stopped()) return;
  if (!pulled.ok) return state.failed(pulled.error);
  // What a first sync has just listed need not be listed again at once.
  const compared = overlap === 'cold' && wasComplete ? await reconcile(deps, known.refusedTypes) : undefined;
  if (stopped()) return;
  if (compared && !compared.ok) return state.failed(compared.error);
  schedule.done(overlap, clock.now());
  state.roundDone(new Date(clock.now()).toISOString());
  if (pulled.value > 0 || overlap !== 'hot') while (!stopped() && mergeWords(db)) await yieldToActs();
  if (!stopped()) await deps.afterRound();
}

async function beginFirstSync(deps: PullLoopContext): Promise<Result<void, RequestFailure>> {
  const { state, db } = deps;
  const here = countHere(db);
  const about = await countOnServer(deps);
  state.counting({ here, about: Math.max(about ?? 0, here) });
  return initialLoad(deps);
}

/** Row of sync_cursor that keeps when the widest window was last walked; no resource type has this name. */
const coldRow = { type: '$cold', scope: 'walk' };
const nothing = { watermark: null, walkNext: null, walkHigh: null, serverDate: null };

/** Which window is due. The wide one is remembered across starts, the middle one runs at each. */
function createOverlapSchedule(db: WriteDb) {
  let lastWarmAt: number | null = null;
  return {
    due(now: number): Overlap {
      const completedAt = findCursor(db, coldRow.type, coldRow.scope)?.completedAt;
      return dueOverlap(now, lastWarmAt, completedAt == null ? null : Date.parse(completedAt));
    },
    done(overlap: Overlap, now: number): void {
      if (overlap === 'hot') return;
      lastWarmAt = now;
      if (overlap === 'cold') saveCursor(db, { ...coldRow, ...nothing, completedAt: new Date(now).toISOString() });
    },
  };
}
