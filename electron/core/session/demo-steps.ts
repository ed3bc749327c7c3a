import type { DemoRole } from '../../../shared/domain/session.ts';
import { err, ok } from '../../../shared/result.ts';
import type { Done, SessionControl } from '../../features/session/session-control.ts';
import { startDemo } from './demo-practice.ts';
import { openKnownPractice } from './practice-start.ts';
import type { RunningDemo } from './session-state.ts';
import type { Stage } from './stage.ts';

type DemoSteps = Pick<SessionControl, 'startDemo' | 'leaveDemo' | 'switchStaff' | 'setNetwork'>;

function demoOf(stage: Stage): RunningDemo | null {
  const phase = stage.phase();
  return phase.is === 'open' ? phase.demo : null;
}

/** Into the demonstration, about in it, and out again. */
export function demoSteps(stage: Stage): DemoSteps {
  return {
    startDemo: (role) => stage.inTurn(() => beginDemo(stage, role)),
    leaveDemo: () =>
      stage.inTurn(async (core) => {
        const demo = demoOf(stage);
        if (!demo) return err({ kind: 'no-session' });
        await stage.close();
        await demo.end();
        stage.enter(await openKnownPractice(core));
        return ok({});
      }),
    switchStaff: (staffId) =>
      stage.inTurn(async () => {
        const next = await demoOf(stage)?.switchStaff(staffId);
        if (!next) return err(demoOf(stage) ? { kind: 'not-found' } : { kind: 'no-session' });
        stage.enter(next);
        return ok({});
      }),
    setNetwork: (network) =>
      stage.inTurn(async ({ announce }) => {
        const demo = demoOf(stage);
        if (!demo) return err({ kind: 'no-session' });
        demo.setNetwork(network);
        announce(['session', 'sync']);
        return ok({});
      }),
  };
}

async function beginDemo(stage: Stage, role: DemoRole): Promise<Done> {
  const core = stage.context();
  await stage.close();
  stage.enter({ is: 'starting' });
  const started = await startDemo(core, role);
  stage.enter(started.ok ? started.value : await openKnownPractice(core));
  return started.ok ? ok({}) : err({ kind: 'sign-in-failed', problem: started.error, detail: null });
}
