import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type Command, type CommandPlace, commands } from '../../renderer/commands.ts';

const all: readonly Command[] = commands;

/** Commands whose keys can be in force at the same moment. */
const placesTogether: readonly (readonly CommandPlace[])[] = [
  ['text', 'panes', 'list'],
  ['text', 'panes', 'reading'],
];

const sources = readdirSync('renderer', { recursive: true, encoding: 'utf8' })
  .filter((path) => /\.tsx?$/.test(path) && path !== 'commands.ts')
  .map((path) => readFileSync(join('renderer', path), 'utf8'));

test('no id stands twice', () => {
  expect(new Set(all.map((command) => command.id)).size).toBe(all.length);
});

test('no key means two things in one place, and none is the beginning of another', () => {
  for (const places of placesTogether) {
    const keys = all.filter((command) => places.includes(command.where)).flatMap((command) => command.keys);
    expect(new Set(keys).size).toBe(keys.length);
    for (const key of keys) expect(keys.filter((other) => other.startsWith(`${key} `))).toEqual([]);
  }
});

test('letters and signs never count in text boxes', () => {
  for (const command of all.filter(({ where }) => where === 'text')) {
    for (const keys of command.keys) expect(keys).toMatch(/^(\$mod\+|F\d|Shift\+F\d|Escape)/);
  }
});

test('each command is run by some part of the app', () => {
  const orphans = all.filter(({ id }) => !sources.some((text) => text.includes(`'${id}':`)));
  expect(orphans.map(({ id }) => id)).toEqual([]);
});

test('nothing but the dispatcher listens for keys on the window or the document', () => {
  const listeners = sources.filter((text) => /(window|document|target)\.addEventListener\('key/.test(text));
  expect(listeners).toHaveLength(1);
});
