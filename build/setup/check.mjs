// npm run check
import { checkEverything } from './checks.mjs';
import { ensureDependencies } from './dependencies.mjs';
import { command } from './run.mjs';

command(async () => {
  await ensureDependencies();
  return checkEverything();
});
