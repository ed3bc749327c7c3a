import type { AssessedMedicine, DeclineReason, MedicineDecision } from '../../../shared/domain/repeat-request.ts';

/** What the prescriber has set so far, per medicine; nothing has been queued yet. */
export type Choice =
  | { readonly is: 'ticked'; readonly acknowledged: readonly string[] }
  | { readonly is: 'declined'; readonly reason: DeclineReason; readonly textForPatient: string };
export type Choices = Readonly<Record<string, Choice | undefined>>;

export function openMedicines(medicines: readonly AssessedMedicine[]): readonly AssessedMedicine[] {
  return medicines.filter(({ status }) => status === 'requested');
}

/** Goes with one key: green and not controlled. Everything else is opened and confirmed by itself (UI, Actions, undo and safety). */
export function isPlain({ outcome, controlled }: Pick<AssessedMedicine, 'outcome' | 'controlled'>): boolean {
  return outcome === 'green' && controlled === 'none';
}

/** Ticking it says that these findings were read. */
export function tickOf({ findings }: AssessedMedicine): Choice {
  return { is: 'ticked', acknowledged: findings.map(({ rule }) => rule) };
}

/**
 * A choice stands only on the findings it was made on: when a rule has spoken since, or the medicine has turned red, it is asked again.
 */
export function standingChoices(medicines: readonly AssessedMedicine[], choices: Choices): Choices {
  const standing = openMedicines(medicines).flatMap((medicine) => {
    const choice = choices[medicine.id];
    if (choice === undefined) return [];
    const isValid =
      choice.is === 'declined' || (medicine.outcome !== 'red' && medicine.findings.every(({ rule }) => choice.acknowledged.includes(rule)));
    return isValid ? [[medicine.id, choice] as const] : [];
  });
  return Object.fromEntries(standing);
}

export function undecided(medicines: readonly AssessedMedicine[], choices: Choices): readonly AssessedMedicine[] {
  return openMedicines(medicines).filter(({ id }) => choices[id] === undefined);
}

/** The decisions as the core takes them, one for each open medicine that has one. */
export function decisionsOf(medicines: readonly AssessedMedicine[], choices: Choices): MedicineDecision[] {
  return openMedicines(medicines).flatMap(({ id }): MedicineDecision[] => {
    const choice = choices[id];
    if (choice === undefined) return [];
    return choice.is === 'ticked'
      ? [{ decision: 'approve', medicineId: id, acknowledged: [...choice.acknowledged] }]
      : [{ decision: 'decline', medicineId: id, reason: choice.reason, textForPatient: choice.textForPatient }];
  });
}
