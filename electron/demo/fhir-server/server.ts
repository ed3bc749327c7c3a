import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import type { Principal } from './access.ts';
import { type Answer, jsonAnswer, problemAnswer, sendAnswer } from './answer.ts';
import { capabilityStatement } from './capability.ts';
import { openPortalDatabase, type PortalDatabase } from './database.ts';
import type { FaultContext, FaultHook } from './faults.ts';
import { problemOf, refuse } from './problem.ts';
import { operationFor, type PortalRequest } from './routes.ts';
import { loadResources } from './write.ts';

/** What is known of a request when its token is judged. */
export interface AccessRequest {
  readonly method: string;
  /** Path below the base, with a leading slash. */
  readonly path: string;
  /** The bearer token; undefined when none was sent. */
  readonly token: string | undefined;
  readonly resourceType: string | undefined;
}

export type Authorise = (request: AccessRequest) => Principal | 'unauthenticated' | Promise<Principal | 'unauthenticated'>;

export interface PortalServerOptions {
  /** A plain SQLite file, or ':memory:'. */
  readonly databasePath: string;
  /** Path of the SQLite addon, where the one in the package does not fit the runtime. */
  readonly nativeBinding?: string;
  /** Milliseconds since 1970; stamps versions and the Date header. */
  readonly clock?: () => number;
  /** Without it everybody is the system itself and may do everything. */
  readonly authorise?: Authorise;
  readonly faults?: FaultHook;
  /** Served at `[base]/.well-known/smart-configuration` when given. */
  readonly smartConfiguration?: object;
  /** 0 or nothing: any free port. */
  readonly port?: number;
  /** Larger bodies are refused with 413. */
  readonly maximumBodyBytes?: number;
  /** Answers paths outside the FHIR base, such as a sign-in page on the same origin. */
  readonly outside?: RequestListener;
  /** Hears of bugs, which clients see as a 500 without details. */
  readonly report?: (error: unknown) => void;
}

export interface PortalServer {
  /** The FHIR base, for example `http://127.0.0.1:40123/fhir`. */
  readonly baseUrl: string;
  readonly close: () => Promise<void>;
  readonly load: (resources: Iterable<object | string>) => void;
  readonly database: PortalDatabase;
}

interface Running {
  readonly options: PortalServerOptions;
  readonly database: PortalDatabase;
  readonly baseUrl: string;
  readonly clock: () => number;
  readonly startedAt: number;
}

const basePath = '/fhir';
const defaultMaximumBodyBytes = 20 * 1024 * 1024;

/** Reads on past the limit (but not for ever) before it refuses: a client that is cut off while sending never hears why. */
async function readBody(request: IncomingMessage, maximumBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of request) {
      const bytes = Buffer.from(chunk);
      size += bytes.length;
      if (size <= maximumBytes) chunks.push(bytes);
      else if (size > 10 * maximumBytes) break;
    }
  } catch {
    return refuse(400, 'structure', 'The request ended before its body did');
  }
  if (size > maximumBytes)
    refuse(413, 'too-costly', `A request may hold at most ${maximumBytes} bytes`, { headers: { Connection: 'close' } });
  return Buffer.concat(chunks);
}

function headerOf(request: IncomingMessage, name: string): string | undefined {
  const value = request.headers[name];
  return Array.isArray(value) ? value.join(', ') : value;
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

/** Open to everybody: what the server can do and where to sign in. */
function publicAnswer(running: Running, method: string, path: string): Answer | undefined {
  if (method !== 'GET') return undefined;
  const { smartConfiguration } = running.options;
  if (path === '/metadata') {
    return jsonAnswer(200, JSON.stringify(capabilityStatement(running.baseUrl, running.startedAt, smartConfiguration !== undefined)));
  }
  if (path !== '/.well-known/smart-configuration') return undefined;
  if (smartConfiguration === undefined) return refuse(404, 'not-found', 'This server has no sign-in');
  return jsonAnswer(200, JSON.stringify(smartConfiguration), { 'Content-Type': 'application/json' });
}

async function principalOf(running: Running, request: IncomingMessage, context: FaultContext): Promise<Principal> {
  const { authorise } = running.options;
  if (!authorise) return { kind: 'system' };
  const token = /^Bearer (.+)$/i.exec(headerOf(request, 'authorization') ?? '')?.[1];
  const { method, path, resourceType } = context;
  const principal = await authorise({ method, path, token, resourceType });
  if (principal !== 'unauthenticated') return principal;
  return refuse(401, 'login', 'Sign in first', { headers: { 'WWW-Authenticate': 'Bearer' } });
}

/** Works the request up to its answer; undefined when a fault already ended it. */
async function handle(
  running: Running,
  request: IncomingMessage,
  response: ServerResponse,
  context: FaultContext,
  parameters: URLSearchParams,
): Promise<Answer | undefined> {
  const { options, database, baseUrl } = running;
  const open = publicAnswer(running, context.method, context.path);
  if (open) return open;
  const principal = await principalOf(running, request, context);
  const body = await readBody(request, options.maximumBodyBytes ?? defaultMaximumBodyBytes);
  const asked: PortalRequest = {
    method: context.method,
    path: context.path.split('/').filter(Boolean).map(decoded),
    parameters,
    body,
    header: (name) => headerOf(request, name),
  };
  const operation = operationFor(asked);
  // Stamped here and not at the commit, so that a commit held up by a fault appears late with its older time
  const now = running.clock();
  const fault = operation.write ? await options.faults?.('before-commit', { ...context, principal }) : undefined;
  if (fault) {
    sendAnswer(response, problemAnswer({ status: 503, code: 'transient', text: 'Fault before the commit' }), fault);
    return undefined;
  }
  if (!database.open) return undefined;
  const answer = operation.run({ database, baseUrl, principal, requestId: context.requestId, now, newId: randomUUID });
  if (!operation.write) return answer;
  const late = await options.faults?.('after-commit-before-answer', { ...context, principal, status: answer.status });
  if (!late) return answer;
  sendAnswer(response, answer, late);
  return undefined;
}

function refusalAnswer(running: Running, error: unknown): Answer {
  const problem = problemOf(error);
  if (problem) return problemAnswer(problem);
  (running.options.report ?? console.error)(error);
  return problemAnswer({ status: 500, code: 'exception', text: 'Something went wrong in the portal' });
}

/** A page in a browser could reach the loopback address under a name of its own; only these two names are ours. */
function isOurName(request: IncomingMessage): boolean {
  return /^(127\.0\.0\.1|localhost)(:\d+)?$/.test(request.headers.host ?? '');
}

async function serve(running: Running, request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (!isOurName(request))
    return sendAnswer(response, problemAnswer({ status: 421, code: 'security', text: 'Unknown host name' }), undefined);
  const url = new URL(request.url ?? '/', 'http://portal');
  if (url.pathname !== basePath && !url.pathname.startsWith(`${basePath}/`)) {
    if (running.options.outside) running.options.outside(request, response);
    else sendAnswer(response, problemAnswer({ status: 404, code: 'not-found', text: `The FHIR base is ${basePath}` }), undefined);
    return;
  }
  const path = url.pathname.slice(basePath.length).replace(/\/$/, '');
  const requestId = headerOf(request, 'x-request-id') ?? randomUUID();
  const isHead = request.method === 'HEAD';
  const context: FaultContext = {
    requestId,
    method: isHead ? 'GET' : (request.method ?? 'GET'),
    path,
    query: url.search,
    resourceType: /^\/([A-Z][A-Za-z]*)/.exec(path)?.[1],
    principal: undefined,
    status: undefined,
  };
  response.setHeader('Date', new Date(running.clock()).toUTCString());
  response.setHeader('X-Request-Id', requestId);
  const early = await running.options.faults?.('before-handling', context);
  if (early) return sendAnswer(response, problemAnswer({ status: 503, code: 'transient', text: 'Fault before handling' }), early);
  const answer = await handle(running, request, response, context, url.searchParams).catch((error: unknown) =>
    refusalAnswer(running, error),
  );
  if (!answer) return;
  const fault = await running.options.faults?.('before-body', { ...context, status: answer.status });
  sendAnswer(response, answer, fault);
}

/**
 * Starts the portal's FHIR R4 server on the loopback address. Rejects when the port is taken or the file cannot be opened.
 * `load` stores resources in one transaction, keeping given ids and `meta.lastUpdated`.
 */
export async function startPortalServer(options: PortalServerOptions): Promise<PortalServer> {
  const database = openPortalDatabase(options.databasePath, options.nativeBinding);
  const clock = options.clock ?? Date.now;
  let running: Running | undefined;
  const server = createServer((request, response) => {
    if (!running) return;
    serve(running, request, response).catch((error: unknown) => {
      (options.report ?? console.error)(error);
      response.destroy();
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const baseUrl = `http://127.0.0.1:${port}${basePath}`;
  running = { options, database, baseUrl, clock, startedAt: clock() };
  return {
    baseUrl,
    database,
    load: (resources) => loadResources(database, baseUrl, clock(), resources),
    close: async () => {
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
      database.close();
    },
  };
}
