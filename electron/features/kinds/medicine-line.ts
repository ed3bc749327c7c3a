import type { RequestedMedicine } from '../../../shared/domain/repeat-request.ts';

/** Drug, brand, strength, form, in the order of a medicine line (UI, Medicine line order). */
export function medicineLine({
  genericName,
  brandName,
  strength,
  form,
}: Pick<RequestedMedicine, 'genericName' | 'brandName' | 'strength' | 'form'>): string {
  return [genericName, brandName, strength, form].filter((part) => part !== null && part !== '').join(' ');
}
