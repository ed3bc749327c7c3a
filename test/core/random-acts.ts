import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { expect } from 'vitest';
import { type ActKind, type ActRequest, changes, type InputMap } from '../../shared/changes/changes.ts';
import type { Role } from '../../shared/domain/staff.ts';
import { OpId, PatientId, StaffId } from '../../shared/ids.schema.ts';
import type { ItemKey, Seen } from '../../shared/ids.ts';
import { defaultPolicy } from '../../shared/policy/practice-policy.ts';
import { act, actOn, keyOf } from '../features/every-act.ts';
import type { PracticeDesk } from '../features/practice-desk.ts';
import { hostileValue, mutated, textsOf } from './random-inputs.ts';

interface Example<K extends ActKind> {
  /** Who may. */
  readonly by: Role;
  /** Task of the item; null: not on an item. */
  readonly on: string | null;
  readonly input: InputMap[K];
}

const theNurse = { to: 'staff', staffId: StaffId.parse('role-nurse'), name: 'The nurse' } as const;
const words = { reason: 'salg', textForPatient: 'Your record shows an allergy.' } as const;
const spokenTo = { how: 'phone', at: '2026-11-19T23:00:00Z', note: 'Rang.' } as const;

/** Of each act one that the practice of `peoplePractice` lets through. An act without its example does not compile. */
export const examples: { readonly [K in ActKind]: Example<K> } = {
  claim: { by: 'gp', on: 'message', input: {} },
  'release-claim': { by: 'gp', on: 'lost', input: {} },
  assign: { by: 'gp', on: 'message', input: { assignee: theNurse } },
  'set-priority': { by: 'gp', on: 'message', input: { priority: 'urgent' } },
  finish: { by: 'gp', on: 'message', input: { outcome: 'advice' } },
  reply: { by: 'gp', on: 'message', input: { text: 'Kia ora', finish: true, outcome: null } },
  note: { by: 'gp', on: 'message', input: { text: 'Rang' } },
  'decide-repeat': {
    by: 'gp',
    on: 'repeat',
    input: {
      decisions: [
        { decision: 'approve', medicineId: 'losartan', acknowledged: ['long-term-list', 'review'] },
        { decision: 'decline', medicineId: 'amoxicillin', ...words },
      ],
      message: null,
    },
  },
  'release-result': { by: 'gp', on: 'critical', input: { comment: null, noComment: true, contact: spokenTo } },
  'hold-result': { by: 'gp', on: 'critical', input: { reason: 'other', reasonText: 'x', untilOn: '2026-12-01' } },
  'mark-unread': { by: 'gp', on: 'message', input: {} },
  'patient-note': { by: 'gp', on: null, input: { text: 'Hard of hearing' } },
  'draft-policy': { by: 'manager', on: null, input: { policy: defaultPolicy, reason: 'As we agreed' } },
};

export const actKinds = Object.keys(examples).filter((kind): kind is ActKind => Object.hasOwn(examples, kind));

const tasks = ['message', 'repeat', 'normal', 'critical', 'lost'];
const patientId = PatientId.parse('p1');

/** What is here to be named. */
interface Here {
  readonly itemKeys: readonly ItemKey[];
  /** The versions of all that any item shows. */
  readonly seen: Seen;
  /** Of changes that wait. */
  readonly opIds: readonly OpId[];
}

/** Gives an item to the nurse and one to the GP, by acts that wait; two more wait that leave their item as it is. */
export function peoplePractice({ desk }: PracticeDesk): Here {
  const queued: readonly ActRequest[] = [
    { ...actOn(desk, 'lost'), kind: 'claim', input: {} },
    { ...actOn(desk, 'normal'), kind: 'assign', input: { assignee: theNurse } },
    { ...actOn(desk, 'message'), kind: 'note', input: { text: 'Rang' } },
    { opId: OpId.parse(randomUUID()), subject: { patientId }, seen: {}, kind: 'patient-note', input: { text: 'Hard of hearing' } },
  ];
  for (const request of queued) expect(act(desk, request)).toMatchObject({ ok: true });
  return {
    itemKeys: tasks.map((task) => keyOf(desk, task)),
    seen: Object.assign({}, ...tasks.map((task) => actOn(desk, task).seen)),
    opIds: queued.map(({ opId }) => opId),
  };
}

/** Requests for one act: the example, the same of another item or as an operation that was made, and changed at random into what no window sends. */
export function actsOf(kind: ActKind, practice: PracticeDesk, here: Here): fc.Arbitrary<string> {
  const { on, input } = examples[kind];
  const own = on === null ? { ...(changes[kind].subject === 'patient' && { patientId }) } : actOn(practice.desk, on).subject;
  const opId = fc.oneof({ weight: 6, arbitrary: fc.uuid() }, { weight: 1, arbitrary: fc.constantFrom(...here.opIds) });
  const subject = fc.oneof(
    { weight: 4, arbitrary: fc.constant(own) },
    { weight: 1, arbitrary: fc.record({ itemKey: fc.constantFrom(...here.itemKeys), patientId: fc.constantFrom(patientId, null) }) },
  );
  const request = fc.record({ kind: fc.constant(kind), opId, subject, seen: fc.constant(here.seen), input: fc.constant(input) });
  const staff = ['role-gp', 'role-nurse', 'role-reception'].map((id) => ({ ...theNurse, staffId: StaffId.parse(id) }));
  const known = fc.constantFrom<unknown>(...here.itemKeys, ...here.opIds, ...staff, ...actKinds, patientId, here.seen, own, input);
  const value = fc.oneof(hostileValue, known);
  return textsOf(request.chain((whole) => fc.oneof(fc.constant(whole), mutated(whole, value), mutatedPart(whole, value))));
}

function mutatedPart(request: Readonly<Record<'subject' | 'seen' | 'input', object>>, value: fc.Arbitrary<unknown>): fc.Arbitrary<object> {
  return fc
    .constantFrom('subject' as const, 'seen' as const, 'input' as const)
    .chain((part) => mutated(request[part], value).map((changed) => ({ ...request, [part]: changed })));
}
