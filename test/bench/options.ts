import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';

/** In the order in which they run: those that start programs come last. */
export const sectionNames = ['inbox', 'search', 'act', 'sync', 'delta', 'size', 'port', 'start', 'memory'] as const;
export type SectionName = (typeof sectionNames)[number];

export interface Options {
  /** Cached resources of the large store; the small one, for growth, holds a tenth. */
  readonly n: number;
  readonly rounds: number;
  readonly only: readonly SectionName[];
  /** File for the figures, for a program to read. */
  readonly json: string | null;
  /** Another checkout, whose bench is run in turn with this one. */
  readonly against: string | null;
}

export const usage = `npm run bench -- [--n 200000] [--rounds 5] [--only ${sectionNames.join(',')}] [--json FILE] [--against CHECKOUT]`;

const isSection = (name: string): name is SectionName => sectionNames.some((known) => known === name);

/** Throws a RangeError that says what is wrong with the arguments. */
export function readOptions(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      n: { type: 'string', default: '200000' },
      rounds: { type: 'string', default: '5' },
      only: { type: 'string', default: sectionNames.join(',') },
      json: { type: 'string' },
      against: { type: 'string' },
    },
  });
  const n = Number(values.n);
  const rounds = Number(values.rounds);
  if (!Number.isInteger(n) || n < 1_000) throw new RangeError('--n is a whole number of resources, at least 1000');
  if (!Number.isInteger(rounds) || rounds < 1) throw new RangeError('--rounds is a whole number, at least 1');
  const names = values.only.split(',');
  const only = names.filter(isSection);
  if (only.length !== names.length) throw new RangeError(`--only takes ${sectionNames.join(', ')}`);
  const against = values.against === undefined ? null : resolve(values.against);
  if (against !== null && !existsSync(join(against, 'test/bench/bench.ts'))) throw new RangeError(`--against: no bench in ${against}`);
  return { n, rounds, only, json: values.json ?? null, against };
}
