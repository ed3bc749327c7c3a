/** A stream of repeatable chance. Every person and every item has a stream of its own, so one more template shifts nobody else. */
export interface Random {
  /** From 0 up to, not including, 1. */
  readonly next: () => number;
  /** Whole number from `low` to `high`, both included. */
  readonly between: (low: number, high: number) => number;
  readonly chance: (probability: number) => boolean;
  readonly pick: <C extends readonly [unknown, ...unknown[]]>(choices: C) => C[number];
  /** UUID of version 4 form. */
  readonly uuid: () => string;
}

/** FNV-1a over the parts: 32 bits that name a stream. */
function hash(parts: readonly (string | number)[]): number {
  let state = 0x811c9dc5;
  for (const character of parts.join('\u001f')) state = Math.imul(state ^ (character.codePointAt(0) ?? 0), 0x01000193);
  return state >>> 0;
}

/** Mulberry32 (public domain, T. Ettinger): a 32-bit state is plenty for a stream of a few dozen draws. */
function mulberry32(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
}

const hex = (value: number): string => value.toString(16).padStart(8, '0');

/** The stream of this name, e.g. `randomFor(seed, 'thread', 17)`: the same name, the same stream, wherever and whenever it is made. */
export function randomFor(...name: readonly (string | number)[]): Random {
  const draw = mulberry32(hash(name));
  const next = () => draw() / 0x1_0000_0000;
  return {
    next,
    between: (low, high) => low + Math.floor(next() * (high - low + 1)),
    chance: (probability) => next() < probability,
    pick: (choices) => choices[Math.floor(next() * choices.length)] ?? choices[0],
    uuid: () => {
      const [a, b, c, d] = [hex(draw()), hex(draw()), hex(draw()), hex(draw())];
      return `${a}-${b.slice(0, 4)}-4${b.slice(5)}-${'89ab'[draw() & 3]}${c.slice(1, 4)}-${c.slice(4)}${d}`;
    },
  };
}

/** Whether item `index` is one of `percent` in every hundred: exact shares, where chance would give 2 % or 11 % of 400 items. `stride` (prime) tells one trait from another. */
export function hasTrait(index: number, stride: number, percent: number): boolean {
  // The hundreds turn the pattern, or two traits would meet in the same items for ever.
  return (index * stride + Math.floor(index / 100) * 13 + stride) % 100 < percent;
}
