import { DemoPortal, type ToCore, type ToShell, Unsealed } from '../../shared/core-messages.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { Log } from './ports.ts';

/** Distributes over the union, so that each request keeps its own fields. */
type WithoutId<T> = T extends unknown ? Omit<T, 'id'> : never;
type Request = WithoutId<ToShell>;
type Answer = Pick<Extract<ToCore, { kind: 'answer' }>, 'ok' | 'value' | 'isTemporary'>;
/** Why the keychain did not do it. */
export type Refusal = 'temporarily-unavailable' | 'failed';

/** Calls from the core to the shell, each answered once. */
export interface ShellLink {
  readonly keychainBackend: () => Promise<string | null>;
  readonly seal: (secret: Buffer) => Promise<Result<Buffer, Refusal>>;
  /** `resealed`: to be kept instead of `sealed` from now on. */
  readonly unseal: (sealed: Buffer) => Promise<Result<{ readonly secret: Buffer; readonly resealed: Buffer | null }, Refusal>>;
  readonly openBrowser: (url: string) => Promise<boolean>;
  readonly startDemoPortal: (options: { readonly fresh: boolean }) => Promise<DemoPortal | undefined>;
  readonly stopDemoPortal: () => Promise<void>;
  /** In the shell's memory only, for a core that has to start again; empty forgets it. */
  readonly keepForRestart: (value: string) => void;
  /** Ends this core too. */
  readonly startAppAnew: () => void;
  readonly ready: () => void;
  readonly log: Log;
  /** To be called with each `answer` message. */
  readonly settle: (id: number, answer: Answer) => void;
}

const fromBase64 = (text: string): Buffer => Buffer.from(text, 'base64');

function keychainCalls(ask: (request: Request) => Promise<Answer>): Pick<ShellLink, 'keychainBackend' | 'seal' | 'unseal'> {
  async function askFor(kind: 'seal' | 'unseal', value: Buffer): Promise<Result<string, Refusal>> {
    const answer = await ask({ kind, value: value.toString('base64') });
    if (answer.ok && answer.value !== null) return ok(answer.value);
    return err(answer.isTemporary ? 'temporarily-unavailable' : 'failed');
  }
  return {
    keychainBackend: async () => (await ask({ kind: 'keychain-backend' })).value,
    seal: async (secret) => {
      const sealed = await askFor('seal', secret);
      return sealed.ok ? ok(fromBase64(sealed.value)) : sealed;
    },
    unseal: async (sealed) => {
      const opened = await askFor('unseal', sealed);
      if (!opened.ok) return opened;
      const { secret, resealed } = Unsealed.parse(JSON.parse(opened.value));
      return ok({ secret: fromBase64(secret), resealed: resealed === null ? null : fromBase64(resealed) });
    },
  };
}

export function createShellLink(post: (message: ToShell) => void): ShellLink {
  const waiting = new Map<number, (answer: Answer) => void>();
  let lastId = 0;

  function tell(request: Request): number {
    lastId += 1;
    post({ ...request, id: lastId });
    return lastId;
  }
  function ask(request: Request): Promise<Answer> {
    return new Promise((resolve) => {
      waiting.set(tell(request), resolve);
    });
  }
  return {
    ...keychainCalls(ask),
    openBrowser: async (url) => (await ask({ kind: 'open-browser', url })).ok,
    startDemoPortal: async ({ fresh }) => {
      const answer = await ask({ kind: 'start-demo-portal', fresh });
      return answer.ok && answer.value !== null ? DemoPortal.parse(JSON.parse(answer.value)) : undefined;
    },
    stopDemoPortal: async () => {
      await ask({ kind: 'stop-demo-portal' });
    },
    keepForRestart: (value) => {
      tell({ kind: 'keep-for-restart', value });
    },
    startAppAnew: () => {
      tell({ kind: 'start-app-anew' });
    },
    ready: () => {
      tell({ kind: 'ready' });
    },
    log: (level, code, fields = {}) => {
      tell({ kind: 'log', level, code, fields: { ...fields } });
    },
    settle: (id, answer) => {
      waiting.get(id)?.(answer);
      waiting.delete(id);
    },
  };
}
