import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type UtilityProcess, utilityProcess } from 'electron';
import { DemoPortal } from '../../shared/core-messages.ts';

export interface DemoProcess {
  /** `fresh`: a new practice, everything of the last one gone. Otherwise the running one, or the last one again. */
  readonly start: (fresh: boolean) => Promise<DemoPortal>;
  readonly stop: () => void;
}

/**
 * The demonstration portal runs as a process of its own, so that even in the demo the server is a server: HTTP on loopback, and its load is
 * not the core's. Its folder holds invented people only.
 */
export function demoProcess(outFolder: string, folder: string, sqliteBinding: string | null): DemoProcess {
  let running: { readonly process: UtilityProcess; readonly portal: Promise<DemoPortal> } | undefined;

  function launch(fresh: boolean): Promise<DemoPortal> {
    if (fresh) rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const process = utilityProcess.fork(join(outFolder, 'demo-portal.js'), [], {
      serviceName: 'Portal Desk demonstration portal',
      stdio: 'inherit',
    });
    const portal = new Promise<DemoPortal>((resolve, reject) => {
      process.once('message', (message) => resolve(DemoPortal.parse(message)));
      process.once('exit', (code) => reject(new Error(`Demonstration portal ended with ${code}`)));
    });
    process.once('exit', () => {
      if (running?.process === process) running = undefined;
    });
    process.postMessage({ databasePath: join(folder, 'portal.sqlite'), sqliteBinding, now: new Date().toISOString() });
    running = { process, portal };
    return portal;
  }

  function stop(): void {
    running?.process.kill();
    running = undefined;
  }

  return {
    start: (fresh) => {
      if (running && !fresh) return running.portal;
      stop();
      return launch(fresh);
    },
    stop,
  };
}
