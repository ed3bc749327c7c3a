import { randomBytes } from 'node:crypto';
import type { DemoPortal } from '../../shared/core-messages.ts';
import type { Role } from '../../shared/domain/staff.ts';
import type { Principal } from './fhir-server/access.ts';
import { findCurrent } from './fhir-server/database.ts';
import { type PortalServer, startPortalServer } from './fhir-server/server.ts';
import { generatePractice } from './practice/generate-practice.ts';
import { roleReference, STAFF } from './practice/staff.ts';

export interface DemoPortalOptions {
  readonly databasePath: string;
  readonly nativeBinding: string | null;
  /** The demonstration's today. */
  readonly now: Date;
}

/** The same practice every time; only its dates follow the day. */
const seed = 2026;
const practice = 'Organization/kauri-street';

/**
 * The demonstration practice behind a real FHIR server on loopback: ready when its open work stands, the two years before are loaded after that,
 * in slices, so that nobody waits for them. One bearer token for each of its invented staff, new at each start.
 */
export async function startDemoPortal({
  databasePath,
  nativeBinding,
  now,
}: DemoPortalOptions): Promise<{ readonly portal: DemoPortal; readonly server: PortalServer }> {
  const members = STAFF.map((member) => ({ token: randomBytes(24).toString('base64url'), staffId: idOf(roleReference(member)), member }));
  const principals = new Map(
    members.map(({ token, member }) => [token, principalOf(roleReference(member), `Practitioner/${member.key}`, member.role)]),
  );
  const server = await startPortalServer({
    databasePath,
    ...(nativeBinding !== null && { nativeBinding }),
    authorise: ({ token }) => principals.get(token ?? '') ?? 'unauthenticated',
  });
  // A portal that is started again after a fault goes on with what its file holds.
  if (!findCurrent(server.database, 'Organization', idOf(practice))) loadPractice(server, now);
  return { server, portal: { baseUrl: server.baseUrl, tokens: members.map(({ token, staffId }) => ({ staffId, token })) } };
}

function idOf(reference: string): string {
  return reference.slice(reference.indexOf('/') + 1);
}

function principalOf(practitionerRole: string, practitioner: string, role: Role): Principal {
  return { kind: 'staff', roles: [role], practitioner, practitionerRole, organization: practice };
}

/** Open work at once; history chunk by chunk, stamped as it arrives: a server never gains versions in its past, and sync relies on that. */
function loadPractice(server: PortalServer, now: Date): void {
  const chunks = generatePractice({ seed, now });
  const loadNext = () => {
    // Closed meanwhile: what is left of the history has nowhere to go.
    if (!server.database.open) return;
    const next = chunks.next();
    if (next.done) return;
    server.load(next.value.part === 'openWork' ? next.value.resources : next.value.resources.map(withoutStamp));
    if (next.value.part === 'openWork') loadNext();
    else setTimeout(loadNext, 20);
  };
  loadNext();
}

function withoutStamp<R extends { readonly meta?: { readonly lastUpdated?: string } }>(resource: R): R {
  if (resource.meta === undefined) return resource;
  const { lastUpdated: _stamp, ...meta } = resource.meta;
  return { ...resource, meta };
}
