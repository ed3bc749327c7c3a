import { afterEach } from 'vitest';
import { isObject, type JsonObject, objectIn, parseJson, stringIn, valuesAt } from '../../electron/demo/fhir-server/json.ts';
import { type PortalServer, type PortalServerOptions, startPortalServer } from '../../electron/demo/fhir-server/server.ts';

const running: PortalServer[] = [];

afterEach(async () => {
  await Promise.all(running.splice(0).map((server) => server.close()));
});

/** A portal in memory on a free port, closed after the test. */
export async function aPortal(options: Partial<PortalServerOptions> = {}): Promise<PortalServer> {
  const server = await startPortalServer({ databasePath: ':memory:', ...options });
  running.push(server);
  return server;
}

export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The body when it is a JSON object, else empty. */
  readonly json: JsonObject;
}

export interface Sending {
  readonly body?: object | string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Sends over real HTTP; a path starts below the base, an absolute URL is taken as it is. */
export async function send(portal: PortalServer, method: string, path: string, { body, headers }: Sending = {}): Promise<Reply> {
  const response = await fetch(path.startsWith('http') ? path : `${portal.baseUrl}${path}`, {
    method,
    headers: { 'Content-Type': 'application/fhir+json', Accept: 'application/fhir+json', ...headers },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  const isJson = (response.headers.get('content-type') ?? '').includes('json');
  return { status: response.status, headers: response.headers, text, json: isJson && text !== '' ? objectIn(parseJson(text)) : {} };
}

export function idsIn(bundle: JsonObject): readonly string[] {
  return valuesAt(bundle, 'entry.resource.id').flatMap((id) => stringIn(id) ?? []);
}

export function linkIn(bundle: JsonObject, relation: string): string | undefined {
  const link = valuesAt(bundle, 'link').find((each) => isObject(each) && each.relation === relation);
  return stringIn(objectIn(link).url);
}

/** Walks every page and gives the ids in the order they came, repeats included. */
export async function walk(
  portal: PortalServer,
  path: string,
  betweenPages: () => Promise<void> = async () => {},
): Promise<readonly string[]> {
  const ids: string[] = [];
  let url: string | undefined = path;
  while (url !== undefined) {
    const { json }: Reply = await send(portal, 'GET', url);
    ids.push(...idsIn(json));
    url = linkIn(json, 'next');
    await betweenPages();
  }
  return ids;
}

/** What an OperationOutcome says, in words. */
export function reasonIn(reply: Reply): string {
  return valuesAt(reply.json, 'issue.details.text').map(String).join(' ');
}
