import { isObject, type JsonObject, objectIn, parseJson, stringIn } from './json.ts';
import { itemTexts, memberText } from './json-text.ts';
import { refuse } from './problem.ts';
import { resourceTypes } from './resource-types.ts';
import type { Preconditions } from './write.ts';

type EntryMethod = 'DELETE' | 'POST' | 'PUT' | 'PATCH' | 'GET';

/** One entry of a batch or transaction as it was sent. */
export interface ReceivedEntry {
  readonly index: number;
  readonly fullUrl: string | undefined;
  readonly method: EntryMethod;
  /** Relative to the base: `Task`, `Task/t1`, `Task?status=requested`. */
  readonly url: string;
  readonly type: string;
  readonly id: string | undefined;
  /** The resource's text as sent; for a PATCH the text of the JSON Patch. */
  readonly text: string;
  readonly conditions: Preconditions;
}

const methods: readonly EntryMethod[] = ['DELETE', 'POST', 'PUT', 'PATCH', 'GET'];

function isMethod(value: string | undefined): value is EntryMethod {
  return methods.some((method) => method === value);
}

/** R4 carries a patch in a transaction as a Binary: the content type says which kind, the data is base64. */
function patchText(resourceText: string): string {
  const binary = objectIn(parseJson(resourceText));
  if (binary.resourceType !== 'Binary' || binary.contentType !== 'application/json-patch+json') {
    return refuse(400, 'not-supported', 'A PATCH entry holds a Binary with contentType application/json-patch+json');
  }
  return Buffer.from(stringIn(binary.data) ?? '', 'base64').toString('utf8');
}

function splitUrl(url: string): { readonly type: string; readonly id: string | undefined } {
  const [path = ''] = url.split('?');
  const [type = '', id] = path.split('/');
  return { type, id };
}

/** Reads one entry; refuses what has no request, a method or type this server does not know, or a conditional update. */
export function receivedEntry(text: string, index: number, baseUrl: string): ReceivedEntry {
  const entry = objectIn(parseJson(text));
  const request = isObject(entry.request) ? entry.request : refuse(400, 'required', 'The entry has no request');
  const method = stringIn(request.method);
  if (!isMethod(method)) return refuse(400, 'not-supported', `Method ${JSON.stringify(request.method)} is not supported in a Bundle`);
  const sent = stringIn(request.url) ?? '';
  const url = sent.startsWith(`${baseUrl}/`) ? sent.slice(baseUrl.length + 1) : sent.replace(/^\//, '');
  const { type, id } = splitUrl(url);
  if (!resourceTypes.has(type)) return refuse(404, 'not-found', `"${type}" is not a resource type`);
  if (id === undefined && method !== 'POST' && method !== 'GET')
    return refuse(400, 'not-supported', `${method} needs an id: ${type} alone is not supported`);
  const resourceText = memberText(text, 'resource') ?? 'null';
  return {
    index,
    fullUrl: stringIn(entry.fullUrl),
    method,
    url,
    type,
    id,
    text: method === 'PATCH' ? patchText(resourceText) : resourceText,
    conditions: conditionsOf(request),
  };
}

function conditionsOf(request: JsonObject): Preconditions {
  return {
    ifMatch: stringIn(request.ifMatch),
    ifNoneMatch: stringIn(request.ifNoneMatch),
    ifNoneExist: stringIn(request.ifNoneExist),
  };
}

/** The entries' own texts, unread: a batch reads each by itself so that one bad entry leaves the others alone. */
export function entryTexts(bundleBody: string): readonly string[] {
  return itemTexts(memberText(bundleBody, 'entry') ?? '[]');
}
