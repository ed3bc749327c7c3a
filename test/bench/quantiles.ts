/** Value below which that share of the samples lies (nearest rank). NaN without samples. */
export function quantile(samples: readonly number[], share: number): number {
  const sorted = samples.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(sorted.length * share) - 1))] ?? Number.NaN;
}

export const median = (samples: readonly number[]): number => quantile(samples, 0.5);

/** Distance between the extreme rounds as a share of the middle one: how far one more run may be off. */
export function spreadOf(rounds: readonly number[]): number {
  return rounds.length < 2 ? 0 : (Math.max(...rounds) - Math.min(...rounds)) / median(rounds);
}
