import { describe, expect, test } from 'vitest';
import { allergyMatchOf } from '../../shared/domain/allergy-match.ts';
import type { Allergies } from '../../shared/domain/patient.ts';

/** The families by hand: an allergy to any member warns of every member. */
const families: Readonly<Record<string, readonly string[]>> = {
  penicillins: [
    'penicillin',
    'amoxicillin',
    'amoxycillin',
    'ampicillin',
    'flucloxacillin',
    'phenoxymethylpenicillin',
    'benzylpenicillin',
    'augmentin',
  ],
  cephalosporins: ['cephalosporin', 'cefalexin', 'cephalexin', 'cefaclor', 'cefuroxime', 'ceftriaxone', 'cefazolin'],
  sulfonamides: ['sulfonamide', 'sulphonamide', 'sulfa', 'sulpha', 'sulfamethoxazole', 'cotrimoxazole', 'co-trimoxazole', 'trimethoprim'],
  NSAIDs: ['nsaid', 'nsaids', 'aspirin', 'ibuprofen', 'naproxen', 'diclofenac', 'celecoxib', 'meloxicam'],
  macrolides: ['macrolide', 'erythromycin', 'roxithromycin', 'clarithromycin', 'azithromycin'],
  statins: ['statin', 'statins', 'atorvastatin', 'simvastatin', 'rosuvastatin', 'pravastatin'],
  'ACE inhibitors': ['ace inhibitor', 'cilazapril', 'enalapril', 'lisinopril', 'perindopril', 'quinapril', 'ramipril', 'captopril'],
  opioids: ['opioid', 'opiate', 'morphine', 'codeine', 'dihydrocodeine', 'oxycodone', 'tramadol', 'fentanyl', 'methadone'],
};

const allergyTo = (substance: string, reaction: string | null = null): Allergies => ({
  status: 'recorded',
  items: [{ substance, reaction, severe: false }],
});

const firstUpper = (word: string) => `${word[0]?.toUpperCase()}${word.slice(1)}`;

describe.each(Object.entries(families))('of the %s', (_family, members) => {
  test.each(members)('an allergy to %s warns of each of them, however it is written', (substance) => {
    for (const medicine of members) {
      expect(allergyMatchOf(`${medicine} 250 mg capsule`, allergyTo(firstUpper(substance))), medicine).toBe(firstUpper(substance));
      expect(allergyMatchOf(firstUpper(medicine), allergyTo(`${substance} (all kinds)`)), medicine).toBe(`${substance} (all kinds)`);
    }
  });

  test('an allergy to one of them does not warn of another family', () => {
    const strangers = Object.values(families).flatMap((family) => (family === members ? [] : family));
    for (const substance of members) {
      for (const medicine of [...strangers, 'paracetamol', 'metformin']) {
        expect(allergyMatchOf(medicine, allergyTo(substance)), `${substance}, ${medicine}`).toBeNull();
      }
    }
  });
});

test('a substance of no family warns of itself, with its reaction', () => {
  expect(allergyMatchOf('metformin 500 mg', allergyTo('Metformin', 'rash'))).toBe('Metformin (rash)');
  expect(allergyMatchOf('metformin 500 mg', allergyTo('Egg'))).toBeNull();
});

test('where no allergy is recorded there is nothing to warn of', () => {
  expect(allergyMatchOf('amoxicillin', { status: 'none-known' })).toBeNull();
  expect(allergyMatchOf('amoxicillin', { status: 'not-recorded' })).toBeNull();
});
