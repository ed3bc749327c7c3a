import { useState } from 'react';
import type { AssessedMedicine } from '../../../shared/domain/repeat-request.ts';
import { type Choice, type Choices, openMedicines, standingChoices, undecided } from './decisions.ts';

/** What is set per medicine of one request, and which medicine keys act on. */
export function useChoices(medicines: readonly AssessedMedicine[]) {
  const [set, setChoices] = useState<Choices>({});
  const [currentId, setCurrent] = useState<string>();
  const choices = standingChoices(medicines, set);
  const open = openMedicines(medicines);
  const missing = undecided(medicines, choices);
  const current = open.find(({ id }) => id === currentId) ?? missing[0] ?? open[0];

  /** After a decision the next medicine without one is current; taking one back stays. */
  function choose(medicine: AssessedMedicine, choice: Choice | undefined) {
    setChoices({ ...choices, [medicine.id]: choice });
    if (choice) setCurrent(missing.find(({ id }) => id !== medicine.id)?.id ?? medicine.id);
  }
  function step(by: 1 | -1) {
    const at = open.findIndex(({ id }) => id === current?.id);
    setCurrent(open[Math.min(Math.max(at + by, 0), open.length - 1)]?.id);
  }
  return { open, choices, missing, current, setCurrent, choose, step };
}
