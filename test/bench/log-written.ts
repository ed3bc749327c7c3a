import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { root } from './bench-folder.ts';
import type { Bench } from './bench-run.ts';
import type { Finding, Result } from './finding.ts';
import { LoggedSync } from './logged-sync.ts';

const runProgram = promisify(execFile);
const child = join(import.meta.dirname, 'logged-sync-child.ts');
let stores = 0;

/** What is said of a logged sync: rows of the bench, and of a comparison with a tree whose bench lacks them. */
export const logRows = [
  {
    goal: 'P21',
    what: 'Written into the log',
    against: 'the JSON, once',
    ratio: { atMost: 4 },
    of: ({ logBytes, jsonBytes }: LoggedSync) => logBytes / jsonBytes,
  },
  {
    goal: 'P22',
    what: 'Word index segments a commit',
    against: 'one',
    ratio: { atMost: 1 },
    of: ({ segments, commits }: LoggedSync) => segments / commits,
  },
] as const;

/** More are written into the log the more there are: the keys are random, and each table grows deeper. */
const countedOf = (n: number): number => Math.min(n, 10_000);

/**
 * A first sync by the modules of a tree, in a process of its own: a sync cuts its slices by the clock, so that warm code makes fewer commits.
 * Rejects with what the process said when it failed.
 */
export async function logSync({ options, folder }: Bench, tree: string): Promise<LoggedSync> {
  stores += 1;
  const args = [child, tree, join(folder, `logged-${stores}.db`), String(countedOf(options.n))];
  const { stdout } = await runProgram(process.execPath, args, { cwd: tree });
  return LoggedSync.parse(JSON.parse(stdout));
}

/** Counted in each round: the clock makes it a little different each time. */
export async function measureLog(bench: Bench): Promise<readonly Result[]> {
  const syncs: LoggedSync[] = [];
  while (syncs.length < bench.options.rounds) syncs.push(await logSync(bench, root));
  const findings = logRows.map(
    ({ of, ...row }): Finding => ({
      ...{ ...row, section: 'sync', unit: '×', ratioOf: 0.5 },
      ours: syncs.map((sync) => [of(sync)]),
      floor: syncs.map(() => [1]),
    }),
  );
  return [...findings, ...syncs.slice(-1).map((sync) => ({ section: 'sync' as const, remark: inWords(sync, countedOf(bench.options.n)) }))];
}

function inWords({ logBytes, jsonBytes, segments, commits }: LoggedSync, count: number): string {
  const mb = (bytes: number) => (bytes / 1e6).toFixed(1);
  return `${count} resources, ${mb(jsonBytes)} MB of JSON: ${mb(logBytes)} MB into the log, ${segments} word index segments in ${commits} commits`;
}
