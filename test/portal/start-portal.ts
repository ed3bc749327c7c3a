import { type Effect, findCurrent, type PortalDatabase, readEffects } from '../../electron/demo/fhir-server/database.ts';
import type { FaultHook } from '../../electron/demo/fhir-server/faults.ts';
import { startPortalServer } from '../../electron/demo/fhir-server/server.ts';
import { generatePractice } from '../../electron/demo/practice/generate-practice.ts';
import { createBrowser } from './browser.ts';
import { type Quirks, startQuirks } from './quirks.ts';
import { createSignInServer, type SignInServer } from './sign-in-server.ts';

export interface PortalOptions {
  readonly seed?: number;
  /** The practice's now, and where the server's clock starts; real time unless told. */
  readonly now?: Date | string;
  /** The server's own clock, instead of one that starts at `now`. */
  readonly clock?: () => number;
  readonly faults?: FaultHook;
  readonly quirks?: Quirks;
  readonly port?: number;
  /** A file keeps portal and sign-ins over a restart. */
  readonly databasePath?: string;
  /** Sizes of the generated practice; small unless told. `enrolled: 0` starts empty. */
  readonly enrolled?: number;
  readonly openItems?: number;
  readonly historyItems?: number;
  readonly accessTokenSeconds?: number;
}

export interface Portal {
  /** FHIR base. */
  readonly baseUrl: string;
  readonly issuer: string;
  /** A real access token. Accounts: `PractitionerRole/role-dr-rangi`, or just its id; `Patient/…`; `RelatedPerson/…`. */
  readonly tokenFor: (account: string, lifeSeconds?: number) => Promise<string>;
  /** For `openBrowser`: drives the login form over HTTP and comes back to the loopback address. */
  readonly signInAs: (account: string) => (url: string) => Promise<void>;
  /** Every version the server ever committed, in order. */
  readonly effects: (afterSeq?: number) => readonly Effect[];
  readonly load: (resources: Iterable<object | string>) => void;
  readonly database: PortalDatabase;
  readonly close: () => Promise<void>;
}

function accountOf(name: string): string {
  return name.includes('/') ? name : `PractitionerRole/${name}`;
}

function clockFrom(now: PortalOptions['now']): () => number {
  const offset = now === undefined ? 0 : new Date(now).getTime() - Date.now();
  return () => Date.now() + offset;
}

/** The whole portal: the demonstration's FHIR server, sign-in, faults and quirks, on loopback, with the generated practice in it. */
export async function startPortal(options: PortalOptions = {}): Promise<Portal> {
  const clock = options.clock ?? clockFrom(options.now);
  const smartConfiguration = {};
  let signIn: SignInServer | undefined;
  const server = await startPortalServer({
    databasePath: options.databasePath ?? ':memory:',
    clock,
    smartConfiguration,
    port: options.quirks ? 0 : (options.port ?? 0),
    ...(options.faults && { faults: options.faults }),
    authorise: (request) => signIn?.authorise(request) ?? 'unauthenticated',
    outside: (request, response) => signIn?.handle(request, response),
  });
  const front = options.quirks ? await startQuirks(new URL(server.baseUrl).origin, options.quirks) : undefined;
  const baseUrl = front ? `${front.origin}/fhir` : server.baseUrl;
  const { database } = server;
  signIn = await createSignInServer({ database, baseUrl, clock, accessTokenSeconds: options.accessTokenSeconds ?? 600 });
  Object.assign(smartConfiguration, signIn.smartConfiguration);
  // A portal that is started again on its file goes on with what is there.
  if (!findCurrent(database, 'Organization', 'kauri-street')) fill(server.load, options, clock);
  const { issuer, tokenFor } = signIn;
  let closing: Promise<void> | undefined;
  return {
    baseUrl,
    issuer,
    database,
    load: server.load,
    tokenFor: (account, lifeSeconds) => tokenFor(accountOf(account), lifeSeconds),
    signInAs: (account) => async (url) => {
      const response = await createBrowser().signIn(url, accountOf(account));
      await response.body?.cancel();
    },
    effects: (afterSeq) => readEffects(database, afterSeq),
    close: () => {
      closing ??= (front?.close() ?? Promise.resolve()).then(server.close);
      return closing;
    },
  };
}

function fill(load: Portal['load'], options: PortalOptions, clock: () => number): void {
  const { seed = 1, enrolled = 60, openItems = 24, historyItems = 0 } = options;
  if (enrolled === 0) return;
  for (const chunk of generatePractice({ seed, now: new Date(clock()), enrolled, openItems, historyItems })) load(chunk.resources);
}
