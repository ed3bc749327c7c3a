import { useSyncExternalStore } from 'react';
import type { Role } from '../../shared/domain/staff.ts';
import { type View, views } from '../../shared/domain/work-item.ts';
import { type ItemKey, isItemKey, isOpId, type OpId } from '../../shared/ids.ts';

export const outboxLists = ['waiting', 'needs-you', 'sent'] as const;
export type OutboxList = (typeof outboxLists)[number];

const searchTextLimit = 200;

/**
 * Where the user is. `itemKey` is the one current item: list, banner, reading pane, context and acts all follow it (UI, trap 3).
 * Only opaque ids and, for a search, what was typed; it never leaves the window.
 */
export type Location =
  | { readonly at: 'inbox'; readonly view: View; readonly itemKey: ItemKey | null }
  | { readonly at: 'search'; readonly text: string; readonly itemKey: ItemKey | null }
  | { readonly at: 'outbox'; readonly which: OutboxList; readonly opId: OpId | null };

export const home: Location = { at: 'inbox', view: 'all', itemKey: null };

/** Where a role begins (UI, The first 60 seconds). */
const firstViews: Record<Role, View> = {
  gp: 'mine',
  'nurse-prescriber': 'mine',
  nurse: 'team',
  reception: 'team',
  manager: 'all',
  admin: 'team',
};

export function firstLocationOf(role: Role): Location {
  return { at: 'inbox', view: firstViews[role], itemKey: null };
}

/** `#/inbox/mine/5f2c`, `#/search/rash%20arm`, `#/outbox/waiting`. */
export function toHash(location: Location): string {
  switch (location.at) {
    case 'inbox':
      return hashOf('inbox', location.view, location.itemKey);
    case 'search':
      return hashOf('search', location.text, location.itemKey);
    case 'outbox':
      return hashOf('outbox', location.which, location.opId);
  }
}

function hashOf(at: string, what: string, id: string | null): string {
  return `#/${at}/${encodeURIComponent(what)}${id === null ? '' : `/${encodeURIComponent(id)}`}`;
}

/** Reads a hash; whatever is not a location is the home view. */
export function parseLocation(hash: string): Location {
  const [, at, what = '', id = null] = hash.split('/').map(decoded);
  switch (at) {
    case 'inbox':
      return inboxAt(what, id) ?? home;
    case 'search':
      return searchAt(what, id) ?? home;
    case 'outbox':
      return outboxAt(what, id) ?? home;
    default:
      return home;
  }
}

function inboxAt(what: string, itemKey: string | null): Location | null {
  const view = views.find((one) => one === what);
  return view !== undefined && (itemKey === null || isItemKey(itemKey)) ? { at: 'inbox', view, itemKey } : null;
}

function searchAt(text: string, itemKey: string | null): Location | null {
  const isText = text.length > 0 && text.length <= searchTextLimit;
  return isText && (itemKey === null || isItemKey(itemKey)) ? { at: 'search', text, itemKey } : null;
}

function outboxAt(what: string, opId: string | null): Location | null {
  const which = outboxLists.find((one) => one === what);
  return which !== undefined && (opId === null || isOpId(opId)) ? { at: 'outbox', which, opId } : null;
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return '';
  }
}

/** The current item of a location, if it has one. */
export function currentItemId(location: Location): ItemKey | null {
  return location.at === 'outbox' ? null : location.itemKey;
}

/** The same place with another current item. */
export function withItem(location: Location, itemKey: ItemKey | null): Location {
  return location.at === 'outbox' ? location : { ...location, itemKey };
}

let current: { readonly hash: string; readonly location: Location } = { hash: '', location: home };
const listeners = new Set<() => void>();

function snapshot(): Location {
  if (current.hash !== window.location.hash) current = { hash: window.location.hash, location: parseLocation(window.location.hash) };
  return current.location;
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  window.addEventListener('popstate', listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener('popstate', listener);
  };
}

export function useLocation(): Location {
  return useSyncExternalStore(subscribe, snapshot);
}

/** Goes there. Moving from row to row replaces the present step, so that Back leads to the place before, not to each row passed. */
export function navigate(to: Location, how: 'push' | 'replace' = 'push'): void {
  const hash = toHash(to);
  if (hash === window.location.hash) return;
  if (how === 'push') window.history.pushState(null, '', hash);
  else window.history.replaceState(null, '', hash);
  for (const listener of listeners) listener();
}

/** The location now, outside React. */
export function presentLocation(): Location {
  return snapshot();
}
