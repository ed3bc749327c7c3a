import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type Command, type CommandId, type CommandPlace, commands } from '../../renderer/commands.ts';

const all: readonly Command[] = commands;

/** Commands whose keys can be in force at the same moment. */
const placesTogether: readonly (readonly CommandPlace[])[] = [
  ['text', 'panes', 'list'],
  ['text', 'panes', 'reading'],
];

/** By hand: a key that moved to another command would do something else than the hand expects. */
const keysByHand: readonly (readonly [CommandId, CommandPlace, readonly string[]])[] = [
  ['list.next', 'panes', ['j']],
  ['list.previous', 'panes', ['k']],
  ['list.next-row', 'list', ['ArrowDown']],
  ['list.previous-row', 'list', ['ArrowUp']],
  ['list.page-down', 'list', ['PageDown']],
  ['list.page-up', 'list', ['PageUp']],
  ['list.first', 'list', ['Home']],
  ['list.last', 'list', ['End']],
  ['item.open', 'list', ['Enter', 'o']],
  ['thread.next', 'panes', ['n']],
  ['thread.previous', 'panes', ['p']],
  ['app.back', 'text', ['Escape']],
  ['frame.fold-nav', 'panes', ['BracketLeft']],
  ['frame.fold-context', 'panes', ['BracketRight', 'i']],
  ['frame.next-pane', 'text', ['F6']],
  ['frame.previous-pane', 'text', ['Shift+F6']],
  ['history.back', 'panes', ['Alt+ArrowLeft']],
  ['history.forward', 'panes', ['Alt+ArrowRight']],
  ['go.all', 'panes', ['g i', '$mod+1']],
  ['go.mine', 'panes', ['g m', '$mod+2']],
  ['go.team', 'panes', ['g t', '$mod+3']],
  ['go.urgent', 'panes', ['g u', '$mod+4']],
  ['go.messages', 'panes', ['g e', '$mod+5']],
  ['go.repeats', 'panes', ['g r', '$mod+6']],
  ['go.results', 'panes', ['g l', '$mod+7']],
  ['go.done', 'panes', ['g d', '$mod+8']],
  ['go.outbox', 'panes', ['g o', '$mod+9']],
  ['item.finish', 'panes', ['e']],
  ['item.claim', 'panes', ['c']],
  ['item.assign', 'panes', ['a']],
  ['item.urgent', 'panes', ['[Shift]+!']],
  ['item.unread', 'panes', ['u']],
  ['patient.copy-nhi', 'panes', ['$mod+Shift+c']],
  ['message.reply', 'panes', ['r']],
  ['note.add', 'panes', ['Shift+n']],
  ['note.add-on-patient', 'panes', []],
  ['message.send', 'text', ['$mod+Enter']],
  ['message.send-and-finish', 'text', ['$mod+Shift+Enter']],
  ['item.decide', 'reading', ['Enter']],
  ['repeat.tick', 'reading', ['Space']],
  ['repeat.decline', 'panes', ['d']],
  ['repeat.approve', 'panes', ['v']],
  ['result.release', 'panes', ['l']],
  ['result.release-with-comment', 'panes', ['Shift+l']],
  ['result.hold', 'panes', ['h']],
  ['result.trend', 'panes', ['b']],
  ['app.palette', 'text', ['$mod+k']],
  ['app.search', 'panes', ['/']],
  ['app.shortcuts', 'panes', ['[Shift]+?']],
  ['app.undo', 'panes', ['z', '$mod+z']],
  ['sync.now', 'text', ['F5']],
  ['app.settings', 'text', ['$mod+Comma']],
  ['app.about', 'panes', []],
  ['app.theme', 'panes', []],
  ['app.density', 'panes', []],
  ['app.sign-out', 'panes', []],
  ['demo.network', 'panes', []],
  ['demo.leave', 'panes', []],
];

const sources = readdirSync('renderer', { recursive: true, encoding: 'utf8' })
  .filter((path) => /\.tsx?$/.test(path) && path !== 'commands.ts')
  .map((path) => readFileSync(join('renderer', path), 'utf8'));

test.each(keysByHand)('%s counts in %s and has the keys %j', (id, where, keys) => {
  expect(all.find((command) => command.id === id)).toMatchObject({ where, keys });
});

test('no command is without a line in this list, and only movement repeats while a key is held', () => {
  expect(all.map(({ id }) => id).sort()).toEqual(keysByHand.map(([id]) => id).sort());
  expect(all.filter(({ repeats }) => repeats).map(({ id }) => id)).toEqual([
    ...['list.next', 'list.previous', 'list.next-row', 'list.previous-row', 'list.page-down', 'list.page-up'],
    ...['thread.next', 'thread.previous'],
  ]);
});

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
