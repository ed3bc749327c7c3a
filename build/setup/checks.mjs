import { capture, withPinnedNode } from './run.mjs';

const tsc = 'node_modules/typescript/bin/tsc';

/** @type {readonly { name: string, args: readonly string[] }[]} */
const checks = [
  ...['shared', 'electron', 'renderer', 'build', 'test'].map((folder) => ({
    name: `types of ${folder}`,
    args: [tsc, '-p', `${folder}/tsconfig.json`],
  })),
  { name: 'lint and format', args: ['node_modules/@biomejs/biome/bin/biome', 'check', '--error-on-warnings', '.'] },
  { name: 'dead code', args: ['node_modules/knip/bin/knip.js', '--no-progress'] },
  { name: 'measures', args: ['build/measures.ts'] },
  { name: 'licences', args: ['build/licences.ts'] },
];

/**
 * Runs every check at once and prints what failed, and what the measures are.
 * @returns {Promise<number>} 0, or 1 when one failed
 */
export async function checkEverything() {
  const outcomes = await Promise.all(
    checks.map(async ({ name, args }) => ({ name, ...(await capture(...withPinnedNode(...args), { env: { NO_COLOR: '1' } })) })),
  );
  for (const { name, code, output } of outcomes) {
    if (code !== 0) console.log(`--- ${name}\n${output.trim()}\n`);
    else if (name === 'measures') console.log(output.trim());
  }
  const failed = outcomes.filter(({ code }) => code !== 0).map(({ name }) => name);
  console.log(failed.length === 0 ? `All ${checks.length} checks passed.` : `Failed: ${failed.join(', ')}.`);
  return failed.length === 0 ? 0 : 1;
}
