import type { ItemDetail } from '../../shared/domain/item-detail.ts';
import { may, type Permission } from '../../shared/domain/permissions.ts';
import type { Staff } from '../../shared/domain/staff.ts';
import { isOpen } from '../../shared/domain/work-item.ts';
import { errorMessage, refusalMessage } from '../words/error-message.ts';

type Judged = Pick<ItemDetail, 'item' | 'patient'>;

/** Why a person can't do this kind of act on an item now, in their words; undefined when they can. The core asks the same and decides. */
export function refusalOf({ item }: Judged, user: Staff, permission: Permission): string | undefined {
  if (!may(user.role, permission)) return errorMessage({ kind: 'not-allowed', needs: permission });
  if (!isOpen(item)) return refusalMessage('item-closed');
  return undefined;
}

/** The same for an act that decides something: a colleague's item is theirs until it is assigned. */
export function decisionRefusal(detail: Judged, user: Staff, permission: Permission): string | undefined {
  return refusalOf(detail, user, permission) ?? ownedByOther(detail, user);
}

/** The same for an act that reaches the patient: there must be one, and alive. */
export function sendingRefusal(detail: Judged, user: Staff, permission: Permission): string | undefined {
  const refusal = decisionRefusal(detail, user, permission);
  if (refusal !== undefined) return refusal;
  if (detail.patient === null) return refusalMessage('sender-not-matched');
  return detail.patient.deceased.is ? refusalMessage('patient-deceased') : undefined;
}

function ownedByOther({ item }: Judged, user: Staff): string | undefined {
  if (item.ownerId === null || item.ownerId === user.id) return undefined;
  return `${item.ownerName ?? 'A colleague'} has this. Assign it to yourself to take it over.`;
}
