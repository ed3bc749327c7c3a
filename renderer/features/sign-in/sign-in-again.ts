import { call } from '../../data/api.ts';
import { showToast } from '../../ui/overlays/toast.tsx';
import type { Tone } from '../../ui/text/pill.tsx';
import { errorMessage } from '../../words/error-message.ts';

const signInLimitMs = 5 * 60_000;
const answerShownMs = 10_000;

/** Signs the same person in again while the work goes on: the portal's page opens in the browser, and how it ended is told here. */
export async function signInAgain(server: string): Promise<void> {
  tell('Finish in your browser. You can go on working here.', 'info', signInLimitMs);
  const reply = await call('session.sign-in', { server });
  if (reply.ok) tell('You are signed in again.', 'ok', answerShownMs);
  else tell(errorMessage(reply.error), 'warn', answerShownMs);
}

function tell(text: string, tone: Tone, ms: number): void {
  showToast({ id: 'sign-in-again', text, tone, until: Date.now() + ms });
}
