import { expect, test } from 'vitest';
import { commands } from '../../renderer/commands.ts';
import { rankCommands } from '../../renderer/features/palette/palette.tsx';

const first = (typed: string) => rankCommands(commands, typed)[0]?.id;

test('the start of a title comes before the start of a word, and that before letters in order', () => {
  expect(first('ass')).toBe('item.assign');
  expect(first('urgent')).toBe('item.urgent');
  expect(first('outbox')).toBe('go.outbox');
  expect(first('gtresu')).toBe('go.results');
});

test('nothing typed shows all, nonsense shows none', () => {
  expect(rankCommands(commands, ' ')).toHaveLength(commands.length);
  expect(rankCommands(commands, 'qqqq')).toEqual([]);
});
