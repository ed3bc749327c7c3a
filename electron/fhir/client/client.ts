import { err, ok, type Result } from '../../../shared/result.ts';
import type { FhirRequest } from '../acts/to-request.ts';
import { type Answer, type RequestFailure, readAnswer } from './answer.ts';
import { type Page, readPage } from './bundle.ts';
import { readCapabilities, type ServerCapabilities } from './capability.ts';
import { type FetchPort, readBounded, readFetchError, requestTimeoutSeconds } from './fetch-port.ts';

export interface ClientContext {
  readonly fetch: FetchPort;
  readonly now: () => number;
  readonly newRequestId: () => string;
  /** The session's access token; its failure when there is none to be had. */
  readonly accessToken: () => Promise<Result<string, RequestFailure>>;
  /** Told that the server refused this token: gets another (single flight), or says that there is none. */
  readonly renewToken: (refused: string) => Promise<Result<string, RequestFailure>>;
}

export interface ClientOptions {
  /** FHIR base without a trailing slash. */
  readonly baseUrl: string;
  readonly userAgent: string;
  readonly maximumBytes?: number;
  /** Other origins that the server's own links may name, behind a proxy. */
  readonly serverOrigins?: readonly string[];
}

/** A search: parameters in order, repeated names allowed. NHI and names go by POST, so that no URL holds them (WIRE, Q9). */
export interface Search {
  readonly type: string;
  readonly parameters: readonly (readonly [string, string])[];
  readonly private?: boolean;
}

export interface FhirClient {
  readonly baseUrl: string;
  /** One resource. `null` body (304) when `knownVersion` is still current. */
  readonly read: (ref: string, knownVersion?: string) => Promise<Result<Answer, RequestFailure>>;
  readonly search: (search: Search) => Promise<Result<PageAnswer, RequestFailure>>;
  /** A next link as `readPage` gave it. */
  readonly page: (url: string, filters?: readonly string[]) => Promise<Result<PageAnswer, RequestFailure>>;
  readonly typeHistory: (type: string, since: string, count: number) => Promise<Result<PageAnswer, RequestFailure>>;
  readonly send: (request: FhirRequest) => Promise<Result<Answer, RequestFailure>>;
  readonly capabilities: () => Promise<Result<ServerCapabilities, RequestFailure>>;
}

export interface PageAnswer extends Page {
  readonly serverTime: number | null;
}

const defaultMaximumBytes = 32 * 1024 * 1024;
const fhirJson = 'application/fhir+json';
const searchHeaders = { 'Cache-Control': 'no-cache', Prefer: 'handling=strict' };
/** Parameters that shape a page rather than choose what is in it: a server may leave them out of its self link. */
const shaping: ReadonlySet<string> = new Set(['_count', '_sort', '_total', '_elements', '_summary', '_include', '_revinclude', '_format']);

function queryOf(parameters: Search['parameters']): string {
  const query = new URLSearchParams();
  for (const [name, value] of parameters) query.append(name, value);
  return query.toString();
}

interface Outgoing {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly isWrite: boolean;
}

/** Sends once and reads the whole answer within the time limit. Redirects, foreign answers and endless bodies are failures. */
async function attempt(
  ports: ClientContext,
  options: ClientOptions,
  outgoing: Outgoing,
  token: string | undefined,
): Promise<Result<Answer, RequestFailure>> {
  const { url, method, body, isWrite } = outgoing;
  const signal = AbortSignal.timeout(requestTimeoutSeconds * 1000);
  const headers = {
    Accept: fhirJson,
    'User-Agent': options.userAgent,
    'X-Request-Id': ports.newRequestId(),
    ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
    ...outgoing.headers,
  };
  const init: RequestInit = { method, headers, redirect: 'error', credentials: 'omit', cache: 'no-store', signal };
  try {
    const response = await ports.fetch(url, body === undefined ? init : { ...init, body });
    const sent = isWrite ? 'maybe' : 'no';
    if (response.redirected) return err({ kind: 'not-fhir', status: response.status, detail: 'redirect', sent });
    const text = await readBounded(response, options.maximumBytes ?? defaultMaximumBytes);
    if (text === undefined) return err({ kind: 'not-fhir', status: response.status, detail: 'too large or no text', sent });
    return readAnswer({ status: response.status, headers: response.headers, body: text }, isWrite, ports.now());
  } catch (error) {
    const { sent, code } = readFetchError(error);
    return err({ kind: 'unreachable', sent: isWrite ? sent : 'no', code });
  }
}

/** Sends with the session's token; after a 401 once more with a renewed one. */
async function request(ports: ClientContext, options: ClientOptions, outgoing: Outgoing): Promise<Result<Answer, RequestFailure>> {
  const token = await ports.accessToken();
  if (!token.ok) return token;
  const first = await attempt(ports, options, outgoing, token.value);
  if (first.ok || first.error.kind !== 'unauthenticated') return first;
  const renewed = await ports.renewToken(token.value);
  return renewed.ok ? attempt(ports, options, outgoing, renewed.value) : renewed;
}

/** The portal server: every request that carries a token goes through here, and to no other place than the base. */
export function createClient(ports: ClientContext, options: ClientOptions): FhirClient {
  const { baseUrl, serverOrigins = [] } = options;
  const get = (url: string, headers: Readonly<Record<string, string>>): Promise<Result<Answer, RequestFailure>> =>
    request(ports, options, { method: 'GET', url, headers, isWrite: false });
  const asPage = (answer: Result<Answer, RequestFailure>, filters: readonly string[]): Result<PageAnswer, RequestFailure> => {
    if (!answer.ok) return answer;
    const page = readPage(answer.value.body, baseUrl, filters, serverOrigins);
    if (!page.ok) return err({ kind: 'not-fhir', status: answer.value.status, detail: page.error.detail, sent: 'no' });
    return ok({ ...page.value, serverTime: answer.value.serverTime });
  };
  return {
    baseUrl,
    read: (ref, knownVersion) => get(`${baseUrl}/${ref}`, knownVersion === undefined ? {} : { 'If-None-Match': `W/"${knownVersion}"` }),
    search: async ({ type, parameters, private: isPrivate = false }) => {
      const query = queryOf(parameters);
      const filters = parameters.map(([name]) => name).filter((name) => !shaping.has(name));
      if (!isPrivate) return asPage(await get(`${baseUrl}/${type}?${query}`, searchHeaders), filters);
      const headers = { ...searchHeaders, 'Content-Type': 'application/x-www-form-urlencoded' };
      return asPage(
        await request(ports, options, { method: 'POST', url: `${baseUrl}/${type}/_search`, headers, body: query, isWrite: false }),
        [],
      );
    },
    page: async (url, filters = []) => asPage(await get(url, searchHeaders), filters),
    typeHistory: async (type, since, count) =>
      asPage(
        await get(`${baseUrl}/${type}/_history?${new URLSearchParams({ _since: since, _count: String(count) }).toString()}`, searchHeaders),
        [],
      ),
    send: ({ method, path, headers, body }) =>
      request(ports, options, { method, url: path === '' ? baseUrl : `${baseUrl}/${path}`, headers, body, isWrite: true }),
    capabilities: async () => {
      const answer = await attempt(ports, options, { method: 'GET', url: `${baseUrl}/metadata`, headers: {}, isWrite: false }, undefined);
      if (!answer.ok) return answer;
      const read = readCapabilities(JSON.parse(answer.value.body), ports.now());
      return read.ok ? read : err({ kind: 'not-fhir', status: answer.value.status, detail: read.error.detail, sent: 'no' });
    },
  };
}
