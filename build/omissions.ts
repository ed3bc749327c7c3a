// What the compiler asks for when an act or a column of the inbox row is added, and where nobody asks: each is added to a copy of the tree, by itself.
import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

interface Addition {
  readonly what: string;
  readonly file: string;
  /** Text that stands once in the file; what is added comes right after it. */
  readonly after: string;
  readonly added: string;
  /** What stands already and is of the same sort. Files that name it are those a new one may need, too. */
  readonly siblings: readonly { readonly name: string; readonly named: RegExp }[];
}

/** Where to add. Follow a restructuring here. */
const additions: readonly Addition[] = [
  {
    what: 'act',
    file: 'shared/domain/change.ts',
    after: "export const Change = z.discriminatedUnion('kind', [\n",
    added: "  z.object({ kind: z.literal('forgotten-act'), v: z.literal(1) }),\n",
    // Acts whose names are nothing else's: 'release-result' is a permission, too.
    siblings: [
      { name: 'hold-result', named: /'hold-result'/ },
      { name: 'decide-repeat', named: /'decide-repeat'/ },
    ],
  },
  {
    what: 'row column',
    file: 'shared/domain/work-item.ts',
    after: '  dueAt: Instant.nullable(),\n',
    added: '  forgottenAt: Instant.nullable(),\n',
    siblings: [{ name: 'dueAt', named: /\b(dueAt|due_at)\b/ }],
  },
];

const folders = ['shared', 'electron', 'renderer'];
/** The demonstration portal is a program of its own, and the packaged SQL is a copy. */
const notOurs = /^electron\/demo\/|\/sql-text\.ts$/;
const root = fileURLToPath(new URL('..', import.meta.url));
const run = promisify(execFile);

const copy = mkdtempSync(join(tmpdir(), 'portal-desk-omissions-'));
try {
  for (const name of [...folders, 'tsconfig.json']) cpSync(join(root, name), join(copy, name), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'), 'dir');
  const before = await filesWithErrors();
  if (before.length > 0) throw new Error(`Nothing can be said while the tree does not compile: ${before.join(', ')}`);
  const sources = readSources();
  const lines: string[] = [];
  console.log('what                         name it  asked for  silent');
  for (const addition of additions) {
    const asked = await askedFor(addition);
    lines.push(`${addition.what}, asked for by the compiler:`, ...indented(asked));
    for (const { name, named } of addition.siblings) {
      const naming = sources.filter(({ text }) => named.test(text)).map(({ file }) => file);
      const silent = naming.filter((file) => file !== addition.file && !asked.includes(file));
      console.log(`${`${addition.what}, like ${name}`.padEnd(29)}${cell(naming)}${cell(asked, 11)}${cell(silent, 8)}`);
      lines.push(`${addition.what}, like ${name}, silent:`, ...indented(silent));
    }
  }
  console.log(`\n${lines.join('\n')}`);
} finally {
  rmSync(copy, { recursive: true, force: true });
}

function cell(files: readonly string[], width = 7): string {
  return String(files.length).padStart(width);
}

function indented(files: readonly string[]): string[] {
  return files.map((file) => `  ${file}`);
}

/** Code without its comments. */
function readSources(): { readonly file: string; readonly text: string }[] {
  return folders
    .flatMap((folder) => readdirSync(join(root, folder), { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile() && /\.(ts|tsx|sql)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => ({ file: relative(root, path), text: withoutComments(readFileSync(path, 'utf8')) }))
    .filter(({ file }) => !notOurs.test(file));
}

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\/|(^|\s)(\/\/|-- ).*/g, '');
}

/** The files in which the compiler asks for more, once the addition stands. Throws when its anchor is not there just once. */
async function askedFor({ file, after, added }: Addition): Promise<readonly string[]> {
  const path = join(copy, file);
  const text = readFileSync(path, 'utf8');
  const parts = text.split(after);
  if (parts.length !== 2) throw new Error(`${file} has ${parts.length - 1} times: ${after}`);
  writeFileSync(path, parts.join(after + added));
  const asked = await filesWithErrors();
  writeFileSync(path, text);
  return asked;
}

async function filesWithErrors(): Promise<readonly string[]> {
  const outputs = await Promise.all(folders.map(compile));
  const files = outputs.flatMap((output) => [...output.matchAll(/^([^\s(][^(\n]*)\(\d+,\d+\): error TS/gm)].map(([, file = '']) => file));
  return [...new Set(files)].sort();
}

/** What the compiler says of a folder; it ends with 1 or 2 when it found errors. */
async function compile(folder: string): Promise<string> {
  const tsc = join(root, 'node_modules/typescript/bin/tsc');
  const told = run(process.execPath, [tsc, '-p', `${folder}/tsconfig.json`, '--pretty', 'false'], { cwd: copy });
  return told.then(
    ({ stdout }) => stdout,
    (problem: { readonly code?: unknown; readonly stdout: string }) => {
      if (problem.code === 1 || problem.code === 2) return problem.stdout;
      throw problem;
    },
  );
}
