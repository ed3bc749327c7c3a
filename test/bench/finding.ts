import type { SectionName } from './options.ts';
import { median, quantile, spreadOf } from './quantiles.ts';

/** Samples of one thing, by round. */
export type Rounds = readonly (readonly number[])[];

type Bound = { readonly atMost: number } | { readonly atLeast: number };
export type Share = 0.5 | 0.95 | 0.99;

/** One line of the table: ours beside what bounds it, taken in the same rounds. */
export interface Finding {
  readonly section: SectionName;
  /** Number in the performance goals, such as P4. */
  readonly goal: string;
  readonly what: string;
  readonly unit: 'ms' | 'rows/s' | 'MB' | '×';
  readonly ours: Rounds;
  readonly floor: Rounds;
  /** What `floor` is. */
  readonly against: string;
  /** Which quantile the ratio is of. */
  readonly ratioOf: Share;
  readonly ratio: Bound | null;
  /** A limit on the figure itself: a guard rail on this class of machine. */
  readonly guard?: { readonly of: Share; readonly atMost: number };
}

export interface Skipped {
  readonly section: SectionName;
  readonly skipped: string;
}

/** What helps to read a finding. */
export interface Remark {
  readonly section: SectionName;
  readonly remark: string;
}

export type Result = Finding | Skipped | Remark;

export type Verdict = 'ok' | 'miss' | 'noisy' | '–';

export function ratioOf({ ours, floor, ratioOf: share }: Finding): number {
  return quantile(ours.flat(), share) / quantile(floor.flat(), share);
}

/** Of the ratios of the rounds' medians: a quantile near 1 of a single round is one sample. */
export function spreadOfRatio({ ours, floor }: Finding): number {
  return spreadOf(ours.map((round, index) => median(round) / median(floor[index] ?? [])));
}

const keeps = (value: number, bound: Bound): boolean => ('atMost' in bound ? value <= bound.atMost : value >= bound.atLeast);

/** `noisy` in place of a judgement when the machine was not quiet enough for one. What is counted does not mind noise. */
export function verdictOf(finding: Finding, noiseIndex: number): Verdict {
  const { ratio, guard, ours, unit } = finding;
  if (ratio === null && guard === undefined) return '–';
  if ((noiseIndex > 3 && unit !== 'MB' && unit !== '×') || spreadOfRatio(finding) > 0.3) return 'noisy';
  const isWithin = guard === undefined || quantile(ours.flat(), guard.of) <= guard.atMost;
  return isWithin && (ratio === null || keeps(ratioOf(finding), ratio)) ? 'ok' : 'miss';
}
