import { spawn, spawnSync } from 'node:child_process';
import path from 'node:path';
import { pinnedNode, root } from './paths.mjs';

/** A failure whose message is all that the person at the keyboard needs. */
export class SetupError extends Error {}

/**
 * Runs a command in the checkout, its output on ours.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: Record<string, string | undefined>, timeoutSeconds?: number }} [options]
 * @returns {Promise<number>} the exit code; 1 when a signal or the time limit ended it
 */
export function run(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: options.cwd ?? root,
      env: { ...process.env, ...options.env },
      stdio: ['ignore', 'inherit', 'inherit'],
      ...(options.timeoutSeconds ? { timeout: options.timeoutSeconds * 1000 } : {}),
    });
    child.on('error', reject);
    child.on('close', (code) => resolve(code ?? 1));
  });
}

/**
 * Runs a command quietly and gives back what it said.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: Record<string, string | undefined>, timeoutSeconds?: number }} [options]
 * @returns {Promise<{ code: number, output: string }>} stdout and stderr together, in the order they came
 */
export function capture(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: options.cwd ?? root,
      env: { ...process.env, ...options.env },
      stdio: ['ignore', 'pipe', 'pipe'],
      ...(options.timeoutSeconds ? { timeout: options.timeoutSeconds * 1000 } : {}),
    });
    let output = '';
    child.stdout.on('data', (chunk) => (output += chunk));
    child.stderr.on('data', (chunk) => (output += chunk));
    child.on('error', reject);
    child.on('close', (code) => resolve({ code: code ?? 1, output }));
  });
}

/**
 * Like `run`, for a step that nothing can go on without.
 * @param {string} what the step in words, for the error
 * @param {string} command
 * @param {readonly string[]} args
 * @param {Parameters<typeof run>[2]} [options]
 */
export async function mustRun(what, command, args, options) {
  const code = await run(command, args, options);
  if (code !== 0) throw new SetupError(`${what} failed (${path.basename(command)} ended with ${code}).`);
}

/**
 * npm as the person started it; on Windows npm is a script that only Node can start.
 * @param {readonly string[]} args
 * @returns {[command: string, args: string[]]}
 */
export function npmCommand(args) {
  const script = process.env.npm_execpath;
  if (script?.endsWith('.js')) return [process.execPath, [script, ...args]];
  return [process.platform === 'win32' ? 'npm.cmd' : 'npm', [...args]];
}

/** @param {string[]} args @returns {[command: string, args: string[]]} */
export const withPinnedNode = (...args) => [pinnedNode, args];

/** @param {string} command @param {readonly string[]} args */
export function succeeds(command, args) {
  return spawnSync(command, args, { stdio: 'ignore' }).status === 0;
}

/**
 * Runs a command's main function; an expected failure is printed as a sentence, a bug with its stack.
 * @param {() => Promise<number>} main gives the exit code
 */
export function command(main) {
  main().then(
    (code) => process.exit(code),
    (error) => {
      console.error(error instanceof SetupError ? `\n${error.message}` : error);
      process.exit(1);
    },
  );
}
