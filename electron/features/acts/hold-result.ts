import { dayOf, instantOf } from '../../../shared/dates.ts';
import { holdRefusal } from '../../../shared/domain/hold-rules.ts';
import type { Day } from '../../../shared/ids.ts';
import { defaultPolicy } from '../../../shared/policy/practice-policy.ts';
import { err, ok } from '../../../shared/result.ts';
import { isAboutAnother, resultOf } from '../kinds/result-view.ts';
import type { Decide, DecideContext } from './define-decide.ts';

export const decideHoldResult: Decide<'hold-result'> = (context) => {
  const { db, item, author, input, now, zone } = context;
  const result = resultOf(db, item);
  // The same question as a release asks: a hold on somebody else's report would keep it from the wrong person (SAFETY I7).
  if (isAboutAnother(db, item)) return err({ kind: 'wrong-patient' });
  if (result.status === 'unknown') return err({ kind: 'refused', reason: 'result-not-final', detail: result.gate.reasons.join('; ') });
  const refusal = holdRefusal(input, dayOf(now, zone), defaultPolicy);
  if (refusal) return err(refusal);
  return ok({
    change: {
      kind: 'hold-result',
      v: 1,
      reportId: result.reportId,
      reportName: result.name,
      reason: input.reason,
      reasonText: input.reasonText?.trim() || null,
      untilAt: morningOf(input.untilOn, context),
      ownerId: author.id,
      ownerName: author.name,
    },
  });
};

/** A hold ends when its day begins, so that it tops the list while somebody is there to see it. */
const holdEnds = { hour: 9, minute: 0, second: 0 };

function morningOf(day: Day, { zone }: Pick<DecideContext<'hold-result'>, 'zone'>): string {
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number);
  return new Date(instantOf({ year, month, day: date, ...holdEnds }, zone)).toISOString();
}
