import type { Input, Reply } from '../../../shared/contract.ts';
import { poolsOf } from '../../../shared/domain/staff.ts';
import { ok } from '../../../shared/result.ts';
import { inboxCounts, pageOfItems } from '../../store/lists/inbox.ts';
import { searchItems } from '../../store/lists/search.ts';
import { outboxCounts } from '../../store/outbox/outbox-entries.ts';
import type { ViewContext } from '../use-case-context.ts';

export function inboxPage({ db, user }: ViewContext, input: Input<'inbox.page'>): Reply<'inbox.page'> {
  return ok(pageOfItems(db, { ...input, staffId: user.id, pools: poolsOf(user.role) }));
}

export function viewCounts({ db, user }: ViewContext): Reply<'inbox.counts'> {
  const views = inboxCounts(db, { staffId: user.id, pools: poolsOf(user.role) });
  const { waiting, needsAttention } = outboxCounts(db);
  return ok({ views, outbox: waiting, needsAttention });
}

export function searchInbox({ db }: ViewContext, { text, limit }: Input<'inbox.search'>): Reply<'inbox.search'> {
  return ok(searchItems(db, text, limit));
}
