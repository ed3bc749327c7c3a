import { readFileSync } from 'node:fs';
import os from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { z } from 'zod';
import { defineStatement } from '../../electron/store/db.ts';
import { root } from './bench-folder.ts';
import { type Bench, profileOf, resourcesOf } from './bench-run.ts';
import { openDurableFile } from './durable-write.ts';
import { openProfile } from './fill-profile.ts';
import { timed } from './interleave.ts';
import { median, quantile } from './quantiles.ts';

const spinMs = 1;

/** A 99th over the median of a fixed piece of work: 1 on a quiet machine; above 3 nothing measured here can be trusted. */
export async function noiseIndex(): Promise<number> {
  const stepsPerMs = stepsIn(spinMs);
  const samples: number[] = [];
  for (let sample = 0; sample < 400; sample += 1) samples.push(await timed(() => spin(stepsPerMs), sample));
  return quantile(samples, 0.99) / median(samples);
}

let sink = 0;
function spin(steps: number): void {
  for (let step = 0; step < steps; step += 1) sink = (sink * 31 + step) % 1_000_003;
}

function stepsIn(ms: number): number {
  spin(2_000_000);
  const startedAt = performance.now();
  spin(1_000_000);
  return Math.round((1_000_000 * ms) / (performance.now() - startedAt));
}

export const loadAverage = (): string =>
  os
    .loadavg()
    .map((load) => load.toFixed(2))
    .join(' ');

const Runtime = z.object({ kind: z.string(), version: z.string(), executable: z.string(), sqliteBinding: z.string().nullable() });
export type Runtime = z.infer<typeof Runtime>;

/** The Electron that the set-up has resolved; null: none is here. */
export function findRuntime(): Runtime | null {
  try {
    return Runtime.parse(JSON.parse(readFileSync(join(root, 'node_modules/.cache/portal-desk/runtime.json'), 'utf8')));
  } catch {
    return null;
  }
}

async function fdatasyncTimes(folder: string): Promise<string> {
  const file = openDurableFile(folder);
  const samples: number[] = [];
  for (let sample = 0; sample < 200; sample += 1) samples.push(await timed(file.write, sample));
  file.close();
  return `${median(samples).toFixed(2)} ms median, ${quantile(samples, 0.99).toFixed(2)} ms p99`;
}

async function storeLine(bench: Bench, size: 'large' | 'small'): Promise<string> {
  const { store } = await openProfile(await profileOf(bench, size));
  const row = store.db.read(defineStatement('SELECT count(*) AS items, sum(open) AS open FROM work_item')).get();
  store.close();
  return `${resourcesOf(bench, size).toLocaleString('en-NZ')} resources, ${row?.items} work items in them, ${row?.open} open`;
}

/** What the figures were taken on: without it they say nothing. */
export async function describeSurroundings(bench: Bench): Promise<readonly (readonly [string, string])[]> {
  const connection = new Database(':memory:');
  const sqlite = connection.prepare('SELECT sqlite_version()').pluck().get();
  connection.close();
  const runtime = findRuntime();
  return [
    [
      'Machine',
      `${os.cpus().length} cores, ${os.cpus()[0]?.model.trim()}, ${Math.round(os.totalmem() / 2 ** 30)} GB, ${os.type()} ${os.release()}`,
    ],
    [
      'Versions',
      `Node ${process.versions.node}, ${runtime ? `Electron ${runtime.version} (${runtime.kind})` : 'no Electron'}, SQLite ${sqlite}`,
    ],
    ['Cipher', 'SQLCipher 4, page size 8192, synchronous FULL'],
    ['Write + fdatasync', await fdatasyncTimes(bench.folder)],
    ['Large store', await storeLine(bench, 'large')],
    ['Small store', await storeLine(bench, 'small')],
  ];
}
