/** Waits between attempts: 1, 2, 4 … 300 s with full jitter; what the server asks for in Retry-After wins (WIRE, Push algorithm). */
const longestMs = 300_000;
/** Full jitter may draw nearly zero; one request a second is the most that an outage may see from one desktop (SAFETY F10). */
const shortestMs = 1_000;
/** A Retry-After beyond a day is taken for a mistake: the change would wait unseen for weeks. */
const longestRetryAfterMs = 86_400_000;

/** Milliseconds to wait after the given number of attempts without an answer that settles it. `random` draws from [0, 1). */
export function backoffMs(attempts: number, random: () => number): number {
  const ceiling = Math.min(longestMs, 1_000 * 2 ** Math.min(attempts, 20));
  return Math.max(shortestMs, Math.round(random() * ceiling));
}

/** Milliseconds to wait: the server's own figure when it gave one, never less; else backoff. */
export function waitMs(attempts: number, retryAfterSeconds: number | null, random: () => number): number {
  if (retryAfterSeconds !== null && Number.isFinite(retryAfterSeconds) && retryAfterSeconds >= 0)
    return Math.min(longestRetryAfterMs, Math.max(shortestMs, Math.ceil(retryAfterSeconds * 1_000)));
  return backoffMs(attempts, random);
}

/** The wait with ± 20 %, so that a practice's desktops don't poll in step. */
export function withJitter(ms: number, random: () => number): number {
  return Math.round(ms * (0.8 + 0.4 * random()));
}
