import type { WriteDb } from '../../store/db.ts';
import { findCursor, saveCursor } from '../../store/mirror/cursors.ts';
import { dueOverlap, type Overlap } from './overlap.ts';

/** Row of sync_cursor that keeps when the widest window was last walked; no resource type has this name. */
const coldRow = { type: '$cold', scope: 'walk' };
const nothing = { watermark: null, walkNext: null, walkHigh: null, serverDate: null };

/** Which window is due. The wide one is remembered across starts, the middle one runs at each. */
export function createPace(db: WriteDb) {
  let lastWarmAt: number | null = null;
  return {
    due(now: number): Overlap {
      const completedAt = findCursor(db, coldRow.type, coldRow.scope)?.completedAt;
      return dueOverlap(now, lastWarmAt, completedAt == null ? null : Date.parse(completedAt));
    },
    done(overlap: Overlap, now: number): void {
      if (overlap === 'hot') return;
      lastWarmAt = now;
      if (overlap === 'cold') saveCursor(db, { ...coldRow, ...nothing, completedAt: new Date(now).toISOString() });
    },
  };
}
