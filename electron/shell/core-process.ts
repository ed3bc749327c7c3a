import { join } from 'node:path';
import { type MessagePortMain, type UtilityProcess, utilityProcess } from 'electron';
import { type ToCore, ToShell } from '../../shared/core-messages.ts';
import type { Log } from './log.ts';

export type CoreStart = Omit<Extract<ToCore, { kind: 'start' }>, 'kind' | 'resume'>;

export interface CoreProcess {
  /** Gives a window's port to the running core. */
  readonly connect: (port: MessagePortMain) => void;
  readonly wake: () => void;
  /** Resolves when the core has closed its store and ended; after 5 s it is ended. */
  readonly stop: () => Promise<void>;
}

interface Surroundings {
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

/** Runs the core and starts it again when it dies: a fault in it never takes a window down (ARCHITECTURE, Three processes). */
export function startCoreProcess(surroundings: Surroundings): CoreProcess {
  const { log } = surroundings;
  let stopping = false;
  let kept = '';
  let restarts: number[] = [];
  let child = launch();

  function launch(): UtilityProcess {
    const process = utilityProcess.fork(join(surroundings.outFolder, 'core.js'), [], { serviceName: 'Portal Desk core', stdio: 'inherit' });
    process.on('message', (message) => void serve(process, message));
    process.once('exit', (code) => onExit(code));
    send(process, { kind: 'start', ...surroundings.start, resume: kept === '' ? null : kept });
    return process;
  }

  async function serve(process: UtilityProcess, message: unknown): Promise<void> {
    const request = ToShell.safeParse(message);
    if (!request.success) {
      log('error', 'core-message-not-understood');
      return;
    }
    if (request.data.kind === 'keep-for-restart') kept = request.data.value;
    const { id } = request.data;
    const reply = await surroundings.answer(request.data).then(
      (value) => ({ ok: true, value }),
      (reason: unknown) => {
        log('warn', 'core-request-failed', { request: request.data.kind, reason: reason instanceof Error ? reason.name : 'unknown' });
        return { ok: false, value: null };
      },
    );
    send(process, { kind: 'answer', id, ...reply });
  }

  function onExit(code: number): void {
    if (stopping) return;
    log('error', 'core-exited', { code });
    const now = Date.now();
    restarts = [...restarts.filter((at) => now - at < 60_000), now];
    if (restarts.length > restartsAllowedPerMinute) {
      surroundings.onGiveUp();
      return;
    }
    child = launch();
    surroundings.onRestart();
  }

  return {
    connect: (port) => child.postMessage({ kind: 'window' } satisfies ToCore, [port]),
    wake: () => send(child, { kind: 'wake' }),
    stop: () => {
      stopping = true;
      kept = '';
      return new Promise((resolve) => {
        const limit = setTimeout(() => child.kill(), 5000);
        child.once('exit', () => {
          clearTimeout(limit);
          resolve();
        });
        send(child, { kind: 'stop' });
      });
    },
  };
}

function send(process: UtilityProcess, message: ToCore): void {
  process.postMessage(message);
}
