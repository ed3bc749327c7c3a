import { CONDITIONS, type ConditionKey, type MedicineKey, medicineOf } from './medicines.ts';
import type { Person } from './people.ts';
import { randomFor } from './random.ts';

/** One long-term medicine of a person: when it was last ordered and whether its dose was changed then. */
export interface RegularMedicine {
  readonly key: MedicineKey;
  /** MedicationRequest id of the newest order. */
  readonly orderId: string;
  readonly orderedDaysAgo: number;
  /** The order before the newest had another dose; it is on record too. */
  readonly doseChanged: boolean;
}

export interface Health {
  readonly conditions: readonly ConditionKey[];
  readonly medicines: readonly RegularMedicine[];
  /** Days since the last consultation; undefined: none on record, so reviews are "not checked". */
  readonly seenDaysAgo?: number;
}

const OFTEN: readonly (readonly [ConditionKey, number, number, number])[] = [
  // condition, from age, to age, share
  ['hypertension', 45, 120, 0.4],
  ['lipids', 50, 120, 0.25],
  ['diabetes', 35, 120, 0.13],
  ['gout', 35, 120, 0.08],
  ['asthma', 16, 120, 0.1],
  ['childAsthma', 3, 15, 0.16],
  ['fibrillation', 62, 120, 0.07],
  ['fibrillationDabigatran', 62, 120, 0.08],
  ['thyroid', 25, 120, 0.05],
  ['depression', 18, 80, 0.12],
  ['reflux', 30, 120, 0.14],
  ['heart', 58, 120, 0.12],
  ['pain', 35, 120, 0.06],
  ['attention', 7, 30, 0.05],
  ['hayFever', 6, 60, 0.08],
];

/** Days since the newest order: mostly about due, some early, some long lapsed. */
function orderAge(draw: number, spread: number, supplyDays: number): number {
  if (draw < 0.15) return Math.max(3, Math.round(supplyDays * (0.1 + 0.35 * spread)));
  if (draw < 0.88) return Math.round(supplyDays * (0.8 + 0.35 * spread));
  return Math.round(supplyDays * (1.6 + 2 * spread)) + 20;
}

/** What a person has and takes; always the same for the same seed and person. */
export function healthOf(seed: number, person: Person): Health {
  const random = randomFor(seed, 'health', person.index);
  const conditions = OFTEN.filter(([, from, to, share]) => person.ageYears >= from && person.ageYears <= to && random.chance(share)).map(
    ([condition]) => condition,
  );
  const keys = new Set<MedicineKey>();
  for (const condition of conditions) for (const key of CONDITIONS[condition][2]) if (keys.size < 8) keys.add(key);
  // Two blood thinners together would be a mistake of ours, not of the practice.
  if (keys.has('marevan')) for (const key of ['dabigatran', 'aspirin'] as const) keys.delete(key);
  if (person.sex === 'female' && person.ageYears >= 16 && person.ageYears < 46 && random.chance(0.2)) keys.add('contraceptive');
  const medicines = [...keys].map((key, place) => ({
    key,
    orderId: `order-${person.index}-${place}`,
    orderedDaysAgo: orderAge(random.next(), random.next(), medicineOf(key).supplyDays),
    doseChanged: medicineOf(key).earlierDose !== undefined && random.chance(0.14),
  }));
  const seen = random.chance(0.9) ? random.between(5, medicines.length > 0 ? 420 : 700) : undefined;
  return { conditions, medicines, ...(seen !== undefined && { seenDaysAgo: seen }) };
}
