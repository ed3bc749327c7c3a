import type { Person } from './people.ts';

/** One quantity of a panel, in the units of New Zealand laboratories. */
export interface Analyte {
  readonly name: string;
  readonly loinc: string;
  readonly unit: string;
  readonly ucum: string;
  /** Reference interval; one end may be missing. */
  readonly low?: number;
  readonly high?: number;
  /** Centre and spread of healthy values, and the digits reported. */
  readonly mean: number;
  readonly spread: number;
  readonly digits: number;
  /** What abnormal and critical look like. */
  readonly abnormal: readonly number[];
  readonly critical?: readonly number[];
  /** Follows from others of the panel; never abnormal by itself. */
  readonly derive?: (value: (name: string) => number, person: Pick<Person, 'ageYears' | 'sex'>) => number;
}

export interface Panel {
  readonly name: string;
  readonly loinc: string;
  /** HL7 v2-0074 diagnostic service section. */
  readonly section: 'HM' | 'CH';
  readonly fromAge: number;
  readonly sex?: 'female' | 'male';
  readonly analytes: readonly Analyte[];
  readonly abnormalText: string;
}

type Range = readonly [low: number | undefined, high: number | undefined];

function analyte(
  name: string,
  loinc: string,
  unit: string,
  ucum: string,
  [low, high]: Range,
  [mean, spread, digits]: readonly [number, number, number],
  abnormal: readonly number[],
  critical?: readonly number[],
): Analyte {
  return {
    name,
    loinc,
    unit,
    ucum,
    mean,
    spread,
    digits,
    abnormal,
    ...(low !== undefined && { low }),
    ...(high !== undefined && { high }),
    ...(critical && { critical }),
  };
}

/** CKD-EPI 2009 from creatinine in µmol/L (Levey et al., Ann Intern Med 2009), as New Zealand laboratories report it. */
function estimatedGfr(creatinine: number, { ageYears, sex }: Pick<Person, 'ageYears' | 'sex'>): number {
  const [kappa, alpha, factor] = sex === 'female' ? [61.9, -0.329, 1.018] : [79.6, -0.411, 1];
  const ratio = creatinine / kappa;
  const gfr = 141 * Math.min(ratio, 1) ** alpha * Math.max(ratio, 1) ** -1.209 * 0.993 ** ageYears * factor;
  // A panel meant to be normal stays so: in the old a creatinine within the interval can still mean a low eGFR.
  return creatinine <= 105 ? Math.max(62, Math.min(90, gfr)) : gfr;
}

const EGFR: Analyte = {
  ...analyte('eGFR', '62238-1', 'mL/min/1.73 m²', 'mL/min/{1.73_m2}', [60, undefined], [84, 8, 0], []),
  derive: (value, person) => estimatedGfr(value('Creatinine'), person),
};
const HAEMATOCRIT: Analyte = {
  ...analyte('Haematocrit', '4544-3', 'L/L', 'L/L', [0.35, 0.52], [0.42, 0.03, 2], []),
  derive: (value) => value('Haemoglobin') * 0.00298,
};
const CHOLESTEROL: Analyte = {
  ...analyte('Cholesterol', '14647-2', 'mmol/L', 'mmol/L', [undefined, 5], [4.4, 0.25, 1], []),
  derive: (value) => value('LDL cholesterol') + value('HDL cholesterol') + value('Triglyceride') / 2.2,
};

export const PANELS: readonly [Panel, ...Panel[]] = [
  {
    name: 'Full blood count',
    loinc: '58410-2',
    section: 'HM',
    fromAge: 1,
    abnormalText: 'Film reviewed. Suggest clinical correlation.',
    analytes: [
      analyte('Haemoglobin', '718-7', 'g/L', 'g/L', [115, 175], [142, 8, 0], [104, 98, 184], [62, 68]),
      HAEMATOCRIT,
      analyte('MCV', '787-2', 'fL', 'fL', [80, 100], [90, 3, 0], [74, 106]),
      analyte('Platelets', '777-3', '10⁹/L', '10*9/L', [150, 430], [260, 40, 0], [118, 512], [16]),
      analyte('White cell count', '6690-2', '10⁹/L', '10*9/L', [4, 11], [7, 1, 1], [13.8, 3.1], [0.9]),
      analyte('Neutrophils', '751-8', '10⁹/L', '10*9/L', [1.9, 7.5], [4.2, 0.8, 1], [10.4, 1.4], [0.4]),
      analyte('Lymphocytes', '731-0', '10⁹/L', '10*9/L', [1, 4], [2.2, 0.4, 1], [0.8, 4.9]),
    ],
  },
  {
    name: 'Urea and electrolytes',
    loinc: '24326-1',
    section: 'CH',
    fromAge: 16,
    abnormalText: 'Suggest repeat in 2 weeks if not already known.',
    analytes: [
      analyte('Sodium', '2951-2', 'mmol/L', 'mmol/L', [135, 145], [140, 1.6, 0], [131, 148], [117]),
      analyte('Potassium', '2823-3', 'mmol/L', 'mmol/L', [3.5, 5.2], [4.3, 0.25, 1], [5.6, 3.2], [6.8, 2.4]),
      analyte('Urea', '22664-7', 'mmol/L', 'mmol/L', [3.2, 7.7], [5.4, 0.8, 1], [9.8, 12.1], [34.6]),
      analyte('Creatinine', '14682-9', 'µmol/L', 'umol/L', [45, 105], [76, 9, 0], [124, 138, 151], [486]),
      EGFR,
    ],
  },
  {
    name: 'HbA1c',
    loinc: '59261-8',
    section: 'CH',
    fromAge: 25,
    abnormalText: 'HbA1c above 40 mmol/mol. In known diabetes the usual target is 50 to 55.',
    analytes: [analyte('HbA1c', '59261-8', 'mmol/mol', 'mmol/mol', [undefined, 41], [37, 1.5, 0], [44, 58, 67, 83])],
  },
  {
    name: 'Lipids',
    loinc: '24331-1',
    section: 'CH',
    fromAge: 30,
    abnormalText: 'Non-fasting sample. Interpret with the cardiovascular risk assessment.',
    analytes: [
      CHOLESTEROL,
      analyte('Triglyceride', '14927-8', 'mmol/L', 'mmol/L', [undefined, 1.7], [1.1, 0.2, 1], [2.6, 3.4], [21.5]),
      analyte('HDL cholesterol', '14646-4', 'mmol/L', 'mmol/L', [1, undefined], [1.4, 0.12, 2], [0.84]),
      analyte('LDL cholesterol', '39469-2', 'mmol/L', 'mmol/L', [undefined, 3.4], [2.4, 0.25, 1], [3.9, 4.8]),
    ],
  },
  {
    name: 'Liver function',
    loinc: '24325-3',
    section: 'CH',
    fromAge: 16,
    abnormalText: 'Mildly raised. Suggest repeat in 6 to 8 weeks.',
    analytes: [
      analyte('Bilirubin', '14631-6', 'µmol/L', 'umol/L', [undefined, 20], [10, 2.5, 0], [28, 34], [182]),
      analyte('Alkaline phosphatase', '6768-6', 'U/L', 'U/L', [40, 120], [76, 11, 0], [148, 210]),
      analyte('ALT', '1742-6', 'U/L', 'U/L', [undefined, 45], [24, 6, 0], [68, 96], [1240]),
      analyte('GGT', '2324-2', 'U/L', 'U/L', [undefined, 60], [28, 8, 0], [92, 214]),
      analyte('Albumin', '1751-7', 'g/L', 'g/L', [32, 48], [42, 1.8, 0], [29]),
    ],
  },
  {
    name: 'Thyroid function',
    loinc: '11580-8',
    section: 'CH',
    fromAge: 18,
    abnormalText: 'Suggest free T4 and repeat TSH in 6 weeks.',
    analytes: [analyte('TSH', '11580-8', 'mU/L', 'mU/L', [0.4, 4], [1.9, 0.5, 2], [6.8, 9.1, 0.08], [88])],
  },
  {
    name: 'Ferritin',
    loinc: '2276-4',
    section: 'CH',
    fromAge: 12,
    abnormalText: 'Ferritin outside the reference interval.',
    analytes: [analyte('Ferritin', '2276-4', 'µg/L', 'ug/L', [20, 300], [92, 24, 0], [8, 14, 468])],
  },
  {
    name: 'C-reactive protein',
    loinc: '1988-5',
    section: 'CH',
    fromAge: 2,
    abnormalText: 'Raised.',
    analytes: [analyte('CRP', '1988-5', 'mg/L', 'mg/L', [undefined, 5], [2.4, 0.6, 0], [18, 46], [284])],
  },
  {
    name: 'PSA',
    loinc: '2857-1',
    section: 'CH',
    fromAge: 50,
    sex: 'male',
    abnormalText: 'Above the age-related range. Repeat in 6 weeks after excluding infection.',
    analytes: [analyte('PSA', '2857-1', 'µg/L', 'ug/L', [undefined, 4], [1.4, 0.4, 1], [6.2, 9.7], [64])],
  },
];

/** Only for people on warfarin. Above the therapeutic interval on purpose more often than not. */
export const INR: Panel = {
  name: 'INR',
  loinc: '6301-6',
  section: 'HM',
  fromAge: 16,
  abnormalText: 'Outside the therapeutic interval of 2.0 to 3.0.',
  analytes: [analyte('INR', '6301-6', '', '{INR}', [2, 3], [2.5, 0.15, 1], [3.6, 1.6, 4.2], [7.9])],
};
