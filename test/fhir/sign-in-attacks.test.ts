import { createServer } from 'node:http';
import { beforeAll, describe, expect, test } from 'vitest';
import type { FetchPort } from '../../electron/fhir/client/fetch-port.ts';
import type { Portal } from '../portal/start-portal.ts';
import { aPortal } from './portal-client.ts';
import { arrivalOf, attempt, forging, payloadOf, portOf, refused, returningTo, returningWith, tampering } from './sign-in-under-test.ts';

let portal: Portal;

beforeAll(async () => {
  portal = await aPortal({ enrolled: 20, openItems: 8 });
});

/** The suite of SAFETY 7.2. Nothing passes: no session, no token, and nothing sent to a foreign origin. */
describe('attacks on sign-in', () => {
  test('a code without state', async () => {
    expect(await attempt({ portal, browser: returningWith((params) => params.delete('state')) })).toEqual(refused('wrong-answer'));
  });

  test('a wrong state', async () => {
    expect(await attempt({ portal, browser: returningWith((params) => params.set('state', 'x'.repeat(43))) })).toEqual(
      refused('wrong-answer'),
    );
  });

  test('a code that was used before', async () => {
    let code = '';
    const watching = async (url: string): Promise<void> =>
      returningWith((params) => {
        code = params.get('code') ?? '';
      })(url);
    await attempt({ portal, browser: watching });
    expect(code).not.toBe('');
    expect(await attempt({ portal, browser: returningWith((params) => params.set('code', code)) })).toEqual(refused('refused'));
  });

  test('a code of another client', async () => {
    const swapped = async (url: string): Promise<void> => {
      const theirs = new URL(url);
      theirs.searchParams.set('client_id', 'other-app');
      const arrival = await arrivalOf(theirs.href, 'PractitionerRole/role-dr-rangi');
      await fetch(arrival);
    };
    expect(await attempt({ portal, browser: swapped })).toEqual(refused('refused'));
  });

  test('no PKCE or plain PKCE: the portal refuses, and a portal that offers only plain is refused', async () => {
    const asked: string[] = [];
    const stop = new AbortController();
    const watching = async (url: string): Promise<void> => {
      asked.push(url);
      stop.abort();
    };
    expect(await attempt({ portal, browser: watching, cancelled: stop.signal })).toEqual(refused('cancelled'));
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
    expect(await attempt({ portal, fetch: plain })).toEqual(refused('wrong-answer'));
  });

  test('an answer that names another issuer', async () => {
    expect(await attempt({ portal, browser: returningWith((params) => params.set('iss', 'https://evil.example')) })).toEqual(
      refused('wrong-answer'),
    );
    expect(await attempt({ portal, browser: returningWith((params) => params.delete('iss')) })).toEqual(refused('wrong-answer'));
  });

  test('metadata of another issuer, or endpoints that contradict each other', async () => {
    const other = tampering('/.well-known/openid-configuration', (body) => ({ ...body, issuer: 'https://evil.example' }));
    expect(await attempt({ portal, fetch: other })).toEqual(refused('wrong-answer'));
    const elsewhere = tampering('/.well-known/openid-configuration', (body) => ({ ...body, token_endpoint: 'https://evil.example/token' }));
    expect(await attempt({ portal, fetch: elsewhere })).toEqual(refused('wrong-answer'));
    const unsafe = tampering('/fhir/.well-known/smart-configuration', (body) => ({ ...body, token_endpoint: 'http://evil.example/token' }));
    expect(await attempt({ portal, fetch: unsafe })).toEqual(refused('wrong-answer'));
  });

  test('an ID token for another audience', async () => {
    expect(await attempt({ portal, fetch: await forging((payload) => ({ ...payload, aud: 'other-app' })) })).toEqual(
      refused('wrong-answer'),
    );
  });

  test('an ID token with another nonce, an earlier one’s, or none', async () => {
    let earlier: unknown;
    await attempt({
      portal,
      fetch: tampering('/token', (body) => {
        earlier = payloadOf(body.id_token).nonce;
        return body;
      }),
    });
    expect(earlier).toBeTypeOf('string');
    for (const nonce of ['x'.repeat(43), earlier, undefined]) {
      expect(await attempt({ portal, fetch: await forging((payload) => ({ ...payload, nonce })) })).toEqual(refused('wrong-answer'));
    }
  });

  test('an unsigned ID token, and one signed with a key that is not the portal’s', async () => {
    const unsigned = tampering('/token', (body) => {
      const header = Buffer.from(JSON.stringify({ alg: 'none' })).toString('base64url');
      return { ...body, id_token: `${header}.${String(body.id_token).split('.')[1]}.` };
    });
    expect(await attempt({ portal, fetch: unsigned })).toEqual(refused('wrong-answer'));
    expect(await attempt({ portal, fetch: await forging((payload) => payload, { published: false }) })).toEqual(refused('wrong-answer'));
  });

  test('the forged provider is believed when it forges nothing: the tests above fail for their own reason', async () => {
    expect(await attempt({ portal, fetch: await forging((payload) => payload) })).toMatchObject({ ok: true });
  });

  test('an ID token that ran out ten minutes ago by the portal’s clock', async () => {
    const seconds = Math.floor(Date.now() / 1000);
    expect(await attempt({ portal, fetch: await forging((payload) => ({ ...payload, iat: seconds - 1200, exp: seconds - 600 })) })).toEqual(
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
    expect(await attempt({ portal, fetch: dated })).toMatchObject({ ok: true });
  });

  test('another program holds the port that was used last time: each sign-in has a port of its own', async () => {
    const ports: string[] = [];
    const stop = new AbortController();
    const watching = async (url: string): Promise<void> => {
      ports.push(new URL(new URL(url).searchParams.get('redirect_uri') ?? '').port);
      if (ports.length === 3) stop.abort();
    };
    await Promise.all([1, 2, 3].map(() => attempt({ portal, browser: watching, cancelled: stop.signal })));
    expect(new Set(ports).size).toBe(3);
  });

  test('another tab comes back first: the sign-in ends, and the right tab finds nobody waiting', async () => {
    let right = '';
    const wrongTab = returningTo((arrival) => {
      right = arrival.href;
      return `${arrival.origin}/callback?code=stolen&state=${'x'.repeat(43)}`;
    });
    expect(await attempt({ portal, browser: wrongTab })).toEqual(refused('wrong-answer'));
    await expect(fetch(right)).rejects.toThrow();
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
    expect(await attempt({ portal, browser: curious })).toMatchObject({ ok: true });
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
    expect(await attempt({ portal, fetch: redirected })).toMatchObject({ ok: false });
    expect(hits).toBe(0);
    for (const server of [elsewhere, redirecting]) server.close();
  });

  test('a practitioner of another server is nobody here', async () => {
    const foreign = await forging((payload) => ({ ...payload, fhirUser: 'https://evil.example/fhir/Practitioner/dr-rangi' }));
    expect(await attempt({ portal, fetch: foreign })).toEqual(refused('no-role'));
  });

  test('less access granted than the work needs', async () => {
    const less = tampering('/token', (body) => ({ ...body, scope: 'openid fhirUser user/Patient.rs' }));
    expect(await attempt({ portal, fetch: less })).toEqual(refused('refused'));
  });
});
