// How many files one approval of a repeat prescription runs through, page to server: what ran in a run with it, less what ran in a run without.
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Reporter, startVitest } from 'vitest/node';
import { startPortal } from '../portal/start-portal.ts';
import { journeyPractice } from '../support/journey-practice.ts';
import { functionsThatRan, type Ran } from './coverage.ts';

const processes = ['page', 'core'] as const;
type Process = (typeof processes)[number];

/** Files that hold a list or a table only: nobody reads them through to follow one approval. */
const registries = [
  /^shared\/(channels|contract|changes\/changes|acts\/acts)\.ts$/,
  /^electron\/(features|fhir)\/acts\/acts\.ts$/,
  /^electron\/features\/handlers\.ts$/,
  /\/sql-text\.ts$/,
  /(^|\/)(kinds|records|lists|pages)\.tsx?$/,
];
/** What is said, and how it looks. */
const words = [/-words\.tsx?$/, /(^|\/)words\//, /error-message\.ts$/, /\.css$/];

interface RunFile {
  readonly process: Process;
  readonly file: string;
  /** Named functions that ran for the approval only. */
  readonly functions: readonly string[];
  readonly unnamed: number;
}

/** Says nothing of a run that came to its end. */
const failures: Reporter = {
  onTestRunEnd: (modules, errors) => {
    const inTests = modules.flatMap((module) => [...module.children.allTests()].flatMap((test) => test.result().errors ?? []));
    const all = [...errors, ...modules.flatMap((module) => module.errors()), ...inTests];
    for (const { stack, message } of all) console.error(stack ?? message);
  },
};

/** One run, both processes fresh, with a portal of its own. Throws when the journey did not come to its end. */
async function runOnce(isApproved: boolean): Promise<Readonly<Record<Process, Ran>>> {
  const folder = mkdtempSync(join(tmpdir(), 'portal-desk-approval-'));
  const portal = await startPortal({ enrolled: 0 });
  try {
    portal.load(journeyPractice(Date.now()));
    const token = await portal.tokenFor('role-dr-rangi', 3600);
    const vitest = await startVitest([], {
      config: join(import.meta.dirname, '../../build/vitest.config.ts'),
      include: ['test/measures/approval-run.tsx'],
      provide: { run: { isApproved, portal: portal.baseUrl, token, folder } },
      watch: false,
      reporters: [failures],
    });
    await vitest.close();
    if (!existsSync(join(folder, 'page'))) throw new Error(`The run ${isApproved ? 'with' : 'without'} an approval failed.`);
    return { page: functionsThatRan(join(folder, 'page')), core: functionsThatRan(join(folder, 'core')) };
  } finally {
    await portal.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

function less(one: Ran, other: Ran, process: Process): RunFile[] {
  return [...one]
    .map(([file, ran]) => {
      const only = [...ran].filter(([offset]) => !other.get(file)?.has(offset)).map(([, name]) => name);
      return { process, file, functions: [...new Set(only.filter(Boolean))], unnamed: only.filter((name) => name === '').length };
    })
    .filter(({ functions, unnamed }) => functions.length + unnamed > 0)
    .sort((a, b) => a.file.localeCompare(b.file));
}

const isAnyOf = (patterns: readonly RegExp[]) => (run: RunFile) => patterns.some((pattern) => pattern.test(run.file));
const countOf = (runs: readonly RunFile[]) => new Set(runs.map(({ file }) => file)).size;

function print(title: string, runs: readonly RunFile[]): void {
  console.log(`${title}: ${countOf(runs)}`);
  for (const { file, functions, unnamed } of runs) {
    console.log(`  ${file}: ${[...functions, ...(unnamed > 0 ? [`${unnamed} unnamed`] : [])].join(', ')}`);
  }
}

const { values } = parseArgs({ options: { json: { type: 'string' } } });
const idle = await runOnce(false);
const approval = await runOnce(true);
const all = processes.flatMap((process) => less(approval[process], idle[process], process));
const listed = { registries: all.filter(isAnyOf(registries)), words: all.filter(isAnyOf(words)) };
const counted = all.filter((run) => !listed.registries.includes(run) && !listed.words.includes(run));
for (const process of processes) {
  print(
    process,
    counted.filter((run) => run.process === process),
  );
}
print('registries, not counted', listed.registries);
print('words and style sheets, not counted', listed.words);
console.log(`${countOf(counted)} files run for one approval, page to server.`);
if (values.json !== undefined) {
  writeFileSync(values.json, `${JSON.stringify({ count: countOf(counted), counted, ...listed }, null, 2)}\n`);
}
