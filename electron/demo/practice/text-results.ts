import type { Label } from './fhir-parts.ts';

/** A result in words: microbiology, cervical screening, histology, serology. */
export interface TextResult {
  readonly name: string;
  readonly loinc: string;
  readonly section: 'MB' | 'CP' | 'SP' | 'SR';
  readonly fromAge: number;
  readonly sex?: 'female' | 'male';
  readonly labels: readonly Label[];
  readonly normal: readonly [string, ...string[]];
  readonly abnormal: readonly [string, ...string[]];
}

const URINE: TextResult = {
  name: 'Urine culture (MSU)',
  loinc: '630-4',
  section: 'MB',
  fromAge: 3,
  labels: [],
  normal: ['No significant growth.', 'White cells <10 x 10⁶/L. Mixed growth, probably contaminated.'],
  abnormal: [
    'Escherichia coli >10⁸/L. Sensitive to nitrofurantoin, cefalexin. Resistant to trimethoprim.',
    'Klebsiella pneumoniae >10⁸/L. ESBL producer. Sensitive to nitrofurantoin.',
  ],
};
const CERVICAL: TextResult = {
  name: 'Cervical screening (HPV)',
  loinc: '21440-3',
  section: 'CP',
  fromAge: 25,
  sex: 'female',
  labels: [],
  normal: ['HPV not detected. Next screening in 5 years.'],
  abnormal: [
    'HPV other (not 16 or 18) detected. Cytology: low-grade squamous intraepithelial lesion (LSIL).',
    'HPV 16 detected. Refer for colposcopy.',
  ],
};
const HISTOLOGY: TextResult = {
  name: 'Histology',
  loinc: '22637-3',
  section: 'SP',
  fromAge: 20,
  labels: [],
  normal: ['Skin, left forearm, shave: seborrhoeic keratosis. No evidence of malignancy.', 'Skin, back, punch: benign intradermal naevus.'],
  abnormal: [
    'Skin, right cheek, excision: nodular basal cell carcinoma, completely excised, nearest margin 2.1 mm.',
    'Skin, upper back, excision: superficial spreading melanoma, Breslow thickness 0.6 mm, not ulcerated. Wider excision advised.',
  ],
};
const STI: TextResult = {
  name: 'Chlamydia and gonorrhoea (NAAT)',
  loinc: '43304-5',
  section: 'MB',
  fromAge: 16,
  labels: ['SEX'],
  normal: ['Chlamydia trachomatis not detected. Neisseria gonorrhoeae not detected.'],
  abnormal: ['Chlamydia trachomatis DETECTED. Neisseria gonorrhoeae not detected.'],
};
const HIV: TextResult = {
  name: 'HIV 1 and 2 antibody and antigen',
  loinc: '56888-1',
  section: 'SR',
  fromAge: 18,
  labels: ['HIV'],
  normal: ['HIV 1 and 2 antibody and p24 antigen: not detected.'],
  abnormal: ['HIV screening test reactive. Confirmation to follow; please send a second sample.'],
};

/** As often as they come: sensitive ones are a small part. */
export const TEXT_RESULTS: readonly [TextResult, ...TextResult[]] = [URINE, CERVICAL, HISTOLOGY, URINE, CERVICAL, HISTOLOGY];
export const SENSITIVE_RESULTS: readonly [TextResult, ...TextResult[]] = [STI, STI, HIV];
