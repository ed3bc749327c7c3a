import type { ChangeMap } from '../../../shared/changes/changes.ts';
import type { QueuedDecision } from '../../../shared/changes/decide-repeat.ts';
import { declineWordsOf } from '../../../shared/domain/repeat-answer.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { memberText } from '../mappers/json-text.ts';
import { answerEntry } from './communication-entry.ts';
import { provenanceEntry } from './provenance-entry.ts';
import {
  authorOf,
  type CannotWrite,
  createdReference,
  createEntry,
  type EntryContext,
  type RequestEntry,
  type ToEntries,
  updateEntry,
} from './request-entry.ts';
import { seenTask, type TaskEdit, takenIfUnowned, taskEntry } from './task-entry.ts';

type DecideRepeat = ChangeMap['decide-repeat'];
type Seen = { readonly versionId: string; readonly body: string };
interface Decided {
  readonly decision: QueuedDecision;
  readonly ref: string;
  readonly proposal: Seen;
}

/** What an order takes over from the proposal, as text: the doses hold decimals. */
const copied = [
  'extension',
  'medicationCodeableConcept',
  'medicationReference',
  'subject',
  'groupIdentifier',
  'courseOfTherapyType',
  'dosageInstruction',
  'dispenseRequest',
  'substitution',
  'priorPrescription',
] as const;

/** HL7's own reasons; the rest are ours (WIRE, More on renewals). */
const hl7Reasons: ReadonlySet<string> = new Set(['altchoice', 'clarif', 'drughigh', 'labint', 'salg', 'sddi', 'sdupther', 'sintol']);

function reasonConcept(reason: Parameters<typeof declineWordsOf>[0]): object {
  const system = hl7Reasons.has(reason)
    ? 'http://terminology.hl7.org/CodeSystem/medicationrequest-status-reason'
    : 'urn:portaldesk:decline-reason';
  return { coding: [{ system, code: reason }], text: declineWordsOf(reason) };
}

function orderEntry(writing: EntryContext, { decision, ref, proposal }: Decided): RequestEntry {
  const texts = copied.flatMap((key) => {
    const text = memberText(proposal.body, key);
    return text === undefined ? [] : [[key, text] as const];
  });
  // The patient's proposal may be marked restricted; so is the order then.
  const security = memberText(memberText(proposal.body, 'meta') ?? '{}', 'security');
  const meta = security === undefined ? [] : [['meta', `{"security":${security}}`] as const];
  const elements = {
    status: 'active',
    intent: 'order',
    authoredOn: writing.queued.createdAt,
    requester: authorOf(writing),
    basedOn: [{ reference: ref }],
  };
  return createEntry(writing, 'MedicationRequest', decision.orderId, decision.orderOpId, elements, Object.fromEntries([...meta, ...texts]));
}

function proposalEntry({ decision, ref, proposal }: Decided): RequestEntry {
  if (decision.decision === 'approve') return updateEntry(ref, proposal, new Map([['status', '"completed"']]));
  const reason = JSON.stringify(reasonConcept(decision.reason));
  return updateEntry(
    ref,
    proposal,
    new Map([
      ['status', '"cancelled"'],
      ['statusReason', reason],
    ]),
  );
}

function recordEntry(writing: EntryContext, { decision, ref }: Decided): RequestEntry {
  const isApproved = decision.decision === 'approve';
  const overridden = isApproved ? decision.findings.filter((finding) => decision.acknowledged.includes(finding.rule)) : [];
  return provenanceEntry(writing, decision.orderOpId, {
    targets: isApproved ? [createdReference(writing, 'MedicationRequest', decision.orderId)] : [ref],
    system: 'urn:portaldesk:activity',
    activity: isApproved ? 'approve' : 'decline',
    reasons: isApproved ? overridden.map((finding) => `Acknowledged: ${finding.text}`) : [declineWordsOf(decision.reason)],
  });
}

function taskEdit(writing: EntryContext, taskBody: string, { decisions }: DecideRepeat): TaskEdit {
  const approved = decisions.filter(({ decision }) => decision === 'approve');
  const declined = decisions.find((each) => each.decision === 'decline');
  const outputs = approved.map(({ orderId }) => ({
    type: { text: 'order' },
    valueReference: { reference: createdReference(writing, 'MedicationRequest', orderId) },
  }));
  const owner = takenIfUnowned(writing, taskBody);
  if (approved.length === 0 && declined?.decision === 'decline') {
    return { ...owner, status: 'rejected', statusReason: { code: declined.reason, text: declineWordsOf(declined.reason) } };
  }
  const partly = declined && { businessStatus: { code: 'partly-approved', text: 'Partly approved' } };
  return { ...owner, status: 'completed', outputs, ...partly };
}

function decided({ base }: EntryContext, change: DecideRepeat): Result<readonly Decided[], CannotWrite> {
  const all = change.decisions.flatMap((decision) => {
    const ref = `MedicationRequest/${decision.medicineId}`;
    const proposal = base.get(ref);
    return proposal ? [{ decision, ref, proposal }] : [];
  });
  return all.length === change.decisions.length ? ok(all) : err({ reason: 'A requested medicine as it was seen is not at hand.' });
}

/**
 * The decision on a repeat request. One transaction Bundle where the server is atomic; otherwise in this order, which is WIRE's saga
 * with the Task's lock (its move to in-progress) made by whoever sends it: orders, Task with output, proposals, answer, record.
 */
export const repeatEntries: ToEntries<'decide-repeat'> = (writing, change) => {
  const all = decided(writing, change);
  if (!all.ok) return all;
  const seen = seenTask(writing);
  if (!seen.ok) return seen;
  const task = taskEntry(writing, taskEdit(writing, seen.value.body, change));
  if (!task.ok) return task;
  return ok([
    ...all.value.filter(({ decision }) => decision.decision === 'approve').map((each) => orderEntry(writing, each)),
    task.value,
    ...all.value.map(proposalEntry),
    answerEntry(writing, seen.value.body, { id: change.answerId, opId: change.answerOpId, text: change.answerText }),
    ...all.value.map((each) => recordEntry(writing, each)),
  ]);
};
