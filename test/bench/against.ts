import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import { root } from './bench-folder.ts';
import type { Bench } from './bench-run.ts';
import { comparedRows, type Reading, type Side, toComparison } from './compared.ts';
import { logRows, logSync } from './log-written.ts';

const runProgram = promisify(execFile);

const Figure = z.number().nullable();
const Row = z.object({
  goal: z.string(),
  what: z.string(),
  unit: z.string(),
  ours: z.object({ p50: Figure, p95: Figure, p99: Figure }),
  ratioOf: z.union([z.literal(0.5), z.literal(0.95), z.literal(0.99)]),
});
const Skipped = z.object({ section: z.string(), skipped: z.string() });
const Remark = z.object({ section: z.string(), remark: z.string() });
/** What a bench writes with `--json`, as far as it is compared. */
const Report = z.object({
  header: z.object({ 'Noise index': z.string() }),
  findings: z.array(z.union([Row, Skipped, Remark])),
});
type Row = z.infer<typeof Row>;

/** What the ratio of a row is of is also what is compared; null when there was not one sample. */
function figureOf({ ours, ratioOf }: Row): number | null {
  return ratioOf === 0.5 ? ours.p50 : ratioOf === 0.95 ? ours.p95 : ours.p99;
}

/** One round of a tree's own bench, by the Node that runs this. Rejects with what it said when it fails. */
async function benchOnce({ options, folder }: Bench, tree: string): Promise<Reading> {
  const json = join(folder, 'round.json');
  const args = ['--n', String(options.n), '--rounds', '1', '--only', options.only.join(','), '--json', json];
  await runProgram(process.execPath, [join(tree, 'test/bench/bench.ts'), ...args], { cwd: tree });
  const { header, findings } = Report.parse(JSON.parse(readFileSync(json, 'utf8')));
  return {
    noise: Number.parseFloat(header['Noise index']),
    skipped: findings.flatMap((finding) => ('skipped' in finding ? [`${finding.section}: ${finding.skipped}`] : [])),
    rows: findings.flatMap((finding) => {
      const figure = 'goal' in finding ? figureOf(finding) : null;
      return 'goal' in finding && figure !== null ? [{ name: `${finding.goal} ${finding.what}`, unit: finding.unit, figure }] : [];
    }),
  };
}

/** The rows that version 0.1 counts not by itself. A tree that is laid out otherwise must have them in its bench. */
async function withLogRows(bench: Bench, tree: string, reading: Reading): Promise<Reading> {
  const lacks = logRows.some(({ goal }) => !reading.rows.some(({ name }) => name.startsWith(`${goal} `)));
  if (!lacks || !bench.options.only.includes('sync')) return reading;
  try {
    const sync = await logSync(bench, tree);
    const rows = logRows.map(({ goal, what, of }) => ({ name: `${goal} ${what}`, unit: '×', figure: of(sync) }));
    return { ...reading, rows: [...reading.rows, ...rows] };
  } catch (problem) {
    const words = problem instanceof Error ? problem.message.split('\n').find((line) => line.includes('Error')) : problem;
    return { ...reading, skipped: [...reading.skipped, `P21, P22: ${words}`] };
  }
}

/** The bench of another tree and of this one, round by round in changing order, so that a slow quarter of an hour falls on both. */
export async function compareWith(bench: Bench, theirs: string): Promise<void> {
  const { options } = bench;
  const trees: Readonly<Record<Side, string>> = { theirs, ours: root };
  const readings: Record<Side, Reading[]> = { theirs: [], ours: [] };
  for (let round = 0; round < options.rounds; round += 1) {
    for (const side of round % 2 === 0 ? (['theirs', 'ours'] as const) : (['ours', 'theirs'] as const)) {
      console.log(`Round ${round + 1} of ${options.rounds}: ${side}, ${trees[side]} …`);
      readings[side].push(await withLogRows(bench, trees[side], await benchOnce(bench, trees[side])));
    }
  }
  console.log(`\n${toComparison(readings)}`);
  if (options.json !== null) writeFileSync(options.json, `${JSON.stringify({ ...trees, rows: comparedRows(readings) }, null, 2)}\n`);
}
