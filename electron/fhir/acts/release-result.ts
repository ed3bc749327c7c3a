import type { ChangeMap } from '../../../shared/changes/changes.ts';
import { ok } from '../../../shared/result.ts';
import { commentEntry } from './communication-entry.ts';
import { dataOperation, labelEntries } from './label-entries.ts';
import { provenanceEntry } from './provenance-entry.ts';
import type { ToEntries } from './request-entry.ts';
import { seenTask, type TaskEdit, takenIfUnowned, taskEntry } from './task-entry.ts';

function contactNote(contact: NonNullable<ChangeMap['release-result']['contact']>): string {
  return `Patient told (${contact.how}) at ${contact.at}${contact.note === '' ? '' : `: ${contact.note}`}`;
}

/**
 * Release: the label off the measurements and the report, the comment if there is one, the Task completed, the record. In this order, so
 * that a server that isn't atomic never shows a finished review of a result that is still held.
 */
export const releaseEntries: ToEntries<'release-result'> = (writing, change) => {
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
};
