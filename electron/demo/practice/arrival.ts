import { addOpenHour, addWorkingDays, atLocalHour, DAY, HOUR, isWorkingDay, MINUTE } from './practice-time.ts';
import type { Random } from './random.ts';

export type Kind = 'message' | 'repeat' | 'result';

interface Arrival {
  readonly at: number;
  readonly due: number;
}

/** The practice's targets (NZ-FACTS 3.7): two working days, three for a result, an hour of opening time when urgent. */
export function dueAt(kind: Kind, at: number, urgent: boolean): number {
  if (urgent) return addOpenHour(at);
  return addWorkingDays(at, kind === 'result' ? 3 : 2);
}

/** An hour of the day: the laboratory reports until evening; patients write mostly in the morning, some at night. */
function hourOfDay(kind: Kind, random: Random): number {
  const draw = random.next();
  if (kind === 'result') return 9 + 10 * random.next();
  if (draw < 0.45) return 8 + 3.5 * random.next();
  if (draw < 0.8) return 11.5 + 5.5 * random.next();
  return draw < 0.95 ? 17 + 6 * random.next() : 6 + 2 * random.next();
}

/** When something came in on a day `daysAgo`; fewer come at weekends. */
export function arrivalOnDay(kind: Kind, now: number, daysAgo: number, random: Random): number {
  const day = now - daysAgo * DAY;
  const moved = isWorkingDay(day) || random.chance(kind === 'result' ? 0.05 : 0.3) ? day : day - 2 * DAY;
  return atLocalHour(moved, hourOfDay(kind, random)) + random.between(0, 59) * 1000;
}

/** When an open item came in, in the last seven days, so that it is overdue now or is not, as asked. */
export function openArrival(
  kind: Kind,
  now: number,
  random: Random,
  wanted: { readonly urgent: boolean; readonly overdue: boolean },
): Arrival {
  for (let attempt = 0; attempt < 40; attempt += 1) {
    const daysAgo = wanted.overdue ? random.between(1, 7) : Math.floor(5 * random.next() ** 1.6);
    const at = wanted.urgent && !wanted.overdue ? now - (2 + 55 * random.next()) * MINUTE : arrivalOnDay(kind, now, daysAgo, random);
    const due = dueAt(kind, at, wanted.urgent);
    if (at < now - MINUTE && at > now - 7 * DAY && due < now === wanted.overdue) return { at, due };
  }
  // No such time of day exists now (a holiday week, or minutes after opening): the end of the range that fits best.
  const at = wanted.overdue ? now - 7 * DAY + HOUR : now - random.between(3, 50) * MINUTE;
  return { at, due: dueAt(kind, at, wanted.urgent) };
}

/** Came in within the last hour. */
export function freshArrival(kind: Kind, now: number, random: Random, urgent: boolean): Arrival {
  const at = now - random.between(2, 50) * MINUTE;
  return { at, due: dueAt(kind, at, urgent) };
}
