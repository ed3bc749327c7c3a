import { err, ok, type Result } from '../../../shared/result.ts';
import type { RequestFailure } from '../client/answer.ts';
import type { FetchPort } from '../client/fetch-port.ts';
import { type Granted, type StoredToken, sendRefresh, type TokenStore, type Tokens } from './token-refresh.ts';

export interface SessionContext {
  readonly fetch: FetchPort;
  /** ms since 1970. */
  readonly now: () => number;
  readonly tokens: TokenStore;
  /** The session can no longer be renewed: lock, ask to sign in again, keep cache and outbox. Called once. */
  readonly onEnded: () => void;
}

export interface SessionOptions {
  readonly clientId: string;
  /** FHIR base; the access token is for it alone. */
  readonly baseUrl: string;
  /** From a sign-in just made; without it the session goes on from the stored refresh token. */
  readonly granted?: Granted;
}

export interface Session {
  /** A token that is good for at least a minute, renewed when need be. `unauthenticated`: a person must sign in. */
  readonly accessToken: () => Promise<Result<string, RequestFailure>>;
  /** After a 401 to this token: another one, once for all who ask. */
  readonly renewToken: (refused: string) => Promise<Result<string, RequestFailure>>;
  readonly isSignedIn: () => boolean;
  /** Forgets the tokens here and, if the server can be reached, there. */
  readonly signOut: () => Promise<void>;
}

/** Renew this long before a token ends, so that none dies on its way. */
const renewBeforeSeconds = 60;
const needsSignIn: RequestFailure = { kind: 'unauthenticated' };

interface Held {
  current: Tokens | undefined;
  ended: boolean;
  /** The refresh on its way: whoever needs a token meanwhile waits for it. Two at once would kill both (WIRE, Sign-in). */
  inFlight: Promise<Result<string, RequestFailure>> | undefined;
}

function end(ports: SessionContext, held: Held): Result<never, RequestFailure> {
  if (!held.ended) {
    held.ended = true;
    held.current = undefined;
    ports.tokens.markDead(new Date(ports.now()).toISOString());
    ports.onEnded();
  }
  return err(needsSignIn);
}

async function refresh(ports: SessionContext, options: SessionOptions, held: Held): Promise<Result<string, RequestFailure>> {
  const stored = ports.tokens.load();
  // Found in flight: the app ended before the answer came. The token may be spent, and trying it would look like theft.
  if (stored?.state !== 'usable' || stored.refreshToken === null) return end(ports, held);
  const { refreshToken, tokenEndpoint, revocationEndpoint, scope } = stored;
  const nowText = (): string => new Date(ports.now()).toISOString();
  ports.tokens.markInFlight(nowText());
  const answer = await sendRefresh(ports.fetch, ports.now, {
    refreshToken,
    tokenEndpoint,
    clientId: options.clientId,
    resource: options.baseUrl,
  });
  if (held.ended) return err(needsSignIn);
  if (!answer.ok) {
    if (answer.error.kind === 'spent') return end(ports, held);
    ports.tokens.save({ refreshToken, tokenEndpoint, revocationEndpoint, scope, updatedAt: nowText() });
    return err(answer.error.failure);
  }
  const tokens = answer.value;
  ports.tokens.save({
    refreshToken: tokens.refreshToken ?? refreshToken,
    tokenEndpoint,
    revocationEndpoint,
    scope: tokens.scope ?? scope,
    updatedAt: nowText(),
  });
  held.current = tokens;
  return ok(tokens.accessToken);
}

async function revoke(
  ports: SessionContext,
  { clientId }: SessionOptions,
  { refreshToken, revocationEndpoint }: StoredToken,
): Promise<void> {
  if (refreshToken === null || revocationEndpoint === null) return;
  const body = new URLSearchParams({ token: refreshToken, token_type_hint: 'refresh_token', client_id: clientId }).toString();
  const headers = { 'Content-Type': 'application/x-www-form-urlencoded' };
  try {
    await ports.fetch(revocationEndpoint, { method: 'POST', headers, body, redirect: 'error', signal: AbortSignal.timeout(5000) });
  } catch {
    // Signing out works without the network; the server's token ends by itself.
  }
}

/** The signed-in session: keeps the access token in memory only, and renews it, one refresh at a time. */
export function createSession(ports: SessionContext, options: SessionOptions): Session {
  const { granted } = options;
  const held: Held = { current: granted, ended: false, inFlight: undefined };
  if (granted) {
    const { refreshToken, tokenEndpoint, revocationEndpoint, scope } = granted;
    const updatedAt = new Date(ports.now()).toISOString();
    ports.tokens.save({ refreshToken, tokenEndpoint, revocationEndpoint, scope: scope ?? '', updatedAt });
  }
  const renew = (): Promise<Result<string, RequestFailure>> => {
    held.inFlight ??= refresh(ports, options, held).finally(() => {
      held.inFlight = undefined;
    });
    return held.inFlight;
  };
  const isGood = (tokens: Tokens | undefined): tokens is Tokens =>
    tokens !== undefined && tokens.expiresAt - ports.now() > renewBeforeSeconds * 1000;
  return {
    accessToken: async () => {
      if (held.ended) return err(needsSignIn);
      return isGood(held.current) && !held.inFlight ? ok(held.current.accessToken) : renew();
    },
    renewToken: async (refused) => {
      if (held.ended) return err(needsSignIn);
      const isNewer = held.current !== undefined && held.current.accessToken !== refused && isGood(held.current);
      return isNewer && held.current && !held.inFlight ? ok(held.current.accessToken) : renew();
    },
    isSignedIn: () => !held.ended,
    signOut: async () => {
      const stored = ports.tokens.load();
      held.ended = true;
      held.current = undefined;
      ports.tokens.markDead(new Date(ports.now()).toISOString());
      if (stored) await revoke(ports, options, stored);
    },
  };
}

/** The demonstration's session: one bearer token that is never renewed. */
export function createFixedSession(token: string): Session {
  return {
    accessToken: () => Promise.resolve(ok(token)),
    renewToken: () => Promise.resolve(err(needsSignIn)),
    isSignedIn: () => true,
    signOut: () => Promise.resolve(),
  };
}
