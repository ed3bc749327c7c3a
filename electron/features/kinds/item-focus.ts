import type { WorkItem } from '../../../shared/domain/work-item.ts';
import type { ReadDb } from '../../store/db.ts';
import { findItemFocus } from '../../store/lists/work-item.ts';

/** Id of what the item is about, when it is a resource of the given type. */
export function focusIdOf(db: ReadDb, item: Pick<WorkItem, 'taskId'>, type: string): string | undefined {
  const [focusType, id] = findItemFocus(db, item.taskId)?.focusRef?.split('/') ?? [];
  return focusType === type ? id : undefined;
}
