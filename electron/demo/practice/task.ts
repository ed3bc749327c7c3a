import { coded, type Json, type Label, metaOf, type Resource, referenceTo, SYSTEM } from './fhir-parts.ts';
import { claimant, claimedAt, type OpenItem, type PoolRole } from './open-item.ts';
import { type PracticeContext, patientReference, staffReference } from './practice-context.ts';
import { iso } from './practice-time.ts';
import { PRACTICE } from './staff.ts';

export type TaskCode = 'triage-message' | 'repeat-rx' | 'result-review';

/** What open and closed triage Tasks have in common (WIRE, Triage Task). */
interface TaskParts {
  readonly id: string;
  readonly opId: string;
  readonly code: TaskCode;
  readonly status: string;
  readonly priority: string;
  readonly focus: string;
  readonly patient: string;
  readonly requester: string;
  readonly owner: Json;
  readonly pool: PoolRole;
  readonly authoredAt: number;
  readonly modifiedAt: number;
  readonly due: number;
  readonly labels: readonly Label[];
  readonly more?: { readonly [element: string]: Json };
}

export function task(parts: TaskParts): Resource {
  return {
    resourceType: 'Task',
    id: parts.id,
    meta: metaOf(parts.modifiedAt, parts.labels),
    identifier: [{ system: SYSTEM.op, value: parts.opId }],
    status: parts.status,
    intent: 'order',
    priority: parts.priority,
    code: coded(SYSTEM.taskCode, parts.code),
    focus: referenceTo(parts.focus),
    for: referenceTo(parts.patient),
    authoredOn: iso(parts.authoredAt),
    lastModified: iso(parts.modifiedAt),
    requester: referenceTo(parts.requester),
    owner: parts.owner,
    performerType: [coded(SYSTEM.role, parts.pool)],
    restriction: { period: { end: iso(parts.due) } },
    ...parts.more,
  };
}

/** The Task of an open item: in its pool, or claimed. A result always has an owner, because a hold always has one. */
export function openTask(
  context: PracticeContext,
  item: OpenItem,
  parts: Pick<TaskParts, 'id' | 'opId' | 'code' | 'focus' | 'pool'> &
    Partial<Pick<TaskParts, 'more' | 'requester' | 'modifiedAt' | 'labels'>>,
): Resource {
  const person = claimant(context, item, parts.pool);
  const owned = item.claimed || item.kind === 'result';
  const modifiedAt = Math.max(item.at, parts.modifiedAt ?? item.at);
  return task({
    requester: item.sender,
    labels: item.person.restricted ? ['R'] : [],
    ...parts,
    status: item.claimed ? 'accepted' : 'requested',
    priority: item.priority,
    patient: patientReference(item.person),
    owner: owned ? staffReference(person) : referenceTo(PRACTICE),
    authoredAt: item.at,
    modifiedAt: item.claimed ? Math.max(modifiedAt, claimedAt(context, item)) : modifiedAt,
    due: item.due,
  });
}
