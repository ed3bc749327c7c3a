import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { copiedProfile, type Section } from '../bench-run.ts';
import { median } from '../quantiles.ts';
import { type Launched, launch, whyNoElectron, writeProgram } from './launch.ts';

export interface Startable {
  readonly place: string;
  readonly profile: string;
}

/** Milliseconds since the start of the process, by what had been reached. */
export type Marks = Readonly<Record<string, number>>;

/** Begins a program on its profile and waits until somebody could work with it. */
export async function startUp({ place, profile }: Startable): Promise<{ program: Launched; marks: Marks }> {
  const program = launch(place, { BENCH_PROFILE: profile }, [`--profile=${profile}`]);
  try {
    await program.line('MARK usable');
    const marks = program.heard('MARK').map((line) => line.split(' '));
    return { program, marks: Object.fromEntries(marks.map(([name, at]) => [name, Number(at) - program.spawnedAt])) };
  } catch (problem) {
    await program.end();
    throw problem;
  }
}

export async function startables(bench: Parameters<Section>[0]) {
  const app = writeProgram(bench.folder, 'whole-app');
  const emptyProfile = join(bench.folder, 'empty-profile');
  mkdirSync(emptyProfile, { recursive: true });
  return {
    empty: { place: writeProgram(bench.folder, 'empty-window'), profile: emptyProfile },
    large: { place: app, profile: await copiedProfile(bench, 'large') },
    small: { place: app, profile: await copiedProfile(bench, 'small') },
  };
}

/** From the start of the process to rows on the screen that obey the keyboard; file cache warm, keychain already open. */
export const startSection: Section = async (bench) => {
  const why = whyNoElectron();
  if (why) return [{ section: 'start', skipped: why }];
  const programs = await startables(bench);
  const times = { empty: [] as number[][], large: [] as number[][], small: [] as number[][] };
  const reached = { empty: [] as Marks[], large: [] as Marks[], small: [] as Marks[] };
  const names = ['empty', 'large', 'small'] as const;
  for (let round = 0; round <= bench.options.rounds; round += 1) {
    for (let turn = 0; turn < names.length; turn += 1) {
      const name = names[(round + turn) % names.length] ?? 'empty';
      const { program, marks } = await startUp(programs[name]);
      await program.end();
      if (round === 0) continue;
      times[name].push([marks.usable ?? Number.NaN]);
      reached[name].push(marks);
    }
  }
  const common = { section: 'start', unit: 'ms', ratioOf: 0.5, ours: times.large } as const;
  return [
    {
      ...common,
      floor: times.empty,
      goal: 'P1',
      what: 'Start to usable inbox, warm',
      against: 'empty Electron window',
      ratio: { atMost: 1.25 },
    },
    { ...common, floor: times.small, goal: 'P3', what: 'Start, growth', against: 'the small store', ratio: { atMost: 1.05 } },
    { section: 'start', remark: `empty window, ms since its start: ${marksLine(reached.empty)}` },
    { section: 'start', remark: `the app, large store, ms since its start: ${marksLine(reached.large)}` },
  ];
};

/** Medians, in the order in which they are reached. */
function marksLine(rounds: readonly Marks[]): string {
  const names = Object.keys(rounds[0] ?? {});
  return names.map((name) => `${name} ${Math.round(median(rounds.map((marks) => marks[name] ?? Number.NaN)))}`).join(', ');
}
