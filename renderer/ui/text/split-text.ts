export interface TextPart {
  readonly kind: 'plain' | 'marked' | 'control';
  /** Place in the text. */
  readonly at: number;
  readonly text: string;
}

/** Signs that turn the reading order or take no room, with the words shown in their stead. Joiners stay: emoji and several scripts need them. */
const controlNames: Readonly<Record<string, string>> = {
  '\u061c': 'ALM',
  '\u200b': 'zero-width space',
  '\u200e': 'LRM',
  '\u200f': 'RLM',
  '\u202a': 'LRE',
  '\u202b': 'RLE',
  '\u202c': 'PDF',
  '\u202d': 'LRO',
  '\u202e': 'RLO',
  '\u2060': 'word joiner',
  '\u2066': 'LRI',
  '\u2067': 'RLI',
  '\u2068': 'FSI',
  '\u2069': 'PDI',
  '\ufeff': 'BOM',
};

const controls = /[\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/u;

/** Cuts a text into what is shown plainly, what is marked and what would be invisible. Nothing is left out. */
export function splitText(text: string, marked: readonly string[] = []): readonly TextPart[] {
  const parts: TextPart[] = [];
  let at = 0;
  while (at < text.length) {
    const next = nextSpecial(text, at, marked);
    if (!next) {
      parts.push({ kind: 'plain', at, text: text.slice(at) });
      break;
    }
    if (next.at > at) parts.push({ kind: 'plain', at, text: text.slice(at, next.at) });
    parts.push(next);
    at = next.at + (next.kind === 'control' ? 1 : next.text.length);
  }
  return parts;
}

function nextSpecial(text: string, from: number, marked: readonly string[]): TextPart | undefined {
  const rest = text.slice(from);
  const control = controls.exec(rest);
  const found: TextPart[] = marked.flatMap((words) => {
    const place = words === '' ? -1 : rest.indexOf(words);
    return place < 0 ? [] : [{ kind: 'marked' as const, at: from + place, text: words }];
  });
  if (control) found.push({ kind: 'control', at: from + control.index, text: `⟨${controlNames[control[0]] ?? 'control'}⟩` });
  return found.sort((a, b) => a.at - b.at)[0];
}
