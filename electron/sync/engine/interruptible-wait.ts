import type { After } from './after.ts';

/** A wait that can be ended early. Rung while nobody waits, it ends the next wait at once, so that no wake-up is lost. */
export interface Alarm {
  /** Resolves after the milliseconds or when rung. `null`: only when rung. */
  wait(ms: number | null): Promise<void>;
  ring(): void;
}

export function createAlarm(after: After): Alarm {
  let rung = false;
  let wakeUp: (() => void) | undefined;
  return {
    async wait(ms) {
      if (!rung) {
        await new Promise<void>((resolve) => {
          const callOff = ms === null ? undefined : after(ms, resolve);
          wakeUp = () => {
            callOff?.();
            resolve();
          };
        });
      }
      wakeUp = undefined;
      rung = false;
    },
    ring() {
      rung = true;
      wakeUp?.();
    },
  };
}
