import { expect, test } from 'vitest';
import { biteFor, inSlices } from '../../electron/sync/pull/take-page.ts';

interface Slicing {
  /** Milliseconds since anybody acted or looked. */
  readonly quietMs?: number;
  /** Milliseconds that each row takes. */
  readonly msOfRow?: number;
}

/** Rows of each transaction, where `hangingOn` rows of a slice leave that much to be done before it commits. */
async function slicesOf(rows: number, hangingOn: (rowsInSlice: number) => number, { quietMs = 0, msOfRow = 0 }: Slicing = {}) {
  const slices: number[] = [];
  let inSlice = 0;
  let taken = 0;
  await inSlices(
    Array.from({ length: rows }, (_, index) => index),
    (slice) => {
      inSlice = 0;
      slice();
      slices.push(inSlice);
    },
    () => {
      inSlice += 1;
      taken += 1;
      return hangingOn(inSlice);
    },
    () => undefined,
    () => biteFor(quietMs),
    () => taken * msOfRow,
  );
  return slices;
}

test('a slice ends when as much hangs on its rows as it must at least hold, however quickly they were taken', async () => {
  expect(await slicesOf(100, (inSlice) => inSlice)).toEqual([24, 24, 24, 24, 4]);
});

test('a slice ends after 8 ms, but holds 24 rows however slowly they were taken', async () => {
  expect(await slicesOf(100, () => 0, { msOfRow: 0.25 })).toEqual([32, 32, 32, 4]);
  expect(await slicesOf(100, () => 0, { msOfRow: 5 })).toEqual([24, 24, 24, 24, 4]);
});

test('slices are small while somebody works and large when nobody has acted or looked for a while', async () => {
  expect(await slicesOf(500, (inSlice) => inSlice, { quietMs: 4_999 })).toHaveLength(21);
  expect(await slicesOf(500, (inSlice) => inSlice, { quietMs: 5_000 })).toEqual([200, 200, 100]);
});

test('every row is taken once, and an empty page still has its last transaction', async () => {
  const slices = await slicesOf(1_000, () => 0);
  expect(slices.reduce((sum, rows) => sum + rows, 0)).toBe(1_000);
  expect(await slicesOf(0, () => 0)).toEqual([0]);
});
