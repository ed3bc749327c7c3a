import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';

/** How other engines differ (WIRE, Sync semantics, Pitfalls). `baseUrl` of the portal becomes that of this front. */
export interface Quirks {
  /** Medplum: versions are UUIDs, without order. */
  readonly uuidVersions?: boolean;
  /** Medplum, Google by default: PUT of an unknown id is 404. */
  readonly noClientIds?: boolean;
  /** @medplum/fhir-router: pages name no next one. */
  readonly noNextLinks?: boolean;
  /** HAPI answers its own version races with 409. */
  readonly conflict409?: boolean;
  /** Transactions that stop nowhere: entries before and after a failed one stand. */
  readonly nonAtomic?: boolean;
  /** Unknown search parameters are ignored whatever was preferred. */
  readonly lenient?: boolean;
}

export const profiles = {
  medplumLike: { uuidVersions: true, noClientIds: true, noNextLinks: true, nonAtomic: true },
  hapiLike: { conflict409: true },
  lenient: { lenient: true },
} as const satisfies Record<string, Quirks>;

const hopByHop: ReadonlySet<string> = new Set(['host', 'connection', 'content-length', 'transfer-encoding', 'keep-alive']);

function uuidOf(version: string): string {
  const hash = createHash('sha256').update(`version ${version}`).digest('hex');
  return `${hash.slice(0, 8)}-${hash.slice(8, 12)}-4${hash.slice(13, 16)}-8${hash.slice(17, 20)}-${hash.slice(20, 32)}`;
}

interface Versions {
  readonly hide: (body: string) => string;
  readonly reveal: (body: string) => string;
}

/** Swaps the server's integers for UUIDs on the way out and back on the way in. */
function createVersions(enabled: boolean): Versions {
  const integers = new Map<string, string>();
  const hideOne = (version: string): string => {
    const uuid = uuidOf(version);
    integers.set(uuid, version);
    return uuid;
  };
  if (!enabled) return { hide: (body) => body, reveal: (body) => body };
  return {
    hide: (body) =>
      body
        .replace(/("versionId"\s*:\s*")(\d+)(")/gu, (_all, before, version, after) => `${before}${hideOne(version)}${after}`)
        .replace(/(W\/\\?")(\d+)(\\?")/gu, (_all, before, version, after) => `${before}${hideOne(version)}${after}`)
        .replace(/(\/_history\/)(\d+)/gu, (_all, before, version) => `${before}${hideOne(version)}`),
    reveal: (body) =>
      body.replace(/[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}/gu, (uuid) => integers.get(uuid) ?? uuid),
  };
}

function requestHeaders(request: IncomingMessage, quirks: Quirks, versions: Versions): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(request.headers)) {
    if (value === undefined || hopByHop.has(name) || (quirks.lenient && name === 'prefer')) continue;
    headers[name] = versions.reveal(Array.isArray(value) ? value.join(', ') : value);
  }
  return headers;
}

function outBody(body: string, quirks: Quirks, versions: Versions): string {
  let text = versions.hide(body);
  if (quirks.noNextLinks) text = text.replace(/,?\{"relation":"next","url":"[^"]*"\}/gu, '');
  if (quirks.noClientIds) text = text.replaceAll('"updateCreate":true', '"updateCreate":false');
  if (quirks.nonAtomic) text = text.replace('"type":"batch-response"', '"type":"transaction-response"');
  return text;
}

const unknownId = JSON.stringify({
  resourceType: 'OperationOutcome',
  issue: [{ severity: 'error', code: 'not-found', details: { text: 'Not found' } }],
});

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  inside: string,
  outside: string,
  quirks: Quirks,
  versions: Versions,
): Promise<void> {
  const target = `${inside}${versions.reveal(request.url ?? '')}`;
  const headers = requestHeaders(request, quirks, versions);
  let body = versions.reveal(await text(request)).replaceAll(outside, inside);
  if (quirks.nonAtomic) body = body.replace('"type":"transaction"', '"type":"batch"');
  if (quirks.noClientIds && request.method === 'PUT') {
    const known = await fetch(target, { headers: { authorization: headers.authorization ?? '' } });
    await known.body?.cancel();
    if (known.status === 404) {
      response.writeHead(404, { 'Content-Type': 'application/fhir+json' }).end(unknownId);
      return;
    }
  }
  const hasBody = request.method !== 'GET' && request.method !== 'HEAD';
  const got = await fetch(target, { method: request.method ?? 'GET', headers, redirect: 'manual', ...(hasBody && { body }) });
  const status = quirks.conflict409 && got.status === 412 ? 409 : got.status;
  for (const [name, value] of got.headers) {
    if (!hopByHop.has(name) && name !== 'content-encoding') response.appendHeader(name, versions.hide(value.replaceAll(inside, outside)));
  }
  response.statusCode = status;
  response.end(outBody((await got.text()).replaceAll(inside, outside), quirks, versions));
}

/** Puts the quirks in front of a portal, as a server of its own on another port. Addresses in answers name this one. */
export async function startQuirks(
  inside: string,
  quirks: Quirks,
): Promise<{ readonly origin: string; readonly close: () => Promise<void> }> {
  const versions = createVersions(quirks.uuidVersions === true);
  let origin = '';
  const server = createServer((request, response) => {
    answer(request, response, inside, origin, quirks, versions).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  origin = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
  const close = async (): Promise<void> => {
    await new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  };
  return { origin, close };
}
