// npm run portal [-- arguments]: the test portal with sign-in, on loopback
import { ensureDependencies } from './dependencies.mjs';
import { command, run, withPinnedNode } from './run.mjs';

command(async () => {
  await ensureDependencies();
  return run(...withPinnedNode('test/portal/main.ts', ...process.argv.slice(2)));
});
