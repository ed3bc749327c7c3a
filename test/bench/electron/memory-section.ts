import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import type { Section } from '../bench-run.ts';
import { whyNoElectron } from './launch.ts';
import { startables, startUp } from './start-section.ts';

const settleMs = 5_000;

/** Proportional set size of a process and all that it started, in MB: shared pages are shared out, so the sum is what the machine gives up. */
function memoryOf(pid: number): number {
  const children = new Map<number, number[]>();
  for (const name of readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))) {
    // pid (name) state parent …; the name may hold anything, so from the last bracket.
    const parent = Number(readOrNothing(`/proc/${name}/stat`).split(') ').at(-1)?.split(' ')[1]);
    children.set(parent, [...(children.get(parent) ?? []), Number(name)]);
  }
  const family = [pid];
  for (const member of family) family.push(...(children.get(member) ?? []));
  const kilobytes = family.map((member) => Number(/^Pss:\s+(\d+)/m.exec(readOrNothing(`/proc/${member}/smaps_rollup`))?.[1] ?? 0));
  return kilobytes.reduce((total, kb) => total + kb, 0) / 1024;
}

/** A process may end while it is looked at. */
function readOrNothing(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

/** All processes, a few seconds after the start, with nobody doing anything. */
export const memorySection: Section = async (bench) => {
  if (process.platform !== 'linux') return [{ section: 'memory', skipped: 'needs /proc' }];
  const why = whyNoElectron();
  if (why) return [{ section: 'memory', skipped: why }];
  const programs = await startables(bench);
  const sizes = { empty: [] as number[][], large: [] as number[][], small: [] as number[][] };
  for (let round = 0; round < Math.min(bench.options.rounds, 3); round += 1) {
    for (const name of ['empty', 'large', 'small'] as const) {
      const { program } = await startUp(programs[name]);
      await wait(settleMs);
      sizes[name].push([memoryOf(program.pid)]);
      await program.end();
    }
  }
  const common = { section: 'memory', goal: 'P16', unit: 'MB', ratioOf: 0.5, ours: sizes.large } as const;
  return [
    { ...common, floor: sizes.empty, what: 'Memory, idle', against: 'empty Electron window', ratio: { atMost: 1.4 } },
    { ...common, floor: sizes.small, what: 'Memory, growth', against: 'the small store', ratio: { atMost: 1.1 } },
  ];
};
