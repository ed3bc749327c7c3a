import type { ItemKey, OpId } from './ids.schema.ts';

export type { Day, Instant, ItemKey, OpId, PatientId, Seen, StaffId } from './ids.schema.ts';

/**
 * What an item is known by, the same text on every desk: `<kind>|Type/id` of what it shows, `op:<opId>` for what is made here. The Task that carries
 * the work may change, come late or be missing; the key stays.
 */
export const itemKeyPattern = /^(?:[a-z][a-z-]*\|[A-Z][A-Za-z]+\/[A-Za-z0-9\-.]{1,64}|op:[0-9a-f-]{36})$/;

export function isItemKey(text: string): text is ItemKey {
  return itemKeyPattern.test(text);
}

/** The key of an item of this kind that shows this resource. `ref`: `Type/id`. */
export function itemKeyOf(kind: string, ref: string): ItemKey {
  const key = `${kind}|${ref}`;
  if (!isItemKey(key)) throw new Error('What was given makes no item key');
  return key;
}

/** A UUID of any version of RFC 9562, the nil and the max one too. */
export const opIdPattern =
  /^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-8][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}|00000000-0000-0000-0000-000000000000|ffffffff-ffff-ffff-ffff-ffffffffffff)$/;

export function isOpId(text: string): text is OpId {
  return opIdPattern.test(text);
}
