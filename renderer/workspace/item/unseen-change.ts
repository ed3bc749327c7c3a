import { useState } from 'react';
import type { ItemDetail } from '../../../shared/domain/item-detail.ts';
import type { Staff } from '../../../shared/domain/staff.ts';
import { describeChanges } from './describe-changes.ts';

interface UnseenChange {
  readonly words: readonly string[];
  readonly markSeen: () => void;
}

/**
 * What others changed since the user last said, or could be taken to have, that they saw it. What was seen is what is signed (SAFETY I8):
 * a value that is swapped under the eyes must be named before the key that decides on it works again.
 */
export function useUnseenChange(detail: ItemDetail, user: Staff): UnseenChange {
  const [base, setBase] = useState(detail);
  const words = base === detail ? [] : describeChanges(base, detail, user);
  if (base !== detail && words.length === 0) setBase(detail);
  return { words, markSeen: () => setBase(detail) };
}
