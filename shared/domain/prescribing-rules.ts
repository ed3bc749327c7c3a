import { daysBetween } from '../dates.ts';
import type { AppError } from '../errors.ts';
import type { Day } from '../ids.ts';
import type { Patient } from './patient.ts';
import type { AssessedMedicine, MedicineDecision, RequestedMedicine, RuleFinding, RuleOutcome } from './repeat-request.ts';

/** What the rules look at besides the medicine itself. */
export interface PrescribingContext {
  readonly patient: Pick<Patient, 'deceased' | 'allergies' | 'enrolled'>;
  readonly today: Day;
}

type Finding = Omit<RuleFinding, 'rule'>;
type Rule = (medicine: RequestedMedicine, context: PrescribingContext) => Finding | undefined;

const foundationStandard = 'Foundation Standard 9.1';
const practicePolicy = 'Practice repeat-prescribing policy';

/**
 * Name → rule. A rule answers with a finding or with nothing; data that a rule needs and does not have is amber "not checked", never green.
 * Sources are those of NZ-FACTS 3.5.
 */
const rules: Record<string, Rule> = {
  deceased: (_medicine, { patient }) =>
    patient.deceased.is ? { outcome: 'red', text: 'The patient has died', source: practicePolicy } : undefined,

  allergy: (medicine, { patient }) => {
    if (medicine.allergyMatch) return { outcome: 'red', text: `Recorded allergy: ${medicine.allergyMatch}`, source: foundationStandard };
    if (patient.allergies.status === 'not-recorded')
      return { outcome: 'amber', text: 'Allergies not recorded', source: foundationStandard };
    return undefined;
  },

  controlled: (medicine) => {
    if (medicine.controlled === 'opioid')
      return { outcome: 'amber', text: 'Opioid: 1 month at most, on its own', source: 'Misuse of Drugs Regulations, since 5 Oct 2023' };
    if (medicine.controlled === 'controlled')
      return {
        outcome: 'amber',
        text: 'Controlled drug: 3 months at most, on its own',
        source: 'Misuse of Drugs Regulations, since 5 Oct 2023',
      };
    return undefined;
  },

  supply: (medicine) => {
    if (medicine.supplyDays === null) return { outcome: 'amber', text: 'Length of supply not checked', source: foundationStandard };
    const limit = medicine.controlled === 'opioid' ? 31 : medicine.controlled === 'controlled' ? 92 : 366;
    return medicine.supplyDays > limit
      ? {
          outcome: 'red',
          text: `Asks for ${medicine.supplyDays} days; the limit is ${limit}`,
          source: 'Misuse of Drugs Regulations; 12-month prescriptions since 1 Feb 2026',
        }
      : undefined;
  },

  'long-term-list': (medicine) =>
    medicine.onLongTermList ? undefined : { outcome: 'amber', text: 'Not on the long-term list', source: practicePolicy },

  review: (medicine, { today }) => {
    if (medicine.lastReviewedOn === null) return { outcome: 'amber', text: 'Last review not checked', source: foundationStandard };
    const days = daysBetween(medicine.lastReviewedOn, today);
    return days > 366 ? { outcome: 'amber', text: `Last review over 12 months ago`, source: practicePolicy } : undefined;
  },

  'dose-changed': (medicine) =>
    medicine.previousDose === null
      ? undefined
      : { outcome: 'amber', text: `Dose differs from last time: ${medicine.previousDose}`, source: foundationStandard },

  'too-early': (medicine, { today }) => {
    if (medicine.lastPrescribedOn === null)
      return medicine.onLongTermList ? { outcome: 'amber', text: 'Last prescription not checked', source: foundationStandard } : undefined;
    if (medicine.supplyDays === null) return undefined;
    const used = daysBetween(medicine.lastPrescribedOn, today);
    return used * 3 < medicine.supplyDays * 2
      ? {
          outcome: 'amber',
          text: `Early: ${used} of ${medicine.supplyDays} days since the last prescription`,
          source: 'Dispensing after 2/3 of the supply time',
        }
      : undefined;
  },

  duplicate: (medicine) =>
    medicine.duplicateOf === null ? undefined : { outcome: 'amber', text: 'Asked for in another open request too', source: practicePolicy },

  enrolled: (_medicine, { patient }) =>
    patient.enrolled === 'yes'
      ? undefined
      : { outcome: 'amber', text: patient.enrolled === 'no' ? 'Not enrolled here' : 'Enrolment not checked', source: practicePolicy },
};

/** Green may go in one batch, amber is opened and acknowledged one by one, red can't be approved here (NZ-FACTS 3.5). */
export function assessMedicine(
  medicine: RequestedMedicine,
  context: PrescribingContext,
): { readonly outcome: RuleOutcome; readonly findings: RuleFinding[] } {
  const findings = Object.entries(rules).flatMap(([rule, look]) => {
    const finding = look(medicine, context);
    return finding ? [{ rule, ...finding }] : [];
  });
  return { outcome: worst(findings.map((finding) => finding.outcome)), findings };
}

function worst(outcomes: readonly RuleOutcome[]): RuleOutcome {
  if (outcomes.includes('red')) return 'red';
  return outcomes.includes('amber') ? 'amber' : 'green';
}

/** Opioids by generic name: all classes, tramadol and codeine included (NZ-FACTS 3.5). Matched on whole words of the generic name. */
const opioids = [
  'morphine',
  'oxycodone',
  'fentanyl',
  'methadone',
  'pethidine',
  'tramadol',
  'codeine',
  'dihydrocodeine',
  'buprenorphine',
  'hydromorphone',
  'tapentadol',
];
/** Other controlled medicines that general practices repeat; zopiclone and zolpidem since 1 Jul 2023. */
const otherControlled = [
  'methylphenidate',
  'dexamfetamine',
  'dexamphetamine',
  'lisdexamfetamine',
  'zopiclone',
  'zolpidem',
  'diazepam',
  'lorazepam',
  'temazepam',
  'triazolam',
  'clonazepam',
  'nitrazepam',
  'oxazepam',
  'alprazolam',
  'midazolam',
  'phenobarbital',
  'phenobarbitone',
  'phentermine',
];

/** Class of a medicine by its generic name. Wider than a brand list can be, and never narrower: a combination is what its strictest part is. */
export function controlledClassOf(genericName: string): RequestedMedicine['controlled'] {
  const words = genericName.toLowerCase().split(/[^a-z]+/u);
  if (words.some((word) => opioids.includes(word))) return 'opioid';
  return words.some((word) => otherControlled.includes(word)) ? 'controlled' : 'none';
}

/**
 * Why a decision on one medicine may not be made like this; null when it may. Red can't be approved here; amber only when each of its findings was
 * acknowledged; a decline tells the patient why (NZ-FACTS 3.5). `name`: what to call the medicine.
 */
export function decisionRefusalOf(
  { outcome, findings }: Pick<AssessedMedicine, 'outcome' | 'findings'>,
  decision: MedicineDecision,
  name: string,
): AppError | null {
  if (decision.decision === 'decline')
    return decision.textForPatient.trim() === '' ? { kind: 'refused', reason: 'reason-needed', detail: name } : null;
  const worded = (those: typeof findings) => `${name}: ${those.map(({ text }) => text).join('; ')}`;
  if (outcome === 'red') {
    return { kind: 'refused', reason: 'medicine-blocked', detail: worded(findings.filter((finding) => finding.outcome === 'red')) };
  }
  const unread = findings.filter(({ rule }) => !decision.acknowledged.includes(rule));
  return unread.length === 0 ? null : { kind: 'refused', reason: 'medicine-not-acknowledged', detail: worded(unread) };
}
