// What the compiler asks for when an act or a column of the inbox row is added, and where nobody asks: each is added to a copy of the tree, by itself.
import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

interface Addition {
  readonly what: string;
  readonly lines: readonly AddedLine[];
  /** A file of its own that the lines speak of. */
  readonly newFile?: { readonly file: string; readonly text: string };
  /** What stands already and is of the same sort. Files that name it are those a new one may need, too. */
  readonly siblings: readonly { readonly name: string; readonly named: RegExp }[];
}

interface AddedLine {
  readonly file: string;
  /** Text that stands once in the file; what is added comes right after it. */
  readonly after: string;
  readonly added: string;
}

/** Where to add. Follow a restructuring here. */
const additions: readonly Addition[] = [
  {
    what: 'act',
    newFile: {
      file: 'shared/changes/forgotten-act.ts',
      text: `import { z } from 'zod';
import { defineChange } from './define-change.ts';

export const forgottenAct = defineChange({
  subject: 'item',
  input: z.strictObject({}),
  change: z.object({ kind: z.literal('forgotten-act'), v: z.literal(1) }),
});
`,
    },
    lines: [
      {
        file: 'shared/changes/changes.ts',
        after: "import { finish } from './finish.ts';\n",
        added: "import { forgottenAct } from './forgotten-act.ts';\n",
      },
      { file: 'shared/changes/changes.ts', after: 'export const changes = {\n', added: "  'forgotten-act': forgottenAct,\n" },
    ],
    // Acts whose names are nothing else's: 'release-result' is a permission, too.
    siblings: [
      { name: 'hold-result', named: /'hold-result'/ },
      { name: 'decide-repeat', named: /'decide-repeat'/ },
    ],
  },
  {
    what: 'row column',
    lines: [
      {
        file: 'shared/domain/work-item.schema.ts',
        after: '  dueAt: Instant.nullable(),\n',
        added: '  forgottenAt: Instant.nullable(),\n',
      },
      {
        file: 'electron/store/lists/row-columns.ts',
        after: "  dueAt: z.string().nullable().register(columns, { sql: 'due_at', group: 'text' }),\n",
        added: "  forgottenAt: z.string().nullable().register(columns, { sql: 'forgotten_at', group: 'text' }),\n",
      },
    ],
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
      const silent = naming.filter((file) => !asked.includes(file) && !addition.lines.some((line) => line.file === file));
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

/** The files in which the compiler asks for more, once the addition stands. */
async function askedFor({ lines, newFile }: Addition): Promise<readonly string[]> {
  const before = new Map(lines.map(({ file }) => [file, readFileSync(join(copy, file), 'utf8')]));
  if (newFile) writeFileSync(join(copy, newFile.file), newFile.text);
  for (const line of lines) addLine(line);
  const asked = await filesWithErrors();
  for (const [file, text] of before) writeFileSync(join(copy, file), text);
  if (newFile) rmSync(join(copy, newFile.file));
  return asked;
}

/** Throws when its anchor is not there just once. */
function addLine({ file, after, added }: AddedLine): void {
  const parts = readFileSync(join(copy, file), 'utf8').split(after);
  if (parts.length !== 2) throw new Error(`${file} has ${parts.length - 1} times: ${after}`);
  writeFileSync(join(copy, file), parts.join(after + added));
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
