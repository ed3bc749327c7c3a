/** Where one member or item stands in a JSON text: `start` inclusive, `end` exclusive, of its value. */
export interface JsonSpan {
  /** Name of the member; undefined for an item of an array. */
  readonly key: string | undefined;
  /** Start of the name (of the value in an array). */
  readonly from: number;
  readonly start: number;
  readonly end: number;
}

function skipSpace(text: string, at: number): number {
  let position = at;
  while (isSpaceCode(text.charCodeAt(position))) position += 1;
  return position;
}

/** End of the string whose opening quote stands at `at`; the text's length when it never closes. */
export function endOfString(text: string, at: number): number {
  let quote = text.indexOf('"', at + 1);
  while (quote !== -1) {
    let backslashes = 0;
    while (text.charCodeAt(quote - 1 - backslashes) === 92) backslashes += 1;
    if (backslashes % 2 === 0) return quote + 1;
    quote = text.indexOf('"', quote + 1);
  }
  return text.length;
}

function isSpaceCode(code: number): boolean {
  return code === 32 || code === 10 || code === 13 || code === 9;
}

/** End of the object or array that opens at `at`. */
function endOfNested(text: string, at: number): number {
  let depth = 0;
  for (let position = at; position < text.length; ) {
    const code = text.charCodeAt(position);
    if (code === 34) {
      position = endOfString(text, position);
      continue;
    }
    position += 1;
    if (code === 123 || code === 91) depth += 1;
    else if (code === 125 || code === 93) {
      depth -= 1;
      if (depth === 0) return position;
    }
  }
  return text.length;
}

/** End of the JSON value that starts at `at`. Of broken JSON it gives some position after `at`: whoever parses the cut finds out. */
export function endOfValue(text: string, at: number): number {
  const first = text.charCodeAt(at);
  if (first === 34) return endOfString(text, at);
  if (first === 123 || first === 91) return endOfNested(text, at);
  let position = at;
  while (position < text.length) {
    const code = text.charCodeAt(position);
    if (code === 44 || code === 125 || code === 93 || isSpaceCode(code)) break;
    position += 1;
  }
  return position;
}

/** The members of the object, or the items of the array, that starts at `at`. Empty for anything else. */
export function spansIn(text: string, at = 0): readonly JsonSpan[] {
  const open = skipSpace(text, at);
  const opener = text.charAt(open);
  if (opener !== '{' && opener !== '[') return [];
  const spans: JsonSpan[] = [];
  let position = skipSpace(text, open + 1);
  while (position < text.length && text.charAt(position) !== '}' && text.charAt(position) !== ']') {
    const from = position;
    let key: string | undefined;
    if (opener === '{') {
      const keyEnd = endOfString(text, position);
      key = unquoted(text.slice(position, keyEnd));
      position = skipSpace(text, skipSpace(text, keyEnd) + 1);
    }
    const end = Math.max(endOfValue(text, position), position + 1);
    spans.push({ key, from, start: position, end });
    position = skipSpace(text, end);
    if (text.charAt(position) === ',') position = skipSpace(text, position + 1);
  }
  return spans;
}

/** Quoted, and each character stands for itself. */
const plainString = /^"[^"\\\p{Cc}]*"$/u;

function unquoted(text: string): string {
  if (plainString.test(text)) return text.slice(1, -1);
  try {
    return String(JSON.parse(text));
  } catch {
    return text;
  }
}

/** The members of an object by name, each exactly as written. `spans`: those of the text, where they are known. */
export function membersOf(text: string, spans: readonly JsonSpan[] = spansIn(text)): ReadonlyMap<string, string> {
  return new Map(spans.map(({ key, start, end }) => [key ?? '', text.slice(start, end)]));
}

/** The items of an array, each exactly as written. */
export function itemsOf(text: string | undefined): readonly string[] {
  return text === undefined ? [] : spansIn(text).map(({ start, end }) => text.slice(start, end));
}

/** The text of a member of the object, exactly as written; undefined when it has none of that name. */
export function memberText(text: string, key: string): string | undefined {
  const span = spansIn(text).find((candidate) => candidate.key === key);
  return span && text.slice(span.start, span.end);
}

/** Sets one member of an object to the JSON text given; every other character of the object stays as it is. */
export function withMember(text: string, key: string, valueText: string): string {
  const spans = spansIn(text);
  const existing = spans.find((candidate) => candidate.key === key);
  if (existing) return text.slice(0, existing.start) + valueText + text.slice(existing.end);
  const last = spans.at(-1);
  const member = `${JSON.stringify(key)}:${valueText}`;
  if (last) return `${text.slice(0, last.end)},${member}${text.slice(last.end)}`;
  return `{${member}}`;
}

/** Takes one member out of an object; every other member stays as it is. */
export function withoutMember(text: string, key: string): string {
  const spans = spansIn(text);
  const index = spans.findIndex((candidate) => candidate.key === key);
  const span = spans[index];
  if (!span) return text;
  const next = spans[index + 1];
  if (next) return text.slice(0, span.from) + text.slice(next.from);
  const previous = spans[index - 1];
  return text.slice(0, previous ? previous.end : span.from) + text.slice(span.end);
}

/** Sets a member deep inside, making the objects on the way where they are missing. */
export function withMemberAt(text: string, path: readonly [string, ...string[]], valueText: string): string {
  const [key, next, ...rest] = path;
  if (next === undefined) return withMember(text, key, valueText);
  const inner = memberText(text, key);
  return withMember(text, key, withMemberAt(inner?.startsWith('{') ? inner : '{}', [next, ...rest], valueText));
}

/** Adds items at the end of the array member, making it where it is missing. Empty arrays are not FHIR: nothing to add changes nothing. */
export function withItems(text: string, key: string, itemTexts: readonly string[]): string {
  if (itemTexts.length === 0) return text;
  const array = memberText(text, key) ?? '[]';
  const before = spansIn(array).map((span) => array.slice(span.start, span.end));
  return withMember(text, key, `[${[...before, ...itemTexts].join(',')}]`);
}
