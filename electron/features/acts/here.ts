import type { HereActKind } from '../../../shared/acts/acts.ts';
import { itemOf, type QueuedChange } from '../../../shared/changes/changes.ts';
import type { WorkItem } from '../../../shared/domain/work-item.ts';
import type { WriteDb } from '../../store/db.ts';
import { findWorkItem } from '../../store/lists/work-item.ts';
import { markUnread } from '../../store/marks/read-marks.ts';

type Effect = (db: WriteDb, item: WorkItem) => void;

/** What each act that lives here does. One that forgets its effect does not compile. */
const effects: { readonly [K in HereActKind]: Effect } = { 'mark-unread': markUnread };

/** Does here what lives here; doing it twice is the same as once. Nothing, for an item that is no longer here. */
export function takeEffectHere(db: WriteDb, queued: QueuedChange): void {
  const { kind } = queued.change;
  const key = itemOf(queued)?.itemKey;
  const item = key === undefined ? undefined : findWorkItem(db, key);
  if (item && isHereAct(kind)) effects[kind](db, item);
}

function isHereAct(kind: string): kind is HereActKind {
  return Object.hasOwn(effects, kind);
}
