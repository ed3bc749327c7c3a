import { z } from 'zod';

/** What a person writes on an item before it is an act. */
export const DraftKind = z.enum(['reply', 'note', 'release-comment', 'decline-text']);
export type DraftKind = z.infer<typeof DraftKind>;
