import type { Allergies } from './patient.ts';

/**
 * Substances of one family, where an allergy to one is a warning for all. Names are NZ generic names. A practice's clinicians should review the list;
 * it is wide on purpose: a false alarm is read and declined, a miss is not.
 */
const families: readonly (readonly string[])[] = [
  ['penicillin', 'amoxicillin', 'amoxycillin', 'ampicillin', 'flucloxacillin', 'phenoxymethylpenicillin', 'benzylpenicillin', 'augmentin'],
  ['cephalosporin', 'cefalexin', 'cephalexin', 'cefaclor', 'cefuroxime', 'ceftriaxone', 'cefazolin'],
  ['sulfonamide', 'sulphonamide', 'sulfa', 'sulpha', 'sulfamethoxazole', 'cotrimoxazole', 'co-trimoxazole', 'trimethoprim'],
  ['nsaid', 'nsaids', 'aspirin', 'ibuprofen', 'naproxen', 'diclofenac', 'celecoxib', 'meloxicam'],
  ['macrolide', 'erythromycin', 'roxithromycin', 'clarithromycin', 'azithromycin'],
  ['statin', 'statins', 'atorvastatin', 'simvastatin', 'rosuvastatin', 'pravastatin'],
  ['ace inhibitor', 'cilazapril', 'enalapril', 'lisinopril', 'perindopril', 'quinapril', 'ramipril', 'captopril'],
  ['opioid', 'opiate', 'morphine', 'codeine', 'dihydrocodeine', 'oxycodone', 'tramadol', 'fentanyl', 'methadone'],
];

function wordsOf(text: string): string[] {
  return text
    .normalize('NFC')
    .toLowerCase()
    .split(/[^\p{L}\p{N}-]+/u)
    .filter((word) => word.length > 2);
}

function isNamedIn(substance: string, text: string): boolean {
  const plain = text.normalize('NFC').toLowerCase();
  return plain === substance || wordsOf(text).includes(substance) || (substance.includes(' ') && plain.includes(substance));
}

function familiesIn(text: string): readonly (readonly string[])[] {
  return families.filter((family) => family.some((substance) => isNamedIn(substance, text)));
}

/** The recorded allergy that a medicine touches, by name or by family, with its reaction; null when none does. */
export function allergyMatchOf(medicineName: string, allergies: Allergies): string | null {
  if (allergies.status !== 'recorded') return null;
  const medicineWords = wordsOf(medicineName);
  const medicineFamilies = familiesIn(medicineName);
  const found = allergies.items.find(
    ({ substance }) =>
      wordsOf(substance).some((word) => medicineWords.includes(word)) ||
      familiesIn(substance).some((family) => medicineFamilies.includes(family)),
  );
  if (!found) return null;
  return found.reaction === null ? found.substance : `${found.substance} (${found.reaction})`;
}
