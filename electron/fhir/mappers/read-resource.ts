import { err, ok, type Result } from '../../../shared/result.ts';
import { endOfString } from './json-text.ts';

/** A resource that could not be read. `reason` is in plain words and holds none of its content. */
export interface UnreadableResource {
  /** `Type/id`, where both could be read. */
  readonly ref: string | null;
  readonly reason: string;
}

/** Bounds of one resource (SAFETY D7). Attachments come as Binary and never pass here. */
export const resourceLimits = { characters: 4_000_000, depth: 32, names: 20_000, exponent: 30 } as const;

const exact = Symbol('exact decimal');

/** A number whose text JavaScript would change (1.10, 5.0, 1e3): FHIR decimals keep their precision. Can't be forged by JSON. */
export interface ExactDecimal {
  readonly [exact]: string;
}

/** The text of a number as the server wrote it; undefined for anything that is no number. */
export function decimalTextOf(value: unknown): string | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : undefined;
  return isExactDecimal(value) ? value[exact] : undefined;
}

function isExactDecimal(value: unknown): value is ExactDecimal {
  return typeof value === 'object' && value !== null && exact in value;
}

interface Scan {
  readonly depth: number;
  readonly names: number;
  readonly hasExactDecimals: boolean;
  readonly hasHugeNumbers: boolean;
}

const numberToken = /-?\d[\d.eE+-]*/y;

/** One pass over the text without building anything: how deep, how many names, and whether numbers need their text kept. */
function scan(text: string): Scan {
  let depth = 0;
  let deepest = 0;
  let names = 0;
  let hasExactDecimals = false;
  let hasHugeNumbers = false;
  for (let position = 0; position < text.length; ) {
    const code = text.charCodeAt(position);
    if (code === 34) {
      position = endOfString(text, position);
      let after = position;
      while (text.charCodeAt(after) <= 32) after += 1;
      if (text.charCodeAt(after) === 58) names += 1;
      continue;
    }
    if (code === 123 || code === 91) {
      depth += 1;
      if (depth > deepest) deepest = depth;
    } else if (code === 125 || code === 93) depth -= 1;
    else if (code === 45 || (code >= 48 && code <= 57)) {
      numberToken.lastIndex = position;
      const token = numberToken.exec(text)?.[0] ?? '-';
      const number = Number(token);
      if (String(number) !== token) hasExactDecimals = true;
      if (!(Math.abs(number) < 10 ** resourceLimits.exponent)) hasHugeNumbers = true;
      position += token.length;
      continue;
    }
    position += 1;
  }
  return { depth: deepest, names, hasExactDecimals, hasHugeNumbers };
}

/** Names in the value, counted as they are after parsing: fewer than in the text means that one stood twice. */
function countNames(value: unknown): number {
  if (typeof value !== 'object' || value === null || isExactDecimal(value)) return 0;
  if (Array.isArray(value)) return value.reduce<number>((sum, item) => sum + countNames(item), 0);
  const inside = Object.values(value);
  return inside.reduce<number>((sum, item) => sum + countNames(item), inside.length);
}

function hasLoneSurrogate(value: unknown): boolean {
  if (typeof value === 'string') return !value.isWellFormed();
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(value).some(([name, item]) => !name.isWellFormed() || hasLoneSurrogate(item));
}

function hasProtoName(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return Object.hasOwn(value, '__proto__') || Object.values(value).some(hasProtoName);
}

function keepDecimals(_name: string, value: unknown, context?: { readonly source?: string }): unknown {
  const source = context?.source;
  return typeof value === 'number' && source !== undefined && String(value) !== source ? { [exact]: source } : value;
}

function parse(text: string, keepExact: boolean): Result<unknown, string> {
  try {
    return ok(keepExact ? JSON.parse(text, keepDecimals) : JSON.parse(text));
  } catch {
    return err('It is not valid JSON.');
  }
}

function refusal(text: string, found: Scan): string | undefined {
  if (found.depth > resourceLimits.depth) return 'It is nested too deeply.';
  if (found.names > resourceLimits.names) return 'It has too many elements.';
  if (found.hasHugeNumbers) return 'It holds a number too large to be true.';
  if (!text.isWellFormed()) return 'Its text holds a broken character.';
  return undefined;
}

function parsedRefusal(text: string, value: unknown, names: number): string | undefined {
  const hasEscapes = text.includes('\\u');
  if (hasEscapes && hasLoneSurrogate(value)) return 'Its text holds a broken character.';
  if ((hasEscapes || text.includes('__proto__')) && hasProtoName(value)) return 'It uses a name that is not allowed.';
  if (countNames(value) !== names) return 'The same element stands in it twice.';
  return undefined;
}

/** `Type/id` of a parsed resource; null when either is missing or malformed. */
export function refOf(resource: unknown): string | null {
  if (typeof resource !== 'object' || resource === null || !('resourceType' in resource) || !('id' in resource)) return null;
  const { resourceType, id } = resource;
  if (typeof resourceType !== 'string' || typeof id !== 'string') return null;
  const ref = `${resourceType}/${id}`;
  return /^[A-Z][A-Za-z]+\/[A-Za-z0-9\-.]{1,64}$/u.test(ref) ? ref : null;
}

/**
 * Parses one resource's JSON within bounds. Numbers that JavaScript would rewrite stay exact (`decimalTextOf`).
 * Refused: too big, too deep, broken JSON, the same name twice, `__proto__`, lone surrogates, absurd numbers, no object at all.
 */
export function readResource(text: string): Result<object, UnreadableResource> {
  const refuse = (reason: string, ref: string | null = null): Result<object, UnreadableResource> => err({ ref, reason });
  if (text.length > resourceLimits.characters) return refuse('It is too large.');
  const found = scan(text);
  const early = refusal(text, found);
  if (early) return refuse(early);
  const parsed = parse(text, found.hasExactDecimals);
  if (!parsed.ok) return refuse(parsed.error);
  const value = parsed.value;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return refuse('It is not a resource.');
  const late = parsedRefusal(text, value, found.names);
  return late ? refuse(late, refOf(value)) : ok(value);
}
