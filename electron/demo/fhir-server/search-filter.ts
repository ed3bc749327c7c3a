import { type Condition, dateCondition } from './date-range.ts';
import { foldText, splitReference } from './index-values.ts';
import { refuse } from './problem.ts';
import type { SearchParameter } from './search-parameters.ts';

function tokenCondition(value: string): Condition {
  const bar = value.indexOf('|');
  if (bar < 0) return { sql: 'value = ?', args: [value] };
  const system = value.slice(0, bar);
  const code = value.slice(bar + 1);
  return code === '' ? { sql: 'system = ?', args: [system] } : { sql: '(value = ? AND system = ?)', args: [code, system] };
}

function referenceCondition(value: string, modifier: string | undefined): Condition {
  // An absolute URL of this server is stored as type and id; the path's last two parts are enough to find it
  const local = /^https?:\/\/(?:127\.0\.0\.1|localhost)[^?]*\/([A-Z][A-Za-z]+\/[A-Za-z0-9.-]+)$/.exec(value)?.[1] ?? value;
  const { type, id } = splitReference(local, '');
  const wanted = type === '' ? modifier : type;
  return wanted === undefined ? { sql: 'value = ?', args: [id] } : { sql: '(value = ? AND system = ?)', args: [id, wanted] };
}

function stringCondition(value: string, modifier: string | undefined): Condition {
  const folded = foldText(value);
  if (modifier === 'exact') return { sql: '(value = ? AND system = ?)', args: [folded, value] };
  if (modifier === 'contains') return { sql: 'instr(value, ?) > 0', args: [folded] };
  return { sql: '(value >= ? AND value < ?)', args: [folded, `${folded}\u{10FFFF}`] };
}

function conditionFor(parameter: SearchParameter, modifier: string | undefined, value: string): Condition {
  switch (parameter.kind) {
    case 'token':
      return tokenCondition(value);
    case 'reference':
      return modifier === 'identifier' ? tokenCondition(value) : referenceCondition(value, modifier);
    case 'string':
      return stringCondition(value, modifier);
    case 'date':
      return dateCondition(value, 'low', 'high');
    case 'uri':
      return { sql: 'value = ?', args: [value] };
  }
}

function isSupported(parameter: SearchParameter, modifier: string | undefined): boolean {
  if (modifier === undefined || modifier === 'missing') return true;
  if (parameter.kind === 'token') return modifier === 'not';
  if (parameter.kind === 'string') return modifier === 'exact' || modifier === 'contains';
  return parameter.kind === 'reference' && (modifier === 'identifier' || /^[A-Z]/.test(modifier));
}

/** One search parameter with its alternatives, as a condition on the index. Refuses an unknown modifier with 400. */
export function searchFilter(
  type: string,
  parameter: SearchParameter,
  modifier: string | undefined,
  alternatives: readonly string[],
): Condition & { readonly param: string; readonly negated: boolean } {
  const name = `${type}.${parameter.name}`;
  if (!isSupported(parameter, modifier)) {
    return refuse(400, 'not-supported', `The modifier ":${modifier}" is not supported on "${parameter.name}"`);
  }
  const presence = parameter.kind === 'date' ? 'low IS NOT NULL' : 'low IS NULL';
  if (modifier === 'missing') return { param: name, negated: alternatives[0] === 'true', sql: presence, args: [] };
  const conditions = alternatives.map((value) => conditionFor(parameter, modifier, value));
  return {
    param: modifier === 'identifier' ? `${name}:identifier` : name,
    negated: modifier === 'not',
    // Naming `low` lets SQLite use the partial index that holds this kind of value
    sql: `${presence} AND (${conditions.map((each) => each.sql).join(' OR ')})`,
    args: conditions.flatMap((each) => each.args),
  };
}
