import { bundleText, onlyElements, type SentEntry, type SentLink } from './bundle-text.ts';
import type { Version } from './database.ts';
import { isArray, type JsonObject, type JsonValue } from './json.ts';
import { openPage, sealPage } from './page-token.ts';
import { refuse } from './problem.ts';
import { type FoundPage, findPage } from './search.ts';
import { parseSearch, type SearchQuery } from './search-query.ts';
import type { ActContext } from './write.ts';

type Keys = readonly (string | number)[];
type Pairs = readonly (readonly [string, string])[];

function isKey(value: JsonValue): value is string | number {
  return typeof value === 'string' || typeof value === 'number';
}

function pairOf(value: JsonValue): readonly [string, string] {
  return isArray(value) ? [String(value[0]), String(value[1])] : ['', ''];
}

interface Walk {
  readonly query: SearchQuery;
  readonly after: Keys;
}

function openWalk(context: ActContext, type: string, token: string): Walk {
  const page: JsonObject = openPage(context.database, token) ?? {};
  if (page.type !== type || !isArray(page.pairs) || !isArray(page.after)) {
    return refuse(410, 'expired', 'This page link is no longer valid: start again from the first page');
  }
  return { query: parseSearch(type, page.pairs.map(pairOf), false), after: page.after.filter(isKey) };
}

function walkOf(context: ActContext, type: string, pairs: Pairs, strict: boolean): Walk {
  const token = pairs.find(([name]) => name === '_page')?.[1];
  return token === undefined ? { query: parseSearch(type, pairs, strict), after: [] } : openWalk(context, type, token);
}

function matchEntry(baseUrl: string, version: Version, mode: 'match' | 'include', elements: readonly string[]): SentEntry {
  return {
    fullUrl: `${baseUrl}/${version.type}/${version.id}`,
    resource: onlyElements(version.json ?? '{}', elements),
    search: { mode },
  };
}

function linksOf(context: ActContext, query: SearchQuery, found: FoundPage): readonly SentLink[] {
  const path = `${context.baseUrl}/${query.type}`;
  const asked = new URLSearchParams(query.applied.map(([name, value]) => [name, value]));
  const self: SentLink = { relation: 'self', url: asked.size === 0 ? path : `${path}?${asked}` };
  if (!found.next) return [self];
  const pairs = query.applied.map(([name, value]) => [name, value]);
  const token = sealPage(context.database, { type: query.type, pairs, after: found.next });
  return [self, { relation: 'next', url: `${path}?_page=${token}` }];
}

/** Runs a search and gives its searchset Bundle as text. A `_page` among the parameters continues a walk; 410 when it is not ours. */
export function searchBundle(context: ActContext, type: string, parameters: URLSearchParams, strict: boolean): string {
  const { query, after } = walkOf(context, type, [...parameters], strict);
  const found = findPage(context.database, context.principal, query, after);
  const entries = [
    ...found.matches.map((match) => matchEntry(context.baseUrl, match, 'match', query.elements)),
    ...found.included.map((version) => matchEntry(context.baseUrl, version, 'include', query.elements)),
  ];
  return bundleText('searchset', context.newId(), context.now, entries, { links: linksOf(context, query, found), total: found.total });
}
