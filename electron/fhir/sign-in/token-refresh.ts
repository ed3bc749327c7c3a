import { z } from 'zod';
import { err, ok, type Result } from '../../../shared/result.ts';
import type { RequestFailure } from '../client/answer.ts';
import { type FetchPort, readBounded, readFetchError, requestTimeoutSeconds } from '../client/fetch-port.ts';

/** Where the refresh token lives: the core connects it to the encrypted store. */
export interface TokenStore {
  readonly load: () => StoredToken | undefined;
  readonly save: (token: Omit<StoredToken, 'state'>) => void;
  /** Must be durable when it returns: it is what tells after a crash that the token may be spent. */
  readonly markInFlight: (at: string) => void;
  readonly markDead: (at: string) => void;
}

export interface StoredToken {
  readonly refreshToken: string | null;
  readonly tokenEndpoint: string;
  /** Null: the server has none. */
  readonly revocationEndpoint: string | null;
  readonly scope: string;
  readonly state: 'usable' | 'in-flight' | 'dead';
  readonly updatedAt: string;
}

/** Tokens as the authorisation server gave them. `expiresAt` in ms since 1970 of our clock. */
export interface Tokens {
  readonly accessToken: string;
  readonly expiresAt: number;
  readonly refreshToken: string | null;
  readonly scope: string | null;
}

/** What a sign-in brings: the tokens, and where they are renewed and ended. `revocationEndpoint` null: the server has none. */
export type Granted = Tokens & { readonly tokenEndpoint: string; readonly revocationEndpoint: string | null };

const TokenResponse = z.object({
  access_token: z.string().min(1),
  token_type: z.string().regex(/^bearer$/iu),
  expires_in: z.coerce.number().positive().optional(),
  refresh_token: z.string().min(1).optional(),
  scope: z.string().optional(),
});

/** Used when the server does not say how long its token lives. */
const unstatedLifeSeconds = 300;

export function toTokens(answer: unknown, now: number): Tokens | undefined {
  const parsed = TokenResponse.safeParse(answer);
  if (!parsed.success) return undefined;
  const { access_token, expires_in = unstatedLifeSeconds, refresh_token, scope } = parsed.data;
  return { accessToken: access_token, expiresAt: now + expires_in * 1000, refreshToken: refresh_token ?? null, scope: scope ?? null };
}

/**
 * What became of a refresh. `spent`: the server refused the token, or its answer was lost and the token may have been rotated away;
 * asking again with it would kill the whole family (WIRE, Sign-in). `unspent`: the server never saw it or said so.
 */
export type RefreshProblem = { readonly kind: 'spent' } | { readonly kind: 'unspent'; readonly failure: RequestFailure };

interface RefreshRequest {
  readonly refreshToken: string;
  readonly tokenEndpoint: string;
  readonly clientId: string;
  /** FHIR base (RFC 8707). */
  readonly resource: string;
}

/** Sends one refresh request (RFC 6749 section 6, public client). The caller has recorded that the token is in flight. */
export async function sendRefresh(fetch: FetchPort, now: () => number, request: RefreshRequest): Promise<Result<Tokens, RefreshProblem>> {
  const form = new URLSearchParams({
    grant_type: 'refresh_token',
    refresh_token: request.refreshToken,
    client_id: request.clientId,
    resource: request.resource,
  });
  const init: RequestInit = {
    method: 'POST',
    headers: { Accept: 'application/json', 'Content-Type': 'application/x-www-form-urlencoded' },
    body: form.toString(),
    redirect: 'error',
    credentials: 'omit',
    cache: 'no-store',
    signal: AbortSignal.timeout(requestTimeoutSeconds * 1000),
  };
  try {
    const response = await fetch(request.tokenEndpoint, init);
    const text = await readBounded(response, 1_000_000);
    if (response.status === 429 || response.status === 503) {
      return err({ kind: 'unspent', failure: { kind: 'busy', status: response.status, retryAfterSeconds: null, sent: 'no' } });
    }
    const tokens = response.ok && text !== undefined ? toTokens(JSON.parse(text), now()) : undefined;
    return tokens ? ok(tokens) : err({ kind: 'spent' });
  } catch (error) {
    const { sent, code } = readFetchError(error);
    return err(sent === 'no' ? { kind: 'unspent', failure: { kind: 'unreachable', sent, code } } : { kind: 'spent' });
  }
}
