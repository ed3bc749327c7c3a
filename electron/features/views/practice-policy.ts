import type { Reply } from '../../../shared/contract.ts';
import { may } from '../../../shared/domain/permissions.ts';
import { defaultPolicy } from '../../../shared/policy/practice-policy.ts';
import { ok } from '../../../shared/result.ts';
import { latestPolicyDraft } from '../../store/outbox/outbox-rows.ts';
import type { ViewContext } from '../use-case-context.ts';

/** The policy in force. A draft is in force for nobody, so only who may make one sees it; another computer's is not pulled. */
export function practicePolicy({ db, user }: ViewContext): Reply<'practice.policy'> {
  const row = may(user.role, 'manage') ? latestPolicyDraft(db) : undefined;
  if (row?.change.change.kind !== 'draft-policy') return ok({ inForce: defaultPolicy, draft: null });
  const { policy, reason } = row.change.change;
  return ok({ inForce: defaultPolicy, draft: { policy, reason, by: row.change.authorName, at: row.change.createdAt, state: row.state } });
}
