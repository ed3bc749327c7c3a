import { authorOf, createEntry, type EntryContext, type RequestEntry } from './request-entry.ts';

/** Provenance has no identifier in R4: its id is the operation's, so that in mode P a retry makes no second one. */
export function provenanceEntry(
  writing: EntryContext,
  id: string,
  said: { readonly targets: readonly string[]; readonly system: string; readonly activity: string; readonly reasons: readonly string[] },
): RequestEntry {
  return createEntry(writing, 'Provenance', id, null, {
    target: said.targets.map((reference) => ({ reference })),
    recorded: writing.queued.createdAt,
    ...(said.reasons.length > 0 && { reason: said.reasons.map((text) => ({ text })) }),
    activity: { coding: [{ system: said.system, code: said.activity }] },
    agent: [{ who: authorOf(writing) }],
  });
}
