import type { WriteContext } from '../../fhir/acts/request-entry.ts';
import { markInterrupted } from '../../store/outbox/outbox-send.ts';
import type { After } from '../engine/after.ts';
import { maySend } from '../engine/connection.ts';
import type { Portal } from '../engine/fhir-gateway.ts';
import { type Alarm, createAlarm } from '../engine/interruptible-wait.ts';
import type { Standing } from '../engine/sync-state.ts';
import { nextDueMs, type PushDeps, pushRound } from './push.ts';
import { findAtomic } from './transactions.ts';

export interface PushLoop {
  run(): Promise<void>;
  readonly alarm: Alarm;
}

export interface PushLoopDeps extends Omit<PushDeps, 'context' | 'atomic' | 'maySend' | 'onFailure'> {
  readonly portal: Portal;
  readonly standing: Standing;
  readonly after: After;
  readonly stopped: () => boolean;
  /** Undefined: not known yet. */
  readonly writeContext: () => Promise<WriteContext | undefined>;
  readonly guarded: (work: () => Promise<void>) => Promise<void>;
}

/** While something is due and can't go, whoever brings what is missing rings; this often it looks by itself. */
const lookAgainMs = 1_000;

/** Sends what falls due, for as long as the engine runs. */
export function createPushLoop(deps: PushLoopDeps): PushLoop {
  const alarm = createAlarm(deps.after);
  return {
    alarm,
    async run() {
      while (!deps.stopped()) {
        let tripped = true;
        await deps.guarded(async () => {
          await pushOnce(deps);
          tripped = false;
        });
        if (deps.stopped()) return;
        const due = tripped ? 0 : nextDueMs(deps);
        await alarm.wait(due === 0 ? (maySend(deps.standing.connection()) ? lookAgainMs : null) : due);
      }
    },
  };
}

async function pushOnce(deps: PushLoopDeps): Promise<void> {
  const { standing, stopped } = deps;
  // Nothing is on its way between two rounds: what says so could not be filed, as when the disk was full, and is asked about.
  markInterrupted(deps.db);
  if (nextDueMs(deps) !== 0 || !maySend(standing.connection())) return;
  const context = await deps.writeContext();
  if (!context) return;
  const atomic = (await findAtomic(deps.db, deps.portal)) ?? false;
  await pushRound({
    ...deps,
    context,
    atomic,
    maySend: () => !stopped() && maySend(standing.connection()),
    onFailure: (failure) => {
      if (!stopped()) standing.failed(failure);
    },
  });
}
