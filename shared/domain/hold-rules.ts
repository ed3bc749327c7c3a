import { addDays } from '../dates.ts';
import type { AppError } from '../errors.ts';
import type { Day } from '../ids.ts';
import type { PracticePolicy } from '../policy/practice-policy.ts';
import type { HoldReason } from './test-result.ts';

export interface Hold {
  readonly reason: HoldReason;
  readonly reasonText: string | null;
  readonly untilOn: Day;
}

/** Why a result may not be held like this; null when it may. Every hold has a reason in words and an end that is not too far off (PRODUCT 31). */
export function holdRefusal({ reason, reasonText, untilOn }: Hold, today: Day, { longestHoldDays }: PracticePolicy): AppError | null {
  if (reason === 'other' && (reasonText?.trim() ?? '') === '') return { kind: 'refused', reason: 'reason-needed', detail: null };
  if (untilOn <= today || untilOn > addDays(today, longestHoldDays)) return { kind: 'refused', reason: 'hold-needs-end', detail: null };
  return null;
}
