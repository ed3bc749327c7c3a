import type { DraftKind, Queued } from '../../../shared/contract.ts';
import { type Change, type ChangeKind, holdSeconds, isHeldBeforeSending, type QueuedChange } from '../../../shared/domain/change.ts';
import type { Patient } from '../../../shared/domain/patient.ts';
import { isOpen, type WorkItem } from '../../../shared/domain/work-item.ts';
import type { AppError } from '../../../shared/errors.ts';
import type { ItemId, OpId, PatientId, Seen } from '../../../shared/ids.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { recordAudit } from '../../store/audit/audit.ts';
import { appendIntent } from '../../store/journal/recover-journal.ts';
import { findWorkItem } from '../../store/lists/work-item.ts';
import { dropDraft } from '../../store/marks/drafts.ts';
import { enqueue, findEntry } from '../../store/outbox/outbox.ts';
import { findPatient } from '../../store/record/patients.ts';
import { checkSeen } from '../kinds/seen.ts';
import { type Desk, instantOf } from '../use-case-context.ts';

export interface ActInput {
  readonly opId: OpId;
  readonly itemId: ItemId;
  readonly patientId: PatientId | null;
  readonly seen: Seen;
}

export interface Subject {
  readonly item: WorkItem;
  readonly patient: Patient | undefined;
}

export interface Decision {
  readonly change: Change;
  /** One line for the outbox. */
  readonly summary: string;
}

export interface Act {
  readonly kind: ChangeKind;
  /** Which versions must still be what the user saw: those of the row, or those of everything the reading pane shows. */
  readonly mustStand: 'nothing' | 'item' | 'everything';
  readonly onClosedItem?: 'allowed';
  /** The draft that became this act; gone once it is queued. */
  readonly draft?: DraftKind;
  /** The rules of this act. Runs inside the transaction; writes nothing. */
  readonly decide: (subject: Subject) => Result<Decision, AppError>;
}

/**
 * Makes an act durable: checks what it was decided on, decides, saves, audits, queues; one transaction, and the journal's record on
 * the disk before it commits (SAFETY D5). The same opId again gives the same answer and changes nothing (I2).
 */
export function queueAct(desk: Desk, input: ActInput, act: Act): Result<Queued, AppError> {
  const reply = desk.db.transaction((): Result<Queued, AppError> => {
    const earlier = findEntry(desk.db, input.opId);
    if (earlier) return answerAgain(earlier, input, act.kind);

    const subject = findSubject(desk, input);
    if (!subject.ok) return subject;
    const standing = checkSeen(desk.db, subject.value.item, input.seen, act.mustStand);
    if (!standing.ok) return standing;
    if (act.onClosedItem !== 'allowed' && !isOpen(subject.value.item)) return err({ kind: 'refused', reason: 'item-closed', detail: null });

    const decision = act.decide(subject.value);
    if (!decision.ok) return decision;
    if (act.draft) dropDraft(desk.db, input.itemId, act.draft);
    return ok(save(desk, input, decision.value));
  });
  if (reply.ok) {
    desk.announce(['inbox', 'item', 'outbox']);
    desk.sync.wake();
  }
  return reply;
}

type Earlier = NonNullable<ReturnType<typeof findEntry>>;

function answerAgain(earlier: Earlier, input: ActInput, kind: ChangeKind): Result<Queued, AppError> {
  if (earlier.itemId !== input.itemId || earlier.kind !== kind) return err({ kind: 'invalid-input', field: 'opId', problem: 'used' });
  return ok({ opId: input.opId, sendsAt: earlier.sendsAt });
}

function findSubject({ db }: Desk, { itemId, patientId }: ActInput): Result<Subject, AppError> {
  const item = findWorkItem(db, itemId);
  if (!item) return err({ kind: 'not-found' });
  if (item.patientId !== patientId) return err({ kind: 'wrong-patient' });
  return ok({ item, patient: patientId === null ? undefined : findPatient(db, patientId) });
}

function save(desk: Desk, input: ActInput, { change, summary }: Decision): Queued {
  const now = desk.now();
  const queued: QueuedChange = {
    opId: input.opId,
    itemId: input.itemId,
    patientId: input.patientId,
    authorId: desk.user.id,
    authorName: desk.user.name,
    authorSubject: desk.subject,
    createdAt: instantOf(now),
    seen: input.seen,
    change,
  };
  const sendsAt = instantOf(isHeldBeforeSending(change.kind) ? now + holdSeconds * 1000 : now);
  enqueue(desk.db, queued, { sendsAt, summary });
  recordAudit(desk.db, {
    opId: input.opId,
    recordedAt: queued.createdAt,
    staffId: desk.user.id,
    action: change.kind,
    itemId: input.itemId,
    patientId: input.patientId,
    detail: summaryForAudit(change),
  });
  appendIntent(desk.db, desk.journal, queued);
  return { opId: input.opId, sendsAt };
}

/** What was decided, without the words: those are in the outbox and on the server. */
function summaryForAudit(change: Change): string {
  switch (change.kind) {
    case 'decide-repeat':
      return change.decisions.map((decision) => `${decision.decision} MedicationRequest/${decision.medicineId}`).join('; ');
    case 'release-result':
    case 'hold-result':
      return `DiagnosticReport/${change.reportId}`;
    case 'assign':
      return change.assignee.to === 'pool' ? `pool ${change.assignee.pool}` : `PractitionerRole/${change.assignee.staffId}`;
    case 'set-priority':
      return change.priority;
    default:
      return '';
  }
}
