import { createServer } from 'node:http';
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';
import { beforeAll, describe, expect, test } from 'vitest';
import type { FetchPort } from '../../electron/fhir/fetch-port.ts';
import { wantedScopes } from '../../electron/fhir/scopes.ts';
import { clientId, type SignedIn, signIn } from '../../electron/fhir/sign-in.ts';
import type { SignInFailure } from '../../electron/fhir/sign-in-failure.ts';
import { findIdentity } from '../../electron/fhir/who-signed-in.ts';
import type { Result } from '../../shared/result.ts';
import { createBrowser } from '../portal/browser.ts';
import type { Portal } from '../portal/start-portal.ts';
import { aPortal, clientOf } from './portal-client.ts';

let portal: Portal;

beforeAll(async () => {
  portal = await aPortal({ enrolled: 20, openItems: 8 });
});

interface Attempt {
  readonly browser?: (url: string) => Promise<void>;
  readonly fetch?: FetchPort;
  readonly baseUrl?: string;
  readonly expectedSubject?: string;
  readonly cancelled?: AbortSignal;
  readonly limitSeconds?: number;
}

/** Signs in as Dr Rangi on the real provider over HTTP, but for what the test puts in the way. */
function attempt({
  browser = portal.signInAs('role-dr-rangi'),
  fetch: port = fetch,
  baseUrl = portal.baseUrl,
  limitSeconds = 10,
  ...more
}: Attempt = {}): Promise<Result<SignedIn, SignInFailure>> {
  return signIn({ fetch: port, now: Date.now, openBrowser: browser }, { baseUrl, clientId, limitSeconds, ...more });
}

/** A browser that signs in for real, and comes back with another address than the provider said. */
function returningTo(change: (arrival: URL) => string, account = 'PractitionerRole/role-dr-rangi'): (url: string) => Promise<void> {
  return async (url) => {
    const arrival = await arrivalOf(url, account);
    await fetch(change(arrival));
  };
}

function returningWith(change: (params: URLSearchParams) => void): (url: string) => Promise<void> {
  return returningTo((arrival) => {
    change(arrival.searchParams);
    return arrival.href;
  });
}

/** Where the provider sends the browser at the end, without going there. */
async function arrivalOf(url: string, account: string): Promise<URL> {
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
function tampering(
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

function payloadOf(idToken: unknown): JWTPayload {
  return JSON.parse(Buffer.from(String(idToken).split('.')[1] ?? '', 'base64url').toString());
}

/** A provider whose ID tokens say what the test wants, properly signed with a key that the provider publishes (unless told). */
async function forging(claims: (payload: JWTPayload) => JWTPayload, { published = true } = {}): Promise<FetchPort> {
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

const refused = (problem: string) => expect.objectContaining({ ok: false, error: expect.objectContaining({ problem }) });

describe('signing in', () => {
  test('a GP signs in through the browser; the tokens work and the role is found', async () => {
    const signed = await attempt();
    expect(signed).toMatchObject({ ok: true, value: { subject: 'PractitionerRole/role-dr-rangi', practitionerId: 'dr-rangi' } });
    const identity = await findIdentity(await clientOf(portal), 'dr-rangi');
    expect(identity).toMatchObject({
      ok: true,
      value: {
        staff: { id: 'role-dr-rangi', role: 'gp', cpn: '99ZZRT' },
        organisationRef: 'Organization/kauri-street',
        practiceName: 'Kauri Street Medical Centre',
      },
    });
  });

  test('the browser is asked with PKCE S256, a state, a nonce and the FHIR base as audience', async () => {
    const urls: string[] = [];
    await attempt({
      browser: (url) => {
        urls.push(url);
        return portal.signInAs('role-mere')(url);
      },
    });
    const asked = new URL(urls[0] ?? '').searchParams;
    expect(asked.get('code_challenge_method')).toBe('S256');
    expect(asked.get('aud')).toBe(portal.baseUrl);
    expect(asked.get('resource')).toBe(portal.baseUrl);
    expect(asked.get('scope')).toBe(wantedScopes.join(' '));
    expect(asked.get('state')?.length).toBeGreaterThan(30);
    expect(asked.get('nonce')?.length).toBeGreaterThan(30);
  });

  test('a patient’s account is told that it has no role here', async () => {
    const patients = portal.effects().filter((effect) => effect.type === 'Patient');
    expect(await attempt({ browser: portal.signInAs(`Patient/${patients[0]?.id}`) })).toEqual(refused('no-role'));
  });

  test('cancel on the login page, cancel in the app and silence each end it', async () => {
    expect(await attempt({ browser: portal.signInAs('Patient/nobody') })).toEqual(refused('cancelled'));
    const stop = new AbortController();
    expect(await attempt({ browser: () => Promise.resolve(stop.abort()), cancelled: stop.signal })).toEqual(refused('cancelled'));
    expect(await attempt({ browser: () => Promise.resolve(), limitSeconds: 0.2 })).toEqual(refused('timed-out'));
  });

  test('somebody else may not take over a session that is renewed', async () => {
    expect(await attempt({ browser: portal.signInAs('role-mere'), expectedSubject: 'PractitionerRole/role-dr-rangi' })).toEqual(
      refused('different-user'),
    );
  });

  test('plain http to another computer, no server and no portal are each told apart', async () => {
    expect(await attempt({ baseUrl: 'http://portal.example/fhir' })).toEqual(refused('refused'));
    const closed = await aPortal({ enrolled: 0 });
    await closed.close();
    expect(await attempt({ baseUrl: closed.baseUrl })).toEqual(refused('no-answer'));
    expect(await attempt({ baseUrl: `${portal.issuer}/nothing` })).toEqual(refused('not-a-portal'));
  });
});

/** The suite of SAFETY 7.2. Nothing passes: no session, no token, and nothing sent to a foreign origin. */
describe('attacks on sign-in', () => {
  test('a code without state', async () => {
    expect(await attempt({ browser: returningWith((params) => params.delete('state')) })).toEqual(refused('wrong-answer'));
  });

  test('a wrong state', async () => {
    expect(await attempt({ browser: returningWith((params) => params.set('state', 'x'.repeat(43))) })).toEqual(refused('wrong-answer'));
  });

  test('a code that was used before', async () => {
    let code = '';
    const watching = async (url: string): Promise<void> =>
      returningWith((params) => {
        code = params.get('code') ?? '';
      })(url);
    await attempt({ browser: watching });
    expect(code).not.toBe('');
    expect(await attempt({ browser: returningWith((params) => params.set('code', code)) })).toEqual(refused('refused'));
  });

  test('a code of another client', async () => {
    const swapped = async (url: string): Promise<void> => {
      const theirs = new URL(url);
      theirs.searchParams.set('client_id', 'other-app');
      const arrival = await arrivalOf(theirs.href, 'PractitionerRole/role-dr-rangi');
      await fetch(arrival);
    };
    expect(await attempt({ browser: swapped })).toEqual(refused('refused'));
  });

  test('no PKCE or plain PKCE: the portal refuses, and a portal that offers only plain is refused', async () => {
    const asked: string[] = [];
    await attempt({ browser: (url) => Promise.resolve(void asked.push(url)), limitSeconds: 0.1 });
    for (const change of [
      (params: URLSearchParams) => params.delete('code_challenge'),
      (params: URLSearchParams) => params.set('code_challenge_method', 'plain'),
    ]) {
      const url = new URL(asked[0] ?? '');
      change(url.searchParams);
      const answer = await fetch(url, { redirect: 'manual' });
      expect(answer.headers.get('location')).toContain('error=invalid_request');
    }
    const plain = tampering('/fhir/.well-known/smart-configuration', (body) => ({ ...body, code_challenge_methods_supported: ['plain'] }));
    expect(await attempt({ fetch: plain })).toEqual(refused('wrong-answer'));
  });

  test('an answer that names another issuer', async () => {
    expect(await attempt({ browser: returningWith((params) => params.set('iss', 'https://evil.example')) })).toEqual(
      refused('wrong-answer'),
    );
    expect(await attempt({ browser: returningWith((params) => params.delete('iss')) })).toEqual(refused('wrong-answer'));
  });

  test('metadata of another issuer, or endpoints that contradict each other', async () => {
    const other = tampering('/.well-known/openid-configuration', (body) => ({ ...body, issuer: 'https://evil.example' }));
    expect(await attempt({ fetch: other })).toEqual(refused('wrong-answer'));
    const elsewhere = tampering('/.well-known/openid-configuration', (body) => ({ ...body, token_endpoint: 'https://evil.example/token' }));
    expect(await attempt({ fetch: elsewhere })).toEqual(refused('wrong-answer'));
    const unsafe = tampering('/fhir/.well-known/smart-configuration', (body) => ({ ...body, token_endpoint: 'http://evil.example/token' }));
    expect(await attempt({ fetch: unsafe })).toEqual(refused('wrong-answer'));
  });

  test('an ID token for another audience', async () => {
    expect(await attempt({ fetch: await forging((payload) => ({ ...payload, aud: 'other-app' })) })).toEqual(refused('wrong-answer'));
  });

  test('an ID token with another nonce, an earlier one’s, or none', async () => {
    let earlier: unknown;
    await attempt({
      fetch: tampering('/token', (body) => {
        earlier = payloadOf(body.id_token).nonce;
        return body;
      }),
    });
    expect(earlier).toBeTypeOf('string');
    for (const nonce of ['x'.repeat(43), earlier, undefined]) {
      expect(await attempt({ fetch: await forging((payload) => ({ ...payload, nonce })) })).toEqual(refused('wrong-answer'));
    }
  });

  test('an unsigned ID token, and one signed with a key that is not the portal’s', async () => {
    const unsigned = tampering('/token', (body) => {
      const header = Buffer.from(JSON.stringify({ alg: 'none' })).toString('base64url');
      return { ...body, id_token: `${header}.${String(body.id_token).split('.')[1]}.` };
    });
    expect(await attempt({ fetch: unsigned })).toEqual(refused('wrong-answer'));
    expect(await attempt({ fetch: await forging((payload) => payload, { published: false }) })).toEqual(refused('wrong-answer'));
  });

  test('the forged provider is believed when it forges nothing: the tests above fail for their own reason', async () => {
    expect(await attempt({ fetch: await forging((payload) => payload) })).toMatchObject({ ok: true });
  });

  test('an ID token that ran out ten minutes ago by the portal’s clock', async () => {
    const seconds = Math.floor(Date.now() / 1000);
    expect(await attempt({ fetch: await forging((payload) => ({ ...payload, iat: seconds - 1200, exp: seconds - 600 })) })).toEqual(
      refused('wrong-answer'),
    );
  });

  test.each([-600, 600])('this computer’s clock is wrong by %i s: people can sign in all the same', async (wrongBy) => {
    const serverSeconds = Math.floor(Date.now() / 1000) - wrongBy;
    const forged = await forging((payload) => ({ ...payload, iat: serverSeconds, exp: serverSeconds + 300 }));
    const dated: FetchPort = async (url, init) => {
      const response = await forged(url, init);
      const headers = new Headers(response.headers);
      headers.set('date', new Date(serverSeconds * 1000).toUTCString());
      return new Response(await response.text(), { status: response.status, headers });
    };
    expect(await attempt({ fetch: dated })).toMatchObject({ ok: true });
  });

  test('another program holds the port that was used last time: each sign-in has a port of its own', async () => {
    const ports: string[] = [];
    const watching = async (url: string): Promise<void> =>
      void ports.push(new URL(new URL(url).searchParams.get('redirect_uri') ?? '').port);
    await Promise.all([1, 2, 3].map(() => attempt({ browser: watching, limitSeconds: 0.2 })));
    expect(new Set(ports).size).toBe(3);
  });

  test('another tab comes back first: the sign-in ends, and the right tab finds nobody waiting', async () => {
    let second: Promise<unknown> | undefined;
    const twoTabs = returningTo((arrival) => {
      second = new Promise((resolve) => setTimeout(resolve, 300)).then(() => fetch(arrival).catch((error: unknown) => error));
      return `${arrival.origin}/callback?code=stolen&state=${'x'.repeat(43)}`;
    });
    expect(await attempt({ browser: twoTabs })).toEqual(refused('wrong-answer'));
    expect(await second).toBeInstanceOf(Error);
  });

  test('a favicon, another host name, another path and another method are no arrival', async () => {
    const statuses: number[] = [];
    const curious = async (url: string): Promise<void> => {
      const redirect = new URL(url).searchParams.get('redirect_uri') ?? '';
      const { origin, port } = new URL(redirect);
      statuses.push(
        (await fetch(`${origin}/favicon.ico`)).status,
        (await fetch(redirect, { method: 'POST' })).status,
        (await fetch(`http://localhost:${port}/callback?code=1`)).status,
      );
      await portal.signInAs('role-dr-rangi')(url);
    };
    expect(await attempt({ browser: curious })).toMatchObject({ ok: true });
    expect(statuses).toEqual([404, 404, 404]);
  });

  test('a token endpoint that redirects elsewhere: nothing is sent there', async () => {
    let hits = 0;
    const elsewhere = createServer((_request, response) => {
      hits += 1;
      response.end();
    });
    const redirecting = createServer((_request, response) =>
      response.writeHead(307, { Location: `http://127.0.0.1:${portOf(elsewhere)}/token` }).end(),
    );
    await Promise.all([elsewhere, redirecting].map((server) => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))));
    const redirected: FetchPort = (url, init) =>
      fetch(new URL(url).pathname === '/token' ? `http://127.0.0.1:${portOf(redirecting)}/token` : url, init);
    expect(await attempt({ fetch: redirected })).toMatchObject({ ok: false });
    expect(hits).toBe(0);
    for (const server of [elsewhere, redirecting]) server.close();
  });

  test('a practitioner of another server is nobody here', async () => {
    const foreign = await forging((payload) => ({ ...payload, fhirUser: 'https://evil.example/fhir/Practitioner/dr-rangi' }));
    expect(await attempt({ fetch: foreign })).toEqual(refused('no-role'));
  });

  test('less access granted than the work needs', async () => {
    const less = tampering('/token', (body) => ({ ...body, scope: 'openid fhirUser user/Patient.rs' }));
    expect(await attempt({ fetch: less })).toEqual(refused('refused'));
  });
});

function portOf(server: ReturnType<typeof createServer>): number {
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}
