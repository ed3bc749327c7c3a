import { setImmediate as yieldToActs } from 'node:timers/promises';

/** Work between two turns of the event loop, so that an act never waits long behind a sync (PERFORMANCE, P10). */
const sliceMs = 8;
/** Rows at least: each slice costs a durable commit, which a busy machine would otherwise pay for every few rows. At most as many may hang on them. */
const fewest = 24;

const monotonic = () => performance.now();

/**
 * Applies `work` to all rows in slices of about 8 ms, each inside one call of `inTransaction`; `last` runs in the transaction of the last slice.
 * `work` answers with how much the slice still has to do for its rows before it commits, which the clock doesn't show yet.
 * `now` tells the milliseconds of a clock that is never set.
 * Killed between slices, the rows are simply done again: `work` must make the same of the same row.
 */
export async function inSlices<T>(
  rows: readonly T[],
  inTransaction: (slice: () => void) => void,
  work: (row: T) => number,
  last: () => void,
  now: () => number = monotonic,
): Promise<void> {
  let next = 0;
  do {
    inTransaction(() => {
      const startedAt = now();
      const first = next;
      let hanging = 0;
      while (next < rows.length && (next - first < fewest || (hanging < fewest && now() - startedAt < sliceMs))) {
        const row = rows[next];
        if (row !== undefined) hanging = work(row);
        next += 1;
      }
      if (next >= rows.length) last();
    });
    await yieldToActs();
  } while (next < rows.length);
}
