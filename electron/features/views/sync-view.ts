import type { Reply } from '../../../shared/contract.ts';
import { ok } from '../../../shared/result.ts';
import { countQuarantined, listQuarantine } from '../../store/mirror/quarantine.ts';
import { conservation } from '../../store/mirror/resource-accounting.ts';
import type { SessionControl } from '../session/session-control.ts';
import type { ViewContext } from '../use-case-context.ts';

/** More than a screen can show; the total says how many there are. */
const shownQuarantine = 200;

export function syncStatus(control: SessionControl): Reply<'sync.status'> {
  return ok(control.syncStatus());
}

export function syncNow({ sync }: ViewContext): Reply<'sync.now'> {
  sync.syncNow();
  return ok({});
}

/** What the server sent and could not be read: visible, never dropped (SAFETY I3). */
export function quarantined({ db }: ViewContext): Reply<'sync.quarantine'> {
  return ok({ resources: listQuarantine(db, shownQuarantine), total: countQuarantined(db).total });
}

/** Nothing inbound vanishes: what is here = shown + quarantined + visibly filtered, for each type (SAFETY I3). */
export function conservationByType({ db }: ViewContext): Reply<'sync.conservation'> {
  return ok({ types: [...conservation(db)] });
}
