import { expect, test } from 'vitest';

import { errorMessage } from '../../renderer/words/error-message.ts';
import type { AppError, RefusalReason, SignInProblem, StorageProblem } from '../../shared/errors.ts';

const refusals: readonly RefusalReason[] = [
  ...(['patient-deceased', 'sender-not-matched', 'empty-text', 'text-too-long', 'nothing-decided', 'medicine-blocked'] as const),
  ...(['medicine-not-acknowledged', 'reason-needed', 'contact-not-recorded', 'comment-or-explicit-none-needed'] as const),
  ...(['discussion-not-recorded', 'result-not-final', 'hold-needs-end', 'item-closed', 'hold-over'] as const),
];
const signInProblems: readonly SignInProblem[] = [
  ...(['cancelled', 'timed-out', 'no-answer', 'not-a-portal', 'certificate', 'refused', 'wrong-answer', 'no-role'] as const),
  'different-user',
];
const storageProblems: readonly StorageProblem[] = [
  ...(['newer-file', 'damaged', 'wrong-key', 'keychain-unavailable', 'keychain-changed', 'disk-full', 'not-a-local-disk'] as const),
];

const samples: readonly AppError[] = [
  { kind: 'not-found' },
  { kind: 'stale', changedBy: null, changedAt: null },
  { kind: 'stale', changedBy: 'Dr Rangi', changedAt: '2026-11-22T22:42:00Z' },
  { kind: 'taken', by: 'Dr Rangi', since: null },
  { kind: 'wrong-patient' },
  { kind: 'not-allowed', needs: 'release-result' },
  { kind: 'not-allowed', needs: 'approve-repeat' },
  { kind: 'not-allowed', needs: 'anything' },
  ...refusals.map((reason) => ({ kind: 'refused' as const, reason, detail: null })),
  { kind: 'invalid-input', field: 'text', problem: 'too long' },
  { kind: 'no-session' },
  { kind: 'wrong-passphrase', attemptsLeft: null },
  { kind: 'wrong-passphrase', attemptsLeft: 1 },
  { kind: 'weak-passphrase', minimumLength: 15 },
  ...signInProblems.map((problem) => ({ kind: 'sign-in-failed' as const, problem, detail: null })),
  ...storageProblems.map((problem) => ({ kind: 'storage' as const, problem })),
  { kind: 'too-late', what: 'the reply was sent' },
  { kind: 'restarting' },
  { kind: 'unexpected', reference: 'a1b2c3' },
];

test('each kind of error, with each reason, has a whole sentence of its own', () => {
  const messages = samples.map(errorMessage);
  for (const message of messages) expect(message).toMatch(/^[A-Z].*\.$/s);
  expect(new Set(messages).size).toBe(messages.length);
  expect([...new Set(samples.map(({ kind }) => kind))].sort()).toEqual([
    ...['invalid-input', 'no-session', 'not-allowed', 'not-found', 'refused', 'restarting', 'sign-in-failed', 'stale', 'storage', 'taken'],
    ...['too-late', 'unexpected', 'weak-passphrase', 'wrong-passphrase', 'wrong-patient'],
  ]);
});

test('no message blames or shows a code', () => {
  for (const message of samples.map(errorMessage)) expect(message).not.toMatch(/undefined|null|\[object|invalid|illegal|fail(ed|ure)/i);
});

test('a stale act names who changed what was seen, at the practice’s time, and that nothing was sent', () => {
  const message = errorMessage({ kind: 'stale', changedBy: 'Dr Rangi', changedAt: '2026-11-22T22:42:00Z' });
  expect(message).toContain('Dr Rangi');
  expect(message).toContain('23-Nov-2026 11:42 am');
  expect(message).toContain('not sent');
});
