import { type Finding, type Result, type Rounds, ratioOf, type Share, spreadOfRatio, verdictOf } from './finding.ts';
import { quantile } from './quantiles.ts';

export const figure = (value: number): string => {
  if (value >= 1_000) return Math.round(value).toLocaleString('en-NZ');
  return value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2);
};

/** Median / 95th / 99th, or the one figure where a round has but one sample. */
function figures(rounds: Rounds): string {
  const all = rounds.flat();
  if (all.length <= rounds.length) return figure(quantile(all, 0.5));
  return [0.5, 0.95, 0.99].map((share) => figure(quantile(all, share))).join(' / ');
}

const shareName = (share: Share): string => (share === 0.5 ? 'p50' : share === 0.95 ? 'p95' : 'p99');

function goalOf({ ratio, ratioOf: share, guard, unit }: Finding): string {
  const bound = ratio && ('atMost' in ratio ? `≤ ${ratio.atMost}×` : `≥ ${ratio.atLeast}×`);
  return [
    ...(bound ? [share === 0.5 ? bound : `${shareName(share)} ${bound}`] : []),
    ...(guard ? [`${shareName(guard.of)} ≤ ${guard.atMost} ${unit}`] : []),
  ].join(', ');
}

const heading = [
  'goal',
  'what',
  'unit',
  'ours p50 / p95 / p99',
  'floor p50 / p95 / p99',
  'ratio',
  'wanted',
  'verdict',
  'spread',
  'floor is',
];

function cells(finding: Finding, noise: number): readonly string[] {
  return [
    finding.goal,
    finding.what,
    finding.unit,
    figures(finding.ours),
    figures(finding.floor),
    `${ratioOf(finding).toFixed(2)}×`,
    goalOf(finding),
    verdictOf(finding, noise),
    `${Math.round(spreadOfRatio(finding) * 100)} %`,
    finding.against,
  ];
}

/** Lines of a table; the first row is its heading. */
export function inColumns(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  const [first = '', ...lines] = rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  return [first, '-'.repeat(first.length), ...lines];
}

/** The findings in columns, then remarks on them, and what was skipped and why. */
export function toTable(results: readonly Result[], noise: number): string {
  const rows = [heading, ...results.flatMap((result) => ('goal' in result ? [cells(result, noise)] : []))];
  const remarks = results.flatMap((result) => ('remark' in result ? [`${result.section}: ${result.remark}`] : []));
  const skipped = results.flatMap((result) => ('skipped' in result ? [`${result.section} skipped: ${result.skipped}`] : []));
  return [...inColumns(rows), '', ...remarks, ...skipped].join('\n');
}

/** The same for a program: every figure with its spread. */
export function toRecord(finding: Finding, noise: number): Readonly<Record<string, unknown>> {
  const { goal, section, what, unit, against, ratio, guard } = finding;
  const quantiles = (rounds: Rounds) => ({
    p50: quantile(rounds.flat(), 0.5),
    p95: quantile(rounds.flat(), 0.95),
    p99: quantile(rounds.flat(), 0.99),
    samples: rounds.flat().length,
  });
  return {
    ...{ goal, section, what, unit, against, wanted: ratio, guard: guard ?? null },
    ...{ ours: quantiles(finding.ours), floor: quantiles(finding.floor), ratio: ratioOf(finding), ratioOf: finding.ratioOf },
    ...{ spread: spreadOfRatio(finding), verdict: verdictOf(finding, noise) },
  };
}
