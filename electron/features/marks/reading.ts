import type { Input, Reply } from '../../../shared/contract.ts';
import { err, ok } from '../../../shared/result.ts';
import { recordAudit } from '../../store/audit/audit.ts';
import { findWorkItem } from '../../store/lists/work-item.ts';
import { markRead, markUnread } from '../../store/marks/read-marks.ts';
import { type Desk, instantOf } from '../use-case-context.ts';

/** Looking at a patient's item is an act of its own: it goes into the audit, also offline (SAFETY I26). */
export function openItem(desk: Desk, { itemId }: Input<'items.open'>): Reply<'items.open'> {
  const { db, user } = desk;
  return db.transaction(() => {
    const item = findWorkItem(db, itemId);
    if (!item) return err({ kind: 'not-found' });
    markRead(db, itemId);
    recordAudit(db, {
      opId: desk.newId(),
      recordedAt: instantOf(desk.now()),
      staffId: user.id,
      action: 'open',
      itemId,
      patientId: item.patientId,
      detail: '',
    });
    if (item.unread) desk.announce(['inbox']);
    return ok({});
  });
}

/** Reading state only: the item stays where it is in every list (SAFETY I4). */
export function markItemUnread(desk: Desk, { itemId }: Input<'items.mark-unread'>): Reply<'items.mark-unread'> {
  return desk.db.transaction(() => {
    if (!findWorkItem(desk.db, itemId)) return err({ kind: 'not-found' });
    markUnread(desk.db, itemId);
    desk.announce(['inbox']);
    return ok({});
  });
}
