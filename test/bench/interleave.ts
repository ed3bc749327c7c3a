import type { Rounds } from './finding.ts';

type Work = (sample: number) => unknown;

/** Milliseconds that the work took, up to its promise's end if it gives one. */
export async function timed(work: Work, sample: number): Promise<number> {
  const startedAt = performance.now();
  const result = work(sample);
  if (result instanceof Promise) await result;
  return performance.now() - startedAt;
}

/**
 * Times both pieces of work alternately, the order changing with each sample, so that a slow moment of the machine falls on both.
 * A tenth of a round is done beforehand and thrown away. `sample` counts on over rounds, from 0 and never twice.
 */
export async function interleave(
  { rounds, samples }: { readonly rounds: number; readonly samples: number },
  work: { readonly ours: Work; readonly floor: Work },
): Promise<{ ours: Rounds; floor: Rounds }> {
  const ours: number[][] = [];
  const floor: number[][] = [];
  let sample = 0;
  for (let round = -1; round < rounds; round += 1) {
    const [here, there]: [number[], number[]] = [[], []];
    for (let left = round < 0 ? Math.ceil(samples / 10) : samples; left > 0; left -= 1, sample += 1) {
      if (sample % 2 === 0) here.push(await timed(work.ours, sample));
      there.push(await timed(work.floor, sample));
      if (sample % 2 === 1) here.push(await timed(work.ours, sample));
    }
    if (round < 0) continue;
    ours.push(here);
    floor.push(there);
  }
  return { ours, floor };
}
