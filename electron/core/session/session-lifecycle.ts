import type { ToCore } from '../../../shared/core-messages.ts';
import type { SyncStatus } from '../../../shared/domain/sync-status.ts';
import type { SessionControl } from '../../features/session/session-control.ts';
import type { UseCaseContext } from '../../features/use-case-context.ts';
import type { CoreContext } from '../core-context.ts';
import { KeptDemo, resumeDemo, startDemo } from './demo-practice.ts';
import { demoSteps } from './demo-steps.ts';
import { KeptPractice, openKnownPractice, resumePractice } from './practice-start.ts';
import { type Phase, statusOf } from './session-state.ts';
import { createSessionState, type Shared } from './session-state-machine.ts';
import { signInSteps, unlockSteps } from './sign-in-steps.ts';

type Start = Extract<ToCore, { kind: 'start' }>;

export interface Lifecycle {
  readonly control: SessionControl;
  /** The open store with its user; undefined while nobody works. */
  readonly desk: () => UseCaseContext | undefined;
  readonly start: (message: Start) => Promise<void>;
  readonly wake: () => void;
  readonly setFocused: (focused: boolean) => void;
  readonly stop: () => Promise<void>;
}

const notSyncing: SyncStatus = {
  state: 'starting',
  lastUpdateAt: null,
  progress: null,
  waiting: 0,
  needsAttention: 0,
  quarantined: 0,
  problem: null,
};

/** From start to work and back: which store is open, for whom, and what may be asked of it now. */
export function createSessionLifecycle(shared: Shared): Lifecycle {
  const state = createSessionState(shared);
  const openSession = () => {
    const phase = state.phase();
    return phase.is === 'open' ? phase.session : undefined;
  };
  return {
    control: {
      status: () => statusOf(state.phase()),
      syncStatus: () => openSession()?.desk.sync.status() ?? notSyncing,
      ...signInSteps(state),
      ...unlockSteps(state),
      ...demoSteps(state),
    },
    desk: () => openSession()?.desk,
    start: (message) => {
      const { dataFolder, sqliteBinding, appVersion } = message;
      state.setContext({ ...shared, dataFolder, sqliteBinding, appVersion });
      return state.runExclusive(async (core) => state.enter(await firstPhase(core, message)));
    },
    wake: () => openSession()?.wake(),
    setFocused: (focused) => openSession()?.setFocused(focused),
    stop: () => state.runExclusive(() => state.close()),
  };
}

/** After a fault, what was open goes on; else the demonstration that was asked for; else the practice last worked in. */
async function firstPhase(core: CoreContext, { resume, demo }: Start): Promise<Phase> {
  const resumed = resume === null ? undefined : await resumeKept(core, resume);
  if (resumed) return resumed;
  const started = demo === null ? undefined : await startDemo(core, demo);
  return started?.ok ? started.value : await openKnownPractice(core);
}

async function resumeKept(core: CoreContext, text: string): Promise<Phase | undefined> {
  const json: unknown = JSON.parse(text);
  const demo = KeptDemo.safeParse(json);
  if (demo.success) return await resumeDemo(core, demo.data);
  const practice = KeptPractice.safeParse(json);
  return practice.success ? resumePractice(core, practice.data) : undefined;
}
