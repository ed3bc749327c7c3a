import type { Day, Instant } from './ids.ts';

/** The zones a New Zealand practice can be in. Times are always the practice's, whatever the PC says (UI, Dates). */
export type PracticeZone = 'Pacific/Auckland' | 'Pacific/Chatham';

/** Own table: `Intl` in en-NZ prints "Sept", and a clinical date needs three letters (UI, trap 6). */
const shortMonths = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;
const longMonths = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const;
const weekdays = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'] as const;

const formatters = new Map<PracticeZone, Intl.DateTimeFormat>();

function formatterOf(zone: PracticeZone): Intl.DateTimeFormat {
  const known = formatters.get(zone);
  if (known) return known;
  const made = new Intl.DateTimeFormat('en-NZ', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
  formatters.set(zone, made);
  return made;
}

export interface WallTime {
  readonly year: number;
  /** 1–12. */
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
}

/** What the practice's wall clock and calendar show at an instant. */
export function wallTimeOf(instant: Instant | number, zone: PracticeZone): WallTime {
  const parts = formatterOf(zone).formatToParts(typeof instant === 'number' ? instant : Date.parse(instant));
  const field = (type: Intl.DateTimeFormatPartTypes) => Number(parts.find((part) => part.type === type)?.value);
  return {
    year: field('year'),
    month: field('month'),
    day: field('day'),
    hour: field('hour'),
    minute: field('minute'),
    second: field('second'),
  };
}

/**
 * The instant (epoch ms) at which the practice's wall clock shows `wall`. In the hour that a switch to daylight saving skips,
 * the later side; in the hour that comes twice, the first.
 */
export function instantOf(wall: WallTime, zone: PracticeZone): number {
  const asUtc = Date.UTC(wall.year, wall.month - 1, wall.day, wall.hour, wall.minute, wall.second);
  const offsetAt = (ms: number) => {
    const shown = wallTimeOf(ms, zone);
    return Date.UTC(shown.year, shown.month - 1, shown.day, shown.hour, shown.minute, shown.second) - Math.floor(ms / 1000) * 1000;
  };
  const before = asUtc - offsetAt(asUtc - 86_400_000);
  const after = asUtc - offsetAt(asUtc + 86_400_000);
  const matches = (ms: number) => ms + offsetAt(ms) === asUtc;
  if (matches(before)) return before;
  if (matches(after)) return after;
  return before;
}

const twoDigits = (value: number) => String(value).padStart(2, '0');

export function dayOf(instant: Instant | number, zone: PracticeZone): Day {
  const { year, month, day } = wallTimeOf(instant, zone);
  return `${String(year).padStart(4, '0')}-${twoDigits(month)}-${twoDigits(day)}`;
}

function partsOfDay(day: Day): { readonly year: number; readonly month: number; readonly date: number } {
  const [year = Number.NaN, month = Number.NaN, date = Number.NaN] = day.split('-').map(Number);
  return { year, month, date };
}

/** Whole days from `from` to `to`; negative when `to` is earlier. */
export function daysBetween(from: Day, to: Day): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000);
}

export function addDays(day: Day, days: number): Day {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

/** 0 Sunday … 6 Saturday. */
export function weekdayOf(day: Day): number {
  return new Date(`${day}T00:00:00Z`).getUTCDay();
}

/** Clinical date, `02-Sep-2026`. All-numeric dates are never shown (UI, Dates). */
export function clinicalDate(day: Day): string {
  const { year, month, date } = partsOfDay(day);
  return `${twoDigits(date)}-${shortMonths[month - 1]}-${year}`;
}

/** To patients and screen readers: `2 September 2026`. */
export function longDate(day: Day): string {
  const { year, month, date } = partsOfDay(day);
  return `${date} ${longMonths[month - 1]} ${year}`;
}

/** `11:42 am`. */
export function clockTime(instant: Instant, zone: PracticeZone): string {
  const { hour, minute } = wallTimeOf(instant, zone);
  return `${hour % 12 === 0 ? 12 : hour % 12}:${twoDigits(minute)} ${hour < 12 ? 'am' : 'pm'}`;
}

/** Time in a list: today `11:42 am`, within the last six days `Fri 20 Nov`, otherwise `02-Sep-2026`. */
export function listTime(instant: Instant, now: Instant, zone: PracticeZone): string {
  const day = dayOf(instant, zone);
  const age = daysBetween(day, dayOf(now, zone));
  if (age === 0) return clockTime(instant, zone);
  if (age > 0 && age < 7) {
    const { month, date } = partsOfDay(day);
    return `${weekdays[weekdayOf(day)]} ${date} ${shortMonths[month - 1]}`;
  }
  return clinicalDate(day);
}

/** `20-Nov-2026 11:42 am`. */
export function clinicalDateTime(instant: Instant, zone: PracticeZone): string {
  return `${clinicalDate(dayOf(instant, zone))} ${clockTime(instant, zone)}`;
}

function monthsBetween(from: Day, to: Day): number {
  const a = partsOfDay(from);
  const b = partsOfDay(to);
  return (b.year - a.year) * 12 + (b.month - a.month) - (b.date < a.date ? 1 : 0);
}

/**
 * Age by the NHS CUI steps: <4 weeks in days, <1 year weeks and days, <2 years months and days, <18 years and months, then years.
 * Hours and minutes need a time of birth, which a Patient seldom has.
 */
export function ageText(bornOn: Day, on: Day): string {
  const days = daysBetween(bornOn, on);
  if (days < 0) return 'not yet born';
  if (days < 28) return `${days}d`;
  const months = monthsBetween(bornOn, on);
  if (months < 12) return `${Math.floor(days / 7)}w ${days % 7}d`;
  if (months < 24) return `${months}m ${daysSinceMonths(bornOn, months, on)}d`;
  if (months < 216) return `${Math.floor(months / 12)}y ${months % 12}m`;
  return `${Math.floor(months / 12)}y`;
}

function daysSinceMonths(bornOn: Day, months: number, on: Day): number {
  const { year, month, date } = partsOfDay(bornOn);
  const monthIndex = month - 1 + months;
  const lastOfMonth = new Date(Date.UTC(year, monthIndex + 1, 0)).getUTCDate();
  const anniversary = new Date(Date.UTC(year, monthIndex, Math.min(date, lastOfMonth))).toISOString().slice(0, 10);
  return daysBetween(anniversary, on);
}
