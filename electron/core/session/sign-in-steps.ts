import { err, ok } from '../../../shared/result.ts';
import type { Done, SessionControl } from '../../features/session/session-control.ts';
import { openSignedIn, signInAt } from './practice-sign-in.ts';
import { markSignedOut, openKnownPractice } from './practice-start.ts';
import { minimumPassphrase, type Phase, type Step } from './session-state.ts';
import type { SessionState } from './session-state-machine.ts';

type SignInSteps = Pick<SessionControl, 'signIn' | 'cancelSignIn' | 'signOut'>;
type UnlockSteps = Pick<SessionControl, 'choosePassphrase' | 'unlock' | 'reopenStore' | 'startAgain'>;

const cancelled: Done = err({ kind: 'sign-in-failed', problem: 'cancelled', detail: null });

/** Whoever is at work at this practice works on while the browser asks them to sign in again. */
function renewalOf(phase: Phase): { readonly server: string; readonly expectedSubject: string } | undefined {
  if (phase.is !== 'open' || phase.demo) return undefined;
  return { server: phase.session.server, expectedSubject: phase.session.desk.subject };
}

/** Sign-in and sign-out. The reply to `signIn` comes when the browser's part has ended: only then is it known how. */
export function signInSteps(state: SessionState): SignInSteps {
  let attempt: AbortController | undefined;
  let back: Phase = { is: 'first-run' };

  async function signIn(server: string): Promise<Done> {
    attempt?.abort();
    const mine = new AbortController();
    attempt = mine;
    const before = state.phase();
    const renewal = renewalOf(before);
    if (before.is !== 'signing-in') back = before;
    if (!renewal) {
      await state.runExclusive(() => leaveDemoIfAny(state));
      state.enter({ is: 'signing-in', server });
    }
    const signed = await signInAt(state.context(), { server, ...renewal, cancelled: mine.signal });
    return state.runExclusive(async (core): Promise<Done> => {
      // Another sign-in, or a demonstration, has been started meanwhile; or whoever was to be renewed has signed out.
      const isWanted = renewal ? renewalOf(state.phase())?.expectedSubject === renewal.expectedSubject : state.phase().is === 'signing-in';
      if (attempt !== mine || !isWanted) return cancelled;
      attempt = undefined;
      if (!signed.ok) {
        if (!renewal) state.enter(back.is === 'open' ? await openKnownPractice(core) : back);
        return signed;
      }
      await state.close();
      state.enter(await openSignedIn(core, signed.value));
      return ok({});
    });
  }

  return {
    signIn,
    cancelSignIn: () => {
      attempt?.abort();
      return Promise.resolve(ok({}));
    },
    signOut: () => state.runExclusive(() => signOut(state)),
  };
}

async function leaveDemoIfAny(state: SessionState): Promise<void> {
  const leaving = state.phase();
  await state.close();
  if (leaving.is === 'open') await leaving.demo?.end();
}

async function signOut(state: SessionState): Promise<Done> {
  const leaving = state.phase();
  // Somebody else wants to sign in; the store of whoever was here stays closed, and is asked for again at the next start.
  if (leaving.is === 'locked') state.enter({ is: 'first-run' });
  if (leaving.is !== 'open') return leaving.is === 'locked' ? ok({}) : err({ kind: 'no-session' });
  // First of all: a core that dies on the way out must not come back with the store open.
  state.context().link.keepForRestart('');
  if (leaving.practice) markSignedOut(leaving.practice.paths);
  if (!leaving.demo) await leaving.session.signOut();
  await leaveDemoIfAny(state);
  state.enter(leaving.demo ? await openKnownPractice(state.context()) : { is: 'first-run' });
  return ok({});
}

/** From a passphrase, or past a store that can't be opened. */
export function unlockSteps(state: SessionState): UnlockSteps {
  function follow(step: Step): Done {
    if ('stay' in step) return step.stay;
    state.enter(step.to);
    return ok({});
  }

  return {
    choosePassphrase: (passphrase) =>
      state.runExclusive(async () => {
        const phase = state.phase();
        if (phase.is !== 'choose-passphrase') return err({ kind: 'no-session' });
        if ([...passphrase.normalize('NFKC')].length < minimumPassphrase)
          return err({ kind: 'weak-passphrase', minimumLength: minimumPassphrase });
        return follow(await phase.choose(passphrase));
      }),
    unlock: (passphrase) =>
      state.runExclusive(async () => {
        const phase = state.phase();
        return phase.is === 'locked' ? follow(await phase.unlock(passphrase)) : err({ kind: 'no-session' });
      }),
    reopenStore: () =>
      state.runExclusive(async ({ link }) => {
        const phase = state.phase();
        if (phase.is !== 'storage-problem') return err({ kind: 'no-session' });
        const next = await phase.reopenStore();
        state.enter(next);
        // Chromium asks the keychain once in the life of a process and stays with that answer.
        if (next.is === 'storage-problem' && next.problem === 'keychain-unavailable') link.startAppAnew();
        return ok({});
      }),
    startAgain: () =>
      state.runExclusive(async () => {
        const phase = state.phase();
        if (phase.is !== 'storage-problem' && phase.is !== 'locked') return err({ kind: 'no-session' });
        state.enter(await phase.startAgain());
        return ok({});
      }),
  };
}
