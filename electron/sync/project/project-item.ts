import type { ItemFlag } from '../../../shared/domain/work-item.ts';
import { ok } from '../../../shared/result.ts';
import { readResource } from '../../fhir/mappers/read-resource.ts';
import { type ProjectedTask, toTask } from '../../fhir/mappers/task.ts';
import type { WriteDb } from '../../store/db.ts';
import { indexWords } from '../../store/lists/search.ts';
import { saveWorkItem } from '../../store/lists/work-item.ts';
import { findResource } from '../../store/mirror/mirror.ts';
import { saveAwaited } from '../../store/mirror/projection-dependency.ts';
import { findPatientLine, type PatientLine } from '../../store/record/patient-line.ts';
import { contentOf } from './item-content.ts';
import { nameFor } from './names.ts';
import { leftOut, type Projector, plainlyShown } from './projected.ts';

/** Of a Task that is a work item: its row, of what the mirror holds by now; what is taken after it makes the row anew. */
export const projectTask: Projector = (db, resource) => {
  const task = toTask(resource);
  if (!task.ok) return task;
  return ok(task.value.is === 'item' ? { ...plainlyShown, awaits: saveItem(db, task.value) } : leftOut);
};

/** Makes the row of a work item anew from the mirror and the other projections. Anything but a readable triage Task: nothing. */
export function projectItem(db: WriteDb, id: string): void {
  const body = findResource(db, 'Task', id)?.body;
  const resource = body === undefined ? undefined : readResource(body);
  const task = resource?.ok ? toTask(resource.value) : undefined;
  if (!task?.ok || task.value.is !== 'item') return;
  saveAwaited(db, `Task/${id}`, saveItem(db, task.value));
}

/** Answers with what the row awaits. */
function saveItem(db: WriteDb, task: ProjectedTask): readonly string[] {
  const patient = task.patientId === null ? undefined : findPatientLine(db, task.patientId);
  const content = contentOf(db, task);
  const owner =
    task.ownerId === null ? { name: null, awaits: [] } : nameFor(db, task.ownerName, `PractitionerRole/${task.ownerId}`, 'Someone');
  const names = patient ?? { familyName: task.patientName ?? 'Not known', givenNames: '', nhi: null };
  const row = saveWorkItem(db, {
    id: task.id,
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
    focusRef: task.focusRef,
  });
  indexWords(db, row, [names.givenNames, names.familyName, names.nhi ?? '', content.subject, content.words].join('\n'));
  return [...content.awaits, ...owner.awaits];
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
