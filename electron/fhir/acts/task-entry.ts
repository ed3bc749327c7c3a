import { itemOf } from '../../../shared/changes/changes.ts';
import type { Outcome } from '../../../shared/domain/thread.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { idIn, systems } from '../mappers/datatype-accessors.ts';
import { memberText, withItems, withMemberAt } from '../mappers/json-text.ts';
import { authorOf, type CannotWrite, type EntryContext, type RequestEntry, taskRefOf, updateEntry } from './request-entry.ts';

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

export function seenTask({ queued, base }: EntryContext): Result<SeenTask, CannotWrite> {
  const ref = taskRefOf(queued);
  const seen = base.get(ref);
  return seen ? ok({ ref, ...seen }) : err({ reason: 'The item as it was seen is not at hand.' });
}

/** The PUT of the Task with If-Match, or why it can't be made. */
export function taskEntry(writing: EntryContext, edit: TaskEdit): Result<RequestEntry, CannotWrite> {
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
  return ok(updateEntry(ref, withItemIdentifier(writing, seen.value), changes));
}

/**
 * The Task carries its item's key, so that every desk joins it to the same item whoever made it. Put in beside what the act changes: a colleague's
 * write that does the same is no conflict.
 */
function withItemIdentifier({ queued }: EntryContext, seen: SeenTask): SeenTask {
  const key = itemOf(queued)?.itemKey;
  if (key === undefined || key.includes('|Task/') || !key.includes('|')) return seen;
  if ((memberText(seen.body, 'identifier') ?? '').includes(`"${systems.item}"`)) return seen;
  return { ...seen, body: withItems(seen.body, 'identifier', [JSON.stringify({ system: systems.item, value: key })]) };
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

export function takenIfUnowned(writing: EntryContext, body: string): Pick<TaskEdit, 'owner'> {
  return isUnowned(body) ? { owner: authorOf(writing) } : {};
}

/** The one write of an act that changes its Task and nothing else. `edit` is made of the Task's text as it was seen. */
export function onlyTask(writing: EntryContext, edit: (body: string) => TaskEdit): Result<readonly RequestEntry[], CannotWrite> {
  const seen = seenTask(writing);
  if (!seen.ok) return seen;
  const task = taskEntry(writing, edit(seen.value.body));
  return task.ok ? ok([task.value]) : task;
}

/** Given back to the practice, for whoever takes it next. */
export function givenBack({ context }: EntryContext): TaskEdit {
  return { status: 'requested', owner: { reference: context.organisationRef } };
}

/** Ended, with what came of it. */
export function finished(outcome: Outcome | null): TaskEdit {
  return { status: 'completed', ...(outcome !== null && { outputs: [{ type: { text: 'outcome' }, valueCode: outcome }] }) };
}
