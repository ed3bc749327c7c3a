/** What the mirror knows of a resource without its body. */
export interface Known {
  readonly versionId: string;
  readonly lastUpdated: string;
  readonly deleted: boolean;
}

/**
 * What to do with a version that a page brought. Versions have no order of their own (some servers use UUIDs), stamps may tie or, after the server's
 * clock stepped back, run against the versions: whatever is not plainly newer is asked for by id, and that answer is the truth (WIRE, Pull algorithm).
 */
export function classifyVersion(
  incoming: { readonly versionId: string; readonly lastUpdated: string },
  known: Known | undefined,
): 'new' | 'known' | 'ask-by-id' {
  if (known === undefined) return 'new';
  if (known.versionId === incoming.versionId) return known.deleted ? 'ask-by-id' : 'known';
  return Date.parse(incoming.lastUpdated) > Date.parse(known.lastUpdated) ? 'new' : 'ask-by-id';
}
