import { randomUUID } from 'node:crypto';
import { afterAll, expect } from 'vitest';
import type { BaseBodies, WriteContext } from '../../electron/fhir/acts/request-entry.ts';
import { acceptsClientIds } from '../../electron/fhir/client/capability.ts';
import { createClient, type FhirClient } from '../../electron/fhir/client/client.ts';
import type { FetchPort } from '../../electron/fhir/client/fetch-port.ts';
import { itemsOf, memberText } from '../../electron/fhir/mappers/json-text.ts';
import { createFixedSession } from '../../electron/fhir/sign-in/session.ts';
import { type Change, QueuedChange } from '../../shared/changes/changes.ts';
import { type Portal, type PortalOptions, startPortal } from '../portal/start-portal.ts';

const running: Portal[] = [];

afterAll(async () => {
  await Promise.all(running.splice(0).map((portal) => portal.close()));
});

/** A portal that ends with the test file. */
export async function aPortal(options: PortalOptions = {}): Promise<Portal> {
  const portal = await startPortal(options);
  running.push(portal);
  return portal;
}

export interface ClientOf {
  readonly account?: string;
  readonly fetch?: FetchPort;
  readonly maximumBytes?: number;
}

/** The real client, signed in as the account (Dr Rangi unless told). */
export async function clientOf(
  portal: Portal,
  { account = 'role-dr-rangi', fetch: port = fetch, ...limits }: ClientOf = {},
): Promise<FhirClient> {
  const session = createFixedSession(await portal.tokenFor(account));
  const { accessToken, renewToken } = session;
  return createClient(
    { fetch: port, now: Date.now, newRequestId: randomUUID, accessToken, renewToken },
    { baseUrl: portal.baseUrl, userAgent: 'PortalDesk/test', ...limits },
  );
}

export async function contextOf(client: FhirClient): Promise<WriteContext> {
  const capabilities = await client.capabilities();
  if (!capabilities.ok) throw new Error('No capabilities');
  return { organisationRef: 'Organization/kauri-street', acceptsClientIds: (type) => acceptsClientIds(capabilities.value, type) };
}

/** Current JSON text of a resource. */
export async function textOf(client: FhirClient, ref: string): Promise<string> {
  const read = await client.read(ref);
  expect(read.ok, ref).toBe(true);
  return read.ok ? read.value.body : '{}';
}

/** What stood on the screen: the versions and texts of these resources now. */
export async function seen(client: FhirClient, refs: readonly string[]): Promise<BaseBodies> {
  const base = new Map<string, { versionId: string; body: string }>();
  for (const ref of refs) {
    const body = await textOf(client, ref);
    base.set(ref, { body, versionId: String(JSON.parse(memberText(memberText(body, 'meta') ?? '{}', 'versionId') ?? '""')) });
  }
  return base;
}

/** A change on the item of a Task, as it waits in the outbox. */
export function queued(taskId: string, patientId: string | null, change: Change): QueuedChange {
  return QueuedChange.parse({
    opId: randomUUID(),
    subject: { of: 'item', itemKey: `message|Task/${taskId}`, taskId },
    patientId,
    authorId: 'role-dr-rangi',
    authorName: 'Dr Rangi Parata',
    authorSubject: 'PractitionerRole/role-dr-rangi',
    createdAt: new Date().toISOString(),
    seen: {},
    change,
  });
}

/** Open items of a kind: the Task and what it refers to. */
export async function openItems(
  client: FhirClient,
  code: string,
  status = 'requested,accepted',
): Promise<readonly { readonly id: string; readonly patientId: string; readonly refs: readonly string[] }[]> {
  const page = await client.search({
    type: 'Task',
    parameters: [
      ['code', `urn:portaldesk:task-code|${code}`],
      ['status', status],
      ['_count', '100'],
    ],
  });
  if (!page.ok) throw new Error(`No items: ${page.error.kind}`);
  return page.value.entries.map(({ text }) => {
    const task = JSON.parse(text ?? '{}');
    const inputs = itemsOf(memberText(text ?? '{}', 'input')).map((input) => JSON.parse(input).valueReference.reference);
    return {
      id: task.id,
      patientId: task.for.reference.slice('Patient/'.length),
      refs: [...new Set<string>([`Task/${task.id}`, task.focus.reference, ...inputs])],
    };
  });
}
