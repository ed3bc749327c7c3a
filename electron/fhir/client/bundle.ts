import { err, ok, type Result } from '../../../shared/result.ts';
import { itemsOf, type JsonSpan, membersOf, spansIn } from '../mappers/json-text.ts';
import { refOf } from '../mappers/read-resource.ts';

/** One entry of a page, its resource as text: read on its own, so that a bad one spoils only itself. */
export interface PageEntry {
  /** JSON text as received; null for an entry without a resource, such as a deletion in a history. */
  readonly text: string | null;
  /** From `search.mode`: `include` came along with a match, `outcome` is a remark of the server's. */
  readonly mode: 'match' | 'include' | 'outcome';
  /** Of a history entry: `DELETE`, with `ref`. */
  readonly deletedRef: string | null;
  /** Of a transaction's answer. */
  readonly response: { readonly status: number; readonly versionId: string | null; readonly location: string | null } | null;
}

export interface Page {
  readonly type: string;
  readonly entries: readonly PageEntry[];
  readonly total: number | null;
  /** Rebased on our own base; null on the last page. */
  readonly next: string | null;
  /** The server gives links at all: one that never does says nothing by leaving out `next`. */
  readonly hasLinks: boolean;
}

export type BadPage = { readonly detail: 'not a Bundle' | 'foreign next link' | 'filters were ignored' | 'half a page' };

function parsed(text: string | undefined): unknown {
  try {
    return text === undefined ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

function stringIn(text: string | undefined): string | null {
  const value = parsed(text);
  return typeof value === 'string' ? value : null;
}

function stringAt(members: ReadonlyMap<string, string>, key: string, inner: string): string | null {
  const text = members.get(key);
  return text === undefined ? null : stringIn(membersOf(text).get(inner));
}

function responseOf(entry: ReadonlyMap<string, string>): PageEntry['response'] {
  const status = Number.parseInt(stringAt(entry, 'response', 'status') ?? '', 10);
  if (Number.isNaN(status)) return null;
  const versionId = /"([^"]+)"/u.exec(stringAt(entry, 'response', 'etag') ?? '')?.[1] ?? null;
  return { status, versionId, location: stringAt(entry, 'response', 'location') };
}

const refInUrl = /([A-Z][A-Za-z]+\/[A-Za-z0-9\-.]{1,64})(?:\/_history|$|\?)/u;

function toEntry(entry: ReadonlyMap<string, string>): PageEntry {
  const mode = stringAt(entry, 'search', 'mode');
  const isDeleted = stringAt(entry, 'request', 'method') === 'DELETE';
  return {
    text: entry.get('resource') ?? null,
    mode: mode === 'include' || mode === 'outcome' ? mode : 'match',
    deletedRef: isDeleted ? (refInUrl.exec(stringAt(entry, 'request', 'url') ?? '')?.[1] ?? null) : null,
    response: responseOf(entry),
  };
}

/**
 * A link of the server's as a path below our base. Behind a proxy links may name an internal host or plain http: path and query count,
 * the origin must be ours or the path must lie under our base path, or a token would leak. Undefined when it leads elsewhere.
 */
export function rebase(link: string, baseUrl: string, serverOrigins: readonly string[]): string | undefined {
  const base = new URL(`${baseUrl}/`);
  const target = URL.parse(link, base.href);
  if (!target || !/^https?:$/u.test(target.protocol) || target.username !== '' || target.password !== '') return undefined;
  if (target.origin !== base.origin && !serverOrigins.includes(target.origin)) return undefined;
  const isUnder = target.pathname === base.pathname.slice(0, -1) || target.pathname.startsWith(base.pathname);
  return isUnder ? `${base.origin}${target.pathname}${target.search}` : undefined;
}

function linksIn(text: string | undefined): ReadonlyMap<string, string> {
  return new Map(
    itemsOf(text).map((item) => {
      const link = membersOf(item);
      return [stringIn(link.get('relation')) ?? '', stringIn(link.get('url')) ?? ''];
    }),
  );
}

/** A server that ignored a filter would hand us every patient: when it shows its self link, our filters must be in it. */
function keepsFilters(self: string | undefined, filters: readonly string[]): boolean {
  const shown = self === undefined ? null : URL.parse(self, 'http://any');
  if (!shown) return true;
  return filters.every((name) => shown.searchParams.has(name));
}

/** An entry's text, and where its members stand in it. */
interface Entry {
  readonly text: string;
  readonly spans: readonly JsonSpan[];
}

/** Everything but the resources must be good JSON, up to the closing brace; each resource is judged when it is read. */
function isWhole(text: string, spans: readonly JsonSpan[], entries: readonly Entry[]): boolean {
  const list = spans.find((span) => span.key === 'entry');
  const frame = list ? `${text.slice(0, list.start)}[]${text.slice(list.end)}` : text;
  if (typeof parsed(frame) !== 'object' || !text.trimEnd().endsWith('}')) return false;
  return entries.every(({ text: entry, spans: members }) => {
    const resource = members.find((span) => span.key === 'resource');
    const shell = resource ? `${entry.slice(0, resource.start)}null${entry.slice(resource.end)}` : entry;
    return parsed(shell) !== undefined;
  });
}

/** Reads a searchset, history or transaction answer. `filters`: names of the parameters that must not have been ignored. */
export function readPage(
  text: string,
  baseUrl: string,
  filters: readonly string[] = [],
  serverOrigins: readonly string[] = [],
): Result<Page, BadPage> {
  const spans = spansIn(text);
  const members = membersOf(text, spans);
  if (stringIn(members.get('resourceType')) !== 'Bundle') return err({ detail: 'not a Bundle' });
  const entries = itemsOf(members.get('entry')).map((entry): Entry => ({ text: entry, spans: spansIn(entry) }));
  if (!isWhole(text, spans, entries)) return err({ detail: 'half a page' });
  const links = linksIn(members.get('link'));
  if (!keepsFilters(links.get('self'), filters)) return err({ detail: 'filters were ignored' });
  const nextLink = links.get('next');
  const next = nextLink === undefined ? null : rebase(nextLink, baseUrl, serverOrigins);
  if (next === undefined) return err({ detail: 'foreign next link' });
  const total = parsed(members.get('total'));
  return ok({
    type: stringIn(members.get('type')) ?? '',
    entries: entries.map((entry) => toEntry(membersOf(entry.text, entry.spans))),
    total: typeof total === 'number' ? total : null,
    next,
    hasLinks: links.size > 0,
  });
}

export interface ResourceHeader {
  readonly ref: string;
  readonly type: string;
  readonly id: string;
  readonly versionId: string;
  readonly lastUpdated: string;
}

/** What the mirror keeps of a resource besides its text, without judging the rest of it. Undefined when it is no stored version. */
export function headerOf(text: string): ResourceHeader | undefined {
  const members = membersOf(text);
  const ref = refOf({ resourceType: stringIn(members.get('resourceType')), id: stringIn(members.get('id')) });
  const versionId = stringAt(members, 'meta', 'versionId');
  const lastUpdated = stringAt(members, 'meta', 'lastUpdated');
  if (ref === null || versionId === null || lastUpdated === null || Number.isNaN(Date.parse(lastUpdated))) return undefined;
  const [type = '', id = ''] = ref.split('/');
  return { ref, type, id, versionId, lastUpdated };
}
