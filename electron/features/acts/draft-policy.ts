import { err, ok } from '../../../shared/result.ts';
import type { Decide } from './define-decide.ts';

export const decideDraftPolicy: Decide<'draft-policy'> = ({ input, newId }) => {
  const reason = input.reason.trim();
  if (reason === '') return err({ kind: 'refused', reason: 'reason-needed', detail: null });
  return ok({ change: { kind: 'draft-policy', v: 1, draftId: newId(), policy: input.policy, reason } });
};
