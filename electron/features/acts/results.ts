import type { Input, Reply } from '../../../shared/contract.ts';
import { addDays, clinicalDate, dayOf, instantOf as instantOfWall } from '../../../shared/dates.ts';
import type { TestResult } from '../../../shared/domain/test-result.ts';
import type { AppError } from '../../../shared/errors.ts';
import { type Day, OpId } from '../../../shared/ids.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { resultOf } from '../kinds/result-view.ts';
import { type Desk, instantOf } from '../use-case-context.ts';
import { queueAct } from './act.ts';
import { oneLine } from './one-line.ts';
import { mayWriteTo } from './patient-contact.ts';

/** Lets the patient see a result, with or without words to go with it. */
export function releaseResult(desk: Desk, input: Input<'results.release'>): Reply<'results.release'> {
  return queueAct(desk, input, {
    kind: 'release-result',
    mustStand: 'everything',
    draft: 'release-comment',
    decide: ({ item, patient }) => {
      const writable = mayWriteTo(patient);
      if (!writable.ok) return writable;
      const result = resultOf(desk.db, item);
      const comment = input.comment?.trim() || null;
      const open = checkGate(result, { ...input, comment });
      if (!open.ok) return open;

      return ok({
        change: {
          kind: 'release-result',
          v: 1,
          reportId: result.reportId,
          measurementIds: result.measurements.map(({ id }) => id),
          comment,
          commentId: desk.newId(),
          commentOpId: OpId.parse(desk.newId()),
          contact: input.contact,
        },
        summary: comment === null ? `Release ${result.name}` : `Release ${result.name}: ${oneLine(comment, 50)}`,
      });
    },
  });
}

/** What the gate asks for must be there (PRODUCT 30, 32): a critical or sensitive result only after the talk with the patient is recorded. */
function checkGate(
  { gate }: TestResult,
  given: Pick<Input<'results.release'>, 'comment' | 'noComment' | 'contact'>,
): Result<void, AppError> {
  if (gate.outcome === 'blocked') return err({ kind: 'refused', reason: 'result-not-final', detail: gate.reasons.join('; ') });
  const detail = gate.reasons.join('; ') || null;
  if (gate.needs.includes('contact-recorded') && given.contact === null)
    return err({ kind: 'refused', reason: 'contact-not-recorded', detail });
  if (gate.needs.includes('discussion-recorded') && given.contact === null)
    return err({ kind: 'refused', reason: 'discussion-not-recorded', detail });
  if (gate.needs.includes('comment-or-explicit-none') && given.comment === null && !given.noComment)
    return err({ kind: 'refused', reason: 'comment-or-explicit-none-needed', detail });
  return ok(undefined);
}

/** Longer than this is no hold but a decision never made (PRODUCT 31). */
const longestHoldDays = 366;
/** A hold ends when its day begins, so that it tops the list while somebody is there to see it. */
const holdEnds = { hour: 9, minute: 0, second: 0 };

/** Keeps a result from the patient, with a reason, an owner and an end: nothing is held for ever. */
export function holdResult(desk: Desk, input: Input<'results.hold'>): Reply<'results.hold'> {
  return queueAct(desk, input, {
    kind: 'hold-result',
    mustStand: 'everything',
    decide: ({ item }) => {
      const result = resultOf(desk.db, item);
      if (result.status === 'unknown') return err({ kind: 'refused', reason: 'result-not-final', detail: result.gate.reasons.join('; ') });
      const reasonText = input.reasonText?.trim() || null;
      if (input.reason === 'other' && reasonText === null) return err({ kind: 'refused', reason: 'reason-needed', detail: null });
      const today = dayOf(desk.now(), desk.zone);
      if (input.untilOn <= today || input.untilOn > addDays(today, longestHoldDays))
        return err({ kind: 'refused', reason: 'hold-needs-end', detail: null });

      return ok({
        change: {
          kind: 'hold-result',
          v: 1,
          reportId: result.reportId,
          reason: input.reason,
          reasonText,
          untilAt: morningOf(input.untilOn, desk),
          ownerId: desk.user.id,
          ownerName: desk.user.name,
        },
        summary: `Hold ${result.name} until ${clinicalDate(input.untilOn)}`,
      });
    },
  });
}

function morningOf(day: Day, { zone }: Desk): string {
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number);
  return instantOf(instantOfWall({ year, month, day: date, ...holdEnds }, zone));
}
