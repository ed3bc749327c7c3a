import type { AppError } from '../../shared/errors.ts';
import type { Result } from '../../shared/result.ts';
import { showToast } from '../ui/overlays/toast.tsx';
import { errorMessage } from '../words/error-message.ts';

/** What went wrong, by a toast, where no place on the screen can say it. */
export function tellProblem(error: AppError): void {
  showToast({ id: 'problem', text: errorMessage(error), tone: 'critical', until: Date.now() + 15_000 });
}

/** Waits for a reply of which only the problem is told; the screen follows the rest by itself. */
export async function tellOutcome(reply: Promise<Result<unknown, AppError>>): Promise<void> {
  const answer = await reply;
  if (!answer.ok) tellProblem(answer.error);
}

/** Why a command can't be run now. */
export function tellUnavailable(reason: string): void {
  showToast({ id: 'unavailable', text: reason, tone: 'warn', until: Date.now() + 6000 });
}
