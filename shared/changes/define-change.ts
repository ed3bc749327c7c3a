import type { z } from 'zod';

/** What an act is on: an item, a patient, the practice, or an item that it makes. */
export type SubjectKind = 'item' | 'patient' | 'practice' | 'new-item';

/**
 * One act's shapes: what a window sends (`input`) and what is queued (`change`), complete when queued, so that sending it twice is the same change.
 * A change outlives app versions: a new shape is a new `v`, and every released one parses for ever.
 */
export function defineChange<const S extends SubjectKind, I extends z.ZodType, C extends z.ZodObject>(shapes: {
  readonly subject: S;
  readonly input: I;
  readonly change: C;
}): { readonly subject: S; readonly input: I; readonly change: C } {
  return shapes;
}
