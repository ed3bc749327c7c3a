import { type Condition, instantCondition } from './date-range.ts';
import { refuse } from './problem.ts';
import { searchFilter } from './search-filter.ts';
import { searchParametersOf } from './search-parameters.ts';

/** A test on the searchable values of one parameter: some value (or, negated, no value) meets the condition. */
export interface IndexFilter extends Condition {
  readonly param: string;
  readonly negated: boolean;
}

export interface SortKey {
  /** `_lastUpdated`, `_id`, or a date parameter as `Type.name`. */
  readonly by: string;
  readonly descending: boolean;
}

export interface SearchQuery {
  readonly type: string;
  readonly filters: readonly IndexFilter[];
  /** Conditions on the columns of `res`. */
  readonly columns: readonly Condition[];
  readonly sort: readonly SortKey[];
  readonly count: number;
  readonly accurateTotal: boolean;
  readonly countOnly: boolean;
  readonly elements: readonly string[];
  readonly includes: readonly string[];
  /** What was understood, for the self link. */
  readonly applied: readonly (readonly [string, string])[];
}

export const maximumCount = 1000;
const defaultCount = 50;

type Parameters = readonly (readonly [string, string])[];

const withoutEffect = new Set(['_format', '_pretty']);

/** The pieces of a comma-separated value; `\,` is a comma that belongs to the value. */
function splitOr(value: string): readonly string[] {
  return value.split(/(?<!\\),/).map((piece) => piece.replaceAll(/\\([,|$\\])/g, '$1'));
}

function columnCondition(name: string, value: string): Condition {
  const alternatives = splitOr(value);
  if (name === '_id') return { sql: `r.id IN (${alternatives.map(() => '?').join(', ')})`, args: alternatives };
  const dates = alternatives.map((each) => instantCondition(each, 'r.lu'));
  return { sql: `(${dates.map((each) => each.sql).join(' OR ')})`, args: dates.flatMap((each) => each.args) };
}

function sortKeys(type: string, value: string): readonly SortKey[] {
  const keys = value.split(',').map((word) => {
    const name = word.replace(/^-/, '');
    const isColumn = name === '_lastUpdated' || name === '_id';
    if (!isColumn && searchParametersOf(type).get(name)?.kind !== 'date') {
      return refuse(400, 'not-supported', `Sorting by "${name}" is not supported for ${type}`);
    }
    return { by: isColumn ? name : `${type}.${name}`, descending: word.startsWith('-') };
  });
  const mixed = keys.some((key) => key.descending !== keys[0]?.descending);
  if (mixed && keys.some((key) => key.by === '_id' && key.descending)) {
    return refuse(400, 'not-supported', 'Sorting by -_id together with an ascending key is not supported');
  }
  return keys;
}

function includeOf(type: string, value: string): string {
  const [source, name = ''] = value.split(':');
  if (source !== type || searchParametersOf(type).get(name)?.kind !== 'reference') {
    return refuse(400, 'not-supported', `_include "${value}" is not supported`);
  }
  return `${type}.${name}`;
}

function pageSize(value: string): number {
  if (!/^\d+$/.test(value)) return refuse(400, 'value', `_count must be a number, not "${value}"`);
  return Math.min(Number(value), maximumCount);
}

type Draft = { -readonly [Key in keyof SearchQuery]: SearchQuery[Key] };

/** Reads one parameter into the draft; false when the server does not know it. */
function readParameter(draft: Draft, name: string, value: string): boolean {
  switch (name) {
    case '_id':
    case '_lastUpdated':
      draft.columns = [...draft.columns, columnCondition(name, value)];
      return true;
    case '_sort':
      draft.sort = sortKeys(draft.type, value);
      return true;
    case '_count':
      draft.count = pageSize(value);
      return true;
    case '_total':
      draft.accurateTotal = value !== 'none';
      return ['none', 'estimate', 'accurate'].includes(value);
    case '_summary':
      draft.countOnly = value === 'count';
      return value === 'count' || value === 'false';
    case '_elements':
      draft.elements = [...draft.elements, ...value.split(',')];
      return true;
    case '_include':
      draft.includes = [...draft.includes, includeOf(draft.type, value)];
      return true;
    default:
      return readFilter(draft, name, value);
  }
}

function readFilter(draft: Draft, name: string, value: string): boolean {
  const [bare = '', modifier] = name.split(':');
  const parameter = searchParametersOf(draft.type).get(bare);
  if (!parameter) return false;
  draft.filters = [...draft.filters, searchFilter(draft.type, parameter, modifier, splitOr(value))];
  return true;
}

/**
 * Reads search parameters (https://hl7.org/fhir/R4/search.html): a comma means or, a repeated parameter means and.
 * Strict: an unknown parameter is refused with 400. Lenient: it is ignored and left out of the self link.
 */
export function parseSearch(type: string, parameters: Parameters, strict: boolean): SearchQuery {
  const draft: Draft = {
    type,
    filters: [],
    columns: [],
    sort: [],
    count: defaultCount,
    accurateTotal: false,
    countOnly: false,
    elements: [],
    includes: [],
    applied: [],
  };
  for (const [name, value] of parameters) {
    if (withoutEffect.has(name) || value === '') continue;
    if (readParameter(draft, name, value)) draft.applied = [...draft.applied, [name, value]];
    else if (strict) refuse(400, 'not-supported', `Unknown search parameter "${name}" for ${type}`);
  }
  if (draft.count === 0) draft.countOnly = true;
  return draft;
}
