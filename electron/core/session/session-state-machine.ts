import type { CoreContext } from '../core-context.ts';
import type { Phase } from './session-state.ts';

export type Shared = Pick<CoreContext, 'ports' | 'link' | 'announce'>;

/** Where the core stands, and the one way to move it. */
export interface SessionState {
  readonly phase: () => Phase;
  readonly enter: (next: Phase) => void;
  /** One step of the session at a time: a double click never opens two stores. */
  readonly runExclusive: <T>(work: (core: CoreContext) => Promise<T>) => Promise<T>;
  /** Known from the shell's `start` on; throws before. */
  readonly context: () => CoreContext;
  readonly setContext: (context: CoreContext) => void;
  /** Closes the open store, if there is one; nobody works then. */
  readonly close: () => Promise<void>;
}

export function createSessionState({ link, announce }: Shared): SessionState {
  let phase: Phase = { is: 'starting' };
  let known: CoreContext | undefined;
  let running: Promise<unknown> = Promise.resolve();

  function context(): CoreContext {
    if (!known) throw new Error('The shell has not said start');
    return known;
  }

  return {
    phase: () => phase,
    enter: (next) => {
      phase = next;
      announce(['session', 'inbox', 'item', 'outbox', 'sync']);
    },
    runExclusive: (work) => {
      const turn = running.then(() => work(context()));
      running = turn.catch(() => undefined);
      return turn;
    },
    context,
    setContext: (next) => {
      known = next;
    },
    close: async () => {
      if (phase.is !== 'open') return;
      const { session } = phase;
      phase = { is: 'starting' };
      await session.close();
      link.keepForRestart('');
    },
  };
}
