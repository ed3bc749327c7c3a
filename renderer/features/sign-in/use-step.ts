import { useState } from 'react';
import type { AppError } from '../../../shared/errors.ts';
import type { Result } from '../../../shared/result.ts';
import { errorMessage } from '../../words/error-message.ts';

/** One step of a sign-in: runs once at a time and keeps what went wrong, in words. */
export function useStep(): {
  readonly isBusy: boolean;
  readonly problem: string | undefined;
  readonly run: (step: () => Promise<Result<unknown, AppError>>) => void;
} {
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  async function take(step: () => Promise<Result<unknown, AppError>>) {
    setBusy(true);
    setProblem(undefined);
    const reply = await step();
    setBusy(false);
    if (!reply.ok) setProblem(errorMessage(reply.error));
  }
  return {
    isBusy,
    problem,
    run: (step) => {
      if (!isBusy) void take(step);
    },
  };
}
