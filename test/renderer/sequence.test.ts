// @vitest-environment jsdom
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Command, type CommandId, commands } from '../../renderer/commands.ts';
import { bindingsOf, type Prefix, prefixMs, step } from '../../renderer/keys/sequence.ts';

const all: readonly Command[] = commands;
const bindings = bindingsOf(all.filter((command) => command.where !== 'reading'));

function press(key: string, init: KeyboardEventInit = {}): KeyboardEvent {
  return new KeyboardEvent('keydown', { key, code: /^[a-z]$/i.test(key) ? `Key${key.toUpperCase()}` : key, ...init });
}

function runAll(keys: readonly string[], gapMs = 10): readonly CommandId[] {
  const ran: CommandId[] = [];
  let prefix: Prefix | undefined;
  for (const [place, key] of keys.entries()) {
    const next = step(prefix, press(key), bindings, place * gapMs);
    prefix = next.prefix;
    if (next.run) ran.push(next.run);
  }
  return ran;
}

/** The law, said independently: read keys left to right; `g` takes the next key with it, hit or miss. */
function expected(keys: readonly string[]): readonly CommandId[] {
  const ran: CommandId[] = [];
  const find = (keyText: string) => all.find((command) => command.where !== 'reading' && command.keys.includes(keyText))?.id;
  for (let place = 0; place < keys.length; place += 1) {
    const key = keys[place] ?? '';
    const id = key === 'g' ? find(`g ${keys[place + 1]}`) : find(key);
    if (key === 'g') place += 1;
    if (id) ran.push(id);
  }
  return ran;
}

test('g r g l goes to Repeats and then to Results, and releases nothing', () => {
  expect(runAll(['g', 'r', 'g', 'l'])).toEqual(['go.repeats', 'go.results']);
});

test('any stream of letters runs what reading it from left to right gives', () => {
  const letter = fc.constantFrom(...'abcdefghijklmnopqrstuvwxyz/');
  fc.assert(
    fc.property(fc.array(letter, { maxLength: 40 }), (keys) => {
      expect(runAll(keys)).toEqual(expected(keys));
    }),
    { numRuns: 2000 },
  );
});

test('the key after a prefix never runs a command of its own', () => {
  fc.assert(
    fc.property(fc.constantFrom(...'abcdefhjklmnopqrstuvwxyz'), (key) => {
      const ran = runAll(['g', key]);
      expect(ran.every((id) => id.startsWith('go.'))).toBe(true);
    }),
  );
});

test('a prefix is forgotten after its time', () => {
  expect(runAll(['g', 'l'], prefixMs + 1)).toEqual(['result.release']);
});

test('Shift pressed between the two keys of a sequence does not break it', () => {
  const first = step(undefined, press('g'), bindings, 0);
  const shift = step(first.prefix, press('Shift', { shiftKey: true }), bindings, 10);
  expect(step(shift.prefix, press('t'), bindings, 20).run).toBe('go.team');
});

test('a key held down runs only what may repeat', () => {
  for (const binding of bindings.filter(({ presses }) => presses.length === 1)) {
    const [required = [], , key] = binding.presses[0] ?? [];
    if (typeof key !== 'string') continue;
    const held = press(key === 'Space' ? ' ' : key, {
      repeat: true,
      code: key.length === 1 ? `Key${key.toUpperCase()}` : key,
      ctrlKey: required.includes('Control'),
      shiftKey: required.includes('Shift'),
      altKey: required.includes('Alt'),
    });
    const { run } = step(undefined, held, bindings, 0);
    if (run) expect(all.find((command) => command.id === run)?.repeats).toBe(true);
  }
});

test('holding g down and letting go leaves no prefix', () => {
  expect(step(undefined, press('g', { repeat: true }), bindings, 0)).toEqual({ prefix: undefined, run: undefined, isTaken: true });
});

test('Caps Lock does not change what a letter does, Shift does', () => {
  expect(step(undefined, press('N', { shiftKey: true }), bindings, 0).run).toBe('note.add');
  expect(step(undefined, press('N'), bindings, 0).run).toBe('thread.next');
});
