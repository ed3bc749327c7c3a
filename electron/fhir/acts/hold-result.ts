import type { ChangeMap } from '../../../shared/changes/changes.ts';
import { ok } from '../../../shared/result.ts';
import { dataOperation, labelEntries } from './label-entries.ts';
import { provenanceEntry } from './provenance-entry.ts';
import type { ToEntries } from './request-entry.ts';
import { taskEntry } from './task-entry.ts';

const holdWords: Record<ChangeMap['hold-result']['reason'], string> = {
  'discuss-first': 'To discuss with the patient first',
  'await-specialist': 'Waiting for a specialist',
  'await-further-result': 'Waiting for a further result',
  'third-party': 'Holds information about somebody else',
  'harm-risk': 'Release could cause harm',
  other: 'Other reason',
};

/** Hold: the label is on (put back where it was off), the Task has an owner, a reason and an end. */
export const holdEntries: ToEntries<'hold-result'> = (writing, change) => {
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
};
