import type { WriteContext } from '../../fhir/acts/request-entry.ts';
import { markInterrupted } from '../../store/outbox/outbox-send.ts';
import type { After } from '../engine/after.ts';
import { maySend } from '../engine/connection.ts';
import type { FhirGateway } from '../engine/fhir-gateway.ts';
import { createInterruptibleWait, type InterruptibleWait } from '../engine/interruptible-wait.ts';
import type { SyncState } from '../engine/sync-state.ts';
import { nextDueMs, type PushContext, pushRound } from './push.ts';
import { findAtomic } from './transactions.ts';

export interface PushLoop {
  run(): Promise<void>;
  readonly idle: InterruptibleWait;
}

export interface PushLoopContext extends Omit<PushContext, 'context' | 'atomic' | 'maySend' | 'onFailure'> {
  readonly portal: FhirGateway;
  readonly state: SyncState;
  readonly after: After;
  readonly stopped: () => boolean;
  /** Undefined: not known yet. */
  readonly writeContext: () => Promise<WriteContext | undefined>;
  readonly guarded: (work: () => Promise<void>) => Promise<void>;
}

/** While something is due and can't go, whoever brings what is missing rings; this often it looks by itself. */
const recheckMs = 1_000;

/** Sends what falls due, for as long as the engine runs. */
export function createPushLoop(deps: PushLoopContext): PushLoop {
  const idle = createInterruptibleWait(deps.after);
  return {
    idle,
    async run() {
      while (!deps.stopped()) {
        let tripped = true;
        await deps.guarded(async () => {
          await pushOnce(deps);
          tripped = false;
        });
        if (deps.stopped()) return;
        const due = tripped ? 0 : nextDueMs(deps);
        await idle.wait(due === 0 ? (maySend(deps.state.connection()) ? recheckMs : null) : due);
      }
    },
  };
}

async function pushOnce(deps: PushLoopContext): Promise<void> {
  const { state, stopped } = deps;
  // Nothing is on its way between two rounds: what says so could not be filed, as when the disk was full, and is asked about.
  markInterrupted(deps.db);
  if (nextDueMs(deps) !== 0 || !maySend(state.connection())) return;
  const context = await deps.writeContext();
  if (!context) return;
  const atomic = (await findAtomic(deps.db, deps.portal)) ?? false;
  await pushRound({
    ...deps,
    context,
    atomic,
    maySend: () => !stopped() && maySend(state.connection()),
    onFailure: (failure) => {
      if (!stopped()) state.failed(failure);
    },
  });
}
