import { refuse } from './problem.ts';

/** Milliseconds since 1970: from `low` up to but not including `high`. */
interface DateRange {
  readonly low: number;
  readonly high: number;
}

/** Stands for an open end of a period; within what SQLite and JavaScript both keep exactly. */
export const farFuture = 9_007_199_254_740_991;
export const farPast = -9_007_199_254_740_991;

const pattern = /^(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?(Z|[+-]\d\d:\d\d)?)?)?)?$/;

function offsetMinutes(zone: string | undefined): number {
  if (zone === undefined || zone === 'Z') return 0;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(4, 6));
  return zone.startsWith('-') ? -minutes : minutes;
}

/**
 * The span of time that a FHIR date, dateTime or instant covers at its precision; undefined when the text is none.
 * A text without an offset is read as UTC: a client that means a New Zealand day sends instants.
 */
export function dateRange(text: string): DateRange | undefined {
  const parts = pattern.exec(text);
  if (!parts) return undefined;
  const [, year, month, day, hour, minute, second, fraction, zone] = parts;
  const milliseconds = fraction === undefined ? 0 : Math.floor(Number(`0.${fraction}`) * 1000 + 1e-6);
  const monthIndex = Number(month ?? '1') - 1;
  const low =
    Date.UTC(
      Number(year),
      monthIndex,
      Number(day ?? '1'),
      Number(hour ?? '0'),
      Number(minute ?? '0'),
      Number(second ?? '0'),
      milliseconds,
    ) -
    offsetMinutes(zone) * 60_000;
  if (month === undefined) return { low, high: Date.UTC(Number(year) + 1, 0, 1) };
  if (day === undefined) return { low, high: Date.UTC(Number(year), monthIndex + 1, 1) };
  if (hour === undefined) return { low, high: low + 86_400_000 };
  if (second === undefined) return { low, high: low + 60_000 };
  return { low, high: low + (fraction === undefined ? 1000 : 1) };
}

/** A condition on two columns, with its arguments. */
export interface Condition {
  readonly sql: string;
  readonly args: readonly (string | number)[];
}

interface DateTest {
  readonly prefix: string;
  readonly range: DateRange;
}

function readDateTest(value: string): DateTest {
  const prefix = /^[a-z]{2}/.exec(value)?.[0] ?? 'eq';
  const range = dateRange(value.replace(/^[a-z]{2}/, ''));
  return range ? { prefix, range } : refuse(400, 'value', `Not a date: "${value}"`);
}

/**
 * A FHIR date search value such as `ge2026-11-20T00:00:00Z` as a condition on the columns that hold a value's range.
 * Prefixes per https://hl7.org/fhir/R4/search.html#prefix; refuses others with 400.
 */
export function dateCondition(value: string, low: string, high: string): Condition {
  const { prefix, range } = readDateTest(value);
  switch (prefix) {
    case 'eq':
      return { sql: `(${low} >= ? AND ${high} <= ?)`, args: [range.low, range.high] };
    case 'ne':
      return { sql: `NOT (${low} >= ? AND ${high} <= ?)`, args: [range.low, range.high] };
    case 'ge':
      return { sql: `${high} > ?`, args: [range.low] };
    case 'gt':
      return { sql: `${high} > ?`, args: [range.high] };
    case 'le':
      return { sql: `${low} < ?`, args: [range.high] };
    case 'lt':
      return { sql: `${low} < ?`, args: [range.low] };
    case 'sa':
      return { sql: `${low} >= ?`, args: [range.high] };
    case 'eb':
      return { sql: `${high} <= ?`, args: [range.low] };
    default:
      return refuse(400, 'not-supported', `Date prefix "${prefix}" is not supported`);
  }
}

/** The same for a column that holds one instant; the bare column is compared, so that its index serves the range. */
export function instantCondition(value: string, column: string): Condition {
  const { prefix, range } = readDateTest(value);
  switch (prefix) {
    case 'eq':
      return { sql: `(${column} >= ? AND ${column} < ?)`, args: [range.low, range.high] };
    case 'ne':
      return { sql: `(${column} < ? OR ${column} >= ?)`, args: [range.low, range.high] };
    case 'ge':
      return { sql: `${column} >= ?`, args: [range.low] };
    case 'gt':
    case 'sa':
      return { sql: `${column} >= ?`, args: [range.high] };
    case 'le':
      return { sql: `${column} < ?`, args: [range.high] };
    case 'lt':
    case 'eb':
      return { sql: `${column} < ?`, args: [range.low] };
    default:
      return refuse(400, 'not-supported', `Date prefix "${prefix}" is not supported`);
  }
}
