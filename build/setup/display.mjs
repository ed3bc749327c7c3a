import { spawn } from 'node:child_process';
import { SetupError } from './run.mjs';

export function hasDisplay() {
  return process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
}

/**
 * Starts a virtual display (1440×900) on a number that nobody uses.
 * @returns {Promise<{ name: string, stop: () => void }>} name as DISPLAY wants it, such as ':99'
 */
export function startVirtualDisplay() {
  return new Promise((resolve, reject) => {
    const xvfb = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1440x900x24', '-nolisten', 'tcp'], {
      stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
      // Not in the terminal's group: Ctrl+C must reach the app before its display goes.
      detached: true,
    });
    const stop = () => void xvfb.kill();
    process.once('exit', stop);
    for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) process.once(signal, () => exitUnlessHandled(signal));
    xvfb.once('error', () => reject(new SetupError('Xvfb, the virtual display, could not be started.')));
    xvfb.once('exit', () => reject(new SetupError('Xvfb, the virtual display, ended at once.')));
    xvfb.stdio[3]?.once('data', (/** @type {Buffer} */ number) => resolve({ name: `:${String(number).trim()}`, stop }));
  });
}

/** Without this a signal would end us with no 'exit' event and leave the display behind. @param {'SIGINT' | 'SIGTERM'} signal */
function exitUnlessHandled(signal) {
  if (process.listenerCount(signal) === 0) process.exit(1);
}
