import type { Day } from '../../../shared/ids.ts';

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/**
 * A day as a person types it, `29-Nov-2026`, `29 november 2026` or `29 nov` (the next one from `today`); undefined when it isn't a day.
 * A box of the browser would show it all in numbers, in the order of the computer's country (UI, Dates).
 */
export function typedDay(text: string, today: Day): Day | undefined {
  const [, date, name, typedYear] = /^(\d{1,2})[\s-]*([a-z]{3,9})[\s-]*(\d{4})?$/.exec(text.trim().toLowerCase()) ?? [];
  const month = months.findIndex((each) => name?.startsWith(each)) + 1;
  if (date === undefined || month === 0) return undefined;
  const inYear = (year: string) => realDay(`${year}-${String(month).padStart(2, '0')}-${date.padStart(2, '0')}`);
  if (typedYear !== undefined) return inYear(typedYear);
  const thisYear = inYear(today.slice(0, 4));
  return thisYear !== undefined && thisYear >= today ? thisYear : inYear(String(Number(today.slice(0, 4)) + 1));
}

function realDay(day: Day): Day | undefined {
  const at = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(day) ? day : undefined;
}
