import { z } from 'zod';
import { Pool } from '../../../shared/domain/staff.schema.ts';
import { Priority } from '../../../shared/domain/work-item.schema.ts';
import type { ItemKind, ItemStatus } from '../../../shared/domain/work-item.ts';
import { ResourceRef } from '../../../shared/ids.schema.ts';
import type { Instant } from '../../../shared/ids.ts';
import { ok, type Result } from '../../../shared/result.ts';
import { codeIn, idIn, parseResource, refIn, type SenderKind, senderKindOf, systems, textOf, unreadable } from './datatype-accessors.ts';
import { base, CodeableConcept, dateTime, Identifier, list, Period, Reference, toInstant } from './datatypes.ts';
import type { UnreadableResource } from './read-resource.ts';

const Resource = z.object({
  resourceType: z.literal('Task'),
  ...base,
  identifier: list(Identifier),
  groupIdentifier: Identifier.optional(),
  status: z.string(),
  statusReason: CodeableConcept.optional(),
  businessStatus: CodeableConcept.optional(),
  priority: Priority.optional(),
  code: CodeableConcept.optional(),
  description: z.string().optional(),
  focus: Reference.optional(),
  for: Reference.optional(),
  authoredOn: dateTime.optional(),
  lastModified: dateTime.optional(),
  requester: Reference.optional(),
  owner: Reference.optional(),
  performerType: list(CodeableConcept),
  restriction: z.object({ period: Period.optional() }).optional(),
  input: list(z.object({ valueReference: Reference.optional() })),
});
type Resource = z.infer<typeof Resource>;

/** A triage Task: what `work_item` needs of it. Names, words and flags come from the resources it refers to. */
export interface ProjectedTask {
  readonly is: 'item';
  readonly id: string;
  readonly versionId: string;
  readonly kind: ItemKind;
  readonly patientId: string | null;
  readonly patientName: string | null;
  readonly priority: Priority;
  readonly status: ItemStatus;
  /** PractitionerRole that holds it; null while it lies with a pool. */
  readonly ownerId: string | null;
  readonly ownerName: string | null;
  readonly pool: Pool | null;
  readonly arrivedAt: Instant;
  readonly changedAt: Instant;
  readonly dueAt: Instant | null;
  readonly closedAt: Instant | null;
  /** `Type/id`: the thread, the first proposal or the report. */
  readonly focusRef: string | null;
  /** `Type/id` that our own identifier names; null: the Task carries none. */
  readonly identifiedRef: string | null;
  /** `Type/id` of every proposal, the focus first. */
  readonly inputRefs: readonly string[];
  readonly groupId: string | null;
  readonly description: string | null;
  readonly requester: { readonly kind: SenderKind; readonly ref: string | null; readonly name: string | null };
  readonly statusReason: string | null;
  readonly partlyApproved: boolean;
}

/** A Task that is no work item of ours: counted as visibly filtered, never quarantined. */
export interface OtherTask {
  readonly is: 'other';
  readonly id: string;
  readonly versionId: string;
  readonly code: string | null;
}

const kindByCode: Readonly<Record<string, ItemKind>> = { 'triage-message': 'message', 'repeat-rx': 'repeat', 'result-review': 'result' };

/** FHIR R4 Task.status in the words of the domain: what waits to be taken is requested, what ended without being done is cancelled. */
const statusByCode: Readonly<Record<string, ItemStatus>> = {
  draft: 'requested',
  requested: 'requested',
  received: 'requested',
  ready: 'requested',
  accepted: 'accepted',
  'in-progress': 'in-progress',
  'on-hold': 'on-hold',
  completed: 'completed',
  rejected: 'rejected',
  cancelled: 'cancelled',
  failed: 'cancelled',
  'entered-in-error': 'cancelled',
};

const closed: ReadonlySet<ItemStatus> = new Set(['completed', 'cancelled', 'rejected']);

function poolOf(resource: Resource): Pool | null {
  const code = resource.performerType.map((each) => codeIn(each, systems.role)).find((each) => each !== null);
  const pool = Pool.safeParse(code === 'nurse-prescriber' ? 'nurse' : code === 'admin' ? 'reception' : code);
  return pool.success ? pool.data : null;
}

function referencesOf(resource: Resource): readonly string[] {
  const references = [resource.focus, ...resource.input.map((each) => each.valueReference)].map(refIn);
  return [...new Set(references.filter((ref) => ref !== null))];
}

/** `urn:portaldesk:item|<kind>|Type/id`: what the item shows, whoever made its Task. */
function identifiedRefOf(resource: Resource, kind: ItemKind): string | null {
  const values = resource.identifier.filter(({ system }) => system === systems.item).map(({ value }) => value);
  const ref = values.find((value) => value?.startsWith(`${kind}|`))?.slice(kind.length + 1);
  return ref !== undefined && ResourceRef.safeParse(ref).success ? ref : null;
}

function toItem(resource: Resource, kind: ItemKind, status: ItemStatus, arrivedOn: string): ProjectedTask {
  const { owner, requester, restriction } = resource;
  const changedAt = toInstant(resource.lastModified ?? resource.meta.lastUpdated ?? arrivedOn);
  const ownerId = idIn(owner, 'PractitionerRole');
  return {
    is: 'item',
    id: resource.id,
    versionId: resource.meta.versionId,
    kind,
    patientId: idIn(resource.for, 'Patient'),
    patientName: resource.for?.display ?? null,
    priority: resource.priority ?? 'routine',
    status,
    ownerId,
    ownerName: ownerId === null ? null : (owner?.display ?? null),
    pool: poolOf(resource),
    arrivedAt: toInstant(arrivedOn),
    changedAt,
    dueAt: restriction?.period?.end === undefined ? null : toInstant(restriction.period.end),
    closedAt: closed.has(status) ? changedAt : null,
    focusRef: refIn(resource.focus),
    identifiedRef: identifiedRefOf(resource, kind),
    inputRefs: referencesOf(resource),
    groupId: resource.groupIdentifier?.value ?? null,
    description: resource.description ?? null,
    requester: { kind: senderKindOf(requester), ref: refIn(requester), name: requester?.display ?? null },
    statusReason: textOf(resource.statusReason),
    partlyApproved: resource.businessStatus?.coding.some((coding) => coding.code === 'partly-approved') === true,
  };
}

/** FHIR R4 Task → a work item, or another system's task. Unreadable: an unknown status, no time of arrival, nothing it is about. */
export function toTask(resource: unknown): Result<ProjectedTask | OtherTask, UnreadableResource> {
  const parsed = parseResource(Resource, resource);
  if (!parsed.ok) return parsed;
  const { value } = parsed;
  const code = codeIn(value.code, systems.taskCode);
  const kind = kindByCode[code ?? ''];
  if (!kind) return ok({ is: 'other', id: value.id, versionId: value.meta.versionId, code });
  const status = statusByCode[value.status];
  if (!status) return unreadable(resource, 'The task has a status that FHIR does not know.');
  const arrivedOn = value.authoredOn ?? value.meta.lastUpdated;
  if (arrivedOn === undefined || arrivedOn === null) return unreadable(resource, 'The task does not say when it arrived.');
  if (refIn(value.focus) === null && value.input.length === 0 && value.identifier.every(({ system }) => system !== systems.item))
    return unreadable(resource, 'The task does not say what it is about.');
  return ok(toItem(value, kind, status, arrivedOn));
}
