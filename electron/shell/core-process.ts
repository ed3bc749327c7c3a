import { join } from 'node:path';
import { type MessagePortMain, type UtilityProcess, utilityProcess } from 'electron';
import { type ToCore, ToShell } from '../../shared/core-messages.ts';
import { isTemporary } from './keychain.ts';
import type { Log } from './log.ts';

export type CoreStart = Omit<Extract<ToCore, { kind: 'start' }>, 'kind' | 'resume'>;

export interface CoreProcess {
  /** Gives a window's port to the running core. */
  readonly connect: (port: MessagePortMain) => void;
  readonly wake: () => void;
  readonly setFocused: (focused: boolean) => void;
  /** Resolves when the core has closed its store and ended; after 5 s it is ended. */
  readonly stop: () => Promise<void>;
}

interface CoreProcessContext {
  readonly outFolder: string;
  readonly start: CoreStart;
  readonly log: Log;
  /** Answers what the core asks for; what is thrown becomes an answer that says no. */
  readonly answer: (request: ToShell) => Promise<string | null>;
  /** The core was started again after a fault: windows need new ports. */
  readonly onRestart: () => void;
  /** It keeps failing: the user has to be told. */
  readonly onGiveUp: () => void;
}

const restartsAllowedPerMinute = 5;
const stopLimitMs = 5000;

/** Runs the core and starts it again when it dies: a fault in it never takes a window down (ARCHITECTURE, Three processes). */
export function startCoreProcess(surroundings: CoreProcessContext): CoreProcess {
  const { outFolder, log } = surroundings;
  let stopping = false;
  let kept = '';
  let restarts: number[] = [];
  let gaveUp = false;
  let child = launch();

  function launch(): UtilityProcess {
    const core = utilityProcess.fork(join(outFolder, 'core.js'), [], { serviceName: 'Portal Desk core', stdio: 'inherit' });
    core.on('message', (message) => void take(core, message));
    core.once('exit', onExit);
    send(core, { kind: 'start', ...surroundings.start, resume: kept === '' ? null : kept });
    return core;
  }

  async function take(core: UtilityProcess, message: unknown): Promise<void> {
    const request = ToShell.safeParse(message);
    if (!request.success) log('error', 'core-message-not-understood');
    else {
      if (request.data.kind === 'keep-for-restart') kept = request.data.value;
      send(core, await answerTo(request.data, surroundings));
    }
  }

  function onExit(code: number): void {
    if (stopping) return;
    log('error', 'core-exited', { exitCode: code });
    const now = Date.now();
    restarts = [...restarts.filter((at) => now - at < 60_000), now];
    if (restarts.length > restartsAllowedPerMinute) {
      gaveUp = true;
      surroundings.onGiveUp();
      return;
    }
    child = launch();
    surroundings.onRestart();
  }

  return {
    connect: (port) => child.postMessage({ kind: 'window' } satisfies ToCore, [port]),
    wake: () => send(child, { kind: 'wake' }),
    setFocused: (focused) => send(child, { kind: 'focus', focused }),
    stop: () => {
      stopping = true;
      kept = '';
      // A core that is gone never answers, and the app would wait for it for ever.
      return gaveUp ? Promise.resolve() : end(child);
    },
  };
}

function send(core: UtilityProcess, message: ToCore): void {
  core.postMessage(message);
}

async function answerTo(request: ToShell, { answer, log }: CoreProcessContext): Promise<ToCore> {
  try {
    return { kind: 'answer', id: request.id, ok: true, value: await answer(request), isTemporary: false };
  } catch (reason) {
    log('warn', 'core-request-failed', { request: request.kind, reason: reason instanceof Error ? reason.name : 'unknown' });
    return { kind: 'answer', id: request.id, ok: false, value: null, isTemporary: isTemporary(reason) };
  }
}

function end(core: UtilityProcess): Promise<void> {
  return new Promise((resolve) => {
    const limit = setTimeout(() => core.kill(), stopLimitMs);
    core.once('exit', () => {
      clearTimeout(limit);
      resolve();
    });
    send(core, { kind: 'stop' });
  });
}
