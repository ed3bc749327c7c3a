import type { PracticeZone } from '../../shared/dates.ts';

/** Every time on screen is the practice's, whatever the PC says (UI, Dates). */
export const practiceZone: PracticeZone = 'Pacific/Auckland';
