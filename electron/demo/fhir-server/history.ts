import { maySee, type Principal } from './access.ts';
import { bundleText, type SentEntry, versionFacts } from './bundle-text.ts';
import { findCurrent, prepared, type Version } from './database.ts';
import { dateRange } from './date-range.ts';
import { objectIn, parseJson } from './json.ts';
import { openPage, sealPage } from './page-token.ts';
import { refuse } from './problem.ts';
import { maximumCount } from './search-query.ts';
import type { ActContext } from './write.ts';

interface Row extends Version {
  readonly seq: number;
  readonly method: string;
}

/** Of one resource, of a type, or (both undefined) of everything. */
interface HistoryScope {
  readonly type: string | undefined;
  readonly id: string | undefined;
}

const columns = 'SELECT seq, type, id, version, lu, method, json FROM hist';

function readRows(context: ActContext, scope: HistoryScope, since: number, before: number, count: number): readonly Row[] {
  const { database } = context;
  const newest = 'lu >= ? AND seq < ? ORDER BY seq DESC LIMIT ?';
  if (scope.type === undefined) return prepared<Row>(database, `${columns} WHERE ${newest}`).all(since, before, count);
  if (scope.id === undefined)
    return prepared<Row>(database, `${columns} WHERE type = ? AND ${newest}`).all(scope.type, since, before, count);
  return prepared<Row>(database, `${columns} WHERE type = ? AND id = ? AND ${newest}`).all(scope.type, scope.id, since, before, count);
}

/** A patient reads an old version only if both it and the current one are theirs: a result put back on hold is held with its past. */
function mayReadVersion(context: ActContext, row: Version): boolean {
  if (context.principal.kind === 'system' || context.principal.kind === 'staff') return true;
  return isTheirs(context.principal, row) && isTheirs(context.principal, findCurrent(context.database, row.type, row.id));
}

function isTheirs(principal: Principal, version: Version | undefined): boolean {
  return version?.json != null && maySee(principal, version.type, objectIn(parseJson(version.json)));
}

function historyEntry(context: ActContext, row: Row): SentEntry {
  const facts = versionFacts(row);
  const status = row.json === null ? '204 No Content' : row.version === 1 ? '201 Created' : '200 OK';
  return {
    fullUrl: `${context.baseUrl}/${row.type}/${row.id}`,
    ...(row.json === null ? {} : { resource: row.json }),
    request: { method: row.method, url: row.method === 'POST' ? row.type : `${row.type}/${row.id}` },
    response: { status, etag: facts.etag, lastModified: facts.lastModified },
  };
}

function sinceOf(parameters: URLSearchParams): number {
  const text = parameters.get('_since');
  if (text === null) return -1;
  return dateRange(text)?.low ?? refuse(400, 'value', `_since is not an instant: "${text}"`);
}

interface Cursor {
  readonly since: number;
  readonly before: number;
  readonly count: number;
}

function cursorOf(context: ActContext, parameters: URLSearchParams): Cursor {
  const token = parameters.get('_page');
  if (token === null) {
    const count = Math.min(Number(parameters.get('_count') ?? '50') || 50, maximumCount);
    return { since: sinceOf(parameters), before: Number.MAX_SAFE_INTEGER, count };
  }
  const page = openPage(context.database, token);
  if (!page) return refuse(410, 'expired', 'This page link is no longer valid: start again from the first page');
  return { since: Number(page.since), before: Number(page.before), count: Number(page.count) };
}

/** A history Bundle, newest first, paged by commit order so that new writes shift nothing. 404 for a resource that never was. */
export function historyBundle(context: ActContext, scope: HistoryScope, parameters: URLSearchParams): string {
  if (scope.type !== undefined && scope.id !== undefined && !findCurrent(context.database, scope.type, scope.id)) {
    refuse(404, 'not-found', `${scope.type}/${scope.id} does not exist`);
  }
  const cursor = cursorOf(context, parameters);
  const rows = readRows(context, scope, cursor.since, cursor.before, cursor.count + 1);
  const page = rows.slice(0, cursor.count);
  const path = [context.baseUrl, scope.type, scope.id, '_history'].filter((part) => part !== undefined).join('/');
  const last = page.at(-1);
  const next = rows.length > cursor.count && last ? { since: cursor.since, before: last.seq, count: cursor.count } : undefined;
  const query = parameters.size === 0 ? '' : `?${parameters}`;
  const visible = page.filter((row) => mayReadVersion(context, row));
  return bundleText(
    'history',
    context.newId(),
    context.now,
    visible.map((row) => historyEntry(context, row)),
    {
      links: [
        { relation: 'self', url: `${path}${query}` },
        ...(next ? [{ relation: 'next' as const, url: `${path}?_page=${sealPage(context.database, next)}` }] : []),
      ],
    },
  );
}

/** One version by its number; 404 when there is none, 410 when that version is a delete. */
export function readVersion(context: ActContext, row: Version | undefined, name: string): Version {
  if (!row) return refuse(404, 'not-found', `${name} does not exist`);
  if (row.json === null) return refuse(410, 'deleted', `${name} is a delete`);
  return mayReadVersion(context, row) ? row : refuse(404, 'not-found', `${name} does not exist`);
}
