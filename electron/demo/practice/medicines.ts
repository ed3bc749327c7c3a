import { concept, type Json, SYSTEM } from './fhir-parts.ts';

export interface Medicine {
  readonly name: string;
  /** NZMT code; those known to be real (NZ-FACTS 3.4), the rest go by name as free text. */
  readonly nzmt?: string;
  readonly usualDose: string;
  /** What the dose was before it was changed, for those whose dose is changed now and then. */
  readonly earlierDose?: string;
  readonly supplyDays: number;
  /** Opioids 1 month, other controlled drugs 3 months, 1 month per dispensing (NZ-FACTS 3.5). */
  readonly controlled?: 'opioid' | 'other';
}

const daily = 'Take ONE tablet by mouth once daily';
const nightly = 'Take ONE tablet by mouth at night';

export const MEDICINES = {
  losartan: {
    name: 'losartan 50 mg tablet',
    nzmt: '10195211000116102',
    usualDose: daily,
    earlierDose: 'Take HALF a tablet by mouth once daily',
    supplyDays: 90,
  },
  amlodipine: {
    name: 'amlodipine 5 mg tablet',
    nzmt: '10109621000116108',
    usualDose: daily,
    earlierDose: 'Take HALF a tablet by mouth once daily',
    supplyDays: 90,
  },
  metoprolol: {
    name: 'metoprolol succinate 47.5 mg modified-release tablet',
    usualDose: daily,
    earlierDose: 'Take HALF a tablet by mouth once daily',
    supplyDays: 90,
  },
  atorvastatin: { name: 'atorvastatin 40 mg tablet', usualDose: nightly, supplyDays: 90 },
  aspirin: { name: 'aspirin 100 mg dispersible tablet', usualDose: daily, supplyDays: 90 },
  allopurinol: {
    name: 'allopurinol 300 mg tablet',
    nzmt: '10030521000116104',
    usualDose: daily,
    earlierDose: 'Take HALF a tablet by mouth once daily',
    supplyDays: 90,
  },
  metformin: {
    name: 'metformin 850 mg tablet',
    usualDose: 'Take ONE tablet by mouth twice daily with food',
    earlierDose: 'Take ONE tablet by mouth once daily with food',
    supplyDays: 90,
  },
  glargine: {
    name: 'insulin glargine 100 units/mL 3 mL cartridge',
    nzmt: '10368321000116100',
    usualDose: 'Inject 24 units under the skin at night',
    earlierDose: 'Inject 18 units under the skin at night',
    supplyDays: 90,
  },
  dulaglutide: {
    name: 'dulaglutide 1.5 mg/0.5 mL injection pen',
    nzmt: '47230201000116108',
    usualDose: 'Inject 1.5 mg under the skin once a week',
    supplyDays: 84,
  },
  omeprazole: { name: 'omeprazole 20 mg capsule', usualDose: 'Take ONE capsule by mouth in the morning before food', supplyDays: 90 },
  levothyroxine: {
    name: 'levothyroxine 100 microgram tablet',
    usualDose: 'Take ONE tablet by mouth in the morning before food',
    earlierDose: 'Take HALF a tablet by mouth in the morning before food',
    supplyDays: 90,
  },
  sertraline: {
    name: 'sertraline 50 mg tablet',
    usualDose: 'Take ONE tablet by mouth in the morning',
    earlierDose: 'Take HALF a tablet by mouth in the morning',
    supplyDays: 90,
  },
  budesonideFormoterol: {
    name: 'budesonide 200 microgram with formoterol 6 microgram inhaler',
    usualDose: 'Inhale TWO puffs twice daily and as needed',
    supplyDays: 60,
  },
  salbutamol: { name: 'salbutamol 100 microgram inhaler', usualDose: 'Inhale TWO puffs as needed for wheeze', supplyDays: 60 },
  fluticasone: {
    name: 'fluticasone 50 microgram inhaler',
    usualDose: 'Inhale TWO puffs twice daily through a spacer',
    supplyDays: 60,
  },
  cetirizine: { name: 'cetirizine 10 mg tablet', usualDose: 'Take ONE tablet by mouth once daily when needed', supplyDays: 90 },
  contraceptive: {
    name: 'ethinylestradiol 30 microgram with levonorgestrel 150 microgram tablet',
    usualDose: daily,
    supplyDays: 180,
  },
  marevan: {
    name: 'warfarin 1 mg tablet (Marevan)',
    nzmt: '10429461000116106',
    usualDose: 'Take as directed by the INR clinic, once daily',
    supplyDays: 90,
  },
  coumadin: {
    name: 'warfarin 1 mg tablet (Coumadin)',
    nzmt: '10194171000116101',
    usualDose: 'Take as directed by the INR clinic, once daily',
    supplyDays: 90,
  },
  dabigatran: { name: 'dabigatran 110 mg capsule', usualDose: 'Take ONE capsule by mouth twice daily', supplyDays: 90 },
  paracetamol: {
    name: 'paracetamol 500 mg tablet',
    nzmt: '44282231000116104',
    usualDose: 'Take TWO tablets by mouth up to four times daily when needed for pain',
    supplyDays: 90,
  },
  ibuprofen: {
    name: 'ibuprofen 200 mg tablet',
    nzmt: '10013261000116103',
    usualDose: 'Take TWO tablets by mouth three times daily with food when needed',
    supplyDays: 30,
  },
  tramadol: {
    name: 'tramadol hydrochloride 50 mg capsule',
    usualDose: 'Take ONE capsule by mouth up to four times daily when needed for pain',
    supplyDays: 30,
    controlled: 'opioid',
  },
  codeine: {
    name: 'codeine phosphate 30 mg tablet',
    usualDose: 'Take ONE tablet by mouth up to four times daily when needed for pain',
    supplyDays: 30,
    controlled: 'opioid',
  },
  zopiclone: {
    name: 'zopiclone 7.5 mg tablet',
    usualDose: 'Take HALF to ONE tablet by mouth at night when needed',
    supplyDays: 30,
    controlled: 'other',
  },
  methylphenidate: {
    name: 'methylphenidate hydrochloride 36 mg extended-release tablet',
    usualDose: 'Take ONE tablet by mouth in the morning',
    earlierDose: 'Take 18 mg by mouth in the morning',
    supplyDays: 30,
    controlled: 'other',
  },
  amoxicillin: { name: 'amoxicillin 500 mg capsule', usualDose: 'Take ONE capsule by mouth three times daily', supplyDays: 7 },
  prednisone: { name: 'prednisone 20 mg tablet', usualDose: 'Take TWO tablets by mouth once daily for 5 days', supplyDays: 5 },
  hydrocortisone: { name: 'hydrocortisone 1% cream', usualDose: 'Apply thinly to the affected skin twice daily', supplyDays: 30 },
} as const satisfies Record<string, Medicine>;

export type MedicineKey = keyof typeof MEDICINES;

export const medicineOf = (key: MedicineKey): Medicine => MEDICINES[key];

/** Asked for although nobody is on it for long: antibiotic, steroid course, sleeping pill, strong pain relief. */
export const SHORT_TERM = [
  'amoxicillin',
  'prednisone',
  'hydrocortisone',
  'ibuprofen',
  'zopiclone',
  'codeine',
] as const satisfies MedicineKey[];

/** The same for somebody under sixteen. */
export const SHORT_TERM_CHILD = ['amoxicillin', 'hydrocortisone'] as const satisfies MedicineKey[];

export function medicationConcept(medicine: Medicine): Json {
  return medicine.nzmt ? concept(SYSTEM.nzmt, medicine.nzmt, medicine.name) : { text: medicine.name };
}

/** Long-term conditions: SNOMED CT code, name, and what is taken for each. */
export const CONDITIONS = {
  hypertension: ['38341003', 'Hypertension', ['losartan', 'amlodipine']],
  lipids: ['55822004', 'Hyperlipidaemia', ['atorvastatin']],
  diabetes: ['44054006', 'Type 2 diabetes mellitus', ['metformin', 'glargine', 'dulaglutide']],
  gout: ['90560007', 'Gout', ['allopurinol']],
  asthma: ['195967001', 'Asthma', ['budesonideFormoterol']],
  childAsthma: ['195967001', 'Asthma', ['fluticasone', 'salbutamol']],
  fibrillation: ['49436004', 'Atrial fibrillation', ['metoprolol', 'marevan']],
  fibrillationDabigatran: ['49436004', 'Atrial fibrillation', ['metoprolol', 'dabigatran']],
  thyroid: ['40930008', 'Hypothyroidism', ['levothyroxine']],
  depression: ['35489007', 'Depressive disorder', ['sertraline']],
  reflux: ['235595009', 'Gastro-oesophageal reflux disease', ['omeprazole']],
  heart: ['53741008', 'Coronary arteriosclerosis', ['aspirin', 'atorvastatin', 'metoprolol']],
  pain: ['82423001', 'Chronic pain', ['paracetamol', 'tramadol']],
  attention: ['406506008', 'Attention deficit hyperactivity disorder', ['methylphenidate']],
  hayFever: ['61582004', 'Allergic rhinitis', ['cetirizine']],
} as const satisfies Record<string, readonly [string, string, readonly MedicineKey[]]>;

export type ConditionKey = keyof typeof CONDITIONS;
