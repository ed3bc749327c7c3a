import type { AppError, RefusalReason } from '../errors.ts';
import type { PatientContact, ReleaseGate, TestResult } from './test-result.ts';

type Releasable = Pick<TestResult, 'status' | 'labels' | 'measurements' | 'conclusion'>;

const criticalFlags = ['HH', 'LL', 'AA'];
const releasableStatuses: readonly TestResult['status'][] = ['final', 'amended', 'corrected', 'appended'];

/**
 * What stands between a result and its patient (PRODUCT 30, 32; NZ-FACTS 3.6): a critical value needs the contact recorded, a sensitive
 * category the discussion, anything abnormal or in words a comment or an explicit "no comment". Only a final report whose every value is in
 * its interval goes with one key.
 */
export function releaseGate(result: Releasable): ReleaseGate {
  if (!releasableStatuses.includes(result.status)) {
    return { outcome: 'blocked', needs: [], reasons: [`The laboratory calls this report ${result.status}, not final`] };
  }
  const needs = new Set<ReleaseGate['needs'][number]>();
  const reasons: string[] = [];
  const critical = result.measurements.filter((measurement) => measurement.flag !== null && criticalFlags.includes(measurement.flag));
  if (critical.length > 0) {
    needs.add('contact-recorded');
    reasons.push(`Critical: ${critical.map((measurement) => measurement.name).join(', ')}`);
  }
  if (result.labels.length > 0) {
    needs.add('discussion-recorded');
    reasons.push('Sensitive category');
  }
  const flagged = result.measurements.filter((measurement) => measurement.flag !== null);
  if (flagged.length > 0) {
    needs.add('comment-or-explicit-none');
    if (critical.length < flagged.length) reasons.push('Outside the reference interval');
  }
  if (result.status !== 'final') {
    needs.add('comment-or-explicit-none');
    reasons.push(`This report was ${result.status}`);
  }
  if (!isWhollyMeasured(result)) {
    needs.add('comment-or-explicit-none');
    reasons.push('Has a part in words or without a reference interval');
  }
  return { outcome: needs.size === 0 ? 'one-key' : 'sheet', needs: [...needs], reasons };
}

/** Normal can only be said of numbers with an interval: a conclusion in words or a value without one is read by a person. */
function isWhollyMeasured({ conclusion, measurements }: Releasable): boolean {
  return (
    conclusion === null &&
    measurements.length > 0 &&
    measurements.every((measurement) => measurement.number !== null && measurement.reference !== null)
  );
}

/** What a person gives with a release. */
export interface Release {
  readonly comment: string | null;
  readonly noComment: boolean;
  readonly contact: PatientContact | null;
}

/** The first thing that the gate asks for and that is not given; null when it is open. */
export function missingForRelease({ needs }: Pick<ReleaseGate, 'needs'>, { comment, noComment, contact }: Release): RefusalReason | null {
  if (needs.includes('contact-recorded') && contact === null) return 'contact-not-recorded';
  if (needs.includes('discussion-recorded') && contact === null) return 'discussion-not-recorded';
  return needs.includes('comment-or-explicit-none') && comment === null && !noComment ? 'comment-or-explicit-none-needed' : null;
}

/** Why a result may not be released with this; null when it may. */
export function gateRefusal(gate: ReleaseGate, given: Release): AppError | null {
  const detail = gate.reasons.join('; ');
  if (gate.outcome === 'blocked') return { kind: 'refused', reason: 'result-not-final', detail };
  const missing = missingForRelease(gate, given);
  return missing === null ? null : { kind: 'refused', reason: missing, detail: detail || null };
}
