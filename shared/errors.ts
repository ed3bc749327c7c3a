import type { Instant } from './ids.ts';

/** Why a rule refuses an act. Worded for people in renderer/error-message.ts. */
export type RefusalReason =
  | 'patient-deceased'
  | 'sender-not-matched'
  | 'empty-text'
  | 'text-too-long'
  | 'nothing-decided'
  | 'medicine-blocked'
  | 'medicine-not-acknowledged'
  | 'reason-needed'
  | 'contact-not-recorded'
  | 'comment-or-explicit-none-needed'
  | 'discussion-not-recorded'
  | 'result-not-final'
  | 'hold-needs-end'
  | 'item-closed'
  | 'hold-over';

export type SignInProblem =
  | 'cancelled'
  | 'timed-out'
  | 'no-answer'
  | 'not-a-portal'
  | 'certificate'
  | 'refused'
  | 'wrong-answer'
  | 'no-role'
  | 'different-user';

export const storageProblems = [
  'newer-file',
  'damaged',
  'wrong-key',
  'keychain-unavailable',
  'keychain-changed',
  'disk-full',
  'not-a-local-disk',
] as const;
export type StorageProblem = (typeof storageProblems)[number];

/** Everything a user can be told. A closed union: the screens word each member, the compiler sees that none is missing. */
export type AppError =
  | { readonly kind: 'not-found' }
  /** What the user decided on is no longer what is there. */
  | { readonly kind: 'stale'; readonly changedBy: string | null; readonly changedAt: Instant | null }
  | { readonly kind: 'taken'; readonly by: string; readonly since: Instant | null }
  /** Item and patient of an act do not belong together (SAFETY I7). */
  | { readonly kind: 'wrong-patient' }
  | { readonly kind: 'not-allowed'; readonly needs: string }
  | { readonly kind: 'refused'; readonly reason: RefusalReason; readonly detail: string | null }
  | { readonly kind: 'invalid-input'; readonly field: string; readonly problem: string }
  | { readonly kind: 'no-session' }
  | { readonly kind: 'wrong-passphrase'; readonly attemptsLeft: number | null }
  | { readonly kind: 'weak-passphrase'; readonly minimumLength: number }
  | { readonly kind: 'sign-in-failed'; readonly problem: SignInProblem; readonly detail: string | null }
  | { readonly kind: 'storage'; readonly problem: StorageProblem }
  | { readonly kind: 'too-late'; readonly what: string }
  /** The core is being restarted; nothing was lost, the call can be made again. */
  | { readonly kind: 'restarting' }
  /** A bug. The reference is in the log beside the cause; the user can read it out. */
  | { readonly kind: 'unexpected'; readonly reference: string };
