// npm run measure: what `npm run check` has no time for, beside what it counts
import { ensureDependencies } from './dependencies.mjs';
import { command, run, withPinnedNode } from './run.mjs';

const measures = ['build/measures.ts', 'build/omissions.ts', 'test/measures/approval-files.ts'];

command(async () => {
  await ensureDependencies();
  let code = 0;
  for (const measure of measures) {
    console.log(`\n=== ${measure} ===\n`);
    code = Math.max(code, await run(...withPinnedNode(measure)));
  }
  return code;
});
