import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { expect, test } from 'vitest';

/** The import table of README.md, enforced. `own` is the folder itself; a package is named as imported. */
const rows: readonly { readonly folder: RegExp; readonly may: readonly RegExp[] }[] = [
  { folder: /^shared\//, may: [/^shared\//, /^zod$/] },
  { folder: /^electron\/store\//, may: [/^electron\/store\//, /^shared\//, /^zod$/, /^node:/, /^better-sqlite3$/, /^@node-rs\/argon2$/] },
  { folder: /^electron\/fhir\//, may: [/^electron\/fhir\//, /^shared\//, /^zod$/, /^node:/, /^openid-client$/] },
  { folder: /^electron\/sync\//, may: [/^electron\/(sync|store|fhir)\//, /^shared\//, /^zod$/, /^node:/] },
  { folder: /^electron\/features\//, may: [/^electron\/(features|store)\//, /^shared\//, /^zod$/, /^node:crypto$/] },
  { folder: /^electron\/demo\//, may: [/^electron\/demo\//, /^shared\//, /^zod$/, /^node:/, /^better-sqlite3$/] },
  { folder: /^electron\/demo-portal\.ts$/, may: [/^electron\/demo\//, /^shared\//, /^node:/, /^zod$/] },
  { folder: /^electron\/core\//, may: [/^electron\/(core|features|store|fhir|sync)\//, /^shared\//, /^zod$/, /^node:/] },
  { folder: /^electron\/core\.ts$/, may: [/^electron\/(core|features|store|fhir|sync)\//, /^shared\//, /^node:/, /^electron$/] },
  {
    folder: /^electron\/(shell\/|main\.ts$)/,
    may: [/^electron\/shell\//, /^shared\//, /^electron$/, /^electron-store$/, /^zod$/, /^node:/],
  },
  { folder: /^electron\/preload\.ts$/, may: [/^shared\/(channels|bridge)\.ts$/, /^electron$/] },
  {
    folder: /^renderer\/ui\//,
    may: [/^renderer\/ui\//, /^react(-dom|-aria-components|-resizable-panels)?(\/|$)/, /^tinykeys$/, /^lucide-react$/, /^type shared\//],
  },
  {
    folder: /^renderer\/features\//,
    may: [
      /^renderer\/ui\//,
      // The shared roots beside api.ts; not what puts the features together.
      /^renderer\/(?!app|main|workspace)[^/]+\.ts$/,
      /^shared\//,
      /^react/,
      /^@tanstack\//,
      /^lucide-react$/,
    ],
  },
  {
    folder: /^renderer\/keys\//,
    may: [/^renderer\/keys\//, /^renderer\/commands\.ts$/, /^renderer\/ui\/overlay-stack\.ts$/, /^tinykeys$/],
  },
  {
    folder: /^renderer\/[^/]+\.tsx?$/,
    may: [
      /^renderer\//,
      /^zod$/,
      /^type electron\/preload\.ts$/,
      /^shared\//,
      /^react/,
      /^@tanstack\//,
      /^@fontsource-variable\//,
      /^tinykeys$/,
      /^lucide-react$/,
    ],
  },
];

const statement = /(?:^|\n)\s*(?:import|export)\s+(type\s+)?(?:[^'";]*?\sfrom\s+)?'([^']+)'|import\(\s*'([^']+)'\s*\)/g;

const root = join(import.meta.dirname, '..');
const sources = ['shared', 'electron', 'renderer'].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .map((file) => `${folder}/${file}`)
    .filter((file) => /\.tsx?$/.test(file)),
);

function importsOf(file: string): readonly string[] {
  const text = readFileSync(join(root, file), 'utf8');
  return [...text.matchAll(statement)].map((match) => {
    const target = match[2] ?? match[3] ?? '';
    const isType = match[1] !== undefined;
    const resolved = target.startsWith('.') ? relative(root, join(root, dirname(file), target)) : target;
    return isType ? `type ${resolved}` : resolved;
  });
}

/** A feature of the renderer knows no other feature. */
function isForeignFeature(file: string, target: string): boolean {
  const feature = (path: string) => /^renderer\/features\/([^/]+)\//.exec(path)?.[1];
  const from = feature(file);
  const to = feature(target);
  return from !== undefined && to !== undefined && from !== to;
}

test('the table is read against real files', () => {
  expect(sources.length).toBeGreaterThan(50);
});

test('every source file belongs to a row of the import table', () => {
  expect(sources.filter((file) => !rows.some((row) => row.folder.test(file)))).toEqual([]);
});

test('nobody imports what the table does not allow', () => {
  const offences = sources.flatMap((file) => {
    const row = rows.find((candidate) => candidate.folder.test(file));
    return importsOf(file)
      .filter((target) => {
        const bare = target.replace(/^type /, '').replace(/\?raw$/, '');
        const isOwnFeature = /^renderer\/features\//.test(bare) && !isForeignFeature(file, bare);
        return !isOwnFeature && !row?.may.some((allowed) => allowed.test(target) || allowed.test(bare));
      })
      .map((target) => `${file} imports ${target}`);
  });
  expect(offences).toEqual([]);
});

test('no file is named for nothing in particular', () => {
  const nameless = /(^|\/)(utils?|helpers?|common|services?|managers?|misc|index)(\/|\.tsx?$)/;
  expect(sources.filter((file) => nameless.test(file))).toEqual([]);
});

test('a list that grows with every feature holds no logic: core.ts stays under 150 lines', () => {
  expect(readFileSync(join(root, 'electron/core.ts'), 'utf8').split('\n').length).toBeLessThan(150);
});
