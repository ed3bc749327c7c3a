import type { DemoRole } from '../../../shared/domain/session.ts';
import { err, ok } from '../../../shared/result.ts';
import type { Done, SessionControl } from '../../features/session/session-control.ts';
import { startDemo } from './demo-practice.ts';
import { openKnownPractice } from './practice-start.ts';
import type { RunningDemo } from './session-state.ts';
import type { SessionState } from './session-state-machine.ts';

type DemoSteps = Pick<SessionControl, 'startDemo' | 'leaveDemo' | 'switchStaff' | 'setNetwork'>;

function demoOf(state: SessionState): RunningDemo | null {
  const phase = state.phase();
  return phase.is === 'open' ? phase.demo : null;
}

/** Into the demonstration, about in it, and out again. */
export function demoSteps(state: SessionState): DemoSteps {
  return {
    startDemo: (role) => state.runExclusive(() => beginDemo(state, role)),
    leaveDemo: () =>
      state.runExclusive(async (core) => {
        const demo = demoOf(state);
        if (!demo) return err({ kind: 'no-session' });
        await state.close();
        await demo.end();
        state.enter(await openKnownPractice(core));
        return ok({});
      }),
    switchStaff: (staffId) =>
      state.runExclusive(async () => {
        const next = await demoOf(state)?.switchStaff(staffId);
        if (!next) return err(demoOf(state) ? { kind: 'not-found' } : { kind: 'no-session' });
        state.enter(next);
        return ok({});
      }),
    setNetwork: (network) =>
      state.runExclusive(async ({ announce }) => {
        const demo = demoOf(state);
        if (!demo) return err({ kind: 'no-session' });
        demo.setNetwork(network);
        announce(['session', 'sync']);
        return ok({});
      }),
  };
}

async function beginDemo(state: SessionState, role: DemoRole): Promise<Done> {
  const core = state.context();
  await state.close();
  state.enter({ is: 'starting' });
  const started = await startDemo(core, role);
  state.enter(started.ok ? started.value : await openKnownPractice(core));
  return started.ok ? ok({}) : err({ kind: 'sign-in-failed', problem: started.error, detail: null });
}
