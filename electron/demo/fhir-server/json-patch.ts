import { isDeepStrictEqual } from 'node:util';
import { isArray, isObject, type JsonObject, type JsonValue, parseJson, stringIn } from './json.ts';
import { itemTexts, type JsonContainer, memberText, readContainer, removeChild, splice } from './json-text.ts';
import { refuse } from './problem.ts';

interface Place {
  readonly container: JsonContainer;
  readonly key: string;
  /** Index of the child the pointer names; -1 when nothing is there yet. */
  readonly index: number;
}

function pointerTokens(pointer: string): readonly string[] {
  if (!pointer.startsWith('/')) refuse(422, 'value', `A patch path must start with "/": "${pointer}"`);
  return pointer
    .slice(1)
    .split('/')
    .map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~'));
}

function childIndex(container: JsonContainer, token: string): number {
  if (container.kind === 'object') return container.children.findIndex((child) => child.key === token);
  return /^(0|[1-9]\d*)$/.test(token) && Number(token) < container.children.length ? Number(token) : -1;
}

function findPlace(text: string, pointer: string): Place {
  const tokens = pointerTokens(pointer);
  let at = 0;
  for (const [depth, token] of tokens.entries()) {
    const container = readContainer(text, at);
    if (!container) break;
    const index = childIndex(container, token);
    if (depth === tokens.length - 1) return { container, key: token, index };
    const child = container.children[index];
    if (!child) break;
    at = child.start;
  }
  return refuse(422, 'processing', `The patch path does not exist: "${pointer}"`);
}

function valueAt(text: string, pointer: string): string {
  const { container, index } = findPlace(text, pointer);
  const child = container.children[index];
  if (!child) return refuse(422, 'processing', `The patch path does not exist: "${pointer}"`);
  return text.slice(child.start, child.end);
}

function replace(text: string, pointer: string, valueText: string): string {
  const { container, index } = findPlace(text, pointer);
  const child = container.children[index];
  if (!child) return refuse(422, 'processing', `Nothing to replace at "${pointer}"`);
  return splice(text, child.start, child.end, valueText);
}

function add(text: string, pointer: string, valueText: string): string {
  const { container, key, index } = findPlace(text, pointer);
  const child = container.children[index];
  if (container.kind === 'object' && child) return splice(text, child.start, child.end, valueText);
  if (container.kind === 'array' && child) return splice(text, child.from, child.from, `${valueText},`);
  if (container.kind === 'array' && key !== '-' && key !== String(container.children.length)) {
    return refuse(422, 'processing', `The patch path is outside the array: "${pointer}"`);
  }
  const member = container.kind === 'object' ? `${JSON.stringify(key)}:${valueText}` : valueText;
  const last = container.children.at(-1);
  return splice(text, last ? last.end : container.open + 1, container.close, last ? `,${member}` : member);
}

function remove(text: string, pointer: string): string {
  const { container, index } = findPlace(text, pointer);
  if (index < 0) return refuse(422, 'processing', `Nothing to remove at "${pointer}"`);
  return removeChild(text, container, index);
}

function applyOne(text: string, operation: JsonObject, valueText: string | undefined): string {
  const path = stringIn(operation.path) ?? '';
  const from = stringIn(operation.from) ?? '';
  const value = valueText ?? 'null';
  switch (operation.op) {
    case 'add':
      return add(text, path, value);
    case 'replace':
      return replace(text, path, value);
    case 'remove':
      return remove(text, path);
    case 'copy':
      return add(text, path, valueAt(text, from));
    case 'move':
      return add(remove(text, from), path, valueAt(text, from));
    case 'test':
      if (!isDeepStrictEqual(parseJson(valueAt(text, path)), parseJson(value)))
        refuse(422, 'processing', `The patch test failed at "${path}"`);
      return text;
    default:
      return refuse(422, 'value', `Unknown patch operation: ${JSON.stringify(operation.op)}`);
  }
}

/** FHIR has no empty arrays: taking out the last label must take out the list too. */
function dropEmptiedArrays(text: string, operations: readonly JsonObject[]): string {
  let result = text;
  for (const operation of operations) {
    const pointer = stringIn(operation[operation.op === 'move' ? 'from' : 'path']) ?? '';
    const parent = pointer.slice(0, pointer.lastIndexOf('/'));
    if (operation.op === 'test' || parent === '') continue;
    try {
      if (/^\[\s*\]$/.test(valueAt(result, parent))) result = remove(result, parent);
    } catch {
      // a later operation of the same patch removed the parent itself
    }
  }
  return result;
}

function readPatch(text: string): JsonValue {
  try {
    return parseJson(text);
  } catch {
    return refuse(400, 'structure', 'The patch is not JSON');
  }
}

/**
 * Applies a JSON Patch (RFC 6902) to a resource's text; what the patch does not touch keeps every character.
 * Refuses with 400 (not a patch) or 422 (a path that is not there, a failed test).
 */
export function applyJsonPatch(text: string, patchText: string): string {
  const patch = readPatch(patchText);
  if (!isArray(patch)) return refuse(400, 'structure', 'A JSON Patch is an array of operations');
  const valueTexts = itemTexts(patchText).map((each) => memberText(each, 'value'));
  const operations = patch.map((operation) => (isObject(operation) ? operation : {}));
  let result = text;
  for (const [index, operation] of operations.entries()) result = applyOne(result, operation, valueTexts[index]);
  return dropEmptiedArrays(result, operations);
}
