import type { Assignee, QueuedChange } from '../../../shared/domain/change.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { idIn } from '../mappers/datatype-accessors.ts';
import { memberText, withItems, withMemberAt } from '../mappers/json-text.ts';
import { authorOf, type CannotWrite, type RequestEntry, updateEntry, type Writing } from './request-entry.ts';

/** What a change does to its Task; what is absent stays as it is. */
export interface TaskEdit {
  readonly status?: string;
  readonly owner?: { readonly reference: string; readonly display?: string };
  readonly pool?: string;
  readonly priority?: string;
  readonly statusReason?: { readonly code?: string; readonly text: string };
  readonly businessStatus?: { readonly code: string; readonly text: string };
  /** Instant. */
  readonly dueAt?: string;
  readonly outputs?: readonly object[];
  /** Kept with the Task, inside the practice. */
  readonly note?: string;
}

interface SeenTask {
  readonly ref: string;
  readonly versionId: string;
  readonly body: string;
}

export function seenTask({ queued, base }: Writing): Result<SeenTask, CannotWrite> {
  const ref = `Task/${queued.itemId}`;
  const seen = base.get(ref);
  return seen ? ok({ ref, ...seen }) : err({ reason: 'The item as it was seen is not at hand.' });
}

/** The PUT of the Task with If-Match, or why it can't be made. */
export function taskEntry(writing: Writing, edit: TaskEdit): Result<RequestEntry, CannotWrite> {
  const seen = seenTask(writing);
  if (!seen.ok) return seen;
  const { ref, body } = seen.value;
  const changes = new Map<string, string | null>();
  const set = (key: string, value: unknown): void => void changes.set(key, JSON.stringify(value));
  if (edit.status !== undefined) set('status', edit.status);
  if (edit.statusReason) {
    const { code, text } = edit.statusReason;
    set('statusReason', code === undefined ? { text } : { coding: [{ system: 'urn:portaldesk:status-reason', code }], text });
  }
  if (edit.businessStatus) {
    set('businessStatus', {
      coding: [{ system: 'urn:portaldesk:business-status', code: edit.businessStatus.code }],
      text: edit.businessStatus.text,
    });
  }
  if (edit.priority !== undefined) set('priority', edit.priority);
  if (edit.owner) set('owner', edit.owner);
  if (edit.pool !== undefined) set('performerType', [{ coding: [{ system: 'urn:portaldesk:role', code: edit.pool }] }]);
  if (edit.dueAt !== undefined) {
    changes.set(
      'restriction',
      memberText(withMemberAt(body, ['restriction', 'period', 'end'], JSON.stringify(edit.dueAt)), 'restriction') ?? '{}',
    );
  }
  if (edit.outputs) changes.set('output', withAdded(body, 'output', edit.outputs));
  if (edit.note !== undefined) {
    const note = { authorReference: authorOf(writing), time: writing.queued.createdAt, text: edit.note };
    changes.set('note', withAdded(body, 'note', [note]));
  }
  set('lastModified', writing.queued.createdAt);
  for (const [key, text] of changes) if (text === null) changes.delete(key);
  return ok(updateEntry(ref, seen.value, changes));
}

function withAdded(body: string, key: string, items: readonly object[]): string | null {
  return (
    memberText(
      withItems(
        body,
        key,
        items.map((item) => JSON.stringify(item)),
      ),
      key,
    ) ?? null
  );
}

function read(body: string, key: string): unknown {
  const text = memberText(body, key);
  return text === undefined ? undefined : JSON.parse(text);
}

export function statusOf(body: string): string {
  return String(read(body, 'status'));
}

function referenceIn(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null || !('reference' in value)) return undefined;
  return typeof value.reference === 'string' ? value.reference : undefined;
}

/** The reference in an element of a resource's text, for example the requester of a Task. */
export function referenceAt(body: string, key: string): string | undefined {
  return referenceIn(read(body, key));
}

/** Nobody holds it yet: whoever acts on it takes it with the act. */
function isUnowned(body: string): boolean {
  const reference = referenceAt(body, 'owner');
  return reference === undefined || idIn({ reference }, 'PractitionerRole') === null;
}

export function takenIfUnowned(writing: Writing, body: string): Pick<TaskEdit, 'owner'> {
  return isUnowned(body) ? { owner: authorOf(writing) } : {};
}

/** Taken by somebody: a request that waited is accepted, anything further on stays where it is. */
function acceptedStatus(body: string): string {
  const status = statusOf(body);
  return ['draft', 'requested', 'received', 'ready'].includes(status) ? 'accepted' : status;
}

export function claimEdit(writing: Writing, body: string): TaskEdit {
  return { status: acceptedStatus(body), owner: authorOf(writing) };
}

export function releaseClaimEdit({ context }: Writing): TaskEdit {
  return { status: 'requested', owner: { reference: context.organisationRef } };
}

/** Given to somebody, who has not taken it up yet: its status stays. */
export function assignEdit(writing: Writing, assignee: Assignee): TaskEdit {
  if (assignee.to === 'pool') return { ...releaseClaimEdit(writing), pool: assignee.pool };
  return { owner: { reference: `PractitionerRole/${assignee.staffId}`, display: assignee.name } };
}

/** Answered and not finished: being worked on, unless it is over already. */
export function answeredEdit(body: string): TaskEdit {
  return ['completed', 'rejected', 'cancelled', 'failed', 'entered-in-error'].includes(statusOf(body)) ? {} : { status: 'in-progress' };
}

export function finishEdit(outcome: Extract<QueuedChange['change'], { kind: 'finish' }>['outcome']): TaskEdit {
  return { status: 'completed', ...(outcome !== null && { outputs: [{ type: { text: 'outcome' }, valueCode: outcome }] }) };
}
