import { type Answer, jsonAnswer, versionHeaders } from './answer.ts';
import { atomically, findVersion } from './database.ts';
import { historyBundle, readVersion } from './history.ts';
import { objectIn, parseJson, stringIn } from './json.ts';
import { refuse } from './problem.ts';
import { resourceTypes } from './resource-types.ts';
import { searchBundle } from './search-bundle.ts';
import { type ReadEntry, runBatch, runTransaction } from './transaction.ts';
import {
  type ActContext,
  createResource,
  deleteResource,
  type Preconditions,
  patchResource,
  putResource,
  readResource,
  versionOf,
  type WriteResult,
} from './write.ts';

/** A request below the base, its body read. */
export interface PortalRequest {
  readonly method: string;
  /** Path segments below the base: `['Task', 't1']`. */
  readonly path: readonly string[];
  readonly parameters: URLSearchParams;
  readonly body: Buffer;
  /** A header by its lower-case name. */
  readonly header: (name: string) => string | undefined;
}

/** What a request will do; `run` is called once, and a write's time is stamped before. */
interface Operation {
  readonly write: boolean;
  readonly run: (context: ActContext) => Answer;
}

function isStrict(request: PortalRequest): boolean {
  return (request.header('prefer') ?? '').includes('handling=strict');
}

function conditionsOf(request: PortalRequest): Preconditions {
  return {
    ifMatch: request.header('if-match'),
    ifNoneMatch: request.header('if-none-match'),
    ifNoneExist: request.header('if-none-exist'),
  };
}

function jsonBody(request: PortalRequest): string {
  const type = request.header('content-type') ?? '';
  if (!/^application\/(fhir\+)?json\b/.test(type)) refuse(415, 'not-supported', `Send application/fhir+json, not "${type}"`);
  return request.body.toString('utf8');
}

/** A Binary resource's text for bytes that were sent as they are; `securityContext` is a reference such as `Patient/p1`. */
function binaryFromBytes(contentType: string, bytes: Buffer, securityContext: string | undefined): string {
  return JSON.stringify({
    resourceType: 'Binary',
    contentType: contentType === '' ? 'application/octet-stream' : contentType,
    ...(securityContext === undefined ? {} : { securityContext: { reference: securityContext } }),
    data: bytes.toString('base64'),
  });
}

/** Whether a reader of a Binary asks for the resource rather than for its bytes. */
function wantsFhir(accept: string | undefined): boolean {
  return accept !== undefined && /application\/(fhir\+)?json/.test(accept);
}

/** A Binary's bytes in their own type, never to be opened in place: they come from anybody. */
function rawBinary(text: string, headers: Readonly<Record<string, string>>): Answer {
  const binary = objectIn(parseJson(text));
  return {
    status: 200,
    headers: {
      ...headers,
      'Content-Type': stringIn(binary.contentType) ?? 'application/octet-stream',
      'Content-Disposition': 'attachment',
      'X-Content-Type-Options': 'nosniff',
    },
    body: Buffer.from(stringIn(binary.data) ?? '', 'base64'),
  };
}

function resourceBody(request: PortalRequest, type: string): string {
  const contentType = request.header('content-type') ?? '';
  if (type !== 'Binary' || /^application\/(fhir\+)?json\b/.test(contentType)) return jsonBody(request);
  return binaryFromBytes(contentType, request.body, request.header('x-security-context'));
}

function written(request: PortalRequest, context: ActContext, result: WriteResult): Answer {
  const { status, version } = result;
  if (status === 204) return { status, headers: version.version === 0 ? {} : { ETag: `W/"${version.version}"` }, body: undefined };
  const headers = versionHeaders(version, context.baseUrl);
  const located = status === 201 ? { ...headers, Location: headers['Content-Location'] ?? '' } : headers;
  const minimal = (request.header('prefer') ?? '').includes('return=minimal');
  return minimal ? { status, headers: located, body: undefined } : jsonAnswer(status, version.json ?? '', located);
}

function writing(request: PortalRequest, act: (context: ActContext) => WriteResult): Operation {
  return {
    write: true,
    run: (context) =>
      written(
        request,
        context,
        atomically(context.database, () => act(context)),
      ),
  };
}

function reading(run: (context: ActContext) => Answer): Operation {
  return { write: false, run };
}

function readAnswer(request: PortalRequest, context: ActContext, type: string, id: string): Answer {
  const version = readResource(context, type, id);
  const headers = versionHeaders(version, context.baseUrl);
  const known = request.header('if-none-match');
  if (known?.split(',').some((etag) => versionOf(etag) === String(version.version))) {
    return { status: 304, headers, body: undefined };
  }
  if (type === 'Binary' && !wantsFhir(request.header('accept'))) return rawBinary(version.json ?? '{}', headers);
  return jsonAnswer(200, version.json ?? '', headers);
}

function bundleOperation(request: PortalRequest): Operation {
  const text = jsonBody(request);
  const readEntry: ReadEntry = (context, url) => {
    const [path = '', query = ''] = url.split('?');
    const [type = '', id] = path.split('/');
    if (id === undefined) return { status: 200, body: searchBundle(context, type, new URLSearchParams(query), isStrict(request)) };
    const version = readResource(context, type, id);
    return { status: 200, body: version.json ?? '', etag: `W/"${version.version}"` };
  };
  let bundle: ReturnType<typeof objectIn>;
  try {
    bundle = objectIn(parseJson(text));
  } catch {
    return refuse(400, 'structure', 'The body is not JSON');
  }
  const full = (request.header('prefer') ?? '').includes('return=representation');
  if (bundle.resourceType === 'Bundle' && bundle.type === 'transaction') {
    return { write: true, run: (context) => jsonAnswer(200, runTransaction(context, text, full, readEntry)) };
  }
  if (bundle.resourceType === 'Bundle' && bundle.type === 'batch') {
    return { write: true, run: (context) => jsonAnswer(200, runBatch(context, text, full, readEntry)) };
  }
  return refuse(400, 'invalid', 'Send a Bundle of type transaction or batch here');
}

function typeOperation(request: PortalRequest, type: string): Operation | undefined {
  if (request.method === 'GET')
    return reading((context) => jsonAnswer(200, searchBundle(context, type, request.parameters, isStrict(request))));
  if (request.method !== 'POST') return undefined;
  const text = resourceBody(request, type);
  return writing(request, (context) => createResource(context, type, text, conditionsOf(request)));
}

function instanceOperation(request: PortalRequest, type: string, id: string): Operation | undefined {
  const conditions = conditionsOf(request);
  switch (request.method) {
    case 'GET':
      return reading((context) => readAnswer(request, context, type, id));
    case 'PUT': {
      const text = resourceBody(request, type);
      if (!/^[A-Za-z0-9.-]{1,64}$/.test(id)) refuse(400, 'value', `"${id}" is not a valid id`);
      return writing(request, (context) => putResource(context, type, id, text, conditions));
    }
    case 'PATCH': {
      const contentType = request.header('content-type') ?? '';
      if (!contentType.startsWith('application/json-patch+json')) refuse(415, 'not-supported', 'Send application/json-patch+json');
      return writing(request, (context) => patchResource(context, type, id, request.body.toString('utf8'), conditions));
    }
    case 'DELETE':
      return writing(request, (context) => deleteResource(context, type, id, conditions));
    default:
      return undefined;
  }
}

function searchByPost(request: PortalRequest, type: string): Operation {
  const form = new URLSearchParams(request.body.toString('utf8'));
  for (const [name, value] of request.parameters) form.append(name, value);
  return reading((context) => jsonAnswer(200, searchBundle(context, type, form, isStrict(request))));
}

function historyOperation(request: PortalRequest, type: string | undefined, id: string | undefined): Operation {
  return reading((context) => jsonAnswer(200, historyBundle(context, { type, id }, request.parameters)));
}

function versionOperation(type: string, id: string, version: string): Operation {
  return reading((context) => {
    const row = readVersion(context, findVersion(context.database, type, id, Number(version)), `${type}/${id}/_history/${version}`);
    return jsonAnswer(200, row.json ?? '', versionHeaders(row, context.baseUrl));
  });
}

function find(request: PortalRequest): Operation | undefined {
  const [type, id, history, version] = request.path;
  const isGet = request.method === 'GET';
  if (type === undefined) return request.method === 'POST' ? bundleOperation(request) : undefined;
  if (type === '_history') return isGet ? historyOperation(request, undefined, undefined) : undefined;
  if (!resourceTypes.has(type)) return refuse(404, 'not-found', `"${type}" is not a resource type`);
  if (id === undefined) return typeOperation(request, type);
  if (id === '_search') return request.method === 'POST' ? searchByPost(request, type) : undefined;
  if (id === '_history') return isGet ? historyOperation(request, type, undefined) : undefined;
  if (history === undefined) return instanceOperation(request, type, id);
  if (history !== '_history' || !isGet) return undefined;
  return version === undefined ? historyOperation(request, type, id) : versionOperation(type, id, version);
}

/** What a request asks for. Refuses an unknown path with 404, an unknown method with 405, other formats with 406 and 415. */
export function operationFor(request: PortalRequest): Operation {
  const accept = request.header('accept') ?? '*/*';
  if (request.path[0] !== 'Binary' && !/json|\*/.test(accept))
    refuse(406, 'not-supported', 'This server speaks application/fhir+json only');
  return find(request) ?? refuse(405, 'not-supported', `${request.method} is not supported on /${request.path.join('/')}`);
}
