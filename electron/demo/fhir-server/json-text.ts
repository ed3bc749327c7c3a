/**
 * Edits JSON as text. Parsing and printing again would turn 1.10 into 1.1, and the precision of a FHIR decimal has a meaning,
 * so what a client sent is kept as sent and only the spans that must change are replaced.
 * Every function expects text that JSON.parse has already accepted.
 */
interface JsonChild {
  /** The member's name; undefined inside an array. */
  readonly key: string | undefined;
  /** Where the member starts: its name in an object, its value in an array. */
  readonly from: number;
  readonly start: number;
  readonly end: number;
}

export interface JsonContainer {
  readonly kind: 'object' | 'array';
  readonly open: number;
  readonly close: number;
  readonly children: readonly JsonChild[];
}

const QUOTE = 34;
const BACKSLASH = 92;

function skipSpace(text: string, at: number): number {
  let position = at;
  for (;;) {
    const code = text.charCodeAt(position);
    if (code !== 32 && code !== 10 && code !== 13 && code !== 9) return position;
    position += 1;
  }
}

function skipString(text: string, at: number): number {
  let position = at + 1;
  for (;;) {
    const code = text.charCodeAt(position);
    if (code === BACKSLASH) position += 2;
    else if (code === QUOTE) return position + 1;
    else position += 1;
  }
}

function skipNested(text: string, at: number): number {
  let depth = 0;
  let position = at;
  for (;;) {
    const code = text.charCodeAt(position);
    if (code === QUOTE) {
      position = skipString(text, position);
      continue;
    }
    if (code === 123 || code === 91) depth += 1;
    else if (code === 125 || code === 93) depth -= 1;
    position += 1;
    if (depth === 0) return position;
  }
}

function skipValue(text: string, at: number): number {
  const first = text[at];
  if (first === '"') return skipString(text, at);
  if (first === '{' || first === '[') return skipNested(text, at);
  let position = at;
  while (position < text.length && !',]} \n\r\t'.includes(text[position] ?? ',')) position += 1;
  return position;
}

/** The members of the object or the items of the array that starts at `at`; undefined when a scalar stands there. */
export function readContainer(text: string, at = 0): JsonContainer | undefined {
  const open = skipSpace(text, at);
  const opener = text[open];
  if (opener !== '{' && opener !== '[') return undefined;
  const kind = opener === '{' ? 'object' : 'array';
  const children: JsonChild[] = [];
  let position = skipSpace(text, open + 1);
  while (text[position] !== '}' && text[position] !== ']') {
    const from = position;
    let key: string | undefined;
    if (kind === 'object') {
      const keyEnd = skipString(text, position);
      key = String(JSON.parse(text.slice(position, keyEnd)));
      position = skipSpace(text, skipSpace(text, keyEnd) + 1);
    }
    const end = skipValue(text, position);
    children.push({ key, from, start: position, end });
    position = skipSpace(text, end);
    if (text[position] === ',') position = skipSpace(text, position + 1);
  }
  return { kind, open, close: position, children };
}

/** The text of one member of the object that `text` holds; undefined when it has no such member. */
export function memberText(text: string, key: string): string | undefined {
  const child = readContainer(text)?.children.find((candidate) => candidate.key === key);
  return child && text.slice(child.start, child.end);
}

/** The texts of the items of the array that `text` holds. */
export function itemTexts(text: string): readonly string[] {
  return readContainer(text)?.children.map((child) => text.slice(child.start, child.end)) ?? [];
}

export function splice(text: string, start: number, end: number, replacement: string): string {
  return text.slice(0, start) + replacement + text.slice(end);
}

/** Sets one member of the object that starts at `at`; a new one goes right behind `resourceType`, or first. */
export function setMember(text: string, key: string, valueText: string, at = 0): string {
  const container = readContainer(text, at);
  if (!container) return text;
  const existing = container.children.find((child) => child.key === key);
  if (existing) return splice(text, existing.start, existing.end, valueText);
  const member = `${JSON.stringify(key)}:${valueText}`;
  const type = container.children.find((child) => child.key === 'resourceType');
  if (type) return splice(text, type.end, type.end, `,${member}`);
  return splice(text, container.open + 1, container.open + 1, container.children.length > 0 ? `${member},` : member);
}

/** Takes out one child together with the comma that belongs to it. */
export function removeChild(text: string, container: JsonContainer, index: number): string {
  const child = container.children[index];
  if (!child) return text;
  const next = container.children[index + 1];
  if (next) return splice(text, child.from, next.from, '');
  const previous = container.children[index - 1];
  return splice(text, previous ? previous.end : child.from, child.end, '');
}

/** The first name that occurs twice in the object that `text` holds: readers disagree on which of the two counts. */
export function repeatedKey(text: string): string | undefined {
  const seen = new Set<string | undefined>();
  return readContainer(text)?.children.find((child) => seen.has(child.key) || !seen.add(child.key))?.key;
}

/** Keeps only the named members of the object that `text` holds, each as written. */
export function pickMembers(text: string, keys: ReadonlySet<string>): string {
  const kept = readContainer(text)?.children.filter((child) => child.key !== undefined && keys.has(child.key)) ?? [];
  return `{${kept.map((child) => text.slice(child.from, child.end)).join(',')}}`;
}
