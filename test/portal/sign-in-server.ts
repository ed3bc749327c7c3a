import { randomBytes } from 'node:crypto';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { exportJWK, generateKeyPair, jwtVerify, SignJWT } from 'jose';
import Provider from 'oidc-provider';
import type { Principal } from '../../electron/demo/fhir-server/access.ts';
import type { PortalDatabase } from '../../electron/demo/fhir-server/database.ts';
import type { AccessRequest } from '../../electron/demo/fhir-server/server.ts';
import { claimsOf, listAccounts, principalOf } from './accounts.ts';
import { loginPage } from './login-page.ts';
import { tokenTable } from './token-table.ts';

export interface SignInServer {
  readonly issuer: string;
  readonly handle: RequestListener;
  readonly authorise: (request: AccessRequest) => Promise<Principal | 'unauthenticated'>;
  readonly smartConfiguration: object;
  /** A real access token of the account, for tests that are not about sign-in. */
  readonly tokenFor: (accountId: string, lifeSeconds?: number) => Promise<string>;
}

interface Options {
  readonly database: PortalDatabase;
  readonly baseUrl: string;
  readonly accessTokenSeconds: number;
  readonly clock: () => number;
}

const keyId = 'portal-key';
const algorithm = 'ES256';

async function signingKey() {
  const { privateKey, publicKey } = await generateKeyPair(algorithm, { extractable: true });
  const jwk = { ...(await exportJWK(privateKey)), kid: keyId, alg: algorithm, use: 'sig' };
  return { privateKey, publicKey, jwk };
}

/** A public native client: no secret, PKCE only, any loopback port (RFC 8252). */
const desktopClient = {
  client_id: 'portal-desk',
  client_name: 'Portal Desk',
  application_type: 'native',
  token_endpoint_auth_method: 'none',
  grant_types: ['authorization_code', 'refresh_token'],
  response_types: ['code'],
  redirect_uris: ['http://127.0.0.1/callback'],
  id_token_signed_response_alg: algorithm,
};

/** A second public client, whose codes must be worth nothing to the first. */
const otherClient = { ...desktopClient, client_id: 'other-app', client_name: 'Another app' };

function configurationOf({ database, baseUrl, accessTokenSeconds }: Options, jwk: object): object {
  const claims = (accountId: string): object => claimsOf(database, accountId, baseUrl) ?? {};
  return {
    adapter: tokenTable(database),
    clients: [desktopClient, otherClient],
    jwks: { keys: [jwk] },
    cookies: { keys: [randomBytes(24).toString('base64url')] },
    pkce: { required: () => true },
    rotateRefreshToken: true,
    scopes: ['openid', 'offline_access', 'fhirUser'],
    claims: { openid: ['sub'], fhirUser: ['fhirUser', 'roles'] },
    conformIdTokenClaims: false,
    findAccount: (_context: unknown, accountId: string) =>
      claimsOf(database, accountId, baseUrl) && { accountId, claims: () => ({ sub: accountId, ...claims(accountId) }) },
    extraTokenClaims: (_context: unknown, token: { readonly accountId: string }) => claims(token.accountId),
    interactions: { url: (_context: unknown, interaction: { readonly uid: string }) => `/sign-in/${interaction.uid}` },
    ttl: {
      AccessToken: accessTokenSeconds,
      AuthorizationCode: 60,
      IdToken: 600,
      Interaction: 600,
      RefreshToken: 43_200,
      Session: 43_200,
      Grant: 43_200,
    },
    features: {
      devInteractions: { enabled: false },
      // Whoever holds a token may end it: public clients have nothing else to show (RFC 7009).
      revocation: { enabled: true, allowedPolicy: () => true },
      introspection: { enabled: true, allowedPolicy: () => false },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => baseUrl,
        useGrantedResource: () => true,
        getResourceServerInfo: (_context: unknown, resource: string) => resourceServer(resource, baseUrl, accessTokenSeconds),
      },
    },
  };
}

const resourceScopes = [
  ...['Patient', 'RelatedPerson', 'AllergyIntolerance', 'PractitionerRole', 'Practitioner', 'Organization'].map(
    (type) => `user/${type}.rs`,
  ),
  ...['Communication', 'Task', 'MedicationRequest'].map((type) => `user/${type}.crus`),
  ...['DiagnosticReport', 'Observation', 'Appointment', 'Slot'].map((type) => `user/${type}.rus`),
  ...['AuditEvent.c', 'Provenance.c', 'Binary.cr'].map((right) => `user/${right}`),
].join(' ');

function resourceServer(resource: string, baseUrl: string, accessTokenTTL: number): object {
  if (resource !== baseUrl) throw new Error('invalid_target');
  return { scope: resourceScopes, audience: baseUrl, accessTokenFormat: 'jwt', accessTokenTTL, jwt: { sign: { alg: algorithm } } };
}

async function finish(provider: Provider, options: Options, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const details = await provider.interactionDetails(request, response);
  const accountId = new URLSearchParams(await text(request)).get('account') ?? '';
  if (!claimsOf(options.database, accountId, options.baseUrl)) {
    const refusal = { error: 'access_denied', error_description: 'The person did not sign in' };
    return provider.interactionFinished(request, response, refusal, { mergeWithLastSubmission: false });
  }
  const grant = new provider.Grant({ accountId, clientId: String(details.params.client_id) });
  grant.addOIDCScope('openid offline_access fhirUser');
  grant.addResourceScope(options.baseUrl, resourceScopes);
  const result = { login: { accountId }, consent: { grantId: await grant.save() } };
  return provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false });
}

function pages(provider: Provider, options: Options): RequestListener {
  const others = provider.callback();
  return (request, response) => {
    if (!request.url?.startsWith('/sign-in/')) return others(request, response);
    if (request.method === 'POST') {
      finish(provider, options, request, response).catch(() => response.writeHead(400).end('This sign-in is over. Start again.'));
      return;
    }
    const headers = { 'Content-Type': 'text/html; charset=utf-8', 'Cache-Control': 'no-store' };
    response.writeHead(200, headers).end(loginPage(request.url, listAccounts(options.database)));
  };
}

/** OIDC sign-in on the portal's own origin: PKCE only, refresh tokens rotate, and an old one used again ends the whole family. */
export async function createSignInServer(options: Options): Promise<SignInServer> {
  const { database, baseUrl, clock, accessTokenSeconds } = options;
  const issuer = new URL(baseUrl).origin;
  const { privateKey, publicKey, jwk } = await signingKey();
  const provider = new Provider(issuer, configurationOf(options, jwk));
  const accountByToken = new Map<string, { readonly accountId: string; readonly endsAt: number }>();

  const accountOf = async (token: string): Promise<string | undefined> => {
    const known = accountByToken.get(token);
    if (known) return known.endsAt > Date.now() ? known.accountId : undefined;
    try {
      const { payload } = await jwtVerify(token, publicKey, { issuer, audience: baseUrl, typ: 'at+jwt', algorithms: [algorithm] });
      if (payload.sub === undefined) return undefined;
      accountByToken.set(token, { accountId: payload.sub, endsAt: (payload.exp ?? 0) * 1000 });
      return payload.sub;
    } catch {
      return undefined;
    }
  };

  return {
    issuer,
    handle: pages(provider, options),
    authorise: async ({ token }) => {
      const accountId = token === undefined ? undefined : await accountOf(token);
      return (accountId === undefined ? undefined : principalOf(database, accountId, clock())) ?? 'unauthenticated';
    },
    smartConfiguration: {
      issuer,
      authorization_endpoint: `${issuer}/auth`,
      token_endpoint: `${issuer}/token`,
      revocation_endpoint: `${issuer}/token/revocation`,
      introspection_endpoint: `${issuer}/token/introspection`,
      jwks_uri: `${issuer}/jwks`,
      grant_types_supported: ['authorization_code', 'refresh_token'],
      code_challenge_methods_supported: ['S256'],
      capabilities: ['launch-standalone', 'client-public', 'permission-user', 'permission-offline', 'permission-v2', 'sso-openid-connect'],
    },
    tokenFor: (accountId, lifeSeconds = accessTokenSeconds) =>
      new SignJWT({ ...claimsOf(database, accountId, baseUrl), client_id: 'portal-desk' })
        .setProtectedHeader({ alg: algorithm, kid: keyId, typ: 'at+jwt' })
        .setIssuer(issuer)
        .setAudience(baseUrl)
        .setSubject(accountId)
        .setIssuedAt()
        .setExpirationTime(Math.floor(Date.now() / 1000) + lifeSeconds)
        .setJti(randomBytes(12).toString('base64url'))
        .sign(privateKey),
  };
}
