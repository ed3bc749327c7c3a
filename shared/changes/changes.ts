import { z } from 'zod';
import { Instant, ItemKey, OpId, PatientId, Seen, StaffId, TaskId } from '../ids.schema.ts';
import { assign } from './assign.ts';
import { claim } from './claim.ts';
import { decideRepeat } from './decide-repeat.ts';
import type { SubjectKind } from './define-change.ts';
import { draftPolicy } from './draft-policy.ts';
import { finish } from './finish.ts';
import { holdResult } from './hold-result.ts';
import { markUnread } from './mark-unread.ts';
import { note } from './note.ts';
import { patientNote } from './patient-note.ts';
import { releaseClaim } from './release-claim.ts';
import { releaseResult } from './release-result.ts';
import { reply } from './reply.ts';
import { setPriority } from './set-priority.ts';

/** Every act there is. All other tables of acts close over its keys: one that forgets an act does not compile. */
export const changes = {
  claim,
  'release-claim': releaseClaim,
  assign,
  'set-priority': setPriority,
  finish,
  reply,
  note,
  'decide-repeat': decideRepeat,
  'release-result': releaseResult,
  'hold-result': holdResult,
  'mark-unread': markUnread,
  'patient-note': patientNote,
  'draft-policy': draftPolicy,
} as const;

export type { SubjectKind };
export type ActKind = keyof typeof changes;
export type ChangeMap = { readonly [K in ActKind]: z.infer<(typeof changes)[K]['change']> };
export type InputMap = { readonly [K in ActKind]: z.infer<(typeof changes)[K]['input']> };
export type SubjectOf<K extends ActKind> = (typeof changes)[K]['subject'];
export type Change = ChangeMap[ActKind];

const kinds = Object.keys(changes).filter((key): key is ActKind => Object.hasOwn(changes, key));

/** What of an act reaches the outbox. */
export const Change = z.discriminatedUnion('kind', atLeastOne(kinds.map((kind) => changes[kind].change)));

function atLeastOne<T>([first, ...rest]: readonly T[]): [T, ...T[]] {
  if (first === undefined) throw new Error('There are no acts');
  return [first, ...rest];
}

const subjects = {
  item: z.strictObject({ itemKey: ItemKey, patientId: PatientId.nullable() }),
  patient: z.strictObject({ patientId: PatientId }),
  practice: z.strictObject({}),
  'new-item': z.strictObject({ patientId: PatientId.nullable() }),
} as const satisfies Record<SubjectKind, z.ZodType>;
export type SubjectShape = { readonly [S in SubjectKind]: z.infer<(typeof subjects)[S]> };

/** What a window sends to have an act done: the intent, what it is on, the versions that stood on the screen, and the act's own input. */
export type ActRequest<K extends ActKind = ActKind> = {
  readonly [P in K]: {
    readonly kind: P;
    readonly opId: OpId;
    readonly subject: SubjectShape[SubjectOf<P>];
    readonly seen: Seen;
    readonly input: InputMap[P];
  };
}[K];

const anyRequest = z.discriminatedUnion(
  'kind',
  atLeastOne(
    kinds.map((kind) =>
      z.strictObject({
        kind: z.literal(kind),
        opId: OpId,
        subject: subjects[changes[kind].subject],
        seen: Seen,
        input: changes[kind].input,
      }),
    ),
  ),
);
export const ActRequest = anyRequest as unknown as z.ZodType<ActRequest>;

/** What a queued change is on. The patient stands beside it: of an item or a patient whose it is, of the practice none. */
export const Subject = z.discriminatedUnion('of', [
  z.object({ of: z.literal('item'), itemKey: ItemKey, taskId: TaskId }),
  z.object({ of: z.literal('patient') }),
  z.object({ of: z.literal('practice') }),
  /** Made here: its Task comes into being when the change is sent. */
  z.object({ of: z.literal('new-item'), itemKey: ItemKey }),
]);
export type Subject = z.infer<typeof Subject>;

/** The item that a change is on; null for one on a patient or the practice. */
export function itemOf({ subject }: { readonly subject: Subject }): { readonly itemKey: ItemKey; readonly taskId: TaskId } | null {
  return subject.of === 'item' ? subject : null;
}

/** Changes of one lane leave one after the other, those of others beside them: the patient's, else the practice's (SAFETY I10). */
export function laneOf({ patientId }: { readonly patientId: PatientId | null }): string {
  return patientId ?? 'practice';
}

/** A change in the outbox: who, when, on what, having seen which versions. Only ever sent with its author's session (SAFETY I13). */
export const QueuedChange = z.object({
  opId: OpId,
  subject: Subject,
  patientId: PatientId.nullable(),
  /** PractitionerRole that signs. */
  authorId: StaffId,
  authorName: z.string(),
  /** Subject (`sub`) of the session it was made in. */
  authorSubject: z.string(),
  createdAt: Instant,
  seen: Seen,
  change: Change,
});
export type QueuedChange = Omit<z.infer<typeof QueuedChange>, 'change'> & { readonly change: Change };
