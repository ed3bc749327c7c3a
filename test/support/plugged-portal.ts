import { join } from 'node:path';
import { z } from 'zod';
import type { Effect } from '../../electron/demo/fhir-server/database.ts';
import type { FaultHook } from '../../electron/demo/fhir-server/faults.ts';
import { createFaultScript, type FaultScript } from '../portal/fault-script.ts';
import { type Portal, startPortal } from '../portal/start-portal.ts';
import { journeyPractice } from './journey-practice.ts';

/** A practice's portal whose network plug can be pulled: the server really stops listening, and later goes on with what its file holds. */
export interface PluggedPortal {
  readonly baseUrl: string;
  /** Finishes in the browser what the app began there: picks the account on the sign-in page. */
  readonly signInAs: (account: string, address: string) => Promise<void>;
  readonly pullPlug: () => Promise<void>;
  readonly plugIn: () => Promise<void>;
  readonly faults: FaultScript;
  /** Writes of this account arrive and are not committed until the returned function is called. */
  readonly holdWritesOf: (account: string) => () => void;
  /** What the server committed since the practice was loaded, in order; only while it is plugged in. */
  readonly effects: () => readonly Effect[];
  /** The current text of a resource, parsed. */
  readonly current: (ref: string) => Fhir;
  /** Texts of the Communications that the server holds since, each as often as it was created. */
  readonly messages: () => readonly string[];
  /** How many of `type` this account may read now: what a patient sees in their own app. */
  readonly countSeenBy: (account: string, type: string) => Promise<number>;
  /** A colleague elsewhere changes the current version of a resource. */
  readonly changeAs: (account: string, ref: string, change: object) => Promise<void>;
  readonly close: () => Promise<void>;
}

/** The elements that journeys look at. */
const Fhir = z.looseObject({
  status: z.string().optional(),
  intent: z.string().optional(),
  owner: z.object({ reference: z.string() }).optional(),
  requester: z.object({ reference: z.string() }).optional(),
  basedOn: z.array(z.object({ reference: z.string() })).optional(),
  about: z.array(z.object({ reference: z.string() })).optional(),
  activity: z.object({ coding: z.array(z.object({ code: z.string() })) }).optional(),
  payload: z.array(z.object({ contentString: z.string().optional() })).optional(),
  meta: z.object({ versionId: z.string(), security: z.array(z.object({ code: z.string() })).optional() }),
});
export type Fhir = z.infer<typeof Fhir>;

export function parsed({ json }: Effect): Fhir {
  return Fhir.parse(JSON.parse(json ?? '{}'));
}

export async function startPluggedPortal(folder: string): Promise<PluggedPortal> {
  const faults = createFaultScript();
  const gates = new Map<string, Promise<void>>();
  const hook: FaultHook = async (point, context) => {
    const author = context.principal?.kind === 'staff' ? context.principal.practitionerRole : '';
    if (point === 'before-commit') await gates.get(author);
    return faults.hook(point, context);
  };
  const options = { databasePath: join(folder, 'portal.sqlite'), enrolled: 0, faults: hook };
  let portal: Portal | undefined = await startPortal(options);
  const { baseUrl } = portal;
  const port = Number(new URL(baseUrl).port);
  portal.load(journeyPractice(Date.now()));
  const loaded = portal.effects().at(-1)?.seq ?? 0;

  function plugged(): Portal {
    if (!portal) throw new Error('The plug is pulled');
    return portal;
  }
  async function ask(account: string, path: string, init: RequestInit = {}): Promise<unknown> {
    const headers = {
      ...init.headers,
      authorization: `Bearer ${await plugged().tokenFor(account)}`,
      'content-type': 'application/fhir+json',
    };
    const response = await fetch(`${baseUrl}/${path}`, { ...init, headers });
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return await response.json();
  }
  async function pullPlug(): Promise<void> {
    await portal?.close();
    portal = undefined;
  }
  const effects = () => plugged().effects(loaded);
  return {
    baseUrl,
    faults,
    holdWritesOf: (account) => {
      const { promise, resolve } = Promise.withResolvers<void>();
      gates.set(`PractitionerRole/${account}`, promise);
      return resolve;
    },
    signInAs: (account, address) => plugged().signInAs(account)(address),
    effects,
    current: (ref) => {
      const versions = plugged()
        .effects()
        .filter(({ type, id }) => `${type}/${id}` === ref);
      const last = versions.at(-1);
      if (!last) throw new Error(`No ${ref}`);
      return parsed(last);
    },
    messages: () =>
      effects()
        .filter(({ type, version }) => type === 'Communication' && version === 1)
        .map((effect) => parsed(effect).payload?.[0]?.contentString ?? ''),
    countSeenBy: async (account, type) => z.object({ total: z.number() }).parse(await ask(account, `${type}?_summary=count`)).total,
    changeAs: async (account, ref, change) => {
      const before = Fhir.parse(await ask(account, ref));
      const headers = { 'if-match': `W/"${before.meta.versionId}"` };
      await ask(account, ref, { method: 'PUT', headers, body: JSON.stringify({ ...before, ...change }) });
    },
    pullPlug,
    plugIn: async () => {
      portal ??= await startPortal({ ...options, port });
    },
    close: pullPlug,
  };
}
