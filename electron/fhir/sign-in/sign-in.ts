import {
  AuthorizationResponseError,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  calculatePKCECodeChallenge,
  ResponseBodyError,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
} from 'openid-client';
import { err, ok, type Result } from '../../../shared/result.ts';
import { type FetchPort, readFetchError } from '../client/fetch-port.ts';
import { discoverSignIn, failureOf, type SignInServer } from './discovery.ts';
import { openLoopback } from './loopback.ts';
import { practitionerIn } from './practitioner-identity.ts';
import type { SignInFailure } from './sign-in-failure.ts';
import { type Granted, toTokens } from './token-refresh.ts';

export interface SignInContext {
  readonly fetch: FetchPort;
  /** ms since 1970. */
  readonly now: () => number;
  /** Opens the sign-in page in the person's own browser, never in a window of ours. */
  readonly openBrowser: (url: string) => Promise<void>;
}

export interface SignInOptions {
  /** FHIR base without a trailing slash. */
  readonly baseUrl: string;
  readonly clientId: string;
  /** Ends the wait: the person clicked Cancel. */
  readonly cancelled?: AbortSignal;
  /** Set when an existing session is renewed: nobody else may take it over (SAFETY I14). */
  readonly expectedSubject?: string;
  readonly limitSeconds?: number;
}

export interface SignedIn {
  readonly subject: string;
  readonly practitionerId: string;
  readonly tokens: Granted;
}

export const clientId = 'portal-desk';
const limitSeconds = 300;

/** What is asked for at sign-in (WIRE, Sign-in): SMART v2, user-level. */
const wantedScopes = [
  'openid',
  'fhirUser',
  'offline_access',
  'user/Patient.rs',
  'user/RelatedPerson.rs',
  'user/AllergyIntolerance.rs',
  'user/Encounter.rs',
  'user/Communication.crus',
  'user/Task.crus',
  'user/MedicationRequest.crus',
  'user/DiagnosticReport.rus',
  'user/Observation.rus',
  'user/Appointment.rus',
  'user/Slot.rus',
  'user/PractitionerRole.rs',
  'user/Practitioner.rs',
  'user/Organization.rs',
  'user/AuditEvent.c',
  'user/Provenance.c',
  'user/Binary.cr',
] as const;

/** Without these the app can't do its work, and says so at sign-in rather than at the first act. */
const needed = { Patient: 'rs', Communication: 'crs', Task: 'rus', PractitionerRole: 'rs' } as const;

/** SMART v1 verbs in v2 letters. */
const v1: Readonly<Record<string, string>> = { read: 'rs', write: 'cud', '*': 'cruds' };

function lettersOf(scope: string, type: string): string {
  const match = /^(?:user|system)\/(\*|[A-Za-z]+)\.(\*|read|write|c?r?u?d?s?)(?:\?.*)?$/u.exec(scope);
  if (!match || (match[1] !== '*' && match[1] !== type)) return '';
  const verbs = match[2] ?? '';
  return v1[verbs] ?? verbs;
}

/** Resource types that the granted scopes do not let us work with. Servers that leave rights to policies grant no resource scopes at all: then none. */
export function missingRights(granted: string): readonly string[] {
  const scopes = granted.split(/\s+/u);
  if (!scopes.some((scope) => scope.includes('/'))) return [];
  return Object.entries(needed).flatMap(([type, letters]) => {
    const had = scopes.map((scope) => lettersOf(scope, type)).join('');
    return [...letters].every((letter) => had.includes(letter)) ? [] : [type];
  });
}

interface Secrets {
  readonly verifier: string;
  readonly state: string;
  readonly nonce: string;
}

async function authorizationUrl(server: SignInServer, options: SignInOptions, redirectUri: string, secrets: Secrets): Promise<string> {
  const { baseUrl } = options;
  return buildAuthorizationUrl(server.configuration, {
    redirect_uri: redirectUri,
    response_type: 'code',
    scope: wantedScopes.join(' '),
    code_challenge: await calculatePKCECodeChallenge(secrets.verifier),
    code_challenge_method: 'S256',
    state: secrets.state,
    nonce: secrets.nonce,
    // SMART names the audience `aud`, RFC 8707 `resource`; servers look at one of them.
    aud: baseUrl,
    resource: baseUrl,
    // Without it offline_access is not granted (OIDC core, 11).
    prompt: 'consent',
  }).href;
}

function grantFailure(error: unknown): SignInFailure {
  if (error instanceof AuthorizationResponseError) {
    return error.error === 'access_denied' ? { problem: 'cancelled', detail: null } : { problem: 'refused', detail: error.error };
  }
  if (error instanceof ResponseBodyError) return { problem: 'refused', detail: error.error };
  const { code } = readFetchError(error);
  const isChecked = code.startsWith('OAUTH_') && code !== 'OAUTH_TIMEOUT' && code !== 'OAUTH_ABORT';
  return isChecked || code === 'unknown' ? { problem: 'wrong-answer', detail: code } : failureOf(error);
}

async function exchange(
  server: SignInServer,
  options: SignInOptions,
  arrival: URL,
  secrets: Secrets,
  now: () => number,
): Promise<Result<SignedIn, SignInFailure>> {
  const { configuration } = server;
  try {
    const answer = await authorizationCodeGrant(
      configuration,
      arrival,
      { pkceCodeVerifier: secrets.verifier, expectedState: secrets.state, expectedNonce: secrets.nonce, idTokenExpected: true },
      { resource: options.baseUrl },
    );
    const claims = answer.claims();
    const tokens = toTokens(answer, now());
    if (!claims || !tokens) return err({ problem: 'wrong-answer', detail: 'No usable token came.' });
    const practitionerId = practitionerIn(claims.fhirUser, options.baseUrl);
    if (practitionerId === null) return err({ problem: 'no-role', detail: 'The account is not a practitioner of this server.' });
    if (options.expectedSubject !== undefined && options.expectedSubject !== claims.sub)
      return err({ problem: 'different-user', detail: null });
    const missing = missingRights(tokens.scope ?? '');
    if (missing.length > 0) return err({ problem: 'refused', detail: `The server did not grant access to ${missing.join(', ')}.` });
    const { tokenEndpoint, revocationEndpoint } = server;
    return ok({ subject: claims.sub, practitionerId, tokens: { ...tokens, tokenEndpoint, revocationEndpoint } });
  } catch (error) {
    return err(grantFailure(error));
  }
}

async function opens(ports: SignInContext, url: string): Promise<boolean> {
  try {
    await ports.openBrowser(url);
    return true;
  } catch {
    return false;
  }
}

async function waitForBrowser(
  ports: SignInContext,
  options: SignInOptions,
  server: SignInServer,
): Promise<Result<SignedIn, SignInFailure>> {
  const loopback = await openLoopback(options.limitSeconds ?? limitSeconds);
  const cancel = (): void => loopback.close();
  options.cancelled?.addEventListener('abort', cancel, { once: true });
  try {
    const secrets: Secrets = { verifier: randomPKCECodeVerifier(), state: randomState(), nonce: randomNonce() };
    if (options.cancelled?.aborted) return err({ problem: 'cancelled', detail: null });
    const url = await authorizationUrl(server, options, loopback.redirectUri, secrets);
    if (!(await opens(ports, url))) return err({ problem: 'refused', detail: 'The browser could not be opened.' });
    const arrival = await loopback.arrival;
    if (!arrival) return err({ problem: options.cancelled?.aborted ? 'cancelled' : 'timed-out', detail: null });
    return await exchange(server, options, arrival, secrets, ports.now);
  } finally {
    options.cancelled?.removeEventListener('abort', cancel);
    loopback.close();
  }
}

/**
 * Authorization code with PKCE in the system browser, answered on a loopback port (RFC 8252). Checked: state, issuer, nonce, audience,
 * signature and time of the ID token, the granted scopes, and that `fhirUser` is a practitioner of this very server.
 */
export async function signIn(ports: SignInContext, options: SignInOptions): Promise<Result<SignedIn, SignInFailure>> {
  const server = await discoverSignIn(ports.fetch, options.baseUrl, options.clientId);
  return server.ok ? waitForBrowser(ports, options, server.value) : server;
}
