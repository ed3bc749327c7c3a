import { describe, expect, test } from 'vitest';
import { ADMIN_TEXTS } from '../../electron/demo/practice/message-texts-admin.ts';
import {
  CHILD_RED_FLAG_TEXTS,
  CHILD_TEXTS,
  CLINICAL_TEXTS,
  LONG_TEXT,
  RED_FLAG_TEXTS,
} from '../../electron/demo/practice/message-texts-clinical.ts';
import { findRedFlags } from '../../shared/domain/red-flags.ts';

describe('red-flag phrases', () => {
  test.each([
    ['Chest pain', 'I have had chest pain since last night'],
    ['Chest pain', 'there is a pain in my chest when I walk'],
    ['Breathing', 'Mum can’t breathe properly'],
    ['Breathing', 'He is short of breath going up stairs'],
    ['Stroke', 'my wife’s face is drooping on the left'],
    ['Bleeding', 'it won’t stop bleeding'],
    ['Self-harm', 'I don’t want to be here any more'],
    ['Collapse', 'Dad passed out in the shower'],
    ['Severe allergic reaction', 'her lips are swelling'],
    ['Sick baby', 'our baby is floppy and hot'],
    ['Mamae o te uma (chest pain)', 'Kei te mamae tōku uma'],
    ['Whakamomori (self-harm)', 'he kōrero whakamomori tāna'],
  ])('%s is found in “%s”', (phrase, text) => {
    expect(findRedFlags(text).map((match) => match.phrase)).toContain(phrase);
  });

  test('the matched words are the patient’s own', () => {
    expect(findRedFlags('Since Friday I have Chest Tightness.')).toEqual([{ phrase: 'Chest pain', matched: 'Chest Tightness' }]);
  });

  test('a phrase broken by a line, a zero-width space or decomposed macrons is found all the same', () => {
    expect(findRedFlags('chest\n pain')).toHaveLength(1);
    expect(findRedFlags('chest\u200B pain')).toHaveLength(1);
    expect(findRedFlags('hēmanawa'.normalize('NFD'))).toHaveLength(1);
  });

  test.each([
    'Can I book a flu vaccine for next week?',
    'Please send my repeat for losartan to Kauri Pharmacy.',
    'The chest of drawers arrived, thanks',
    'My heart rate app says 62',
  ])('nothing is found in “%s”', (text) => {
    expect(findRedFlags(text)).toEqual([]);
  });
});

/** Title and age range are the generator's; patients write the part between. */
const written = (text: string) => text.split('|')[1] ?? text;

test.each([...RED_FLAG_TEXTS, ...CHILD_RED_FLAG_TEXTS].map(written))('the demonstration’s urgent message is found: %s', (text) => {
  expect(findRedFlags(text)).not.toEqual([]);
});

test('none of the demonstration’s everyday messages raises an alarm', () => {
  const alarming = [...ADMIN_TEXTS, ...CLINICAL_TEXTS, ...CHILD_TEXTS, LONG_TEXT].filter((text) => findRedFlags(text).length > 0);
  expect(alarming).toEqual([]);
});
