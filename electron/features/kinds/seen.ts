import type { WorkItem } from '../../../shared/domain/work-item.ts';
import type { AppError } from '../../../shared/errors.ts';
import type { Seen } from '../../../shared/ids.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import type { ReadDb } from '../../store/db.ts';
import { findVersion, versionsOf } from '../../store/mirror/mirror.ts';
import { findTestReport } from '../../store/record/results.ts';
import { shownWithPatient } from '../../store/record/shown-with-patient.ts';
import { messagesOf } from '../../store/record/threads.ts';
import { instantOf } from '../use-case-context.ts';
import { focusIdOf } from './item-focus.ts';
import { proposalsOf } from './proposals.ts';

/** Every resource whose content the reading pane shows: what a decision is made on (SAFETY I8). */
export function shownRefs(db: ReadDb, item: WorkItem): string[] {
  return [`Task/${item.taskId}`, ...patientRefs(db, item), ...focusRefs(db, item)];
}

function patientRefs(db: ReadDb, { kind, patientId }: WorkItem): readonly string[] {
  return patientId === null ? [] : [`Patient/${patientId}`, ...shownWithPatient(db, patientId, kind)];
}

function focusRefs(db: ReadDb, item: WorkItem): string[] {
  switch (item.kind) {
    case 'message': {
      const threadId = focusIdOf(db, item, 'Communication');
      return threadId === undefined ? [] : [threadId, ...messagesOf(db, threadId).map(({ id }) => id)].map((id) => `Communication/${id}`);
    }
    case 'repeat':
      return proposalsOf(db, item).here.map(({ id }) => `MedicationRequest/${id}`);
    case 'result': {
      const reportId = focusIdOf(db, item, 'DiagnosticReport');
      if (reportId === undefined) return [];
      const measurements = findTestReport(db, reportId)?.detail.measurementIds ?? [];
      return [`DiagnosticReport/${reportId}`, ...measurements.map((id) => `Observation/${id}`)];
    }
  }
}

/** The versions now in the mirror of everything shown. */
export function seenNow(db: ReadDb, item: WorkItem): Seen {
  return versionsOf(db, shownRefs(db, item));
}

type RequiredVersions = 'none' | 'row' | 'everything-shown';

/** Whether what the user saw is what is there: every version they name, and every one that the act depends on. */
export function checkSeen(db: ReadDb, item: WorkItem, seen: Seen, required: RequiredVersions): Result<void, AppError> {
  if (required === 'none') return ok(undefined);
  const needed = required === 'row' ? [`Task/${item.taskId}`] : shownRefs(db, item);
  const refs = [...new Set([...needed, ...Object.keys(seen)])];
  const now = versionsOf(db, refs);
  const moved = refs.find((ref) => now[ref] !== seen[ref]);
  return moved === undefined ? ok(undefined) : err(staleError(db, item, moved));
}

function staleError(db: ReadDb, item: WorkItem, ref: string): AppError {
  const [type = '', id = ''] = ref.split('/');
  const lastUpdated = findVersion(db, type, id)?.lastUpdated;
  return {
    kind: 'stale',
    changedBy: type === 'Task' ? item.ownerName : null,
    changedAt: lastUpdated === undefined ? null : instantOf(Date.parse(lastUpdated)),
  };
}
