import fc from 'fast-check';

/** What nobody means to send. */
export const hostileValue = fc.oneof(
  fc.anything(),
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.constantFrom(
    '',
    'no-such-item',
    '__proto__',
    '../../etc/passwd',
    "'; DROP TABLE work_item; --",
    '\u202e',
    null,
    -1,
    1e308,
    Number.MAX_SAFE_INTEGER + 1,
    [],
    {},
  ),
);

/** A well-formed input with up to three of its fields gone, new or of another value. */
export function mutated(valid: object, value: fc.Arbitrary<unknown> = hostileValue): fc.Arbitrary<object> {
  const keys = [...Object.keys(valid), 'extra', '__proto__'];
  return fc
    .array(fc.tuple(fc.constantFrom(...keys), fc.boolean(), value), { minLength: 0, maxLength: 3 })
    .map((changes) => changes.reduce((input, [key, drops, given]) => change(input, key, drops, given), valid));
}

function change(input: object, key: string, drops: boolean, value: unknown): object {
  const entries = Object.entries(input).filter(([name]) => name !== key);
  return Object.fromEntries(drops ? entries : [...entries, [key, value]]);
}

/** What a window sends: JSON mostly, and text that is none. */
export function textsOf(inputs: fc.Arbitrary<object>): fc.Arbitrary<string> {
  return fc.oneof(
    { weight: 1, arbitrary: fc.string({ maxLength: 100 }) },
    { weight: 1, arbitrary: fc.json() },
    { weight: 6, arbitrary: inputs.map(asText) },
  );
}

function asText(value: object): string {
  return JSON.stringify(value, (_key, inner) => (typeof inner === 'bigint' ? String(inner) : inner)) ?? 'undefined';
}
