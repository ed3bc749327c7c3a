import { useSyncExternalStore } from 'react';

/**
 * The last try to sign in. Kept outside the page, because while the browser is open another page stands in its place, and what went wrong
 * must still be told when the first one is back.
 */
export interface Attempt {
  readonly server: string;
  /** In words; undefined: none made, or none failed. */
  readonly problem: string | undefined;
}

const none: Attempt = { server: '', problem: undefined };
let attempt = none;
const listeners = new Set<() => void>();

export function rememberAttempt(next: Attempt): void {
  attempt = next;
  for (const listener of listeners) listener();
}

export function forgetAttempt(): void {
  rememberAttempt(none);
}

export function useAttempt(): Attempt {
  return useSyncExternalStore(subscribe, () => attempt);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
