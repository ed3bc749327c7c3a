import type { After } from '../../electron/sync/engine/after.ts';

export interface StandingTime {
  readonly now: () => number;
  readonly after: After;
  /** Lets time pass: what falls due meanwhile runs in its order, before this returns. */
  readonly pass: (ms: number) => void;
  /** Milliseconds until something falls due; undefined while nothing will. */
  readonly untilNext: () => number | undefined;
}

/** A time that stands still until a test lets it pass, so that no test hangs on the speed of the machine. */
export function standingTime(): StandingTime {
  let now = Date.now();
  const waiting = new Set<{ readonly at: number; readonly run: () => void }>();
  const next = () => [...waiting].sort((left, right) => left.at - right.at)[0];
  return {
    now: () => now,
    after: (ms, run) => {
      const timer = { at: now + ms, run };
      waiting.add(timer);
      return () => waiting.delete(timer);
    },
    pass: (ms) => {
      const end = now + ms;
      for (let due = next(); due && due.at <= end; due = next()) {
        waiting.delete(due);
        now = due.at;
        due.run();
      }
      now = end;
    },
    untilNext: () => {
      const due = next();
      return due && due.at - now;
    },
  };
}
