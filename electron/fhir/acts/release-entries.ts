import type { Change } from '../../../shared/domain/change.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { memberText, spansIn } from '../mappers/json-text.ts';
import { commentEntry, notForPatient } from './communication-entry.ts';
import { provenanceEntry } from './provenance-entry.ts';
import type { BaseBodies, CannotWrite, RequestEntry, Writing } from './request-entry.ts';
import { seenTask, type TaskEdit, takenIfUnowned, taskEntry } from './task-entry.ts';

/*
 * The label convention of WIRE, "Result release": a result is held by a security label and released by taking only that label away.
 * A portal that gates release otherwise is another version of this file.
 */

type ReleaseResult = Extract<Change, { kind: 'release-result' }>;
type HoldResult = Extract<Change, { kind: 'hold-result' }>;

const dataOperation = 'http://terminology.hl7.org/CodeSystem/v3-DataOperation';

interface Labels {
  readonly count: number;
  /** Place of the label in meta.security; undefined when it isn't there. */
  readonly held: number | undefined;
  readonly hasMeta: boolean;
}

function labelsIn(body: string): Labels {
  const meta = memberText(body, 'meta');
  const security = memberText(meta ?? '{}', 'security') ?? '[]';
  const labels = spansIn(security).map((span) => security.slice(span.start, span.end));
  const held = labels.findIndex(
    (label) => memberText(label, 'code') === `"${notForPatient.code}"` && memberText(label, 'system') === `"${notForPatient.system}"`,
  );
  return { count: labels.length, held: held === -1 ? undefined : held, hasMeta: meta !== undefined };
}

/** JSON Patch that takes the label away; the test makes sure that it is that label. An empty list is not FHIR, so the last one takes the list along. */
function releasePatch({ count, held }: Labels): readonly object[] {
  const path = `/meta/security/${held ?? 0}`;
  return [
    { op: 'test', path: `${path}/code`, value: notForPatient.code },
    { op: 'remove', path: count === 1 ? '/meta/security' : path },
  ];
}

function holdPatch({ count, hasMeta }: Labels): readonly object[] {
  if (!hasMeta) return [{ op: 'add', path: '/meta', value: { security: [notForPatient] } }];
  return count === 0
    ? [{ op: 'add', path: '/meta/security', value: [notForPatient] }]
    : [{ op: 'add', path: '/meta/security/-', value: notForPatient }];
}

/** Whether a patient's token may see the resource, as far as this label goes. */
export function isHeldText(body: string): boolean {
  return labelsIn(body).held !== undefined;
}

function labelEntries(base: BaseBodies, refs: readonly string[], hold: boolean): Result<readonly RequestEntry[], CannotWrite> {
  const entries: RequestEntry[] = [];
  for (const ref of refs) {
    const seen = base.get(ref);
    if (!seen) return err({ reason: 'A part of the result as it was seen is not at hand.' });
    const labels = labelsIn(seen.body);
    if (hold === (labels.held !== undefined)) continue;
    const body = JSON.stringify(hold ? holdPatch(labels) : releasePatch(labels));
    entries.push({ ref, method: 'patch', ifMatch: seen.versionId, opId: null, body, touched: ['meta.security'] });
  }
  return ok(entries);
}

function contactNote(contact: NonNullable<ReleaseResult['contact']>): string {
  return `Patient told (${contact.how}) at ${contact.at}${contact.note === '' ? '' : `: ${contact.note}`}`;
}

/**
 * Release: the label off the measurements and the report, the comment if there is one, the Task completed, the record. In this order, so
 * that a server that isn't atomic never shows a finished review of a result that is still held.
 */
export function releaseEntries(writing: Writing, change: ReleaseResult): Result<readonly RequestEntry[], CannotWrite> {
  const refs = [...change.measurementIds.map((id) => `Observation/${id}`), `DiagnosticReport/${change.reportId}`];
  const labels = labelEntries(writing.base, refs, false);
  const seen = seenTask(writing);
  if (!labels.ok) return labels;
  if (!seen.ok) return seen;
  const decision = change.comment === null ? 'released' : 'released-with-comment';
  const edit: TaskEdit = {
    ...takenIfUnowned(writing, seen.value.body),
    status: 'completed',
    outputs: [{ type: { text: 'release-decision' }, valueCode: decision }],
    ...(change.contact !== null && { note: contactNote(change.contact) }),
  };
  const task = taskEntry(writing, edit);
  if (!task.ok) return task;
  const { comment, reportId } = change;
  return ok([
    ...labels.value,
    ...(comment === null ? [] : [commentEntry(writing, { id: change.commentId, opId: change.commentOpId, reportId, text: comment })]),
    task.value,
    provenanceEntry(writing, writing.queued.opId, {
      targets: [`DiagnosticReport/${reportId}`],
      system: dataOperation,
      activity: 'RELEASE',
      reasons: change.contact === null ? [] : [contactNote(change.contact)],
    }),
  ]);
}

const holdWords: Record<HoldResult['reason'], string> = {
  'discuss-first': 'To discuss with the patient first',
  'await-specialist': 'Waiting for a specialist',
  'await-further-result': 'Waiting for a further result',
  'third-party': 'Holds information about somebody else',
  'harm-risk': 'Release could cause harm',
  other: 'Other reason',
};

/** Hold: the label is on (put back where it was off), the Task has an owner, a reason and an end. */
export function holdEntries(writing: Writing, change: HoldResult): Result<readonly RequestEntry[], CannotWrite> {
  const labels = labelEntries(writing.base, [`DiagnosticReport/${change.reportId}`], true);
  if (!labels.ok) return labels;
  const words = change.reasonText === null ? holdWords[change.reason] : `${holdWords[change.reason]}: ${change.reasonText}`;
  const task = taskEntry(writing, {
    status: 'on-hold',
    statusReason: { code: change.reason, text: words },
    owner: { reference: `PractitionerRole/${change.ownerId}`, display: change.ownerName },
    dueAt: change.untilAt,
  });
  if (!task.ok) return task;
  const record = { targets: [`DiagnosticReport/${change.reportId}`], system: dataOperation, activity: 'HOLD', reasons: [words] };
  return ok([task.value, ...labels.value, provenanceEntry(writing, writing.queued.opId, record)]);
}
