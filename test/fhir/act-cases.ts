import { randomUUID } from 'node:crypto';
import type { Change } from '../../shared/changes/changes.ts';
import { QueuedDecision } from '../../shared/changes/decide-repeat.ts';
import { OpId, StaffId } from '../../shared/ids.schema.ts';

/** Ids of the references of that type. */
export function idsOf(refs: readonly string[], type: string): string[] {
  return refs.filter((ref) => ref.startsWith(`${type}/`)).map((ref) => ref.slice(type.length + 1));
}

export interface Case {
  readonly name: string;
  readonly code: string;
  readonly status?: string;
  /** `refs`: the Task, what it focuses on, and all that belongs to it. */
  readonly change: (item: { readonly refs: readonly string[] }) => Change;
}

function decisionOn(medicineId: string, decision: 'approve' | 'decline'): QueuedDecision {
  const common = { medicineId, orderOpId: randomUUID(), orderId: randomUUID(), medicineText: 'medicine', findings: [] };
  const more = decision === 'approve' ? { acknowledged: [] } : { reason: 'too-early', textForPatient: 'Too early' };
  return QueuedDecision.parse({ ...common, decision, ...more });
}

/** A decision on each medicine of a repeat request. */
export const repeat =
  (decision: (index: number) => 'approve' | 'decline') =>
  ({ refs }: { readonly refs: readonly string[] }): Change => ({
    kind: 'decide-repeat',
    v: 1,
    decisions: idsOf(refs, 'MedicationRequest').map((id, index) => decisionOn(id, decision(index))),
    answerId: randomUUID(),
    answerOpId: OpId.parse(randomUUID()),
    answerText: 'Kia ora',
  });

/** Every act that a person can make. */
export const cases: readonly Case[] = [
  { name: 'claim', code: 'triage-message', change: () => ({ kind: 'claim', v: 1 }) },
  { name: 'give a claim back', code: 'triage-message', status: 'accepted', change: () => ({ kind: 'release-claim', v: 1 }) },
  {
    name: 'assign to a person',
    code: 'triage-message',
    change: () => ({ kind: 'assign', v: 1, assignee: { to: 'staff', staffId: StaffId.parse('role-mere'), name: 'Mere Hēnare' } }),
  },
  { name: 'assign to a team', code: 'triage-message', change: () => ({ kind: 'assign', v: 1, assignee: { to: 'pool', pool: 'manager' } }) },
  { name: 'set the priority', code: 'triage-message', change: () => ({ kind: 'set-priority', v: 1, priority: 'stat' }) },
  { name: 'finish', code: 'triage-message', change: () => ({ kind: 'finish', v: 1, outcome: 'advice' }) },
  {
    name: 'reply',
    code: 'triage-message',
    change: ({ refs }) => ({
      kind: 'reply',
      v: 1,
      threadId: refs[1]?.split('/')[1] ?? '',
      inResponseTo: null,
      messageId: randomUUID(),
      text: 'Kia ora "e hoa" \u2014 ngā mihi',
      finish: true,
      outcome: 'advice',
    }),
  },
  { name: 'note', code: 'triage-message', change: () => ({ kind: 'note', v: 1, noteId: randomUUID(), text: 'Ring her mother' }) },
  {
    name: 'note on a patient',
    code: 'triage-message',
    change: () => ({ kind: 'patient-note', v: 1, noteId: randomUUID(), text: 'Her sister collects her scripts' }),
  },
  {
    name: 'draft of the policy',
    code: 'triage-message',
    change: () => ({
      ...{ kind: 'draft-policy', v: 1, draftId: randomUUID(), reason: 'A year is too long' },
      policy: { v: 1, longestHoldDays: 60 },
    }),
  },
  { name: 'approve', code: 'repeat-rx', change: repeat(() => 'approve') },
  { name: 'decline', code: 'repeat-rx', change: repeat(() => 'decline') },
  { name: 'approve some', code: 'repeat-rx', change: repeat((index) => (index === 0 ? 'approve' : 'decline')) },
  {
    name: 'release with a comment',
    code: 'result-review',
    change: ({ refs }) => ({
      kind: 'release-result',
      v: 1,
      reportId: refs[1]?.split('/')[1] ?? '',
      reportName: 'Potassium',
      measurementIds: idsOf(refs, 'Observation'),
      comment: 'All is well',
      commentId: randomUUID(),
      commentOpId: OpId.parse(randomUUID()),
      contact: { how: 'phone', at: new Date().toISOString(), note: '' },
    }),
  },
  {
    name: 'hold',
    code: 'result-review',
    change: ({ refs }) => ({
      kind: 'hold-result',
      v: 1,
      reportId: refs[1]?.split('/')[1] ?? '',
      reportName: 'Potassium',
      reason: 'discuss-first',
      reasonText: null,
      untilAt: '2026-12-01T00:00:00Z',
      ownerId: StaffId.parse('role-dr-rangi'),
      ownerName: 'Dr Rangi Parata',
    }),
  },
];
