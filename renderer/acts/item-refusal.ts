import { itemRulesOf, permissionOf } from '../../shared/acts/acts.ts';
import type { ActKind } from '../../shared/changes/changes.ts';
import type { ItemDetail } from '../../shared/domain/item-detail.ts';
import { ownershipRefusal } from '../../shared/domain/ownership.ts';
import { mayWriteTo } from '../../shared/domain/patient-contact.ts';
import { may } from '../../shared/domain/permissions.ts';
import type { Staff } from '../../shared/domain/staff.ts';
import { isOpen } from '../../shared/domain/work-item.ts';
import { errorMessage, refusalMessage } from '../words/error-message.ts';

type Judged = Pick<ItemDetail, 'item' | 'patient'>;

/** Why a person can't do this act on an item now, in their words; undefined when they can. The core asks the same rules and decides. */
export function refusalOf({ item, patient }: Judged, user: Staff, kind: ActKind): string | undefined {
  const needs = permissionOf(kind, item.kind);
  if (!may(user.role, needs)) return errorMessage({ kind: 'not-allowed', needs });
  const rules = itemRulesOf(kind);
  if (!rules) return undefined;
  if (rules.onClosedItem === 'refuse' && !isOpen(item)) return refusalMessage('item-closed');
  const foreign = ownershipRefusal(item, user.id, rules.ownership);
  if (foreign?.kind === 'taken') return `${item.ownerName ?? 'A colleague'} has this. Assign it to yourself to take it over.`;
  const writable = mayWriteTo(patient);
  if (!rules.reachesPatient || writable.ok || writable.error.kind !== 'refused') return undefined;
  return refusalMessage(writable.error.reason);
}
