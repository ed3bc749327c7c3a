import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { expect, test } from 'vitest';

interface Row {
  /** A folder or a file, by its whole name. The first row that holds a file is its row. */
  readonly of: string;
  /** Folders and files by whole names, packages by theirs (`react/…` is react), `node:` for all of Node; each folder may import itself. */
  readonly may: readonly string[];
  /** Only as types. */
  readonly types?: readonly string[];
}

const ui = ['react', 'react-dom', 'react-aria-components', 'lucide-react', 'react-resizable-panels', 'tinykeys'];
/** What every part of the page may use; the list of commands belongs to all of them. */
const page = [
  'shared',
  'renderer/ui',
  'renderer/words',
  'renderer/commands.ts',
  'react',
  'react-aria-components',
  'lucide-react',
  '@tanstack',
];

/** The import table of README.md, enforced. */
const rows: readonly Row[] = [
  { of: 'shared', may: ['zod'] },
  { of: 'electron/store', may: ['shared', 'zod', 'node:', 'better-sqlite3', '@node-rs/argon2'] },
  { of: 'electron/fhir', may: ['shared', 'zod', 'node:', 'openid-client'] },
  { of: 'electron/sync', may: ['shared', 'electron/store', 'electron/fhir', 'zod', 'node:'] },
  { of: 'electron/features', may: ['shared', 'electron/store', 'zod', 'node:crypto'] },
  { of: 'electron/demo', may: ['shared', 'zod', 'node:', 'better-sqlite3'] },
  { of: 'electron/demo-portal.ts', may: ['shared', 'electron/demo', 'zod', 'node:'] },
  { of: 'electron/core', may: ['shared', 'electron/features', 'electron/store', 'electron/fhir', 'electron/sync', 'zod', 'node:'] },
  {
    of: 'electron/core.ts',
    may: ['shared', 'electron/core', 'electron/features', 'electron/store', 'electron/fhir', 'electron/sync', 'node:', 'electron'],
  },
  { of: 'electron/shell', may: ['shared', 'electron', 'electron-store', 'zod', 'node:'] },
  { of: 'electron/main.ts', may: ['shared', 'electron/shell', 'electron', 'node:'] },
  { of: 'electron/preload.ts', may: ['shared/channels.ts', 'shared/bridge.ts', 'electron'] },
  // Of the domain the design system takes types only.
  { of: 'renderer/ui', may: ui, types: ['shared'] },
  // Nothing to their right in this order: data, keys, acts, lists, workspace, pages, and the files that put all together.
  { of: 'renderer/words', may: ['shared', 'renderer/ui'] },
  { of: 'renderer/data', may: page },
  { of: 'renderer/keys', may: [...page, 'renderer/data', 'tinykeys'] },
  { of: 'renderer/acts', may: [...page, 'renderer/data', 'renderer/keys'] },
  { of: 'renderer/features', may: [...page, 'renderer/data', 'renderer/keys', 'renderer/acts'] },
  { of: 'renderer/kinds', may: [...page, 'renderer/data', 'renderer/keys', 'renderer/acts'] },
  { of: 'renderer/lists', may: [...page, 'renderer/data', 'renderer/keys', 'renderer/acts'] },
  { of: 'renderer/workspace', may: [...page, ...ui, 'renderer/data', 'renderer/keys', 'renderer/acts', 'renderer/lists'] },
  {
    of: 'renderer/pages',
    may: [
      ...page,
      'renderer/data',
      'renderer/keys',
      'renderer/acts',
      'renderer/lists',
      'renderer/workspace',
      'renderer/features',
      'renderer/kinds',
    ],
  },
  { of: 'renderer', may: [...page, ...ui, '@fontsource-variable'], types: ['electron/preload.ts'] },
];

/** In these folders a sub-folder knows no other: a feature no feature, a kind no kind. */
const apart = ['renderer/features', 'renderer/kinds', 'renderer/pages'];

const root = join(import.meta.dirname, '..');
const sources = ['shared', 'electron', 'renderer'].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .map((file) => `${folder}/${file}`)
    .filter((file) => /\.tsx?$/.test(file)),
);

/** By whole names: `electron/core` holds `electron/core/serve.ts`, and not `electron/core.ts` or `electron/core-of-old/x.ts`. */
function isIn(path: string, folder: string): boolean {
  return path === folder || path.startsWith(`${folder}/`) || (folder.endsWith(':') && path.startsWith(folder));
}

function rowOf(file: string): Row | undefined {
  return rows.find(({ of }) => isIn(file, of));
}

const statement = /(?:^|\n)\s*(?:import|export)\s+(type\s+)?(?:[^'";]*?\sfrom\s+)?'([^']+)'|import\(\s*'([^']+)'\s*\)/g;

interface Import {
  readonly target: string;
  readonly isType: boolean;
}

function importsOf(file: string): readonly Import[] {
  const text = readFileSync(join(root, file), 'utf8');
  return [...text.matchAll(statement)].map((match) => {
    const target = (match[2] ?? match[3] ?? '').replace(/\?raw$/, '');
    const resolved = target.startsWith('.') ? relative(root, join(root, dirname(file), target)) : target;
    return { target: resolved, isType: match[1] !== undefined };
  });
}

function mayImport(file: string, { target, isType }: Import): boolean {
  const row = rowOf(file);
  if (!row) return false;
  const own = apart.find((folder) => isIn(file, folder));
  if (own !== undefined && isIn(target, own)) return sectionOf(file, own) === sectionOf(target, own);
  const allowed = [row.of, ...row.may, ...(isType ? (row.types ?? []) : [])];
  return allowed.some((folder) => isIn(target, folder));
}

/** `renderer/kinds/repeat/x.ts` in `renderer/kinds` → `repeat`; a file of the folder itself belongs to none and to all. */
function sectionOf(path: string, folder: string): string {
  return path.slice(folder.length + 1).split('/')[0] ?? '';
}

test('the table is read against real files', () => {
  expect(sources.length).toBeGreaterThan(300);
  expect(sources.flatMap(importsOf).length).toBeGreaterThan(1000);
});

test('every source file belongs to a row of the import table, and every row to a file', () => {
  expect(sources.filter((file) => !rowOf(file))).toEqual([]);
  expect(rows.filter((row) => !sources.some((file) => rowOf(file) === row)).map(({ of }) => of)).toEqual([]);
});

test('a row matches whole names only', () => {
  expect(rowOf('electron/core.ts')?.of).toBe('electron/core.ts');
  expect(rowOf('electron/core/serve.ts')?.of).toBe('electron/core');
  expect(isIn('electron/storeroom/x.ts', 'electron/store')).toBe(false);
  expect(isIn('react-dom/client', 'react')).toBe(false);
});

test('nobody imports what the table does not allow', () => {
  const offences = sources.flatMap((file) =>
    importsOf(file)
      .filter((one) => !mayImport(file, one))
      .map(({ target }) => `${file} imports ${target}`),
  );
  expect(offences).toEqual([]);
});

/** In shared, where shapes are; the rest of it is rules, and so is the page. */
const shapes = ['shared/contract.ts', 'shared/core-messages.ts', 'shared/port-messages.ts', 'shared/changes'];

function holdsShapes(file: string): boolean {
  return file.endsWith('.schema.ts') || shapes.some((place) => isIn(file, place));
}

test('rules know shapes as types only, in shared and in the page', () => {
  const rules = sources.filter((file) => !isIn(file, 'electron') && !holdsShapes(file));
  const offences = rules.flatMap((file) =>
    importsOf(file)
      .filter(({ target, isType }) => !isType && (isIn(target, 'zod') || holdsShapes(target)))
      .map(({ target }) => `${file} imports ${target}`),
  );
  expect(offences).toEqual([]);
});

test('no file is named for nothing in particular', () => {
  const nameless = /(^|\/)(utils?|helpers?|common|services?|managers?|misc|index)(\/|\.tsx?$)/;
  expect(sources.filter((file) => nameless.test(file))).toEqual([]);
});

test('only the store speaks SQL', () => {
  const outside = sources.filter(
    (file) =>
      !isIn(file, 'electron/store') && !isIn(file, 'electron/demo') && /defineStatement/.test(readFileSync(join(root, file), 'utf8')),
  );
  expect(outside).toEqual([]);
});

test('a list that grows with every feature holds no logic: core.ts stays under 150 lines', () => {
  expect(readFileSync(join(root, 'electron/core.ts'), 'utf8').split('\n').length).toBeLessThan(150);
});
