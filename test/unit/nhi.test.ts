import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isTestNhi, isValidNhi, nhiFormat, nhiWithCheck, parseNhi } from '../../shared/nhi.ts';
import { err, ok } from '../../shared/result.ts';

const VALID_OLD =
  'ZZZ0016 ZZZ0024 ZAA0067 ZAA0075 ZAA0083 ZAA0091 ZAA0105 ZAA0113 ZAA0121 ZAA0130 ZAC5361 ZBB1233 ZKC1235 ZKC7284 ZTE4568 ZPQ1239 ZJM9397 ZAT2348 ZGD9203 CGC2720 JBX3656 WLD9413 ZMW9004 ZMW8008'.split(
    ' ',
  );
const VALID_NEW =
  'ZZZ00AC ZBN77VL ZDR69YX ZSC21TN ZZB30NH ZYZ81ZV ZVB97XQ ZRA29VA ZYX61YS ZAA01AY ZKC12BU ZTE98ZE ZPQ77VW ABC12DS ABC12AY'.split(' ');
const WRONG_CHECK = [
  ...'ZZZ0044 ZZZ0017 ZZZ00AA ZZZ00AY ZVU27KY JBX3650 SCF7824'.split(' '),
  ...'ZMW9001 ZMW9002 ZMW9003 ZMW9005 ZMW9006 ZMW9007 ZMW9008 ZMW9009 ZMW8001 ZMW8010'.split(' '),
];
const VALID_UNDER_THE_OLD_MOD_24 = ['ZAD96LT', 'ZBC42DQ', 'ADH48ZJ'];

/** All but I and O, which look like digits. */
const letters = 'ABCDEFGHJKLMNPQRSTUVWXYZ';
const letter = fc.constantFrom(...letters);
const digit = fc.constantFrom(...'0123456789');
const oldPrefix = fc.tuple(letter, letter, letter, digit, digit, digit).map((parts) => parts.join(''));
const newPrefix = fc.tuple(letter, letter, letter, digit, digit, letter).map((parts) => parts.join(''));
const validNhi = fc
  .oneof(oldPrefix, newPrefix)
  .map(nhiWithCheck)
  .filter((nhi) => nhi !== undefined);

describe('NHI numbers', () => {
  test.each([...VALID_OLD, ...VALID_NEW])('%s is valid', (nhi) => {
    expect(parseNhi(nhi)).toEqual(ok(nhi));
  });

  test.each([...WRONG_CHECK, ...VALID_UNDER_THE_OLD_MOD_24])('%s is well formed, but its check character is wrong', (nhi) => {
    expect(parseNhi(nhi)).toEqual(err('check-digit'));
  });

  test.each(['ZKC456', 'DAB823'])('no digit completes %s to a valid number', (prefix) => {
    for (const check of '0123456789') expect(isValidNhi(`${prefix}${check}`)).toBe(false);
    expect(nhiWithCheck(prefix)).toBeUndefined();
  });

  test.each(['', 'ZAC536', 'ZAC53611', 'ZAI0067', 'ZOA0067', 'ZBN77IL', 'ZBN77VO', '1AC5361', 'ZAC-5361', 'ZAC536Ⅰ', 'ZÀC5361'])(
    '"%s" is malformed',
    (text) => {
      expect(parseNhi(text)).toEqual(err('malformed'));
    },
  );

  test('lower case and spaces are read, and the stored form is upper case', () => {
    expect(parseNhi(' zac 5361 ')).toEqual(ok('ZAC5361'));
    expect(parseNhi('zbn77vl')).toEqual(ok('ZBN77VL'));
    expect(isValidNhi('zac5361')).toBe(false);
  });

  test('a prefix whose sum divides by 23 ends in Y, and that number is valid', () => {
    expect(nhiWithCheck('ZAA01A')).toBe('ZAA01AY');
  });

  test('formats and the test prefix are told apart', () => {
    const formats = ['ZAC5361', 'ZBN77VL', 'JBX3656'].map((text) => {
      const nhi = parseNhi(text);
      return nhi.ok ? [nhiFormat(nhi.value), isTestNhi(nhi.value)] : [];
    });
    expect(formats).toEqual([
      ['old', true],
      ['new', true],
      ['old', false],
    ]);
  });

  test('every prefix has at most one check character, and only old-format prefixes have none', () => {
    fc.assert(
      fc.property(fc.oneof(oldPrefix, newPrefix), (prefix) => {
        const completions = [...'0123456789', ...letters].filter((check) => isValidNhi(`${prefix}${check}`));
        expect(completions.length).toBe(nhiWithCheck(prefix) === undefined ? 0 : 1);
        if (completions.length === 0) expect(prefix).toMatch(/\d{3}$/);
      }),
    );
  });

  test('a wrong letter among the first three is always caught in the new format', () => {
    fc.assert(
      fc.property(newPrefix, fc.integer({ min: 0, max: 2 }), letter, (prefix, place, wrong) => {
        const nhi = nhiWithCheck(prefix);
        fc.pre(nhi !== undefined && nhi[place] !== wrong);
        const changed = `${nhi?.slice(0, place)}${wrong}${nhi?.slice(place + 1)}`;
        // A and Z differ by 23, the modulus: that one swap cannot be seen.
        const unseen = new Set([nhi?.[place], wrong]);
        expect(isValidNhi(changed)).toBe(unseen.has('A') && unseen.has('Z'));
      }),
    );
  });

  test('reading is idempotent and ignores case and spaces', () => {
    fc.assert(
      fc.property(validNhi, fc.nat(6), (nhi, at) => {
        const typed = ` ${nhi.slice(0, at)} ${nhi.slice(at).toLowerCase()}`;
        expect(parseNhi(typed)).toEqual(ok(nhi));
      }),
    );
  });

  test('any text is answered without throwing, and only stored forms are valid', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(isValidNhi(text)).toBe(text.length === 7 && parseNhi(text).ok && text === text.toUpperCase());
      }),
    );
  });
});
