/** How far behind the watermark a walk begins, and when which: commits become visible late, so the end of the last walk is read again (WIRE, Pull algorithm). */
export const Overlap = { hot: 10_000, warm: 5 * 60_000, cold: 24 * 3_600_000 } as const;
export type Overlap = keyof typeof Overlap;

const warmEveryMs = 5 * 60_000;
const coldEveryMs = 24 * 3_600_000;

/** What is due now. Instants are milliseconds of the local clock and only pace the work; null: never done on this computer. */
export function dueOverlap(now: number, lastWarmAt: number | null, lastColdAt: number | null): Overlap {
  // A clock that was set back would otherwise silence the wide windows for as long.
  if (lastColdAt === null || Math.abs(now - lastColdAt) >= coldEveryMs) return 'cold';
  if (lastWarmAt === null || Math.abs(now - lastWarmAt) >= warmEveryMs) return 'warm';
  return 'hot';
}

/** Server instant minus milliseconds, in UTC with Z. Null when the text is no instant. */
export function before(instant: string, ms: number): string | null {
  const at = Date.parse(instant);
  return Number.isNaN(at) ? null : new Date(at - ms).toISOString();
}

/** The later of two instants; server stamps may differ in precision and offset, so they are compared as times. */
export function later(left: string | null, right: string | null): string | null {
  if (left === null) return right;
  if (right === null) return left;
  return Date.parse(right) > Date.parse(left) ? right : left;
}

/** The earlier of two instants. */
export function earlier(left: string, right: string | null): string {
  return right !== null && Date.parse(right) < Date.parse(left) ? right : left;
}

/** More than one second below the last answer: the server's clock stepped back or another server answers. Milliseconds of the gap, else 0. */
export function clockStepBack(lastServerDate: string | null, serverDate: string | null): number {
  if (lastServerDate === null || serverDate === null) return 0;
  const gap = Date.parse(lastServerDate) - Date.parse(serverDate);
  return gap > 1_000 ? gap : 0;
}
