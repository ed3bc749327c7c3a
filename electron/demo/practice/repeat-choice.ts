import { MEDICINES, type Medicine, medicineOf, SHORT_TERM, SHORT_TERM_CHILD } from './medicines.ts';
import type { Person } from './people.ts';
import { healthIn, type PracticeContext } from './practice-context.ts';
import type { Random } from './random.ts';

/** One medicine of a repeat request. */
export interface RequestedItem {
  readonly medicine: Medicine;
  readonly dose: string;
  /** The order it repeats; undefined when it is not on the long-term list. */
  readonly orderId?: string;
}

interface Wish {
  /** Ask for Coumadin where Marevan was ordered: the two are not interchangeable. */
  readonly otherBrand: boolean;
  /** Only the first medicine. */
  readonly one: boolean;
}

/** Chooses one to five of a person's long-term medicines; now and then with another dose, or something that is not on the list. */
export function chooseItems(context: PracticeContext, person: Person, random: Random, wish: Wish): RequestedItem[] {
  const regular = healthIn(context, person).medicines;
  if (wish.otherBrand) {
    const warfarin = regular.find(({ key }) => key === 'marevan');
    const { usualDose } = MEDICINES.coumadin;
    if (warfarin) return [{ medicine: medicineOf('coumadin'), dose: usualDose, orderId: warfarin.orderId }];
  }
  const count = Math.min(5, random.chance(0.3) ? regular.length : random.between(1, 3));
  const start = random.between(0, Math.max(0, regular.length - 1));
  const chosen = [...regular.slice(start), ...regular.slice(0, start)].slice(0, wish.one ? 1 : count);
  const items: RequestedItem[] = chosen.map(({ key, orderId }) => {
    const medicine = medicineOf(key);
    const dose = random.chance(0.06) ? (medicine.earlierDose ?? medicine.usualDose) : medicine.usualDose;
    return { medicine, dose, orderId };
  });
  if (items.length === 0 || (items.length < 5 && !wish.one && random.chance(0.14))) {
    const medicine = medicineOf(random.pick(person.ageYears < 16 ? SHORT_TERM_CHILD : SHORT_TERM));
    items.push({ medicine, dose: medicine.usualDose });
  }
  return items;
}

export const REQUEST_NOTES = [
  'Going up north for two weeks, so a bit early this time please.',
  'I only have two days left.',
  'Could I have three months please?',
  'Please send to the pharmacy by Friday.',
  'The pharmacist gave me a different brand last time and I did not get on with it.',
  'My dose was changed at the hospital.',
  'Lost the last lot on the ferry, sorry.',
  'Same as last time, thanks. Ngā mihi',
] as const;

export const URGENT_NOTES = [
  'I have run out completely since yesterday.',
  'None left for tonight, I did not notice in time. Please today if you can.',
] as const;
