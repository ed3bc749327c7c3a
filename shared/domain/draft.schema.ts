import { z } from 'zod';

/** What a person writes before it is an act: on an item, a note on a patient beside every item of theirs. */
export const DraftKind = z.enum(['reply', 'note', 'patient-note', 'release-comment', 'decline-text']);
export type DraftKind = z.infer<typeof DraftKind>;
