import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { root } from '../bench-folder.ts';
import { findRuntime } from '../surroundings.ts';

export type Program = 'empty-window' | 'whole-app' | 'port' | 'echo';

export const outFolder = join(root, 'out');

/** Why nothing can be started here; undefined: it can. */
export function whyNoElectron(): string | undefined {
  if (!findRuntime()) return 'no Electron was found; npm run bench prepares one';
  if (process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) return 'no display; npm run bench starts one';
  return undefined;
}

/** Electron runs no TypeScript: the program without its types, in a folder that Electron takes for an app. */
export function writeProgram(folder: string, program: Program): string {
  const place = join(folder, `app-${program}`);
  mkdirSync(place, { recursive: true });
  writeFileSync(
    join(place, 'package.json'),
    JSON.stringify({ name: `bench-${program}`, version: '0.0.0', type: 'module', main: 'main.js' }),
  );
  const source = readFileSync(new URL(`./${program}-child.ts`, import.meta.url), 'utf8');
  writeFileSync(join(place, 'main.js'), stripTypeScriptTypes(source));
  return place;
}

export interface Launched {
  readonly pid: number;
  /** Epoch milliseconds, on the clock of the marks. */
  readonly spawnedAt: number;
  /** The next line that begins with this word, without it; rejects when the program ends or half a minute passes before. */
  readonly line: (word: string) => Promise<string>;
  /** All such lines so far. */
  readonly heard: (word: string) => readonly string[];
  readonly end: () => Promise<void>;
}

/** Starts a program of ours in the bare Electron. `variables` are what it reads from its environment. */
export function launch(place: string, variables: Readonly<Record<string, string>>, args: readonly string[] = []): Launched {
  const runtime = findRuntime();
  if (!runtime) throw new Error('No Electron');
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const spawnedAt = performance.timeOrigin + performance.now();
  const child = spawn(runtime.executable, [...asRoot, place, ...args], {
    env: {
      ...process.env,
      ...(runtime.sqliteBinding && { PORTAL_DESK_SQLITE_BINDING: runtime.sqliteBinding }),
      BENCH_OUT: outFolder,
      BENCH_APP: join(outFolder, 'main.js'),
      ...variables,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said = listen(child, place);
  return { pid: child.pid ?? 0, spawnedAt, ...said, end: () => end(child) };
}

const patienceMs = 30_000;

function listen(child: ChildProcess, place: string): Pick<Launched, 'line' | 'heard'> {
  const lines: string[] = [];
  const listeners = new Set<() => void>();
  let errors = '';
  let ended = false;
  const wakeAll = () => {
    for (const listener of listeners) listener();
  };
  child.stderr?.on('data', (chunk) => {
    errors = `${errors}${chunk}`.slice(-2_000);
  });
  if (child.stdout)
    createInterface(child.stdout).on('line', (text) => {
      lines.push(text);
      wakeAll();
    });
  child.once('close', () => {
    ended = true;
    wakeAll();
  });
  const heard = (word: string) => lines.flatMap((text) => (text.startsWith(`${word} `) ? [text.slice(word.length + 1)] : []));
  const line = (word: string): Promise<string> =>
    new Promise((resolve, reject) => {
      const limit = setTimeout(() => settle(() => reject(new Error(`No ${word} of ${place} in time:\n${errors}`))), patienceMs);
      const settle = (how: () => void) => {
        clearTimeout(limit);
        listeners.delete(look);
        how();
      };
      const look = () => {
        const [found] = heard(word);
        if (found !== undefined) settle(() => resolve(found));
        else if (ended) settle(() => reject(new Error(`${place} ended before ${word}:\n${errors}`)));
      };
      listeners.add(look);
      look();
    });
  return { line, heard };
}

function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    const limit = setTimeout(() => child.kill('SIGKILL'), 10_000);
    child.once('exit', () => {
      clearTimeout(limit);
      resolve();
    });
    child.kill('SIGTERM');
  });
}
