import type { WorkItem } from '../../../shared/domain/work-item.ts';
import type { ReadDb } from '../../store/db.ts';
import { dependenciesOf } from '../../store/mirror/projection-dependency.ts';
import { findMedicineRequest, type MedicineRequest, requestedMedicines } from '../../store/record/medicines.ts';
import { focusIdOf } from './item-focus.ts';

export interface Proposals {
  readonly here: readonly MedicineRequest[];
  /** Ids of those that the request names and that have not arrived, or could not be read. */
  readonly missing: readonly string[];
}

/** The medicines that one request asks for: the first one's group, and whatever else the item names. */
export function proposalsOf(db: ReadDb, item: Pick<WorkItem, 'taskId'>): Proposals {
  const first = focusIdOf(db, item, 'MedicationRequest');
  const group = first === undefined ? [] : requestedMedicines(db, first);
  const named = [...(first === undefined ? [] : [first]), ...namedBy(db, item)].filter((id) => !group.some((request) => request.id === id));
  const found = named.map((id) => findMedicineRequest(db, id)).filter((request) => request !== undefined);
  return { here: [...group, ...found], missing: named.filter((id) => !found.some((request) => request.id === id)) };
}

function namedBy(db: ReadDb, item: Pick<WorkItem, 'taskId'>): string[] {
  return dependenciesOf(db, `Task/${item.taskId}`).flatMap((ref) => {
    const [type, id] = ref.split('/');
    return type === 'MedicationRequest' && id !== undefined ? [id] : [];
  });
}
