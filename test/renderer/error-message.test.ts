import { expect, test } from 'vitest';
import { errorMessage } from '../../renderer/words/error-message.ts';
import { AppError, RefusalReason, SignInProblem, StorageProblem } from '../../shared/errors.ts';

const samples: readonly AppError[] = [
  { kind: 'not-found' },
  { kind: 'stale', changedBy: null, changedAt: null },
  { kind: 'stale', changedBy: 'Dr Rangi', changedAt: '2026-11-22T22:42:00Z' },
  { kind: 'taken', by: 'Dr Rangi', since: null },
  { kind: 'wrong-patient' },
  { kind: 'not-allowed', needs: 'release-result' },
  { kind: 'not-allowed', needs: 'approve-repeat' },
  { kind: 'not-allowed', needs: 'anything' },
  ...RefusalReason.options.map((reason) => ({ kind: 'refused' as const, reason, detail: null })),
  { kind: 'invalid-input', field: 'text', problem: 'too long' },
  { kind: 'no-session' },
  { kind: 'wrong-passphrase', attemptsLeft: null },
  { kind: 'wrong-passphrase', attemptsLeft: 1 },
  { kind: 'weak-passphrase', minimumLength: 15 },
  ...SignInProblem.options.map((problem) => ({ kind: 'sign-in-failed' as const, problem, detail: null })),
  ...StorageProblem.options.map((problem) => ({ kind: 'storage' as const, problem })),
  { kind: 'too-late', what: 'the reply was sent' },
  { kind: 'restarting' },
  { kind: 'unexpected', reference: 'a1b2c3' },
];

test('each kind of error, with each reason, has a whole sentence of its own', () => {
  const messages = samples.map(errorMessage);
  for (const message of messages) expect(message).toMatch(/^[A-Z].*\.$/s);
  expect(new Set(messages).size).toBe(messages.length);
  expect(new Set(samples.map(({ kind }) => kind)).size).toBe(AppError.options.length);
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
