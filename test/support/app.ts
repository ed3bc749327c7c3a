import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { _electron, type ElectronApplication, errors, expect, type Page } from '@playwright/test';

export interface AppOptions {
  /** Everything of this desktop is kept below it: profile, and where its browser writes. */
  readonly folder: string;
  /** Our own arguments, such as `--demo=gp`. */
  readonly args?: readonly string[];
}

/** One Portal Desk on one computer. */
export interface RunningApp {
  readonly electron: ElectronApplication;
  readonly window: Page;
  /** The address that the app handed to the system's browser since the last time it was asked; waits for it. */
  readonly openedInBrowser: () => Promise<string>;
  /** `kill -9` of the core; false when there was none. */
  readonly killCore: () => Promise<boolean>;
  readonly quit: () => Promise<void>;
}

const executable = process.env.PORTAL_DESK_APP;
/** Only as root, where Chromium starts no other way. */
const rootFlags = process.getuid?.() === 0 ? ['--no-sandbox'] : [];

/** Starts the packaged app. Nothing in it is made for tests: its browser is whatever `xdg-open` the PATH finds first, here ours. */
export async function startApp({ folder, args = [] }: AppOptions): Promise<RunningApp> {
  if (!executable) throw new Error('PORTAL_DESK_APP is not set: run the journeys by `npm test -- e2e`.');
  const opened = join(folder, 'opened-in-browser');
  const electron = await launch({
    executablePath: executable,
    args: [...rootFlags, `--profile=${join(folder, 'profile')}`, ...args],
    env: { ...stringsIn(process.env), PATH: `${browserFolder(folder, opened)}:${process.env.PATH ?? ''}` },
  });
  const window = await electron.firstWindow();
  await keepFocused(electron, window);
  return {
    electron,
    window,
    openedInBrowser: () => takeWhenThere(opened),
    killCore: () => killCore(electron),
    quit: () => electron.close(),
  };
}

/** Two desktops stand on one display, and only one of their windows has its focus; a person at each would have it. */
async function keepFocused(electron: ElectronApplication, window: Page): Promise<void> {
  const session = await electron.context().newCDPSession(window);
  await session.send('Emulation.setFocusEmulationEnabled', { enabled: true });
}

const launchLimitMs = 45_000;
const mostLaunches = 3;

/**
 * Playwright 1.65 waits for ever when it attaches at the very moment of a window's first navigation: it has missed the commit, and there is no
 * other. The app stands there, whole; the driver does not see it. Once in twenty starts on a busy machine, so it is started again.
 */
async function launch(options: NonNullable<Parameters<typeof _electron.launch>[0]>): Promise<ElectronApplication> {
  for (let tried = 1; ; tried += 1) {
    try {
      return await _electron.launch({ ...options, timeout: launchLimitMs });
    } catch (reason) {
      if (tried >= mostLaunches || !(reason instanceof errors.TimeoutError)) throw reason;
    }
  }
}

function stringsIn(env: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(Object.entries(env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
}

/** A folder for the PATH with an `xdg-open` that writes the address to a file, in one step. */
function browserFolder(folder: string, opened: string): string {
  const bin = join(folder, 'bin');
  mkdirSync(bin, { recursive: true });
  const script = join(bin, 'xdg-open');
  writeFileSync(script, `#!/bin/sh\nprintf '%s' "$1" > '${opened}.part' && mv '${opened}.part' '${opened}'\n`);
  chmodSync(script, 0o755);
  return bin;
}

async function takeWhenThere(file: string): Promise<string> {
  await expect.poll(() => existsSync(file), { message: 'the sign-in page is opened in the browser' }).toBe(true);
  const address = readFileSync(file, 'utf8');
  rmSync(file);
  return address;
}

async function killCore(electron: ElectronApplication): Promise<boolean> {
  const pid = await electron.evaluate(({ app }) => app.getAppMetrics().find(({ name }) => name === 'Portal Desk core')?.pid);
  if (pid === undefined) return false;
  process.kill(pid, 'SIGKILL');
  return true;
}
