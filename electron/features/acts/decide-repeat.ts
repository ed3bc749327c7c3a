import type { QueuedDecision } from '../../../shared/changes/decide-repeat.ts';
import { decisionRefusalOf } from '../../../shared/domain/prescribing-rules.ts';
import { repeatAnswerText } from '../../../shared/domain/repeat-answer.ts';
import type { AssessedMedicine, MedicineDecision } from '../../../shared/domain/repeat-request.ts';
import type { WorkItem } from '../../../shared/domain/work-item.ts';
import type { AppError } from '../../../shared/errors.ts';
import { OpId } from '../../../shared/ids.schema.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import type { ReadDb } from '../../store/db.ts';
import { medicineLine } from '../kinds/medicine-line.ts';
import { proposalsOf } from '../kinds/proposals.ts';
import { repeatRequestOf } from '../kinds/repeat-view.ts';
import type { Decide } from './define-decide.ts';

/** Approves or declines each medicine of one request, one act: every open medicine gets its decision, and the patient one answer. */
export const decideDecideRepeat: Decide<'decide-repeat'> = (context) => {
  const { db, item, patient, author, input, newId } = context;
  const whole = isWhole(db, item);
  if (!whole.ok) return whole;
  const open = repeatRequestOf(context, item).medicines.filter((medicine) => medicine.status === 'requested');
  const decided = decideEach(newId, open, input.decisions);
  if (!decided.ok) return decided;
  const message = input.message?.trim();
  return ok({
    change: {
      kind: 'decide-repeat',
      v: 1,
      decisions: decided.value,
      answerId: newId(),
      answerOpId: OpId.parse(newId()),
      answerText: message ? message : answerFor(decided.value, patient?.preferredName ?? patient?.givenNames ?? '', author.name),
    },
    dropsDraft: 'decline-text',
  });
};

/** A request is decided whole and for one person: one with a medicine still to come, or of somebody else, is not decided yet (SAFETY I7). */
function isWhole(db: ReadDb, item: WorkItem): Result<void, AppError> {
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
  newId: () => string,
  open: readonly AssessedMedicine[],
  decisions: readonly MedicineDecision[],
): Result<QueuedDecision[], AppError> {
  const queued: QueuedDecision[] = [];
  for (const medicine of open) {
    const [decision, ...more] = decisions.filter(({ medicineId }) => medicineId === medicine.id);
    if (!decision) return err({ kind: 'refused', reason: 'nothing-decided', detail: medicineLine(medicine) });
    if (more.length > 0) return err({ kind: 'invalid-input', field: 'decisions', problem: 'decided twice' });
    const refusal = decisionRefusalOf(medicine, decision, medicineLine(medicine));
    if (refusal) return err(refusal);
    queued.push({
      ...decision,
      orderOpId: OpId.parse(newId()),
      orderId: newId(),
      medicineText: medicineLine(medicine),
      findings: medicine.findings,
    });
  }
  if (queued.length !== decisions.length) return err({ kind: 'invalid-input', field: 'decisions', problem: 'not in this request' });
  return ok(queued);
}
