/** Runs `run` after the milliseconds; what it answers calls that off. */
export type After = (ms: number, run: () => void) => () => void;

export const afterRealTime: After = (ms, run) => {
  const timer = setTimeout(run, ms);
  return () => clearTimeout(timer);
};
