import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hpiWithCheck, isValidHpi, parseHpi } from '../../shared/hpi.ts';
import { err, ok } from '../../shared/result.ts';

const PERSONS = '99ZZRT 91ZABY 97ZABV 97ZACB 92ZZRR 90ZZLP 98ZZQJ 99ZZZS 93ZZRW 95ZZQE'.split(' ');
const FACILITIES = 'FZZ999-B FZZ997-J FZZ958-K FZZ941-D F99820-C'.split(' ');
const ORGANISATIONS = 'G00001-G GZZ956-B G05533-K G00036-D'.split(' ');

describe('HPI numbers', () => {
  test.each(PERSONS)('%s is a valid person number (CPN)', (cpn) => expect(parseHpi('person', cpn)).toEqual(ok(cpn)));
  test.each(FACILITIES)('%s is a valid facility number', (number) => expect(parseHpi('facility', number)).toEqual(ok(number)));
  test.each(ORGANISATIONS)('%s is a valid organisation number', (number) => expect(parseHpi('organisation', number)).toEqual(ok(number)));

  test.each(['99ZZZZ', '96YYYY'])('the placeholder %s fails its check digit', (cpn) =>
    expect(parseHpi('person', cpn)).toEqual(err('check-digit')),
  );

  test.each(['FXX222-B', 'FZZ111-A', 'FXX999-K'])('the placeholder %s fails its check letter', (number) => {
    expect(parseHpi('facility', number)).toEqual(err('check-digit'));
  });

  test('a prefix with remainder 0 has no number: Health NZ skips FZZ998', () => {
    expect(hpiWithCheck('facility', 'FZZ998')).toBeUndefined();
    for (const letter of 'ABCDEFGHJK') expect(isValidHpi('facility', `FZZ998-${letter}`)).toBe(false);
  });

  test('one kind is not taken for another', () => {
    expect(parseHpi('organisation', 'FZZ999-B')).toEqual(err('malformed'));
    expect(parseHpi('facility', 'G00001-G')).toEqual(err('malformed'));
    expect(parseHpi('person', 'FZZ999-B')).toEqual(err('malformed'));
  });

  test.each(['', '9ZZRT', '999ZZRT', '99ZZRI', '99ZZR1', '9AZZRT'])('"%s" is not the form of a person number', (text) => {
    expect(parseHpi('person', text)).toEqual(err('malformed'));
  });

  test('case, spaces and a missing hyphen are forgiven, and the stored form has them right', () => {
    expect(parseHpi('facility', ' fzz 999b')).toEqual(ok('FZZ999-B'));
    expect(parseHpi('organisation', 'g00001-g ')).toEqual(ok('G00001-G'));
    expect(parseHpi('person', '99zzrt')).toEqual(ok('99ZZRT'));
    expect(isValidHpi('facility', 'fzz999-b')).toBe(false);
  });

  test('the check digit put into any person number makes it valid, and no other digit does', () => {
    const letters = fc.string({ unit: fc.constantFrom(...'ABCDEFGHJKLMNPQRSTUVWXYZ'), minLength: 4, maxLength: 4 });
    fc.assert(
      fc.property(fc.constantFrom(...'0123456789'), letters, (first, rest) => {
        const valid = [...'0123456789'].filter((check) => isValidHpi('person', `${first}${check}${rest}`));
        expect(valid).toEqual([hpiWithCheck('person', `${first}0${rest}`)?.[1]]);
      }),
    );
  });
});
