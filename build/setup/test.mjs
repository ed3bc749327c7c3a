// npm test [-- --no-check] | npm test -- check | unit [vitest arguments] | e2e [playwright arguments]
import fs from 'node:fs';
import path from 'node:path';
import { ensureBundle } from './bundle.mjs';
import { checkEverything } from './checks.mjs';
import { ensureKeychain } from './debian-packages.mjs';
import { startVirtualDisplay } from './display.mjs';
import { ensureRuntime } from './ensure.mjs';
import { ensurePackagedApp } from './package-app.mjs';
import { stampFolder } from './paths.mjs';
import { command, run, SetupError, withPinnedNode } from './run.mjs';
import { addCounts, playwrightCounts, vitestCounts } from './test-counts.mjs';

/** @typedef {import('./test-counts.mjs').Counts} Counts */
/** @typedef {{ code: number, counts: Counts }} Outcome */

const e2eWorkers = 2;
const partNames = ['check', 'unit', 'e2e'];

command(async () => {
  const [first = '', ...rest] = process.argv.slice(2);
  const only = partNames.includes(first) ? first : undefined;
  if (!only && first && first !== '--no-check') throw new SetupError(`Unknown part "${first}". There are: ${partNames.join(', ')}.`);
  const wanted = only ? [only] : partNames.filter((name) => name !== 'check' || first !== '--no-check');

  const runtime = await ensureRuntime({ display: process.platform === 'linux' });
  /** @type {Record<string, () => Promise<Outcome>>} */
  const parts = {
    check: async () => ({ code: await checkEverything(), counts: { passed: 0, failed: 0 } }),
    unit: () => runUnitTests(only ? rest : []),
    e2e: () => runJourneys(runtime, only ? rest : []),
  };

  let counts = { passed: 0, failed: 0 };
  let code = 0;
  for (const name of wanted) {
    console.log(`\n=== ${name} ===\n`);
    const outcome = await /** @type {() => Promise<Outcome>} */ (parts[name])();
    counts = addCounts(counts, outcome.counts);
    code = outcome.code;
    if (code !== 0) {
      console.log(`\n${name} failed.`);
      break;
    }
  }
  console.log(`\n${counts.passed} passed, ${counts.failed} failed`);
  return code;
});

/** @param {string[]} given @returns {Promise<Outcome>} */
async function runUnitTests(given) {
  const report = freshReport('vitest.json');
  const code = await run(
    ...withPinnedNode(
      'node_modules/vitest/vitest.mjs',
      'run',
      '--config=build/vitest.config.ts',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${report}`,
      ...given,
    ),
  );
  return { code, counts: vitestCounts(report, code) };
}

/**
 * The journeys of test/e2e on the packaged app, each worker on a virtual display of its own.
 * @param {import('./electron-runtime.mjs').Runtime} runtime
 * @param {string[]} given
 * @returns {Promise<Outcome>}
 */
async function runJourneys(runtime, given) {
  await ensureKeychain();
  const executable = await ensurePackagedApp(runtime, await ensureBundle());
  const report = freshReport('playwright.json');
  const displays = process.platform === 'linux' ? await Promise.all(Array.from({ length: e2eWorkers }, startVirtualDisplay)) : [];
  try {
    const env = {
      PORTAL_DESK_APP: executable,
      PORTAL_DESK_DISPLAYS: displays.map((display) => display.name).join(',') || undefined,
      WAYLAND_DISPLAY: undefined,
    };
    const cli = 'node_modules/@playwright/test/cli.js';
    const code = await run(...withPinnedNode(cli, 'test', '--config=build/playwright.config.ts', ...given), { env });
    return { code, counts: playwrightCounts(report, code) };
  } finally {
    for (const display of displays) display.stop();
  }
}

/** @param {string} name @returns {string} where the report will be; one of an earlier run is gone */
function freshReport(name) {
  const file = path.join(stampFolder, name);
  fs.rmSync(file, { force: true });
  return file;
}
