// npm start [-- --demo=reception|gp|manager] [--screenshot=FILE]
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { ensureBundle } from './bundle.mjs';
import { hasDisplay, startVirtualDisplay } from './display.mjs';
import { ensureRuntime } from './ensure.mjs';
import { root } from './paths.mjs';
import { command, SetupError } from './run.mjs';

const screenshotLimitSeconds = 120;
const rootFlags = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
/** Without a desktop Chromium complains of a missing D-Bus and GPU, over and over. */
const quiet = ['--log-level=3'];

command(async () => {
  const headless = !hasDisplay();
  const runtime = await ensureRuntime({ display: headless });
  await ensureBundle();

  const { screenshot, args } = readArguments(process.argv.slice(2), headless);
  if (screenshot) fs.rmSync(screenshot, { force: true });
  if (headless) console.log(`There is no display here: Portal Desk runs on a virtual one and writes what it shows to ${screenshot}.`);
  const display = headless ? await startVirtualDisplay() : undefined;

  const app = spawn(runtime.executable, ['.', ...rootFlags, ...(headless ? quiet : []), ...args], {
    cwd: root,
    stdio: 'inherit',
    env: {
      ...process.env,
      ...(display && { DISPLAY: display.name }),
      ...(runtime.sqliteBinding && { PORTAL_DESK_SQLITE_BINDING: runtime.sqliteBinding }),
    },
  });
  const ended = new Promise((/** @type {(code: number) => void} */ resolve, reject) => {
    app.on('error', reject);
    app.on('exit', (code, signal) => resolve(code ?? (signal === 'SIGTERM' || signal === 'SIGINT' ? 0 : 1)));
  });
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) process.on(signal, () => app.kill(signal));

  if (screenshot) await untilWritten(screenshot, ended);
  if (headless && (!process.stdin.isTTY || process.env.CI)) app.kill('SIGTERM');
  else if (headless) console.log('Press Ctrl+C to end.');
  return ended;
});

/**
 * @param {readonly string[]} given
 * @param {boolean} headless
 */
function readArguments(given, headless) {
  const flag = '--screenshot=';
  const asked = given.find((argument) => argument.startsWith(flag))?.slice(flag.length);
  const screenshot = asked || headless ? path.resolve(asked ?? path.join(root, 'out', 'screenshot.png')) : undefined;
  const rest = given.filter((argument) => !argument.startsWith(flag));
  return { screenshot, args: screenshot ? [...rest, `--screenshot-when-ready=${screenshot}`] : rest };
}

/**
 * Waits for the picture the app writes once its first screen stands.
 * @param {string} file
 * @param {Promise<number>} ended
 */
async function untilWritten(file, ended) {
  let running = true;
  void ended.then(() => (running = false));
  const deadline = Date.now() + screenshotLimitSeconds * 1000;
  while (!isWholePicture(file)) {
    if (!running) throw new SetupError('Portal Desk ended before its first screen stood.');
    if (Date.now() > deadline) throw new SetupError(`Portal Desk showed no screen within ${screenshotLimitSeconds} s.`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  console.log(`Screenshot: ${file}`);
}

/** @param {string} file */
function isWholePicture(file) {
  return fs.existsSync(file) && fs.readFileSync(file).includes('IEND');
}
