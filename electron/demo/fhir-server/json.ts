export type JsonValue = null | boolean | number | string | readonly JsonValue[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: JsonValue | undefined;
}

export function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isArray(value: JsonValue | undefined): value is readonly JsonValue[] {
  return Array.isArray(value);
}

export function parseJson(text: string): JsonValue {
  return JSON.parse(text);
}

/** An object, or an empty one where something else (or nothing) stands. */
export function objectIn(value: JsonValue | undefined): JsonObject {
  return isObject(value) ? value : {};
}

export function stringIn(value: JsonValue | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

export function listIn(value: JsonValue | undefined): readonly JsonValue[] {
  if (isArray(value)) return value;
  return value === undefined ? [] : [value];
}

/** Everything at a dotted path, arrays along the way flattened, as a FHIRPath of plain names would give it. */
export function valuesAt(node: JsonValue, path: string): readonly JsonValue[] {
  let nodes = listIn(node);
  for (const name of path.split('.')) nodes = nodes.flatMap((each) => (isObject(each) ? listIn(each[name]) : []));
  return nodes;
}
