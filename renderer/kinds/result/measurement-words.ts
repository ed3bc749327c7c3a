import { dayOf, longDate } from '../../../shared/dates.ts';
import type { Measurement, ResultFlag } from '../../../shared/domain/test-result.ts';
import { practiceZone } from '../../words/practice-zone.ts';

/** Letter, arrow and word; the colour only repeats it (UI, Result). A normal value has no mark. */
export const flagWords: Record<ResultFlag, string> = {
  H: '↑ H High',
  L: '↓ L Low',
  HH: '!! HH Critical high',
  LL: '!! LL Critical low',
  A: '* A Abnormal',
  AA: '!! AA Critical abnormal',
};

export function isCritical(flag: ResultFlag): boolean {
  return flag === 'HH' || flag === 'LL' || flag === 'AA';
}

function decimalsOf(value: string): number {
  return /\.(\d+)/.exec(value)?.[1]?.length ?? 0;
}

/** `+0.4` since the last value, to the finer of the two precisions; empty where the two can't be compared. */
export function changeSince({ value, number, unit, previous }: Pick<Measurement, 'value' | 'number' | 'unit' | 'previous'>): string {
  const [last] = previous;
  if (!last || number === null || last.number === null || unit !== last.unit) return '';
  const change = (number - last.number).toFixed(Math.max(decimalsOf(value), decimalsOf(last.value)));
  if (Number(change) === 0) return 'same';
  return Number(change) > 0 ? `↑ +${change}` : `↓ −${change.slice(1)}`;
}

/** Numbers in order of time, the new one last; those in another unit are left out. */
export function trendPoints({ number, unit, previous }: Pick<Measurement, 'number' | 'unit' | 'previous'>): readonly number[] {
  if (number === null) return [];
  const earlier = previous.flatMap((each) => (each.number !== null && each.unit === unit ? [each.number] : []));
  return [...earlier.reverse(), number];
}

/** The sparkline in words. */
export function trendWords({ name, value, unit, previous }: Pick<Measurement, 'name' | 'value' | 'unit' | 'previous'>): string {
  const earlier = [...previous].reverse().map((each) => `${each.value} on ${longDate(dayOf(each.at, practiceZone))}`);
  return `${name}, from earliest: ${[...earlier, `now ${value}${unit === null ? '' : ` ${unit}`}`].join(', ')}`;
}
