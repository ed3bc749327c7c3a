// npm run bench [-- arguments]
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { ensureBundle } from './bundle.mjs';
import { hasDisplay, startVirtualDisplay } from './display.mjs';
import { ensureRuntime } from './ensure.mjs';
import { command, run, withPinnedNode } from './run.mjs';

command(async () => {
  const headless = !hasDisplay();
  await ensureRuntime({ display: headless });
  await ensureBundle();
  const { against } = parseArgs({ options: { against: { type: 'string' } }, strict: false }).values;
  if (typeof against === 'string') await ensureBundleOf(against);
  const display = headless ? await startVirtualDisplay() : undefined;
  const env = display ? { DISPLAY: display.name } : {};
  return run(...withPinnedNode('test/bench/bench.ts', ...process.argv.slice(2)), { env });
});

/** Another checkout builds itself; its dependencies must be there, because those may be a link to ours. @param {string} checkout */
async function ensureBundleOf(checkout) {
  const theirs = await import(pathToFileURL(path.resolve(checkout, 'build/setup/bundle.mjs')).href);
  await theirs.ensureBundle();
}
