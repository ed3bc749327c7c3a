import type { AppError } from '../errors.ts';
import type { WorkItem } from './work-item.ts';

/** Whose an item may be for an act on it. A colleague's item is theirs until it is assigned (PRODUCT 4). */
export type Ownership = 'mine' | 'free-or-mine' | 'anyone';

/** Why a person may not act on whoever's item this is; null when they may. */
export function ownershipRefusal(item: Pick<WorkItem, 'ownerId' | 'ownerName'>, userId: string, ownership: Ownership): AppError | null {
  if (ownership === 'anyone' || item.ownerId === userId) return null;
  if (item.ownerId !== null) return { kind: 'taken', by: item.ownerName ?? 'Somebody else', since: null };
  // Given back meanwhile, here or by a colleague: what the person saw as theirs no longer is.
  return ownership === 'mine' ? { kind: 'stale', changedBy: null, changedAt: null } : null;
}
