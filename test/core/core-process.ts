import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import { z } from 'zod';
import type { CoreChannel } from '../../shared/channels.ts';
import type { Input, Reply } from '../../shared/contract.ts';
import { type DemoPortal, type ToCore, ToShell, type Unsealed } from '../../shared/core-messages.ts';

const FromCore = z.discriminatedUnion('from', [
  z.object({ from: z.literal('core'), data: ToShell }),
  z.object({
    from: z.literal('window'),
    data: z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('reply'), id: z.number(), reply: z.string() }),
      z.object({ kind: z.literal('changed'), topics: z.array(z.string()) }),
    ]),
  }),
]);

export interface TestShell {
  readonly dataFolder: string;
  /** Null: no keychain that may be trusted. */
  readonly keychain: string | null;
  /** What becomes of what it sealed: `opens` unless told. */
  readonly unsealing?: () => 'opens' | 'is-locked' | 'is-refused' | 'is-resealed';
  readonly startDemoPortal: (fresh: boolean) => Promise<DemoPortal>;
  readonly openBrowser?: (url: string) => void;
  /** Hears what the window hears of changes. */
  readonly onChanged?: (topics: readonly string[]) => void;
  readonly demo?: 'reception' | 'gp' | 'manager';
  readonly resume?: string | null;
  /** `stands`: the core's clock, so that what is held stays held. It runs unless told. */
  readonly clock?: 'runs' | 'stands';
}

export interface CoreProcess {
  readonly call: <C extends CoreChannel>(channel: C, input: Input<C>) => Promise<Reply<C>>;
  /** Text as a window would send it, past all typing. */
  readonly callRaw: (channel: string, input: string) => Promise<unknown>;
  readonly topics: ReadonlySet<string>;
  readonly logs: readonly Extract<ToShell, { kind: 'log' }>[];
  readonly kept: () => string;
  /** How often it asked for the whole app to be started anew. */
  readonly startsAskedFor: () => number;
  readonly ready: Promise<void>;
  readonly stop: () => Promise<void>;
  readonly kill: () => Promise<void>;
}

/** Starts the real core in a process of its own, with this test as its shell and its window. */
export function launchCore(shell: TestShell): CoreProcess {
  const child = fork(join(import.meta.dirname, 'core-child.ts'), [shell.clock ?? 'runs'], {
    execArgv: [],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const replies = new Map<number, (reply: string) => void>();
  const topics = new Set<string>();
  const logs: Extract<ToShell, { kind: 'log' }>[] = [];
  const ready = Promise.withResolvers<void>();
  let lastId = 0;
  let kept = '';
  let startsAskedFor = 0;

  child.on('message', (raw) => {
    const message = FromCore.parse(raw);
    if (message.from === 'window') {
      if (message.data.kind === 'changed') {
        for (const topic of message.data.topics) topics.add(topic);
        shell.onChanged?.(message.data.topics);
      } else replies.get(message.data.id)?.(message.data.reply);
      return;
    }
    const request = message.data;
    if (request.kind === 'log') logs.push(request);
    if (request.kind === 'keep-for-restart') kept = request.value;
    if (request.kind === 'start-app-anew') startsAskedFor += 1;
    if (request.kind === 'ready') ready.resolve();
    void answer(request, shell).then((value) => tell(child, { kind: 'answer', id: request.id, isTemporary: false, ...value }));
  });
  tell(child, {
    kind: 'start',
    dataFolder: shell.dataFolder,
    sqliteBinding: null,
    appVersion: '0.0.0-test',
    demo: shell.demo ?? null,
    resume: shell.resume ?? null,
  });
  tell(child, { kind: 'window' });

  function callRaw(channel: string, input: string): Promise<unknown> {
    lastId += 1;
    const id = lastId;
    return new Promise((resolve) => {
      replies.set(id, (reply) => resolve(JSON.parse(reply)));
      child.send({ to: 'window', data: { id, channel, input } });
    });
  }
  const exited = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
  });

  return {
    call: async <C extends CoreChannel>(channel: C, input: Input<C>) => (await callRaw(channel, JSON.stringify(input))) as Reply<C>,
    callRaw,
    topics,
    logs,
    kept: () => kept,
    startsAskedFor: () => startsAskedFor,
    ready: ready.promise,
    stop: () => {
      tell(child, { kind: 'stop' });
      return exited;
    },
    kill: () => {
      child.kill('SIGKILL');
      return exited;
    },
  };
}

function tell(child: ChildProcess, data: ToCore): void {
  if (child.connected) child.send({ to: 'core', data });
}

type Answer = { readonly ok: boolean; readonly value: string | null; readonly isTemporary?: boolean };
const done: Answer = { ok: true, value: null };

const reversed = (text: string) => Buffer.from(text, 'base64').reverse().toString('base64');

/** As the shell answers; the keychain of the test seals by reversing, which is all that the core may rely on. */
async function answer(request: ToShell, shell: TestShell): Promise<Answer> {
  switch (request.kind) {
    case 'keychain-backend':
      return { ok: true, value: shell.keychain };
    case 'seal':
      return shell.keychain === null ? { ok: false, value: null } : { ok: true, value: reversed(request.value) };
    case 'unseal':
      return unsealed(request.value, shell);
    case 'open-browser':
      shell.openBrowser?.(request.url);
      return done;
    case 'start-demo-portal':
      return { ok: true, value: JSON.stringify(await shell.startDemoPortal(request.fresh)) };
    default:
      return done;
  }
}

/** Sealed anew it is one byte longer, so that a test sees which of the two is kept; both are opened. */
function unsealed(sealed: string, { unsealing = () => 'opens' }: TestShell): Answer {
  const bytes = Buffer.from(sealed, 'base64').subarray(0, 32);
  const how = unsealing();
  if (how === 'is-locked' || how === 'is-refused') return { ok: false, value: null, isTemporary: how === 'is-locked' };
  const resealed = how === 'is-resealed' ? Buffer.concat([bytes, Buffer.of(1)]).toString('base64') : null;
  return { ok: true, value: JSON.stringify({ secret: reversed(bytes.toString('base64')), resealed } satisfies Unsealed) };
}
