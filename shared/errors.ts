import { z } from 'zod';
import { Instant } from './ids.ts';

/** Why a rule refuses an act. Worded for people in renderer/error-message.ts. */
export const RefusalReason = z.enum([
  'patient-deceased',
  'sender-not-matched',
  'empty-text',
  'text-too-long',
  'nothing-decided',
  'medicine-blocked',
  'medicine-not-acknowledged',
  'reason-needed',
  'contact-not-recorded',
  'comment-or-explicit-none-needed',
  'discussion-not-recorded',
  'result-not-final',
  'hold-needs-end',
  'item-closed',
  'hold-over',
]);
export type RefusalReason = z.infer<typeof RefusalReason>;

export const SignInProblem = z.enum([
  'cancelled',
  'timed-out',
  'no-answer',
  'not-a-portal',
  'certificate',
  'refused',
  'wrong-answer',
  'no-role',
  'different-user',
]);
export type SignInProblem = z.infer<typeof SignInProblem>;

export const StorageProblem = z.enum([
  'newer-file',
  'damaged',
  'wrong-key',
  'keychain-unavailable',
  'keychain-changed',
  'disk-full',
  'not-a-local-disk',
]);
export type StorageProblem = z.infer<typeof StorageProblem>;

/** Everything a user can be told. A closed union: the screens word each member, the compiler sees that none is missing. */
export const AppError = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('not-found') }),
  /** What the user decided on is no longer what is there. */
  z.object({ kind: z.literal('stale'), changedBy: z.string().nullable(), changedAt: Instant.nullable() }),
  z.object({ kind: z.literal('taken'), by: z.string(), since: Instant.nullable() }),
  /** Item and patient of an act do not belong together (SAFETY I7). */
  z.object({ kind: z.literal('wrong-patient') }),
  z.object({ kind: z.literal('not-allowed'), needs: z.string() }),
  z.object({ kind: z.literal('refused'), reason: RefusalReason, detail: z.string().nullable() }),
  z.object({ kind: z.literal('invalid-input'), field: z.string(), problem: z.string() }),
  z.object({ kind: z.literal('no-session') }),
  z.object({ kind: z.literal('wrong-passphrase'), attemptsLeft: z.number().int().nullable() }),
  z.object({ kind: z.literal('weak-passphrase'), minimumLength: z.number().int() }),
  z.object({ kind: z.literal('sign-in-failed'), problem: SignInProblem, detail: z.string().nullable() }),
  z.object({ kind: z.literal('storage'), problem: StorageProblem }),
  z.object({ kind: z.literal('too-late'), what: z.string() }),
  /** The core is being restarted; nothing was lost, the call can be made again. */
  z.object({ kind: z.literal('restarting') }),
  /** A bug. The reference is in the log beside the cause; the user can read it out. */
  z.object({ kind: z.literal('unexpected'), reference: z.string() }),
]);
export type AppError = z.infer<typeof AppError>;
