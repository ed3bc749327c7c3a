import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  itemsOf,
  membersOf,
  memberText,
  spansIn,
  withItems,
  withMember,
  withMemberAt,
  withoutMember,
} from '../../electron/fhir/mappers/json-text.ts';
import { decimalTextOf, readResource } from '../../electron/fhir/mappers/read-resource.ts';

function reasonFor(text: string): string | undefined {
  const read = readResource(text);
  return read.ok ? undefined : read.error.reason;
}

describe('reading one resource', () => {
  test.each([
    ['the same element twice', '{"resourceType":"Task","status":"requested","status":"completed"}', 'The same element stands in it twice.'],
    ['the same element twice, deep inside', '{"a":[{"b":{"c":1,"c":1}}]}', 'The same element stands in it twice.'],
    ['the same element twice, once escaped', '{"status":"a","\\u0073tatus":"b"}', 'The same element stands in it twice.'],
    ['a __proto__ name', '{"__proto__":{"admin":true}}', 'It uses a name that is not allowed.'],
    ['an escaped __proto__ name', '{"a":{"\\u005f_proto__":1}}', 'It uses a name that is not allowed.'],
    ['a lone surrogate', '{"text":"\\ud83d"}', 'Its text holds a broken character.'],
    ['a lone surrogate as it is', '{"text":"\ud83d"}', 'Its text holds a broken character.'],
    ['a number beyond all measure', '{"value":1e400}', 'It holds a number too large to be true.'],
    ['a very long number', `{"value":${'9'.repeat(50)}}`, 'It holds a number too large to be true.'],
    ['33 levels', `${'{"a":'.repeat(33)}1${'}'.repeat(33)}`, 'It is nested too deeply.'],
    ['100,000 levels', '['.repeat(100_000), 'It is nested too deeply.'],
    ['half a resource', '{"resourceType":"Task","id":"a"', 'It is not valid JSON.'],
    ['an HTML page', '<html></html>', 'It is not valid JSON.'],
    ['a list', '[]', 'It is not a resource.'],
    ['null', 'null', 'It is not a resource.'],
    ['five million characters', `{"text":"${'a'.repeat(5_000_000)}"}`, 'It is too large.'],
  ])('%s is refused, and the reason quotes nothing of it', (_what, text, reason) => {
    expect(reasonFor(text)).toBe(reason);
  });

  test('32 levels, emoji, escapes and a constructor name are fine', () => {
    expect(reasonFor(`${'{"a":'.repeat(32)}1${'}'.repeat(32)}`)).toBeUndefined();
    expect(reasonFor('{"text":"\\ud83d\\ude00 🩺 Hēmi \\u0101","constructor":1,"toString":{"hasOwnProperty":2}}')).toBeUndefined();
  });

  test.each(['1.10', '5.0', '0.50', '1e3', '-0.0', '100000000000000000001', '1.1', '42', '-7'])(
    'the number %s keeps its text',
    (number) => {
      const read = readResource(`{"value":${number}}`);
      expect(read.ok && 'value' in read.value && decimalTextOf(read.value.value)).toBe(number);
    },
  );

  test('an exact decimal can not be forged by JSON', () => {
    const read = readResource('{"value":{"exact":"1.10","Symbol(exact decimal)":"1.10"}}');
    expect(read.ok && 'value' in read.value && decimalTextOf(read.value.value)).toBeUndefined();
  });

  test('any JSON object without repeated names is read as JSON.parse reads it', () => {
    const { value } = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 4 },
        fc.string(),
        fc.integer(),
        fc.constantFrom(true, false, null),
        fc.array(tie('value'), { maxLength: 4 }),
        fc.dictionary(fc.string(), tie('value'), { maxKeys: 4 }),
      ),
    }));
    fc.assert(
      fc.property(fc.dictionary(fc.string(), value, { maxKeys: 6 }), (object) => {
        const text = JSON.stringify(object);
        const read = readResource(text);
        if (Object.hasOwn(object, '__proto__') || text.includes('__proto__') || !text.isWellFormed() || /\\ud/u.test(text)) return;
        expect(read).toEqual({ ok: true, value: JSON.parse(text) });
      }),
    );
  });
});

describe('editing JSON text', () => {
  const members = fc.dictionary(
    fc.string({ minLength: 1 }),
    fc.oneof(fc.string(), fc.nat(), fc.double({ noNaN: true, noDefaultInfinity: true }), fc.array(fc.string())),
    { minKeys: 1, maxKeys: 6 },
  );

  test('setting one member changes that member and not a character of the others', () => {
    fc.assert(
      fc.property(members, fc.string({ minLength: 1 }), fc.string(), fc.nat(2), (object, key, value, indent) => {
        const text = JSON.stringify(object, null, indent);
        const edited = withMember(text, key, JSON.stringify(value));
        expect(JSON.parse(edited)).toEqual({ ...JSON.parse(text), [key]: value });
        for (const [name, written] of membersOf(text)) if (name !== key) expect(memberText(edited, name)).toBe(written);
      }),
    );
  });

  test('a removed member is gone and the rest is as before', () => {
    fc.assert(
      fc.property(members, fc.nat(), (object, pick) => {
        const keys = Object.keys(object);
        const key = keys[pick % keys.length] ?? '';
        const { [key]: _gone, ...rest } = object;
        expect(JSON.parse(withoutMember(JSON.stringify(object, null, 1), key))).toEqual(JSON.parse(JSON.stringify(rest)));
      }),
    );
  });

  test('items are added behind those that are there, which keep their text', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.string(), fc.nat())), fc.array(fc.string()), (before, added) => {
        const text = JSON.stringify(before.length === 0 ? { a: 1 } : { output: before });
        const edited = withItems(
          text,
          'output',
          added.map((each) => JSON.stringify(each)),
        );
        expect(JSON.parse(edited).output ?? []).toEqual([...before, ...added]);
      }),
    );
  });

  test('a decimal next to the edited member keeps its digits', () => {
    const text = '{"dose":{"value":1.10,"unit":"mg"},\n "status" : "draft" }';
    expect(withMember(text, 'status', '"completed"')).toBe('{"dose":{"value":1.10,"unit":"mg"},\n "status" : "completed" }');
    expect(withMemberAt(text, ['dose', 'unit'], '"g"')).toContain('{"value":1.10,"unit":"g"}');
    expect(withMemberAt('{}', ['restriction', 'period', 'end'], '"x"')).toBe('{"restriction":{"period":{"end":"x"}}}');
  });

  test('broken JSON neither hangs nor throws', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('{', '}', '[', ']', '"', ',', ':', '\\', ' ', '1', 'a'), maxLength: 60 }), (text) => {
        expect(Array.isArray(spansIn(text))).toBe(true);
        expect(Array.isArray(itemsOf(text))).toBe(true);
      }),
    );
  });
});
