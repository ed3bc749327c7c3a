import { median, spreadOf } from './quantiles.ts';
import { figure, inColumns } from './table.ts';

export type Side = 'theirs' | 'ours';

/** One round of one tree. */
export interface Reading {
  readonly rows: readonly { readonly name: string; readonly unit: string; readonly figure: number }[];
  /** Sections that were not measured, and why. */
  readonly skipped: readonly string[];
  readonly noise: number;
}

export type Readings = Readonly<Record<Side, readonly Reading[]>>;

/** `–`: one round has no spread to judge by. */
type Verdict = 'better' | 'same' | 'worse' | '–';

interface ComparedRow {
  readonly name: string;
  readonly unit: string;
  /** Medians of the rounds. */
  readonly theirs: number;
  readonly ours: number;
  /** Ours over theirs. */
  readonly ratio: number;
  readonly spreadOfTheirs: number;
  readonly spreadOfOurs: number;
  readonly verdict: Verdict;
}

const figuresOf = (readings: readonly Reading[], wanted: string): number[] =>
  readings.flatMap(({ rows }) => rows.filter(({ name }) => name === wanted).map((row) => row.figure));

function namesIn(readings: readonly Reading[]): readonly string[] {
  return [...new Set(readings.flatMap(({ rows }) => rows.map(({ name }) => name)))];
}

/** Better and worse only by more than either tree differs from itself. Everything but a rate is the better the less it is. */
function verdictOf(ratio: number, spread: number, unit: string, rounds: number): Verdict {
  if (rounds < 2) return '–';
  if (Math.abs(ratio - 1) <= spread) return 'same';
  return ratio > 1 === (unit === 'rows/s') ? 'better' : 'worse';
}

/** The rows that both trees gave in every round. */
export function comparedRows({ theirs, ours }: Readings): readonly ComparedRow[] {
  return namesIn(ours).flatMap((name) => {
    const [of, on] = [figuresOf(theirs, name), figuresOf(ours, name)];
    if (of.length !== theirs.length || on.length !== ours.length) return [];
    const unit = ours[0]?.rows.find((row) => row.name === name)?.unit ?? '';
    const ratio = median(on) / median(of);
    const [spreadOfTheirs, spreadOfOurs] = [spreadOf(of), spreadOf(on)];
    const verdict = verdictOf(ratio, Math.max(spreadOfTheirs, spreadOfOurs), unit, ours.length);
    return [{ name, unit, theirs: median(of), ours: median(on), ratio, spreadOfTheirs, spreadOfOurs, verdict }];
  });
}

const heading = ['what', 'unit', 'theirs', 'ours', 'ours ÷ theirs', 'spread of theirs', 'of ours', 'verdict'];
const percent = (share: number): string => `${Math.round(share * 100)} %`;

/** The rows in columns, then what could not be compared and how noisy the machine was. */
export function toComparison(readings: Readings): string {
  const rows = comparedRows(readings);
  const isCompared = (name: string) => rows.some((row) => row.name === name);
  const missing = (here: Side, there: Side) =>
    namesIn(readings[here])
      .filter((name) => !isCompared(name))
      .map((name) => `Not compared, ${there} lack it: ${name}`);
  const skipped = (['theirs', 'ours'] as const).flatMap((side) =>
    [...new Set(readings[side].flatMap((reading) => reading.skipped))].map((words) => `Skipped by ${side}: ${words}`),
  );
  const noise = Math.max(...[...readings.theirs, ...readings.ours].map((reading) => reading.noise));
  const cells = rows.map((row) => [
    row.name,
    row.unit,
    figure(row.theirs),
    figure(row.ours),
    `${row.ratio.toFixed(2)}×`,
    percent(row.spreadOfTheirs),
    percent(row.spreadOfOurs),
    row.verdict,
  ]);
  return [
    ...inColumns([heading, ...cells]),
    '',
    ...missing('ours', 'theirs'),
    ...missing('theirs', 'ours'),
    ...skipped,
    `Worst noise index ${noise.toFixed(2)} (above 3: noisy). Medians of ${readings.ours.length} rounds; same: within the larger spread.`,
  ].join('\n');
}
