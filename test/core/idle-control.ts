import type { Done, SessionControl } from '../../electron/features/session/session-control.ts';
import { ok } from '../../shared/result.ts';

const done = (): Promise<Done> => Promise.resolve(ok({}));

/** A session that says yes to everything and does nothing. */
export function idleControl(): SessionControl {
  return {
    status: () => ({ state: 'first-run' }),
    syncStatus: () => ({
      state: 'starting',
      lastUpdateAt: null,
      progress: null,
      waiting: 0,
      needsAttention: 0,
      quarantined: 0,
      problem: null,
    }),
    signIn: done,
    cancelSignIn: done,
    signOut: done,
    startDemo: done,
    leaveDemo: done,
    choosePassphrase: done,
    unlock: done,
    reopenStore: done,
    startAgain: done,
    switchStaff: done,
    setNetwork: done,
  };
}
