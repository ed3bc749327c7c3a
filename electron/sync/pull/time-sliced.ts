import { setImmediate as yieldToActs } from 'node:timers/promises';

/** How much is done between two turns of the event loop. */
export interface Bite {
  readonly ms: number;
  /** Rows at least: each slice costs a commit, which a busy machine would otherwise pay for every few rows. At most as many may hang on them. */
  readonly rows: number;
}

/** While somebody works: no act may wait long behind a sync (PERFORMANCE, P10). */
const small: Bite = { ms: 8, rows: 24 };
/** While nobody does: the same page of an index is then written once for many rows, and half as much goes into the log (P12, P21). */
const large: Bite = { ms: 48, rows: 200 };
/** A person at work opens or does something every few seconds; after so long without, they are elsewhere or only watch. */
const awayMs = 5_000;

export function biteFor(quietMs: number): Bite {
  return quietMs >= awayMs ? large : small;
}

const monotonic = () => performance.now();

/**
 * Applies `work` to all rows in slices, each inside one call of `inTransaction`; `last` runs in the transaction of the last slice.
 * `work` answers with how much the slice still has to do for its rows before it commits, which the clock doesn't show yet.
 * `now` tells the milliseconds of a clock that is never set.
 * Killed between slices, the rows are simply done again: `work` must make the same of the same row.
 */
export async function inSlices<T>(
  rows: readonly T[],
  inTransaction: (slice: () => void) => void,
  work: (row: T) => number,
  last: () => void,
  nextBite: () => Bite,
  now: () => number = monotonic,
): Promise<void> {
  let next = 0;
  do {
    const bite = nextBite();
    inTransaction(() => {
      const startedAt = now();
      const first = next;
      let hanging = 0;
      while (next < rows.length && (next - first < bite.rows || (hanging < bite.rows && now() - startedAt < bite.ms))) {
        const row = rows[next];
        if (row !== undefined) hanging = work(row);
        next += 1;
      }
      if (next >= rows.length) last();
    });
    await yieldToActs();
  } while (next < rows.length);
}
