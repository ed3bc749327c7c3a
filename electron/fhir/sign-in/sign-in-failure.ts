import type { SignInProblem } from '../../../shared/errors.ts';

/** Why a sign-in came to nothing. `detail` is for support: a code or the server's words, never a token. */
export interface SignInFailure {
  readonly problem: SignInProblem;
  readonly detail: string | null;
}
