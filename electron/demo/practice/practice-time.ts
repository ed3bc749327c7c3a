/** All times are milliseconds since 1970 (UTC); days and hours of the practice are New Zealand's. */
export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

const OPENS = 8;
const CLOSES = 17;

/** Public holidays with a fixed date, month-day. The moving ones make no difference to invented work. */
const HOLIDAYS = new Set(['1-1', '1-2', '2-6', '4-25', '12-25', '12-26']);

export const iso = (at: number): string => new Date(at).toISOString();
export const isoDay = (at: number): string => new Date(at + offsetAt(at)).toISOString().slice(0, 10);

function sundayFrom(year: number, month: number, day: number): number {
  const date = new Date(Date.UTC(year, month, day));
  return Date.UTC(year, month, day + ((7 - date.getUTCDay()) % 7));
}

/** Offset of New Zealand time from UTC: 13 h from the last Sunday of September, 2 am, to the first Sunday of April, 3 am; else 12 h (Time Act 1974, order of 2007). */
export function offsetAt(at: number): number {
  const year = new Date(at + 12 * HOUR).getUTCFullYear();
  const winterFrom = sundayFrom(year, 3, 1) + 2 * HOUR - 12 * HOUR;
  const summerFrom = sundayFrom(year, 8, 24) + 2 * HOUR - 12 * HOUR;
  return at >= winterFrom && at < summerFrom ? 12 * HOUR : 13 * HOUR;
}

/** The instant at which the clock in New Zealand shows `hours` (may be fractional) on the local day of `at`. */
export function atLocalHour(at: number, hours: number): number {
  const offset = offsetAt(at);
  const midnight = Math.floor((at + offset) / DAY) * DAY;
  const instant = midnight + hours * HOUR - offset;
  return instant + offset - offsetAt(instant);
}

export function isWorkingDay(at: number): boolean {
  const local = new Date(at + offsetAt(at));
  const weekday = local.getUTCDay();
  return weekday !== 0 && weekday !== 6 && !HOLIDAYS.has(`${local.getUTCMonth() + 1}-${local.getUTCDate()}`);
}

/** `at` itself when the practice is open then, else the next opening. */
export function nextOpen(at: number): number {
  if (isWorkingDay(at) && at < atLocalHour(at, CLOSES)) return Math.max(at, atLocalHour(at, OPENS));
  let day = atLocalHour(at, 12) + DAY;
  while (!isWorkingDay(day)) day += DAY;
  return atLocalHour(day, OPENS);
}

/** The same time of day so many working days later: the targets of NZ-FACTS 3.7. */
export function addWorkingDays(at: number, days: number): number {
  const start = nextOpen(at);
  let day = start;
  for (let left = days; left > 0; ) {
    day += DAY;
    if (isWorkingDay(day)) left -= 1;
  }
  return atLocalHour(day, 0) + (start - atLocalHour(start, 0));
}

/** An hour of opening time later: the target for urgent items. */
export function addOpenHour(at: number): number {
  const start = nextOpen(at);
  const due = start + HOUR;
  const close = atLocalHour(start, CLOSES);
  return due <= close ? due : nextOpen(close + MINUTE) + (due - close);
}
