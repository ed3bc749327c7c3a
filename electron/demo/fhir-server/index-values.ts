import { dateRange, farFuture, farPast } from './date-range.ts';
import { isObject, type JsonObject, type JsonValue, listIn, stringIn, valuesAt } from './json.ts';
import { type SearchParameter, searchParametersOf } from './search-parameters.ts';

/**
 * One searchable value. What `system` holds depends on the kind: a token's system ('' when it has none), a reference's type,
 * a string as written (`value` is the folded form).
 */
interface IndexRow {
  readonly param: string;
  readonly system: string;
  readonly value: string;
  readonly low: number | null;
  readonly high: number | null;
}

type IndexValue = Omit<IndexRow, 'param'>;

function text(system: string, value: string): IndexValue {
  return { system, value, low: null, high: null };
}

/** Lower case and without marks, so that "Ngaio" finds "Ngāio". */
export function foldText(value: string): string {
  return value.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();
}

function tokenValues(node: JsonValue, only: string | undefined): readonly IndexValue[] {
  if (typeof node === 'boolean') return [text('', String(node))];
  if (typeof node === 'string') return [text('', node)];
  if (!isObject(node)) return [];
  if (node.coding !== undefined) return listIn(node.coding).flatMap((coding) => tokenValues(coding, undefined));
  if (only !== undefined && node.system !== only) return [];
  const code = stringIn(node.code) ?? stringIn(node.value);
  // A ContactPoint's system says phone or email, which is no token namespace
  const system = /^(phone|fax|email|pager|url|sms|other)$/.test(stringIn(node.system) ?? '') ? '' : (stringIn(node.system) ?? '');
  return code === undefined ? [] : [text(system, code)];
}

/** A relative reference as type and id; any other reference (absolute, urn, contained) as its whole text. */
export function splitReference(reference: string, baseUrl: string): { readonly type: string; readonly id: string } {
  const relative = reference.startsWith(`${baseUrl}/`) ? reference.slice(baseUrl.length + 1) : reference;
  const match = /^([A-Z][A-Za-z]+)\/([A-Za-z0-9.-]{1,64})(?:\/_history\/.+)?$/.exec(relative);
  return { type: match?.[1] ?? '', id: match?.[2] ?? reference };
}

function referenceValues(node: JsonValue, only: string | undefined, baseUrl: string): readonly IndexValue[] {
  const reference = stringIn(node) ?? (isObject(node) ? stringIn(node.reference) : undefined);
  if (reference === undefined) return [];
  const { type, id } = splitReference(reference, baseUrl);
  return only === undefined || only === type ? [text(type, id)] : [];
}

function stringValues(node: JsonValue): readonly IndexValue[] {
  if (typeof node === 'string') return [text(node, foldText(node))];
  if (!isObject(node)) return [];
  // HumanName and Address: each of their parts counts
  return ['text', 'family', 'given', 'prefix', 'suffix', 'line', 'city', 'district', 'state', 'postalCode', 'country'].flatMap((part) =>
    listIn(node[part]).flatMap(stringValues),
  );
}

function dateValues(node: JsonValue): readonly IndexValue[] {
  if (typeof node === 'string') {
    const range = dateRange(node);
    return range ? [{ system: '', value: '', ...range }] : [];
  }
  if (!isObject(node)) return [];
  const start = stringIn(node.start);
  const end = stringIn(node.end);
  if (start === undefined && end === undefined) return [];
  const low = start === undefined ? farPast : (dateRange(start)?.low ?? farPast);
  return [{ system: '', value: '', low, high: end === undefined ? farFuture : (dateRange(end)?.high ?? farFuture) }];
}

function valuesOf(parameter: SearchParameter, node: JsonValue, baseUrl: string): readonly IndexValue[] {
  switch (parameter.kind) {
    case 'token':
      return tokenValues(node, parameter.only);
    case 'reference':
      return referenceValues(node, parameter.only, baseUrl);
    case 'string':
      return stringValues(node);
    case 'date':
      return dateValues(node);
    case 'uri':
      return typeof node === 'string' ? [text('', node)] : [];
  }
}

/** The identifier inside a reference, which `param:identifier` searches: an AuditEvent carries its operation id only there. */
function identifierRows(param: string, node: JsonValue): readonly IndexRow[] {
  const identifier = isObject(node) ? node.identifier : undefined;
  if (identifier === undefined) return [];
  return tokenValues(identifier, undefined).map((value) => ({ param: `${param}:identifier`, ...value }));
}

/** Everything searchable in a resource; parameters are named `Type.name`. */
export function indexRows(type: string, resource: JsonObject, baseUrl: string): readonly IndexRow[] {
  const rows: IndexRow[] = [];
  for (const parameter of searchParametersOf(type).values()) {
    const param = `${type}.${parameter.name}`;
    for (const node of parameter.paths.flatMap((path) => valuesAt(resource, path))) {
      for (const value of valuesOf(parameter, node, baseUrl)) rows.push({ param, ...value });
      if (parameter.kind === 'reference') rows.push(...identifierRows(param, node));
    }
  }
  return rows;
}
