import type { Reply } from '../../../shared/contract.ts';
import { Pool } from '../../../shared/domain/staff.schema.ts';
import { ok } from '../../../shared/result.ts';
import { openItemsByPool, openItemsByStaff } from '../../store/lists/inbox.ts';
import { listStaff } from '../../store/record/staff.ts';
import type { ViewContext } from '../use-case-context.ts';

/** Whom work can be given to, with how much each has open. */
export function staffWithLoad({ db }: ViewContext): Reply<'staff.list'> {
  const byStaff = openItemsByStaff(db);
  const byPool = openItemsByPool(db);
  return ok({
    staff: listStaff(db).map((staff) => ({ ...staff, openItems: byStaff[staff.id] ?? 0 })),
    pools: Pool.options.map((pool) => ({ pool, openItems: byPool[pool] ?? 0 })),
  });
}
