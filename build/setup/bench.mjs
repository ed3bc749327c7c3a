// npm run bench [-- arguments]
import { ensureBundle } from './bundle.mjs';
import { hasDisplay, startVirtualDisplay } from './display.mjs';
import { ensureRuntime } from './ensure.mjs';
import { ensurePackagedApp } from './package-app.mjs';
import { command, run, withPinnedNode } from './run.mjs';

command(async () => {
  const headless = !hasDisplay();
  const runtime = await ensureRuntime({ display: headless });
  const executable = await ensurePackagedApp(runtime, await ensureBundle());
  const display = headless ? await startVirtualDisplay() : undefined;
  const env = {
    ...(display && { DISPLAY: display.name }),
    PORTAL_DESK_APP: executable,
    PORTAL_DESK_ELECTRON: runtime.executable,
    PORTAL_DESK_RUNTIME: runtime.kind,
  };
  return run(...withPinnedNode('test/bench/bench.ts', ...process.argv.slice(2)), { env });
});
