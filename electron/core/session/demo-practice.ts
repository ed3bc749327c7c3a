import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { DemoPortal } from '../../../shared/core-messages.ts';
import type { DemoRole } from '../../../shared/domain/session.ts';
import { Staff } from '../../../shared/domain/staff.schema.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { type Practitioner, toOrganisationName, toPractitioner, toStaff, toStaffRole } from '../../fhir/mappers/staff.ts';
import { createFixedSession } from '../../fhir/sign-in/session.ts';
import type { StorePaths } from '../../store/open/local-disk.ts';
import type { CoreContext } from '../core-context.ts';
import type { Fetch } from '../ports.ts';
import { type OpenSession, openSession } from './open-session.ts';
import type { Phase, RunningDemo } from './session-state.ts';

/** Not where the portal is (its port changes with each start) but what the store belongs to. */
const demoServer = 'https://demo.portaldesk.invalid/fhir';

/** What goes on after a fault of the core: kept in the shell's memory, never on the disk. */
export const KeptDemo = z.object({
  kind: z.literal('demo'),
  staffId: z.string(),
  keys: z.record(z.string(), z.string()),
  staff: z.array(Staff),
  practiceName: z.string(),
  network: z.enum(['on', 'off']),
});
export type KeptDemo = z.infer<typeof KeptDemo>;

interface Demo {
  readonly portal: DemoPortal;
  readonly staff: readonly Staff[];
  readonly practiceName: string;
  /** Store keys by staff, random, in memory only: with the last of them gone the demonstration's data is gone. */
  readonly keys: Map<string, Buffer>;
  readonly networkSwitch: NetworkSwitch;
}

/** Begins a new demonstration: a fresh practice, fresh stores, no trace of the last one; real stores are elsewhere and never touched. */
export async function startDemo(core: CoreContext, role: DemoRole): Promise<Result<Phase, 'no-answer'>> {
  rmSync(demoFolder(core), { recursive: true, force: true });
  const portal = await core.link.startDemoPortal({ fresh: true });
  const people = portal && (await readPractice(portal, core.ports.loopbackFetch));
  if (!portal || !people) return err('no-answer');
  const first = people.staff.find((staff) => staff.role === role) ?? people.staff[0];
  if (!first) return err('no-answer');
  return ok(openAs(core, { portal, ...people, keys: new Map(), networkSwitch: switchableNetwork(core.ports.loopbackFetch, 'on') }, first));
}

/** Goes on with the demonstration that was open when the core died. */
export async function resumeDemo(core: CoreContext, kept: KeptDemo): Promise<Phase | undefined> {
  const portal = await core.link.startDemoPortal({ fresh: false });
  const user = kept.staff.find((staff) => staff.id === kept.staffId);
  if (!portal || !user) return undefined;
  const keys = new Map(Object.entries(kept.keys).map(([staffId, key]) => [staffId, Buffer.from(key, 'base64')]));
  const networkSwitch = switchableNetwork(core.ports.loopbackFetch, kept.network);
  return openAs(core, { portal, staff: kept.staff, practiceName: kept.practiceName, keys, networkSwitch }, user);
}

function demoFolder({ dataFolder }: CoreContext): string {
  return join(dataFolder, 'demo');
}

function pathsIn(folder: string): StorePaths {
  return { folder, database: join(folder, 'cache.db'), journal: join(folder, 'intents.journal') };
}

function openAs(core: CoreContext, demo: Demo, user: Staff): Phase {
  const key = demo.keys.get(user.id) ?? core.ports.random.bytes(32);
  demo.keys.set(user.id, key);
  const token = demo.portal.tokens.find(({ staffId }) => staffId === user.id)?.token ?? '';
  const opened = openSession(core, {
    paths: pathsIn(join(demoFolder(core), user.id)),
    key,
    identity: { server: demoServer, practiceName: demo.practiceName, subject: `demo|${user.id}`, staff: user },
    baseUrl: demo.portal.baseUrl,
    fetch: demo.networkSwitch.fetch,
    session: () => createFixedSession(token),
    isFreshSignIn: true,
  });
  if (!opened.ok) {
    return {
      is: 'storage-problem',
      problem: opened.error.problem,
      waitingChanges: null,
      reopenStore: () => Promise.resolve(openAs(core, demo, user)),
      startAgain: () => Promise.resolve({ is: 'first-run' }),
    };
  }
  keep(core, demo, user);
  return { is: 'open', session: opened.value, demo: controlsOf(core, demo, user, opened.value), practice: null };
}

function keep(core: CoreContext, demo: Demo, user: Staff): void {
  const kept: KeptDemo = {
    kind: 'demo',
    staffId: user.id,
    keys: Object.fromEntries([...demo.keys].map(([staffId, key]) => [staffId, key.toString('base64')])),
    staff: [...demo.staff],
    practiceName: demo.practiceName,
    network: demo.networkSwitch.network(),
  };
  core.link.keepForRestart(JSON.stringify(kept));
}

function controlsOf(core: CoreContext, demo: Demo, user: Staff, session: OpenSession): RunningDemo {
  return {
    staff: demo.staff,
    network: demo.networkSwitch.network,
    setNetwork: (network) => {
      demo.networkSwitch.setNetwork(network);
      keep(core, demo, user);
      session.wake();
    },
    switchStaff: async (staffId) => {
      const next = demo.staff.find((staff) => staff.id === staffId);
      if (!next) return undefined;
      await session.close();
      return openAs(core, demo, next);
    },
    end: async () => {
      await core.link.stopDemoPortal();
      rmSync(demoFolder(core), { recursive: true, force: true });
    },
  };
}

const Searchset = z.object({ entry: z.array(z.object({ resource: z.unknown() })).default([]) });

/** The invented staff and the practice's name, asked of the demonstration portal as anybody would. */
async function readPractice(portal: DemoPortal, fetch: Fetch): Promise<{ staff: Staff[]; practiceName: string } | undefined> {
  const token = portal.tokens[0]?.token ?? '';
  const search = async (type: string): Promise<unknown[]> => {
    const response = await fetch(`${portal.baseUrl}/${type}?_count=200`, {
      headers: { authorization: `Bearer ${token}`, accept: 'application/fhir+json' },
    });
    return response.ok ? Searchset.parse(await response.json()).entry.map(({ resource }) => resource) : [];
  };
  const [roles, people, organisations] = await Promise.all([search('PractitionerRole'), search('Practitioner'), search('Organization')]);
  const personById = new Map<string, Practitioner>(
    people.map(toPractitioner).flatMap((read) => (read.ok ? [[read.value.id, read.value]] : [])),
  );
  const staffRoles = roles.map(toStaffRole).flatMap((read) => (read.ok ? [read.value] : []));
  const ours = staffRoles.find(({ organisationRef }) => organisationRef !== null)?.organisationRef;
  const names = organisations.map(toOrganisationName).flatMap((read) => (read.ok ? [read.value] : []));
  const signable = portal.tokens.flatMap(({ staffId }) => staffRoles.find(({ id }) => id === staffId) ?? []);
  return {
    staff: signable.map((role) => Staff.parse(toStaff(role, personById.get(role.practitionerId)))),
    practiceName: names.find(({ id }) => `Organization/${id}` === ours)?.name ?? 'Demo practice',
  };
}

interface NetworkSwitch {
  readonly fetch: Fetch;
  readonly network: () => 'on' | 'off';
  readonly setNetwork: (network: 'on' | 'off') => void;
}

/** A network whose plug can be pulled: requests under way break off and new ones fail, as fetch itself fails. */
function switchableNetwork(fetch: Fetch, start: 'on' | 'off'): NetworkSwitch {
  let network = start;
  let pulled = new AbortController();
  return {
    fetch: async (url, init) => {
      if (network === 'off') throw new TypeError('fetch failed');
      const signal = init?.signal ? AbortSignal.any([init.signal, pulled.signal]) : pulled.signal;
      return await fetch(url, { ...init, signal });
    },
    network: () => network,
    setNetwork: (next) => {
      network = next;
      if (next === 'off') pulled.abort(new TypeError('fetch failed'));
      else if (pulled.signal.aborted) pulled = new AbortController();
    },
  };
}
