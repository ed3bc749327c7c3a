import type { Input, Reply } from '../../../shared/contract.ts';
import { err, ok } from '../../../shared/result.ts';
import { recordAudit } from '../../store/audit/audit.ts';
import { findWorkItem } from '../../store/lists/work-item.ts';
import { markRead } from '../../store/marks/read-marks.ts';
import { instantOf, type UseCaseContext } from '../use-case-context.ts';

/** Looking at a patient's item is an act of its own: it goes into the audit, also offline (SAFETY I26). */
export function openItem(context: UseCaseContext, { itemKey }: Input<'items.open'>): Reply<'items.open'> {
  const { db, user } = context;
  return db.transaction(() => {
    const item = findWorkItem(db, itemKey);
    if (!item) return err({ kind: 'not-found' });
    markRead(db, item);
    recordAudit(db, {
      opId: context.newId(),
      recordedAt: instantOf(context.now()),
      staffId: user.id,
      action: 'open',
      itemKey: item.key,
      taskId: item.taskId,
      patientId: item.patientId,
      detail: '',
    });
    if (item.unread) context.announce(['inbox']);
    return ok({});
  });
}
