import type { Input, Reply } from '../../../shared/contract.ts';
import type { QueuedDecision } from '../../../shared/domain/change.ts';
import { repeatAnswerText } from '../../../shared/domain/repeat-answer.ts';
import type { AssessedMedicine, MedicineDecision } from '../../../shared/domain/repeat-request.ts';
import type { WorkItem } from '../../../shared/domain/work-item.ts';
import type { AppError } from '../../../shared/errors.ts';
import { OpId } from '../../../shared/ids.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { medicineLine } from '../kinds/medicine-line.ts';
import { proposalsOf } from '../kinds/proposals.ts';
import { repeatRequestOf } from '../kinds/repeat-view.ts';
import type { Desk } from '../use-case-context.ts';
import { queueAct } from './act.ts';
import { mayWriteTo } from './patient-contact.ts';

/** Approves or declines each medicine of one request, one act: every open medicine gets its decision, and the patient one answer. */
export function decideRepeat(desk: Desk, input: Input<'repeats.decide'>): Reply<'repeats.decide'> {
  return queueAct(desk, input, {
    kind: 'decide-repeat',
    mustStand: 'everything',
    draft: 'decline-text',
    decide: ({ item, patient }) => {
      const writable = mayWriteTo(patient);
      if (!writable.ok) return writable;
      const whole = isWhole(desk, item);
      if (!whole.ok) return whole;
      const request = repeatRequestOf(desk, item);
      const open = request.medicines.filter((medicine) => medicine.status === 'requested');
      const decided = decideEach(desk, open, input.decisions);
      if (!decided.ok) return decided;

      const message = input.message?.trim();
      return ok({
        change: {
          kind: 'decide-repeat',
          v: 1,
          decisions: decided.value,
          answerId: desk.newId(),
          answerOpId: OpId.parse(desk.newId()),
          answerText: message
            ? message
            : answerFor(decided.value, writable.value.preferredName ?? writable.value.givenNames, desk.user.name),
        },
        summary: summaryOf(decided.value),
      });
    },
  });
}

/** A request is decided whole and for one person: one with a medicine still to come, or of somebody else, is not decided yet (SAFETY I7). */
function isWhole({ db }: Desk, item: WorkItem): Result<void, AppError> {
  const { here, missing } = proposalsOf(db, item);
  if (here.some(({ patientId }) => patientId !== item.patientId)) return err({ kind: 'wrong-patient' });
  if (missing.length === 0) return ok(undefined);
  return err({
    kind: 'refused',
    reason: 'nothing-decided',
    detail: `${missing.length} more of this request could not be read or has not arrived`,
  });
}

function answerFor(decisions: readonly QueuedDecision[], patientName: string, signature: string): string {
  return repeatAnswerText(
    decisions.map((decision) => ({ medicine: decision.medicineText, decision })),
    patientName,
    signature,
  );
}

function decideEach(
  desk: Desk,
  open: readonly AssessedMedicine[],
  decisions: readonly MedicineDecision[],
): Result<QueuedDecision[], AppError> {
  const queued: QueuedDecision[] = [];
  for (const medicine of open) {
    const [decision, ...more] = decisions.filter(({ medicineId }) => medicineId === medicine.id);
    if (!decision) return err({ kind: 'refused', reason: 'nothing-decided', detail: medicineLine(medicine) });
    if (more.length > 0) return err({ kind: 'invalid-input', field: 'decisions', problem: 'decided twice' });
    const allowed = checkRules(medicine, decision);
    if (!allowed.ok) return allowed;
    queued.push({
      ...decision,
      orderOpId: OpId.parse(desk.newId()),
      orderId: desk.newId(),
      medicineText: medicineLine(medicine),
      findings: medicine.findings,
    });
  }
  if (queued.length !== decisions.length) return err({ kind: 'invalid-input', field: 'decisions', problem: 'not in this request' });
  return ok(queued);
}

/** Red can't be approved here; amber only when each of its findings was acknowledged; a decline tells the patient why (NZ-FACTS 3.5). */
function checkRules(medicine: AssessedMedicine, decision: MedicineDecision): Result<void, AppError> {
  if (decision.decision === 'decline') {
    return decision.textForPatient.trim() === ''
      ? err({ kind: 'refused', reason: 'reason-needed', detail: medicineLine(medicine) })
      : ok(undefined);
  }
  if (medicine.outcome === 'red') {
    const blocking = medicine.findings.filter((finding) => finding.outcome === 'red').map((finding) => finding.text);
    return err({ kind: 'refused', reason: 'medicine-blocked', detail: `${medicineLine(medicine)}: ${blocking.join('; ')}` });
  }
  const unread = medicine.findings.filter((finding) => !decision.acknowledged.includes(finding.rule));
  if (unread.length > 0) {
    const texts = unread.map((finding) => finding.text).join('; ');
    return err({ kind: 'refused', reason: 'medicine-not-acknowledged', detail: `${medicineLine(medicine)}: ${texts}` });
  }
  return ok(undefined);
}

function summaryOf(decisions: readonly QueuedDecision[]): string {
  const of = (kind: QueuedDecision['decision']) => decisions.filter(({ decision }) => decision === kind).map((each) => each.medicineText);
  const approved = of('approve');
  const declined = of('decline');
  return [
    ...(approved.length > 0 ? [`Approve ${approved.join(', ')}`] : []),
    ...(declined.length > 0 ? [`Decline ${declined.join(', ')}`] : []),
  ].join('; ');
}
