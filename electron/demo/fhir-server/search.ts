import { limitedTo, maySee, type Principal } from './access.ts';
import { type PortalDatabase, prepared, type Version, visibleTo } from './database.ts';
import { type Condition, farFuture } from './date-range.ts';
import { objectIn, parseJson } from './json.ts';
import type { IndexFilter, SearchQuery, SortKey } from './search-query.ts';

/** A found resource with the sort keys that say where a next page begins. */
export interface Match extends Version {
  readonly rid: number;
  readonly keys: string;
}

export interface FoundPage {
  readonly matches: readonly Match[];
  readonly included: readonly Version[];
  /** Keys of the last match when more follow. */
  readonly next: readonly (string | number)[] | undefined;
  readonly total: number | undefined;
}

/** From this many matches on, walking the time index and testing each row beats collecting and sorting them. */
const selectiveLimit = 2000;

function isSelective(database: PortalDatabase, filter: IndexFilter): boolean {
  if (filter.negated) return false;
  const row = prepared<{ found: number }>(
    database,
    `SELECT count(*) AS found FROM (SELECT 1 FROM ix WHERE param = ? AND ${filter.sql} LIMIT ${selectiveLimit + 1})`,
  ).get(filter.param, ...filter.args);
  return (row?.found ?? 0) <= selectiveLimit;
}

function filterCondition(filter: IndexFilter, selective: boolean): Condition {
  const args = [filter.param, ...filter.args];
  if (selective) return { sql: `r.rid IN (SELECT rid FROM ix WHERE param = ? AND ${filter.sql})`, args };
  const test = `EXISTS (SELECT 1 FROM ix INDEXED BY ix_by_resource WHERE rid = r.rid AND param = ? AND ${filter.sql})`;
  return { sql: filter.negated ? `NOT ${test}` : test, args };
}

interface OrderTerm extends Condition {
  readonly name: string;
  readonly descending: boolean;
}

function sortExpression(key: SortKey, mixed: boolean): OrderTerm {
  const sign = mixed && key.descending ? '-' : '';
  const descending = key.descending && !mixed;
  if (key.by === '_id') return { name: key.by, sql: 'r.id', args: [], descending };
  if (key.by === '_lastUpdated') return { name: key.by, sql: `${sign}r.lu`, args: [], descending };
  const absent = key.descending ? -farFuture : farFuture;
  const value = `coalesce((SELECT min(low) FROM ix INDEXED BY ix_by_resource WHERE rid = r.rid AND param = ?), ${absent})`;
  return { name: key.by, sql: `${sign}${value}`, args: [key.by], descending };
}

/**
 * Sort keys that all run the same way and end in the id, so that a page can begin at one row value: `(lu, id) > (?, ?)`.
 * Spelled out with OR, SQLite would read the table from its start for every page.
 */
function orderTerms(sort: readonly SortKey[]): readonly OrderTerm[] {
  const keys = sort.length === 0 ? [{ by: '_lastUpdated', descending: false }] : sort;
  const mixed = keys.some((key) => key.descending !== keys[0]?.descending);
  const descending = !mixed && keys[0]?.descending === true;
  const terms = keys.map((key) => sortExpression(key, mixed));
  return keys.some((key) => key.by === '_id') ? terms : [...terms, { name: '_id', sql: 'r.id', args: [], descending }];
}

interface Plan {
  readonly where: Condition;
  /** Set in front of indexed columns when another index must lead; SQLite then cannot use theirs. */
  readonly unindexed: '+' | '';
}

function planOf(database: PortalDatabase, principal: Principal, query: SearchQuery): Plan {
  const patient = limitedTo(principal, query.type);
  const visible: IndexFilter = {
    param: `${query.type}.${visibleTo}`,
    negated: false,
    sql: 'low IS NULL AND value = ?',
    args: [patient ?? ''],
  };
  const filters = patient === undefined ? query.filters : [visible, ...query.filters];
  const tested = filters.map((filter) => ({ filter, selective: isSelective(database, filter) }));
  const unindexed = tested.some((each) => each.selective) ? '+' : '';
  const conditions: readonly Condition[] = [
    { sql: `${unindexed}r.type = ? AND r.deleted = 0`, args: [query.type] },
    ...tested.map((each) => filterCondition(each.filter, each.selective)),
    ...query.columns,
  ];
  return { where: { sql: conditions.map((each) => each.sql).join(' AND '), args: conditions.flatMap((each) => each.args) }, unindexed };
}

function countMatches(database: PortalDatabase, plan: Plan): number {
  const row = prepared<{ total: number }>(database, `SELECT count(*) AS total FROM res r WHERE ${plan.where.sql}`).get(...plan.where.args);
  return row?.total ?? 0;
}

function runPage(database: PortalDatabase, plan: Plan, query: SearchQuery, after: readonly (string | number)[]): readonly Match[] {
  const terms = orderTerms(query.sort);
  const direction = terms[0]?.descending ? 'DESC' : 'ASC';
  const termArgs = terms.flatMap((term) => term.args);
  const spelled = terms.map((term) => (term.sql === 'r.lu' ? `${plan.unindexed}r.lu` : term.sql));
  const beyond =
    after.length === 0 ? '' : `AND (${spelled.join(', ')}) ${direction === 'DESC' ? '<' : '>'} (${terms.map(() => '?').join(', ')})`;
  const sql = `
    SELECT r.rid, r.type, r.id, r.version, r.lu, h.json, json_array(${spelled.join(', ')}) AS keys
    FROM res r CROSS JOIN hist h ON h.seq = r.seq
    WHERE ${plan.where.sql} ${beyond}
    ORDER BY ${spelled.map((each) => `${each} ${direction}`).join(', ')} LIMIT ?`;
  const beyondArgs = after.length === 0 ? [] : [...termArgs, ...after];
  return prepared<Match>(database, sql).all(...termArgs, ...plan.where.args, ...beyondArgs, ...termArgs, query.count + 1);
}

/** What the matches' named references point to, within what this principal may see. */
function findIncluded(database: PortalDatabase, principal: Principal, query: SearchQuery, matches: readonly Match[]): readonly Version[] {
  const found = new Map<string, Version>();
  const targets = prepared<Version & { readonly json: string }>(
    database,
    `SELECT t.type, t.id, t.version, t.lu, h.json
     FROM ix CROSS JOIN res t ON t.type = ix.system AND t.id = ix.value AND t.deleted = 0 JOIN hist h ON h.seq = t.seq
     WHERE ix.rid = ? AND ix.param = ?`,
  );
  for (const param of query.includes) {
    for (const match of matches) {
      for (const target of targets.all(match.rid, param)) {
        if (maySee(principal, target.type, objectIn(parseJson(target.json)))) found.set(`${target.type}/${target.id}`, target);
      }
    }
  }
  for (const match of matches) found.delete(`${match.type}/${match.id}`);
  return [...found.values()];
}

function keysIn(match: Match | undefined): readonly (string | number)[] | undefined {
  return match && JSON.parse(match.keys);
}

/**
 * One page of matches in order, starting behind `after` (the keys of the row before it). In ascending order of `_lastUpdated`
 * a resource that changes during a walk moves to the end and is seen again; none is ever skipped.
 */
export function findPage(
  database: PortalDatabase,
  principal: Principal,
  query: SearchQuery,
  after: readonly (string | number)[] = [],
): FoundPage {
  const plan = planOf(database, principal, query);
  const total = query.accurateTotal || query.countOnly ? countMatches(database, plan) : undefined;
  if (query.countOnly) return { matches: [], included: [], next: undefined, total };
  const rows = runPage(database, plan, query, after);
  const matches = rows.slice(0, query.count);
  return {
    matches,
    included: findIncluded(database, principal, query, matches),
    next: rows.length > query.count ? keysIn(matches.at(-1)) : undefined,
    total,
  };
}
