import fc from 'fast-check';
import { expect, test } from 'vitest';
import { applyJsonPatch } from '../../electron/demo/fhir-server/json-patch.ts';
import { itemTexts, memberText, pickMembers, readContainer, removeChild, setMember } from '../../electron/demo/fhir-server/json-text.ts';

/** Objects with names and texts that are hard to scan: quotes, backslashes, brackets, surrogates. */
const hardText = fc.oneof(fc.string({ unit: 'grapheme' }), fc.constantFrom('"', '\\', '\\"', '[{', '}]', ',', ':', '\u2028', ''));
const hardValue = fc.jsonValue({ maxDepth: 3 });
/**
 * Names without a backslash: once an object with a name such as `n\` has been parsed, V8 (seen in Node 24.21) reads the name `n"`,
 * written `n\"`, as `n\` too, so JSON.parse could not be the judge.
 */
const hardName = hardText.map((text) => `n${text.replaceAll('\\', '')}`);
const hardObject = fc.dictionary(hardName, fc.oneof(hardValue, hardText), { noNullPrototype: true, maxKeys: 6 });
const printed = fc
  .tuple(hardObject, fc.constantFrom(undefined, 1, '\t'))
  .map(([value, indent]) => ({ value: JSON.parse(JSON.stringify(value)), text: JSON.stringify(value, null, indent) }));

test('setting a member means what setting it on the parsed object means', () => {
  fc.assert(
    fc.property(printed, hardName, hardValue, ({ value, text }, key, next) => {
      const expected = Object.entries({ ...value, [key]: JSON.parse(JSON.stringify(next)) });
      expect(new Map(Object.entries(JSON.parse(setMember(text, key, JSON.stringify(next)))))).toEqual(new Map(expected));
    }),
  );
});

test('every member is found with its own text, and taking one out leaves the others', () => {
  fc.assert(
    fc.property(printed, ({ value, text }) => {
      const container = readContainer(text);
      expect(container?.children.map((child) => child.key)).toEqual(Object.keys(JSON.parse(text)));
      for (const [index, child] of (container?.children ?? []).entries()) {
        const key = child.key ?? '';
        expect(JSON.parse(memberText(text, key) ?? '')).toEqual(value[key]);
        const { [key]: _gone, ...rest } = value;
        expect(JSON.parse(container ? removeChild(text, container, index) : '')).toEqual(rest);
        expect(JSON.parse(pickMembers(text, new Set([key])))).toEqual({ [key]: value[key] });
      }
    }),
  );
});

test('the items of an array come out one by one', () => {
  fc.assert(
    fc.property(fc.array(hardValue), (items) => {
      const text = JSON.stringify(items, null, 2);
      expect(itemTexts(text).map((item) => JSON.parse(item))).toEqual(JSON.parse(text));
    }),
  );
});

const document = '{"a":[1.10,2.0],"b":{"c/d":"x","e~f":null}, "n": 1.50}';

test.each([
  ['add to the end', [{ op: 'add', path: '/a/-', value: 3 }], '{"a":[1.10,2.0,3],"b":{"c/d":"x","e~f":null}, "n": 1.50}'],
  ['add in front', [{ op: 'add', path: '/a/0', value: 0 }], '{"a":[0,1.10,2.0],"b":{"c/d":"x","e~f":null}, "n": 1.50}'],
  ['add a member', [{ op: 'add', path: '/b/g', value: [1] }], '{"a":[1.10,2.0],"b":{"c/d":"x","e~f":null,"g":[1]}, "n": 1.50}'],
  ['replace an escaped name', [{ op: 'replace', path: '/b/c~1d', value: 'y' }], '{"a":[1.10,2.0],"b":{"c/d":"y","e~f":null}, "n": 1.50}'],
  ['remove', [{ op: 'remove', path: '/b/e~0f' }], '{"a":[1.10,2.0],"b":{"c/d":"x"}, "n": 1.50}'],
  ['move keeps the digits', [{ op: 'move', from: '/a/0', path: '/n' }], '{"a":[2.0],"b":{"c/d":"x","e~f":null}, "n": 1.10}'],
  ['copy keeps the digits', [{ op: 'copy', from: '/n', path: '/a/1' }], '{"a":[1.10,1.50,2.0],"b":{"c/d":"x","e~f":null}, "n": 1.50}'],
  [
    'the last item takes the list with it',
    [
      { op: 'remove', path: '/a/1' },
      { op: 'remove', path: '/a/0' },
    ],
    '{"b":{"c/d":"x","e~f":null}, "n": 1.50}',
  ],
])('JSON Patch: %s', (_what, patch, expected) => {
  expect(applyJsonPatch(document, JSON.stringify(patch))).toBe(expected);
});

test.each([
  ['nothing there to remove', [{ op: 'remove', path: '/a/2' }]],
  ['nothing there to replace', [{ op: 'replace', path: '/z', value: 1 }]],
  ['an index past the end', [{ op: 'add', path: '/a/3', value: 1 }]],
  ['a parent that is not there', [{ op: 'add', path: '/z/y', value: 1 }]],
  ['a test that fails', [{ op: 'test', path: '/n', value: 2 }]],
  ['an operation that does not exist', [{ op: 'increase', path: '/n' }]],
  ['something that is not a patch', { op: 'remove' }],
])('JSON Patch refuses %s', (_what, patch) => {
  expect(() => applyJsonPatch(document, JSON.stringify(patch))).toThrow();
});
