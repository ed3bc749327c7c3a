import { beforeAll, describe, expect, test } from 'vitest';
import type { FetchPort } from '../../electron/fhir/client/fetch-port.ts';
import { createSession, type Session } from '../../electron/fhir/sign-in/session.ts';
import { clientId, type SignedIn, signIn } from '../../electron/fhir/sign-in/sign-in.ts';
import type { StoredToken, TokenStore } from '../../electron/fhir/sign-in/token-refresh.ts';
import type { Portal } from '../portal/start-portal.ts';
import { aPortal } from './portal-client.ts';

let portal: Portal;

beforeAll(async () => {
  portal = await aPortal({ enrolled: 10, openItems: 4, accessTokenSeconds: 600 });
});

interface TokensInMemory extends TokenStore {
  readonly log: string[];
  stored: StoredToken | undefined;
}

function inMemory(): TokensInMemory {
  const tokens: TokensInMemory = {
    log: [],
    stored: undefined,
    load: () => tokens.stored,
    save: (token) => {
      tokens.log.push('saved');
      tokens.stored = { ...token, state: 'usable' };
    },
    markInFlight: () => {
      tokens.log.push('in flight');
      if (tokens.stored) tokens.stored = { ...tokens.stored, state: 'in-flight' };
    },
    markDead: () => {
      tokens.log.push('dead');
      if (tokens.stored) tokens.stored = { ...tokens.stored, state: 'dead', refreshToken: null };
    },
  };
  return tokens;
}

async function signedIn(now: () => number): Promise<SignedIn> {
  const answer = await signIn({ fetch, now, openBrowser: portal.signInAs('role-dr-rangi') }, { baseUrl: portal.baseUrl, clientId });
  if (!answer.ok) throw new Error(answer.error.problem);
  return answer.value;
}

interface Running {
  readonly session: Session;
  readonly tokens: TokensInMemory;
  readonly signed: SignedIn;
  readonly ended: () => number;
  /** Requests to the token endpoint. */
  readonly refreshes: () => number;
}

/** A real sign-in; later requests go through `fetch` of the test, if it gives one. */
async function aSession(through: (port: FetchPort) => FetchPort = (port) => port, now: () => number = Date.now): Promise<Running> {
  const signed = await signedIn(now);
  const tokens = inMemory();
  let ended = 0;
  let refreshes = 0;
  const counting: FetchPort = (url, init) => {
    if (url.endsWith('/token')) refreshes += 1;
    return fetch(url, init);
  };
  const onEnded = (): void => {
    ended += 1;
  };
  const ports = { fetch: through(counting), now, tokens, onEnded };
  const session = createSession(ports, {
    clientId,
    baseUrl: portal.baseUrl,
    granted: signed.tokens,
  });
  return { session, tokens, signed, ended: () => ended, refreshes: () => refreshes };
}

async function works(token: string): Promise<boolean> {
  const response = await fetch(`${portal.baseUrl}/Task?_count=1`, { headers: { Authorization: `Bearer ${token}` } });
  await response.body?.cancel();
  return response.ok;
}

const needsSignIn = { ok: false, error: { kind: 'unauthenticated' } };

describe('renewing the session', () => {
  test('twenty requests that need a token at once make one refresh, and all get the same working token', async () => {
    const { session, signed, refreshes, tokens } = await aSession();
    const renewed = await Promise.all(Array.from({ length: 20 }, () => session.renewToken(signed.tokens.accessToken)));
    expect(refreshes()).toBe(1);
    const [first] = renewed;
    expect(new Set(renewed.map((each) => (each.ok ? each.value : '')))).toEqual(new Set([first?.ok ? first.value : undefined]));
    expect(first?.ok && (await works(first.value))).toBe(true);
    expect(tokens.log).toEqual(['saved', 'in flight', 'saved']);
  });

  test('a late 401 to the old token gets the new one without another refresh', async () => {
    const { session, signed, refreshes } = await aSession();
    await session.renewToken(signed.tokens.accessToken);
    expect(await session.renewToken(signed.tokens.accessToken)).toMatchObject({ ok: true });
    expect(refreshes()).toBe(1);
  });

  test('a token about to end is renewed before it is used', async () => {
    let now = Date.now();
    const { session, refreshes } = await aSession(undefined, () => now);
    await session.accessToken();
    expect(refreshes()).toBe(0);
    now += 545_000;
    expect(await session.accessToken()).toMatchObject({ ok: true });
    expect(refreshes()).toBe(1);
  });

  test('each refresh rotates the stored token, and the next one uses it', async () => {
    const { session, signed, tokens } = await aSession();
    const seen = new Set([signed.tokens.refreshToken]);
    let token = signed.tokens.accessToken;
    for (let round = 0; round < 3; round += 1) {
      const renewed = await session.renewToken(token);
      token = renewed.ok ? renewed.value : '';
      seen.add(tokens.stored?.refreshToken ?? null);
    }
    expect(seen.size).toBe(4);
    expect(await works(token)).toBe(true);
  });
});

describe('when a refresh goes wrong', () => {
  test('its answer is lost: the token is never sent again, a person signs in, and that is told once', async () => {
    const losing =
      (port: FetchPort): FetchPort =>
      async (url, init) => {
        const response = await port(url, init);
        await response.body?.cancel();
        throw Object.assign(new TypeError('fetch failed'), { cause: Object.assign(new Error('reset'), { code: 'ECONNRESET' }) });
      };
    const { session, signed, tokens, ended, refreshes } = await aSession(losing);
    const answers = await Promise.all([1, 2, 3].map(() => session.renewToken(signed.tokens.accessToken)));
    expect(answers).toEqual([needsSignIn, needsSignIn, needsSignIn]);
    expect(await session.accessToken()).toEqual(needsSignIn);
    expect([refreshes(), ended(), session.isSignedIn()]).toEqual([1, 1, false]);
    expect(tokens.stored).toMatchObject({ state: 'dead', refreshToken: null });
  });

  test.each([
    ['half an answer', new Response('{"access_token":"ey', { status: 200 })],
    ['a captive portal’s page', new Response('<html>', { status: 200, headers: { 'content-type': 'text/html' } })],
    ['an error of the server that may come after the rotation', new Response('{}', { status: 502 })],
    ['invalid_grant', Response.json({ error: 'invalid_grant' }, { status: 400 })],
  ])('%s ends the session', async (_what, response) => {
    const { session, signed, ended } = await aSession(() => () => Promise.resolve(response));
    expect(await session.renewToken(signed.tokens.accessToken)).toEqual(needsSignIn);
    expect(ended()).toBe(1);
  });

  test('the server could not be reached at all, or said to wait: the session goes on afterwards', async () => {
    let network: 'off' | 'busy' | 'on' = 'off';
    const unplugged =
      (port: FetchPort): FetchPort =>
      (url, init) => {
        if (network === 'busy') return Promise.resolve(new Response('', { status: 503 }));
        if (network === 'off') return Promise.reject(Object.assign(new TypeError('fetch failed'), { cause: { code: 'ENOTFOUND' } }));
        return port(url, init);
      };
    const { session, signed, ended } = await aSession(unplugged);
    expect(await session.renewToken(signed.tokens.accessToken)).toMatchObject({ ok: false, error: { kind: 'unreachable' } });
    network = 'busy';
    expect(await session.renewToken(signed.tokens.accessToken)).toMatchObject({ ok: false, error: { kind: 'busy' } });
    network = 'on';
    expect(await session.renewToken(signed.tokens.accessToken)).toMatchObject({ ok: true });
    expect(ended()).toBe(0);
  });

  test('the app ended while a refresh was on its way: after the restart the token is not sent again', async () => {
    const { tokens } = await aSession();
    tokens.markInFlight('now');
    let sent = 0;
    const counting: FetchPort = (url, init) => {
      sent += 1;
      return fetch(url, init);
    };
    const session = createSession(
      { fetch: counting, now: Date.now, tokens, onEnded: () => undefined },
      { clientId, baseUrl: portal.baseUrl },
    );
    expect(await session.accessToken()).toEqual(needsSignIn);
    expect(sent).toBe(0);
  });

  test('a restart in good order goes on from the stored token', async () => {
    const { tokens } = await aSession();
    const session = createSession({ fetch, now: Date.now, tokens, onEnded: () => undefined }, { clientId, baseUrl: portal.baseUrl });
    const token = await session.accessToken();
    expect(token.ok && (await works(token.value))).toBe(true);
  });

  test('a stolen refresh token used twice ends the whole family: ours too', async () => {
    const { session, signed, tokens } = await aSession();
    const stolen = signed.tokens.refreshToken ?? '';
    const renewed = await session.renewToken(signed.tokens.accessToken);
    expect(renewed.ok).toBe(true);
    const body = new URLSearchParams({ grant_type: 'refresh_token', refresh_token: stolen, client_id: clientId });
    const thief = await fetch(signed.tokens.tokenEndpoint, { method: 'POST', body });
    expect(await thief.json()).toMatchObject({ error: 'invalid_grant' });
    expect(await session.renewToken(renewed.ok ? renewed.value : '')).toEqual(needsSignIn);
    expect(tokens.stored?.state).toBe('dead');
  });

  test('signing out forgets the token here and ends it there', async () => {
    const { session, tokens, signed } = await aSession();
    const refreshToken = tokens.stored?.refreshToken ?? '';
    await session.signOut();
    expect(tokens.stored).toMatchObject({ state: 'dead', refreshToken: null });
    expect(await session.accessToken()).toEqual(needsSignIn);
    const body = new URLSearchParams({ grant_type: 'refresh_token', refresh_token: refreshToken, client_id: clientId });
    expect((await fetch(signed.tokens.tokenEndpoint, { method: 'POST', body })).status).toBe(400);
  });

  test('signing out in a later run, after a refresh, ends it at the server too', async () => {
    const { session: earlier, tokens, signed } = await aSession();
    expect(await earlier.renewToken(signed.tokens.accessToken)).toMatchObject({ ok: true });
    const refreshToken = tokens.stored?.refreshToken ?? '';
    const session = createSession({ fetch, now: Date.now, tokens, onEnded: () => undefined }, { clientId, baseUrl: portal.baseUrl });
    await session.signOut();
    const body = new URLSearchParams({ grant_type: 'refresh_token', refresh_token: refreshToken, client_id: clientId });
    expect((await fetch(signed.tokens.tokenEndpoint, { method: 'POST', body })).status).toBe(400);
  });

  test('signed out while a refresh is on its way: its answer brings nothing back', async () => {
    const { promise: gate, resolve: open } = Promise.withResolvers<void>();
    const slow =
      (port: FetchPort): FetchPort =>
      async (url, init) => {
        const response = await port(url, init);
        await gate;
        return response;
      };
    const { session, signed, tokens } = await aSession(slow);
    const renewing = session.renewToken(signed.tokens.accessToken);
    const leaving = session.signOut();
    open();
    expect(await renewing).toEqual(needsSignIn);
    await leaving;
    expect(tokens.stored).toMatchObject({ state: 'dead', refreshToken: null });
  });
});
