import { DemoPortal, type ToShell } from '../../shared/core-messages.ts';
import type { Log } from './ports.ts';

/** Distributes over the union, so that each request keeps its own fields. */
type WithoutId<T> = T extends unknown ? Omit<T, 'id'> : never;
type Request = WithoutId<ToShell>;
type Answer = { readonly ok: boolean; readonly value: string | null };

/** Calls from the core to the shell, each answered once. */
export interface ShellLink {
  readonly keychainBackend: () => Promise<string | null>;
  /** Undefined: the keychain refused. */
  readonly seal: (value: Buffer) => Promise<Buffer | undefined>;
  readonly unseal: (value: Buffer) => Promise<Buffer | undefined>;
  readonly openBrowser: (url: string) => Promise<boolean>;
  readonly startDemoPortal: (options: { readonly fresh: boolean }) => Promise<DemoPortal | undefined>;
  readonly stopDemoPortal: () => Promise<void>;
  /** In the shell's memory only, for a core that has to start again; empty forgets it. */
  readonly keepForRestart: (value: string) => void;
  readonly ready: () => void;
  readonly log: Log;
  /** To be called with each `answer` message. */
  readonly settle: (id: number, answer: Answer) => void;
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
  async function askForBytes(kind: 'seal' | 'unseal', value: Buffer): Promise<Buffer | undefined> {
    const answer = await ask({ kind, value: value.toString('base64') });
    return answer.ok && answer.value !== null ? Buffer.from(answer.value, 'base64') : undefined;
  }

  return {
    keychainBackend: async () => (await ask({ kind: 'keychain-backend' })).value,
    seal: (value) => askForBytes('seal', value),
    unseal: (value) => askForBytes('unseal', value),
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
