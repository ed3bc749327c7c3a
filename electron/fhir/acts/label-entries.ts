import { err, ok, type Result } from '../../../shared/result.ts';
import { memberText, spansIn } from '../mappers/json-text.ts';
import { notForPatient } from './communication-entry.ts';
import type { BaseBodies, CannotWrite, RequestEntry } from './request-entry.ts';

/*
 * The label convention of WIRE, "Result release": a result is held by a security label and released by taking only that label away.
 * A portal that gates release otherwise is another version of this file.
 */

export const dataOperation = 'http://terminology.hl7.org/CodeSystem/v3-DataOperation';

interface Labels {
  readonly count: number;
  /** Place of the label in meta.security; undefined when it isn't there. */
  readonly held: number | undefined;
  readonly hasMeta: boolean;
}

function labelsIn(body: string): Labels {
  const meta = memberText(body, 'meta');
  const security = memberText(meta ?? '{}', 'security') ?? '[]';
  const labels = spansIn(security).map((span) => security.slice(span.start, span.end));
  const held = labels.findIndex(
    (label) => memberText(label, 'code') === `"${notForPatient.code}"` && memberText(label, 'system') === `"${notForPatient.system}"`,
  );
  return { count: labels.length, held: held === -1 ? undefined : held, hasMeta: meta !== undefined };
}

/** JSON Patch that takes the label away; the test makes sure that it is that label. An empty list is not FHIR, so the last one takes the list along. */
function releasePatch({ count, held }: Labels): readonly object[] {
  const path = `/meta/security/${held ?? 0}`;
  return [
    { op: 'test', path: `${path}/code`, value: notForPatient.code },
    { op: 'remove', path: count === 1 ? '/meta/security' : path },
  ];
}

function holdPatch({ count, hasMeta }: Labels): readonly object[] {
  if (!hasMeta) return [{ op: 'add', path: '/meta', value: { security: [notForPatient] } }];
  return count === 0
    ? [{ op: 'add', path: '/meta/security', value: [notForPatient] }]
    : [{ op: 'add', path: '/meta/security/-', value: notForPatient }];
}

/** Whether a patient's token may see the resource, as far as this label goes. */
export function isHeldText(body: string): boolean {
  return labelsIn(body).held !== undefined;
}

/** A patch for each resource whose label is not as wanted. */
export function labelEntries(base: BaseBodies, refs: readonly string[], hold: boolean): Result<readonly RequestEntry[], CannotWrite> {
  const entries: RequestEntry[] = [];
  for (const ref of refs) {
    const seen = base.get(ref);
    if (!seen) return err({ reason: 'A part of the result as it was seen is not at hand.' });
    const labels = labelsIn(seen.body);
    if (hold === (labels.held !== undefined)) continue;
    const body = JSON.stringify(hold ? holdPatch(labels) : releasePatch(labels));
    entries.push({ ref, method: 'patch', ifMatch: seen.versionId, opId: null, body, touched: ['meta.security'] });
  }
  return ok(entries);
}
