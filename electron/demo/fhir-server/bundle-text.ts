import type { Version } from './database.ts';
import type { JsonObject, JsonValue } from './json.ts';
import { memberText, pickMembers, setMember } from './json-text.ts';

/** One entry of a bundle that is sent: `resource` is the stored text, put in as it is. */
export interface SentEntry {
  readonly fullUrl?: string;
  readonly resource?: string;
  readonly search?: JsonObject;
  readonly request?: JsonObject;
  readonly response?: JsonObject;
}

export interface SentLink {
  readonly relation: 'self' | 'next';
  readonly url: string;
}

function entryText(entry: SentEntry): string {
  const members = [
    entry.fullUrl === undefined ? '' : `"fullUrl":${JSON.stringify(entry.fullUrl)}`,
    entry.resource === undefined ? '' : `"resource":${entry.resource}`,
    entry.search === undefined ? '' : `"search":${JSON.stringify(entry.search)}`,
    entry.request === undefined ? '' : `"request":${JSON.stringify(entry.request)}`,
    entry.response === undefined ? '' : `"response":${JSON.stringify(entry.response)}`,
  ];
  return `{${members.filter(Boolean).join(',')}}`;
}

/** A Bundle as text; members without entries are left out, as FHIR wants it. */
export function bundleText(
  type: string,
  id: string,
  now: number,
  entries: readonly SentEntry[],
  more: { readonly links?: readonly SentLink[]; readonly total?: number | undefined } = {},
): string {
  const head: Record<string, JsonValue> = {
    resourceType: 'Bundle',
    id,
    meta: { lastUpdated: new Date(now).toISOString() },
    type,
  };
  if (more.total !== undefined) head.total = more.total;
  if (more.links) head.link = more.links.map((link) => ({ ...link }));
  const text = JSON.stringify(head);
  return entries.length === 0 ? text : `${text.slice(0, -1)},"entry":[${entries.map(entryText).join(',')}]}`;
}

/** The headers and response facts of a version: ETag, Last-Modified, and where exactly it is. */
export function versionFacts(version: Version): { readonly etag: string; readonly lastModified: string; readonly path: string } {
  return {
    etag: `W/"${version.version}"`,
    lastModified: new Date(version.lu).toISOString(),
    path: `${version.type}/${version.id}/_history/${version.version}`,
  };
}

const subsetted = '{"system":"http://terminology.hl7.org/CodeSystem/v3-ObservationValue","code":"SUBSETTED"}';

/** Only the asked-for elements, marked as incomplete so that nobody sends it back as the whole. */
export function onlyElements(text: string, elements: readonly string[]): string {
  if (elements.length === 0) return text;
  const picked = pickMembers(text, new Set(['resourceType', 'id', 'meta', ...elements]));
  const meta = memberText(picked, 'meta') ?? '{}';
  const tags = memberText(meta, 'tag') ?? '[]';
  const marked = tags === '[]' ? `[${subsetted}]` : `${tags.slice(0, -1)},${subsetted}]`;
  return setMember(picked, 'meta', setMember(meta, 'tag', marked));
}
