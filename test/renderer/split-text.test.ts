import fc from 'fast-check';
import { expect, test } from 'vitest';
import { splitText } from '../../renderer/ui/text/split-text.ts';

const hostile = fc.string({
  unit: fc.constantFrom('a', ' ', '<b>', '\u202e', '\u2066', '\u200b', '\ufeff', 'ā', '👨‍👩‍👧', 'chest pain', '\n'),
  maxLength: 60,
});

test('nothing of a text is lost or moved, and every hidden sign becomes a visible one', () => {
  fc.assert(
    fc.property(hostile, (text) => {
      const parts = splitText(text, ['chest pain']);
      const rebuilt = parts.map((part) => (part.kind === 'control' ? text.charAt(part.at) : part.text)).join('');
      expect(rebuilt).toBe(text);
      for (const part of parts) expect(part.text).not.toMatch(/[\u202a-\u202e\u2066-\u2069\u200b\ufeff]/u);
    }),
  );
});

test('the words to mark stand out wherever they stand', () => {
  expect(splitText('x chest pain, chest pain', ['chest pain']).map(({ kind }) => kind)).toEqual(['plain', 'marked', 'plain', 'marked']);
});
