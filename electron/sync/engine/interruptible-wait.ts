import type { After } from './after.ts';

/** A wait that can be ended early. Rung while nobody waits, it ends the next wait at once, so that no wake-up is lost. */
export interface InterruptibleWait {
  /** Resolves after the milliseconds or when rung. `null`: only when rung. */
  wait(ms: number | null): Promise<void>;
  interrupt(): void;
}

export function createInterruptibleWait(after: After): InterruptibleWait {
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
    interrupt() {
      rung = true;
      wakeUp?.();
    },
  };
}
