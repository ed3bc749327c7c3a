import type { Input, Reply } from '../../shared/contract.ts';
import { poolsOf } from '../../shared/domain/staff.ts';
import { ok } from '../../shared/result.ts';
import { inboxCounts, pageOfItems } from '../store/inbox.ts';
import { outboxCounts } from '../store/outbox.ts';
import { searchItems } from '../store/search.ts';
import type { Desk } from './desk.ts';

export function inboxPage({ db, user }: Desk, input: Input<'inbox.page'>): Reply<'inbox.page'> {
  return ok(pageOfItems(db, { ...input, staffId: user.id, pools: poolsOf(user.role) }));
}

export function viewCounts({ db, user }: Desk): Reply<'inbox.counts'> {
  const views = inboxCounts(db, { staffId: user.id, pools: poolsOf(user.role) });
  const { waiting, needsYou } = outboxCounts(db);
  return ok({ views, outbox: waiting, needsYou });
}

export function searchInbox({ db }: Desk, { text, limit }: Input<'inbox.search'>): Reply<'inbox.search'> {
  return ok(searchItems(db, text, limit));
}
