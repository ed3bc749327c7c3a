import { err, ok } from '../../../shared/result.ts';
import type { Done, SessionControl } from '../../features/session/session-control.ts';
import { openSignedIn, signInAt } from './practice-sign-in.ts';
import { markSignedOut, openKnownPractice } from './practice-start.ts';
import { minimumPassphrase, type Phase, type Step } from './session-state.ts';
import type { Stage } from './stage.ts';

type SignInSteps = Pick<SessionControl, 'signIn' | 'cancelSignIn' | 'signOut'>;
type UnlockSteps = Pick<SessionControl, 'choosePassphrase' | 'unlock' | 'tryAgain' | 'startAgain'>;

const cancelled: Done = err({ kind: 'sign-in-failed', problem: 'cancelled', detail: null });

/** Whoever is at work at this practice works on while the browser asks them to sign in again. */
function renewalOf(phase: Phase): { readonly server: string; readonly expectedSubject: string } | undefined {
  if (phase.is !== 'open' || phase.demo) return undefined;
  return { server: phase.session.server, expectedSubject: phase.session.desk.subject };
}

/** Sign-in and sign-out. The reply to `signIn` comes when the browser's part has ended: only then is it known how. */
export function signInSteps(stage: Stage): SignInSteps {
  let attempt: AbortController | undefined;
  let back: Phase = { is: 'first-run' };

  async function signIn(server: string): Promise<Done> {
    attempt?.abort();
    const mine = new AbortController();
    attempt = mine;
    const before = stage.phase();
    const renewal = renewalOf(before);
    if (before.is !== 'signing-in') back = before;
    if (!renewal) {
      await stage.inTurn(() => leaveDemoIfAny(stage));
      stage.enter({ is: 'signing-in', server });
    }
    const signed = await signInAt(stage.context(), { server, ...renewal, cancelled: mine.signal });
    return stage.inTurn(async (core): Promise<Done> => {
      // Another sign-in, or a demonstration, has been started meanwhile; or whoever was to be renewed has signed out.
      const isWanted = renewal ? renewalOf(stage.phase())?.expectedSubject === renewal.expectedSubject : stage.phase().is === 'signing-in';
      if (attempt !== mine || !isWanted) return cancelled;
      attempt = undefined;
      if (!signed.ok) {
        if (!renewal) stage.enter(back.is === 'open' ? await openKnownPractice(core) : back);
        return signed;
      }
      await stage.close();
      stage.enter(await openSignedIn(core, signed.value));
      return ok({});
    });
  }

  return {
    signIn,
    cancelSignIn: () => {
      attempt?.abort();
      return Promise.resolve(ok({}));
    },
    signOut: () => stage.inTurn(() => signOut(stage)),
  };
}

async function leaveDemoIfAny(stage: Stage): Promise<void> {
  const leaving = stage.phase();
  await stage.close();
  if (leaving.is === 'open') await leaving.demo?.end();
}

async function signOut(stage: Stage): Promise<Done> {
  const leaving = stage.phase();
  // Somebody else wants to sign in; the store of whoever was here stays closed, and is asked for again at the next start.
  if (leaving.is === 'locked') stage.enter({ is: 'first-run' });
  if (leaving.is !== 'open') return leaving.is === 'locked' ? ok({}) : err({ kind: 'no-session' });
  // First of all: a core that dies on the way out must not come back with the store open.
  stage.context().link.keepForRestart('');
  if (leaving.practice) markSignedOut(leaving.practice.paths);
  if (!leaving.demo) await leaving.session.signOut();
  await leaveDemoIfAny(stage);
  stage.enter(leaving.demo ? await openKnownPractice(stage.context()) : { is: 'first-run' });
  return ok({});
}

/** From a passphrase, or past a store that can't be opened. */
export function unlockSteps(stage: Stage): UnlockSteps {
  function follow(step: Step): Done {
    if ('stay' in step) return step.stay;
    stage.enter(step.to);
    return ok({});
  }

  return {
    choosePassphrase: (passphrase) =>
      stage.inTurn(async () => {
        const phase = stage.phase();
        if (phase.is !== 'choose-passphrase') return err({ kind: 'no-session' });
        if ([...passphrase.normalize('NFKC')].length < minimumPassphrase)
          return err({ kind: 'weak-passphrase', minimumLength: minimumPassphrase });
        return follow(await phase.choose(passphrase));
      }),
    unlock: (passphrase) =>
      stage.inTurn(async () => {
        const phase = stage.phase();
        return phase.is === 'locked' ? follow(await phase.unlock(passphrase)) : err({ kind: 'no-session' });
      }),
    tryAgain: () =>
      stage.inTurn(async ({ link }) => {
        const phase = stage.phase();
        if (phase.is !== 'storage-problem') return err({ kind: 'no-session' });
        const next = await phase.tryAgain();
        stage.enter(next);
        // Chromium asks the keychain once in the life of a process and stays with that answer.
        if (next.is === 'storage-problem' && next.problem === 'keychain-unavailable') link.startAppAnew();
        return ok({});
      }),
    startAgain: () =>
      stage.inTurn(async () => {
        const phase = stage.phase();
        if (phase.is !== 'storage-problem' && phase.is !== 'locked') return err({ kind: 'no-session' });
        stage.enter(await phase.startAgain());
        return ok({});
      }),
  };
}
