import {
  allowInsecureRequests,
  type Configuration,
  clockSkew,
  clockTolerance,
  customFetch,
  discovery,
  enableNonRepudiationChecks,
  None,
} from 'openid-client';
import { z } from 'zod';
import { err, ok, type Result } from '../../../shared/result.ts';
import { type FetchPort, readBounded, readFetchError, requestTimeoutSeconds } from '../client/fetch-port.ts';
import type { SignInFailure } from './sign-in-failure.ts';

const SmartConfiguration = z.object({
  issuer: z.url().optional(),
  authorization_endpoint: z.url(),
  token_endpoint: z.url(),
  code_challenge_methods_supported: z.array(z.string()),
});

/** Tokens and patient data go over https only; plain http is for the demonstration and tests on this computer. */
export function isSafeAddress(address: string): boolean {
  const url = URL.parse(address);
  if (url?.username !== '' || url.password !== '' || url.hash !== '') return false;
  return url.protocol === 'https:' || (url.protocol === 'http:' && ['127.0.0.1', '[::1]', 'localhost'].includes(url.hostname));
}

export function failureOf(error: unknown): SignInFailure {
  const { code, isCertificate } = readFetchError(error);
  return { problem: isCertificate ? 'certificate' : 'no-answer', detail: code };
}

async function readJson(
  fetch: FetchPort,
  url: string,
): Promise<Result<{ readonly value: unknown; readonly serverTime: number }, SignInFailure>> {
  const signal = AbortSignal.timeout(requestTimeoutSeconds * 1000);
  try {
    const response = await fetch(url, {
      headers: { Accept: 'application/json' },
      redirect: 'error',
      credentials: 'omit',
      cache: 'no-store',
      signal,
    });
    const text = await readBounded(response, 1_000_000);
    if (response.status >= 500) return err({ problem: 'no-answer', detail: `The server answered ${response.status}.` });
    if (!response.ok || text === undefined) return err({ problem: 'not-a-portal', detail: `The server answered ${response.status}.` });
    return ok({ value: JSON.parse(text), serverTime: Date.parse(response.headers.get('date') ?? '') });
  } catch (error) {
    return err(error instanceof SyntaxError ? { problem: 'not-a-portal', detail: null } : failureOf(error));
  }
}

export interface SignInServer {
  readonly configuration: Configuration;
  readonly tokenEndpoint: string;
  readonly revocationEndpoint: string | null;
}

/** OAuth requests carry codes and tokens: never follow a redirect with one. */
function guarded(fetch: FetchPort): (url: string, init: RequestInit) => Promise<Response> {
  return (url, init) => {
    if (!isSafeAddress(url)) return Promise.reject(new TypeError('unsafe address'));
    return fetch(url, { ...init, redirect: 'error', credentials: 'omit', cache: 'no-store' });
  };
}

/** Token requests are forms; the library sends them as text or as URLSearchParams. */
function bodyText(body: unknown): string | undefined {
  return typeof body === 'string' || body instanceof URLSearchParams ? body.toString() : undefined;
}

/** A minute either way is a clock's business. */
const toleranceSeconds = 60;

/** Tokens are judged by the server's clock: a wrong one here must neither lock people out nor let old tokens in. */
function clockOf(serverTime: number): { readonly [clockSkew]: number; readonly [clockTolerance]: number } {
  const skew = Math.round((serverTime - Date.now()) / 1000);
  return { [clockSkew]: Number.isNaN(skew) ? 0 : skew, [clockTolerance]: toleranceSeconds };
}

/**
 * SMART discovery first, then OIDC at the issuer it names (the base where it names none). Both must name the same endpoints: otherwise
 * a code could be sent to somebody else. Plain PKCE is refused.
 */
export async function discoverSignIn(fetch: FetchPort, baseUrl: string, clientId: string): Promise<Result<SignInServer, SignInFailure>> {
  if (!isSafeAddress(baseUrl)) return err({ problem: 'refused', detail: 'The address must begin with https.' });
  const smart = await readJson(fetch, `${baseUrl}/.well-known/smart-configuration`);
  if (!smart.ok) return smart;
  const parsed = SmartConfiguration.safeParse(smart.value.value);
  if (!parsed.success) return err({ problem: 'not-a-portal', detail: 'Its sign-in settings are incomplete.' });
  const { issuer = baseUrl, authorization_endpoint, token_endpoint, code_challenge_methods_supported } = parsed.data;
  if (!code_challenge_methods_supported.includes('S256')) return err({ problem: 'wrong-answer', detail: 'It does not support S256.' });
  if (![issuer, authorization_endpoint, token_endpoint].every(isSafeAddress))
    return err({ problem: 'wrong-answer', detail: 'It names an unsafe address.' });
  const isLocal = new URL(issuer).protocol === 'http:';
  try {
    const configuration = await discovery(new URL(issuer), clientId, clockOf(smart.value.serverTime), None(), {
      [customFetch]: (url, { method, headers, body, signal }) => {
        const text = bodyText(body);
        return guarded(fetch)(url, { method, headers, ...(text !== undefined && { body: text }), ...(signal && { signal }) });
      },
      execute: isLocal ? [allowInsecureRequests, enableNonRepudiationChecks] : [enableNonRepudiationChecks],
      timeout: requestTimeoutSeconds,
    });
    const metadata = configuration.serverMetadata();
    if (metadata.token_endpoint !== token_endpoint || metadata.authorization_endpoint !== authorization_endpoint) {
      return err({ problem: 'wrong-answer', detail: 'Its sign-in settings contradict each other.' });
    }
    return ok({
      configuration,
      tokenEndpoint: token_endpoint,
      revocationEndpoint: metadata.revocation_endpoint ?? null,
    });
  } catch (error) {
    const { code } = readFetchError(error);
    return err(code.startsWith('OAUTH_') && code !== 'OAUTH_TIMEOUT' ? { problem: 'wrong-answer', detail: code } : failureOf(error));
  }
}
