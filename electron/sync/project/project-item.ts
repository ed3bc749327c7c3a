import type { ItemFlag } from '../../../shared/domain/work-item.ts';
import { ok } from '../../../shared/result.ts';
import { readResource } from '../../fhir/mappers/read-resource.ts';
import { type ProjectedTask, toTask } from '../../fhir/mappers/task.ts';
import type { ReadDb, WriteDb } from '../../store/db.ts';
import { hasSiblings } from '../../store/lists/item-key.ts';
import { indexWords } from '../../store/lists/word-index.ts';
import { saveWorkItem } from '../../store/lists/work-item.ts';
import { findResource } from '../../store/mirror/mirror.ts';
import { saveDependencies } from '../../store/mirror/projection-dependency.ts';
import { findPatientLine, type PatientLine } from '../../store/record/patient-line.ts';
import { threadOfMessage } from '../../store/record/threads.ts';
import { contentOf } from './item-content.ts';
import { nameFor } from './names.ts';
import { filteredOut, type Projector, plainlyShown } from './projected.ts';

/** Of a Task that is a work item: its row, of what the mirror holds by now; what is taken after it makes the row anew. */
export const projectTask: Projector = (db, resource) => {
  const task = toTask(resource);
  if (!task.ok) return task;
  if (task.value.is !== 'item') return ok(filteredOut);
  const dependsOn = saveItem(db, task.value);
  return ok({ ...plainlyShown, dependsOn, focus: hasSiblings(db, task.value.id) ? shownRefOf(db, task.value) : null });
};

/** Makes the row of a work item anew from the mirror and the other projections. Anything but a readable triage Task: nothing. */
export function projectItem(db: WriteDb, id: string): void {
  const body = findResource(db, 'Task', id)?.body;
  const resource = body === undefined ? undefined : readResource(body);
  const task = resource?.ok ? toTask(resource.value) : undefined;
  if (!task?.ok || task.value.is !== 'item') return;
  saveDependencies(db, `Task/${id}`, saveItem(db, task.value));
}

/** Answers with what the row depends on. */
function saveItem(db: WriteDb, task: ProjectedTask): readonly string[] {
  const patient = task.patientId === null ? undefined : findPatientLine(db, task.patientId);
  const focusRef = shownRefOf(db, task);
  const content = contentOf(db, { ...task, focusRef });
  const owner =
    task.ownerId === null ? { name: null, dependsOn: [] } : nameFor(db, task.ownerName, `PractitionerRole/${task.ownerId}`, 'Someone');
  const names = patient ?? { familyName: task.patientName ?? 'Not known', givenNames: '', nhi: null };
  const row = saveWorkItem(db, {
    taskId: task.id,
    versionId: task.versionId,
    kind: task.kind,
    patientId: task.patientId,
    familyName: names.familyName,
    givenNames: names.givenNames,
    nhi: names.nhi,
    subject: content.subject,
    preview: content.preview,
    priority: task.priority,
    status: task.status,
    ownerId: task.ownerId,
    ownerName: owner.name,
    pool: task.pool,
    arrivedAt: task.arrivedAt,
    newestAt: newest(task.arrivedAt, content.newestAt),
    dueAt: task.dueAt,
    closedAt: task.closedAt,
    flags: [...content.flags, ...itemFlags(task, patient)],
    focusRef,
    identified: task.identifiedRef !== null,
  });
  indexWords(db, row, [names.givenNames, names.familyName, names.nhi ?? '', content.subject, content.words].join('\n'));
  // A message before its thread's header: who refers to it shows the thread once that is known.
  const unknown = focusRef?.startsWith('Communication/') ? [focusRef] : [];
  return [...content.dependsOn, ...owner.dependsOn, ...unknown];
}

/** What an item shows, `Type/id`: what its Task names by our identifier, else its focus; of a message the thread that it is in. */
function shownRefOf(db: ReadDb, task: ProjectedTask): string | null {
  const ref = task.identifiedRef ?? task.focusRef;
  if (ref === null || !ref.startsWith('Communication/')) return ref;
  const threadId = threadOfMessage(db, ref.slice('Communication/'.length));
  return threadId === undefined ? ref : `Communication/${threadId}`;
}

function newest(arrivedAt: string, contentAt: string | null): string {
  return contentAt !== null && Date.parse(contentAt) > Date.parse(arrivedAt) ? contentAt : arrivedAt;
}

function itemFlags(task: ProjectedTask, patient: PatientLine | undefined): ItemFlag[] {
  const flags: ItemFlag[] = [];
  if (task.requester.kind === 'proxy') flags.push('proxy');
  if (patient?.restricted) flags.push('restricted');
  if (task.patientId === null) flags.push('unmatched');
  return flags;
}
