import { createServer } from 'node:http';
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';
import { expect } from 'vitest';
import type { FetchPort } from '../../electron/fhir/client/fetch-port.ts';
import { clientId, type SignedIn, signIn } from '../../electron/fhir/sign-in/sign-in.ts';
import type { SignInFailure } from '../../electron/fhir/sign-in/sign-in-failure.ts';
import type { Result } from '../../shared/result.ts';
import { createBrowser } from '../portal/browser.ts';
import type { Portal } from '../portal/start-portal.ts';

export interface Attempt {
  readonly portal: Portal;
  readonly browser?: (url: string) => Promise<void>;
  readonly fetch?: FetchPort;
  readonly baseUrl?: string;
  readonly expectedSubject?: string;
  readonly cancelled?: AbortSignal;
  readonly limitSeconds?: number;
}

/** Signs in as Dr Rangi on the real provider over HTTP, but for what the test puts in the way. */
export function attempt({
  portal,
  browser = portal.signInAs('role-dr-rangi'),
  fetch: port = fetch,
  baseUrl = portal.baseUrl,
  ...more
}: Attempt): Promise<Result<SignedIn, SignInFailure>> {
  return signIn({ fetch: port, now: Date.now, openBrowser: browser }, { baseUrl, clientId, ...more });
}

/** A browser that signs in for real, and comes back with another address than the provider said. */
export function returningTo(change: (arrival: URL) => string, account = 'PractitionerRole/role-dr-rangi'): (url: string) => Promise<void> {
  return async (url) => {
    const arrival = await arrivalOf(url, account);
    await fetch(change(arrival));
  };
}

export function returningWith(change: (params: URLSearchParams) => void): (url: string) => Promise<void> {
  return returningTo((arrival) => {
    change(arrival.searchParams);
    return arrival.href;
  });
}

/** Where the provider sends the browser at the end, without going there. */
export async function arrivalOf(url: string, account: string): Promise<URL> {
  const asked = new URL(url);
  const stop = createServer((_request, response) => response.end());
  await new Promise<void>((resolve) => stop.listen(0, '127.0.0.1', resolve));
  const address = stop.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const { promise, resolve } = Promise.withResolvers<URL>();
  const redirectUri = new URL(asked.searchParams.get('redirect_uri') ?? '');
  stop.on('request', (request) => resolve(new URL(request.url ?? '/', `http://127.0.0.1:${port}`)));
  asked.searchParams.set('redirect_uri', `http://127.0.0.1:${port}/callback`);
  await createBrowser().signIn(asked.href, account);
  const arrival = await promise;
  stop.close();
  arrival.port = redirectUri.port;
  return arrival;
}

/** Lets the test change what the provider answers at a path, as an attacker on the way or a rogue provider could. */
export function tampering(
  path: string,
  change: (body: Record<string, unknown>, response: Response) => Promise<Record<string, unknown>> | Record<string, unknown>,
): FetchPort {
  return async (url, init) => {
    const response = await fetch(url, init);
    if (new URL(url).pathname !== path) return response;
    return Response.json(await change(await response.json(), response), {
      status: response.status,
      headers: { date: response.headers.get('date') ?? '' },
    });
  };
}

export function payloadOf(idToken: unknown): JWTPayload {
  return JSON.parse(Buffer.from(String(idToken).split('.')[1] ?? '', 'base64url').toString());
}

/** A provider whose ID tokens say what the test wants, properly signed with a key that the provider publishes (unless told). */
export async function forging(claims: (payload: JWTPayload) => JWTPayload, { published = true } = {}): Promise<FetchPort> {
  const { privateKey, publicKey } = await generateKeyPair('ES256');
  const jwk = { ...(await exportJWK(publicKey)), kid: 'forged', alg: 'ES256', use: 'sig' };
  const tokens = tampering('/token', async (body) => {
    const idToken = await new SignJWT(claims(payloadOf(body.id_token)))
      .setProtectedHeader({ alg: 'ES256', kid: 'forged' })
      .sign(privateKey);
    return { ...body, id_token: idToken };
  });
  const keys = tampering('/jwks', (body) => (published ? { keys: [jwk] } : body));
  return (url, init) => (new URL(url).pathname === '/jwks' ? keys(url, init) : tokens(url, init));
}

export const refused = (problem: string) => expect.objectContaining({ ok: false, error: expect.objectContaining({ problem }) });

export function portOf(server: ReturnType<typeof createServer>): number {
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}
