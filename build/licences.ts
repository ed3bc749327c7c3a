// Every package in the lock file must carry a licence from these lists.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

const root = fileURLToPath(new URL('..', import.meta.url));

/** May be shipped. OFL is for the font; Python-2.0 is argparse's. */
const shipped = new Set([
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'CC0-1.0',
  'ISC',
  'MIT',
  'MIT-0',
  'OFL-1.1',
  'Python-2.0',
  'Unlicense',
  'Zlib',
]);
/** Only for tools that never leave the developer's machine. */
const toolsOnly = new Set([...shipped, 'CC-BY-3.0', 'CC-BY-4.0', 'MPL-2.0', 'WTFPL']);

const Entry = z.object({
  version: z.string().optional(),
  license: z.string().optional(),
  dev: z.boolean().optional(),
  devOptional: z.boolean().optional(),
  link: z.boolean().optional(),
});
const LockFile = z.object({ packages: z.record(z.string(), Entry) });
const Manifest = z.object({ license: z.union([z.string(), z.object({ type: z.string() })]).optional() });

const { packages } = LockFile.parse(JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')));
const entries = Object.entries(packages).filter(([where, entry]) => where !== '' && !entry.link);
const problems = entries.flatMap(([where, entry]) => {
  const licence = entry.license ?? licenceInstalled(where);
  const allowed = entry.dev || entry.devOptional ? toolsOnly : shipped;
  return licence && isAllowed(licence, allowed) ? [] : [`${where}@${entry.version}: ${licence ?? 'no licence given'}`];
});

for (const problem of problems) console.log(problem);
console.log(`${entries.length} packages, ${problems.length} with a licence that is not allowed.`);
process.exit(problems.length === 0 && entries.length > 0 ? 0 : 1);

/** Older packages say their licence only in their own manifest. */
function licenceInstalled(where: string): string | undefined {
  const file = join(root, where, 'package.json');
  if (!existsSync(file)) return undefined;
  const { license } = Manifest.parse(JSON.parse(readFileSync(file, 'utf8')));
  return typeof license === 'string' ? license : license?.type;
}

/** Reads an SPDX expression: of alternatives one must be allowed, of several together all. */
function isAllowed(expression: string, allowed: ReadonlySet<string>): boolean {
  const plain = expression.replace(/[()]/g, '');
  return plain.split(' OR ').some((choice) => choice.split(' AND ').every((licence) => allowed.has(licence.trim())));
}
