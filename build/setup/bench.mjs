// npm run bench [-- arguments]
import { ensureBundle } from './bundle.mjs';
import { hasDisplay, startVirtualDisplay } from './display.mjs';
import { ensureRuntime } from './ensure.mjs';
import { command, run, withPinnedNode } from './run.mjs';

command(async () => {
  const headless = !hasDisplay();
  await ensureRuntime({ display: headless });
  await ensureBundle();
  const display = headless ? await startVirtualDisplay() : undefined;
  const env = display ? { DISPLAY: display.name } : {};
  return run(...withPinnedNode('test/bench/bench.ts', ...process.argv.slice(2)), { env });
});
