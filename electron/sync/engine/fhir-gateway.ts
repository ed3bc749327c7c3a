import { createHash } from 'node:crypto';
import { err, ok, type Result } from '../../../shared/result.ts';
import type { FhirRequest } from '../../fhir/acts/to-request.ts';
import type { Answer, RequestFailure } from '../../fhir/client/answer.ts';
import { headerOf, readPage } from '../../fhir/client/bundle.ts';
import type { FhirClient, PageAnswer, Search } from '../../fhir/client/client.ts';
import type { StoredResource } from '../../store/mirror/mirror.ts';

/** An entry that can't be filed as a resource at all: no type, no id, no version. Kept in quarantine under a made-up reference. */
export interface UnfiledEntry {
  readonly ref: string;
  readonly type: string;
  readonly reason: string;
  readonly body: string;
}

export interface ServerPage {
  readonly resources: readonly StoredResource[];
  readonly unfiled: readonly UnfiledEntry[];
  /** Absolute URL on our own base; null at the end of the walk. */
  readonly next: string | null;
  readonly total: number | null;
  /** Instant of the answer's Date header, whole seconds. */
  readonly serverDate: string | null;
}

/** What sync asks of the portal server. Resources come as the server sent them, character for character. */
export interface FhirGateway {
  search(type: string, parameters: Search['parameters']): Promise<Result<ServerPage, RequestFailure>>;
  page(type: string, url: string): Promise<Result<ServerPage, RequestFailure>>;
  /**
   * First pages of several types by one request; null for a type that the server did not answer in it. Undefined as a whole: the server takes no
   * batch, or what it answered is none.
   */
  batchSearch(searches: readonly Search[]): Promise<Result<readonly (ServerPage | null)[] | undefined, RequestFailure>>;
  read(type: string, id: string): Promise<Result<StoredResource, RequestFailure>>;
  /** Resources that the answer holds; those it leaves out must be read. */
  send(request: FhirRequest): Promise<Result<readonly StoredResource[], RequestFailure>>;
}

export function toGateway(client: Pick<FhirClient, 'baseUrl' | 'search' | 'page' | 'read' | 'send'>): FhirGateway {
  return {
    search: async (type, parameters) => toServerPage(type, await client.search({ type, parameters })),
    page: async (type, url) => toServerPage(type, await client.page(url)),
    batchSearch: (searches) => searchByBatch(client, searches),
    read: async (type, id) => {
      const answer = await client.read(`${type}/${id}`);
      if (!answer.ok) return answer;
      const resource = toStored(answer.value.body);
      if (resource?.type === type && resource.id === id) return ok(resource);
      return err({ kind: 'not-fhir', status: answer.value.status, detail: 'another resource', sent: 'no' });
    },
    send: async (request) => {
      const answer = await client.send(request);
      return answer.ok ? ok(resourcesIn(answer.value, client.baseUrl)) : answer;
    },
  };
}

async function searchByBatch(
  client: Pick<FhirClient, 'baseUrl' | 'send'>,
  searches: readonly Search[],
): Promise<Result<readonly (ServerPage | null)[] | undefined, RequestFailure>> {
  const entry = searches.map(({ type, parameters }) => {
    const query = new URLSearchParams(parameters.map(([name, value]) => [name, value]));
    return { request: { method: 'GET', url: `${type}?${query.toString()}` } };
  });
  const headers = { 'Content-Type': 'application/fhir+json', 'Cache-Control': 'no-cache', Prefer: 'handling=strict' };
  const body = JSON.stringify({ resourceType: 'Bundle', type: 'batch', entry });
  const answer = await client.send({ method: 'POST', path: '', headers, body, isTransaction: false });
  if (!answer.ok) return isRefusal(answer.error) ? ok(undefined) : answer;
  const outer = readPage(answer.value.body, client.baseUrl);
  if (!outer.ok || outer.value.entries.length !== searches.length) return ok(undefined);
  const { serverTime } = answer.value;
  return ok(
    outer.value.entries.map(({ text, response }, index) => {
      const page = text === null || response?.status !== 200 ? undefined : readPage(text, client.baseUrl, ['_lastUpdated']);
      if (!page?.ok || page.value.type !== 'searchset') return null;
      const read = toServerPage(searches[index]?.type ?? '', ok({ ...page.value, serverTime }));
      return read.ok ? read.value : null;
    }),
  );
}

function isRefusal({ kind }: RequestFailure): boolean {
  return kind === 'rejected' || kind === 'forbidden' || kind === 'gone' || kind === 'conflict';
}

function toStored(text: string): StoredResource | undefined {
  const header = headerOf(text);
  return header && { type: header.type, id: header.id, versionId: header.versionId, lastUpdated: header.lastUpdated, body: text };
}

function toServerPage(type: string, answer: Result<PageAnswer, RequestFailure>): Result<ServerPage, RequestFailure> {
  if (!answer.ok) return answer;
  const { entries, next, total, serverTime } = answer.value;
  const texts = entries.flatMap(({ text, mode }) => (text === null || mode === 'outcome' ? [] : [text]));
  const resources: StoredResource[] = [];
  const unfiled: UnfiledEntry[] = [];
  for (const text of texts) {
    const resource = toStored(text);
    if (resource) resources.push(resource);
    else unfiled.push(toUnfiled(type, text));
  }
  return ok({ resources, unfiled, next, total, serverDate: serverTime === null ? null : new Date(serverTime).toISOString() });
}

function toUnfiled(type: string, body: string): UnfiledEntry {
  const name = createHash('sha256').update(body).digest('hex').slice(0, 16);
  return { ref: `${type}/?${name}`, type, reason: 'It has no identity: its type, id or version is missing.', body };
}

function resourcesIn(answer: Answer, baseUrl: string): readonly StoredResource[] {
  const single = toStored(answer.body);
  if (single) return [single];
  const page = answer.body === '' ? undefined : readPage(answer.body, baseUrl);
  if (!page?.ok) return [];
  return page.value.entries.flatMap(({ text }) => (text === null ? [] : (toStored(text) ?? [])));
}
