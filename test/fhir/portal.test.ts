import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import type { FaultHook } from '../../electron/demo/fhir-server/faults.ts';
import { toRequest } from '../../electron/fhir/acts/to-request.ts';
import type { FhirClient } from '../../electron/fhir/client/client.ts';
import { clientId, signIn } from '../../electron/fhir/sign-in/sign-in.ts';
import type { Change } from '../../shared/changes/changes.ts';
import { profiles } from '../portal/quirks.ts';
import type { Portal } from '../portal/start-portal.ts';
import { aPortal, clientOf, contextOf, openItems, queued, seen, textOf } from './portal-client.ts';

let portal: Portal;

beforeAll(async () => {
  portal = await aPortal({ enrolled: 80, openItems: 60, historyItems: 40 });
});

const types = [
  'Patient',
  'Task',
  'Communication',
  'MedicationRequest',
  'DiagnosticReport',
  'Observation',
  'AllergyIntolerance',
  'RelatedPerson',
  'Provenance',
  'AuditEvent',
];

async function everything(client: FhirClient): Promise<readonly Record<string, unknown>[]> {
  const pages = await Promise.all(types.map((type) => client.search({ type, parameters: [['_count', '1000']] })));
  return pages.flatMap((page) => (page.ok ? page.value.entries.map(({ text }) => JSON.parse(text ?? '{}')) : []));
}

function patientOf(resource: Record<string, unknown>): unknown {
  if (resource.resourceType === 'Patient') return `Patient/${String(resource.id)}`;
  const reference = resource.subject ?? resource.patient ?? resource.for;
  return typeof reference === 'object' && reference !== null && 'reference' in reference ? reference.reference : undefined;
}

function isHeld(resource: Record<string, unknown>): boolean {
  return /"code":"(NOPAT|R|V)"/u.test(JSON.stringify(resource.meta));
}

/** Somebody with a result that is held: the one who must not see it. */
async function patientWithHeldResult(): Promise<{ readonly patient: string; readonly report: string }> {
  const staff = await clientOf(portal);
  for (const { refs, patientId } of await openItems(staff, 'result-review')) {
    const report = refs[1] ?? '';
    if ((await textOf(staff, report)).includes('NOPAT') && !(await textOf(staff, `Patient/${patientId}`)).includes('"R"'))
      return { patient: `Patient/${patientId}`, report };
  }
  throw new Error('Nobody has a held result');
}

describe('a patient’s and a proxy’s token, over HTTP', () => {
  test('a patient sees their own record, nothing held, and nobody else', async () => {
    const { patient, report } = await patientWithHeldResult();
    const client = await clientOf(portal, { account: patient });
    const visible = await everything(client);
    expect(visible.length).toBeGreaterThan(0);
    expect(new Set(visible.map(patientOf))).toEqual(new Set([patient]));
    expect(visible.filter(isHeld)).toEqual([]);
    expect(visible.filter(({ resourceType }) => resourceType === 'Provenance' || resourceType === 'AuditEvent')).toEqual([]);
    expect(await client.read(report)).toMatchObject({ ok: false });
    const staff = await everything(await clientOf(portal));
    expect(staff.length).toBeGreaterThan(visible.length * 10);
  });

  test('a proxy sees the record of the one they act for, and loses it when that ends', async () => {
    const staff = await clientOf(portal);
    const page = await staff.search({ type: 'RelatedPerson', parameters: [['_count', '50']] });
    const proxies = page.ok ? page.value.entries.map(({ text }) => JSON.parse(text ?? '{}')) : [];
    const proxy = proxies.find((each) => each.active && !(each.period?.end < new Date().toISOString()));
    const client = await clientOf(portal, { account: `RelatedPerson/${proxy.id}` });
    const visible = await everything(client);
    expect(new Set(visible.map(patientOf))).toEqual(new Set([proxy.patient.reference]));
    expect(visible.filter(isHeld)).toEqual([]);

    portal.load([{ ...proxy, active: false }]);
    expect(await client.read(proxy.patient.reference)).toMatchObject({ ok: false, error: { kind: 'unauthenticated' } });
  });

  test('a released result becomes visible to its patient, with its comment; the internal note never does', async () => {
    const { patient, report } = await patientWithHeldResult();
    const staff = await clientOf(portal);
    const context = await contextOf(staff);
    const item = (await openItems(staff, 'result-review')).find(({ refs }) => refs[1] === report);
    if (!item) throw new Error('No item');
    const note = queued(item.id, item.patientId, { kind: 'note', v: 1, noteId: crypto.randomUUID(), text: 'Only for us' });
    const measurementIds = JSON.parse(await textOf(staff, report)).result.map(
      ({ reference }: { reference: string }) => reference.split('/')[1],
    );
    const common = {
      reportId: report.split('/')[1] ?? '',
      reportName: 'Potassium',
      measurementIds,
      comment: 'All is well',
      commentId: crypto.randomUUID(),
      commentOpId: note.opId,
      contact: null,
    };
    const release = queued(item.id, item.patientId, { kind: 'release-result', v: 1, ...common });
    for (const act of [note, release]) {
      const base = await seen(staff, [`Task/${item.id}`, report, ...measurementIds.map((id: string) => `Observation/${id}`)]);
      const request = toRequest(act, base, context);
      expect(request.ok && (await staff.send(request.value))).toMatchObject({ ok: true });
    }
    const visible = JSON.stringify(await everything(await clientOf(portal, { account: patient })));
    expect(visible).toContain(`"id":"${common.reportId}"`);
    expect(visible).toContain('All is well');
    expect(visible).not.toContain('Only for us');
  });

  test('reception may not release, whatever its desktop says', async () => {
    const { report } = await patientWithHeldResult();
    const staff = await clientOf(portal, { account: 'role-mere' });
    const item = (await openItems(staff, 'result-review')).find(({ refs }) => refs[1] === report);
    const refs = [`Task/${item?.id}`, report];
    const change: Change = {
      kind: 'release-result',
      v: 1,
      reportId: report.split('/')[1] ?? '',
      reportName: 'Potassium',
      measurementIds: [],
      comment: null,
      commentId: 'c',
      commentOpId: queued('a', null, { kind: 'claim', v: 1 }).opId,
      contact: null,
    };
    const request = toRequest(queued(item?.id ?? '', item?.patientId ?? null, change), await seen(staff, refs), await contextOf(staff));
    const before = portal.effects().length;
    expect(request.ok && (await staff.send(request.value))).toMatchObject({ ok: false, error: { kind: 'forbidden' } });
    expect(portal.effects().length).toBe(before);
  });

  test('no token, a broken one, one that ran out and one of a role that ended are all refused', async () => {
    const asked = async (token: string): Promise<number> =>
      (await fetch(`${portal.baseUrl}/Task?_count=1`, { headers: token === '' ? {} : { Authorization: `Bearer ${token}` } })).status;
    const good = await portal.tokenFor('role-tom');
    expect(await asked(good)).toBe(200);
    const { header, payload, signature } = /^(?<header>[^.]+)\.(?<payload>[^.]+)\.(?<signature>.+)$/u.exec(good)?.groups ?? {};
    const asGp = Buffer.from(
      Buffer.from(payload ?? '', 'base64url')
        .toString()
        .replaceAll('role-tom', 'role-dr-rangi'),
    ).toString('base64url');
    expect(
      await Promise.all(['', 'nonsense', `${header}.${asGp}.${signature}`, await portal.tokenFor('role-tom', -10)].map(asked)),
    ).toEqual([401, 401, 401, 401]);
    portal.load([{ ...JSON.parse(await textOf(await clientOf(portal), 'PractitionerRole/role-tom')), active: false }]);
    expect(await asked(good)).toBe(401);
  });
});

describe('other engines’ ways', () => {
  test('medplum-like: versions are UUIDs, no client ids, pages name no next one, and If-Match still works', async () => {
    const other = await aPortal({ quirks: profiles.medplumLike, enrolled: 20, openItems: 8 });
    const client = await clientOf(other);
    const context = await contextOf(client);
    expect(context.acceptsClientIds('Communication')).toBe(false);
    const page = await client.search({ type: 'Task', parameters: [['_count', '2']] });
    expect(page).toMatchObject({ ok: true, value: { next: null, hasLinks: true } });
    const [item] = await openItems(client, 'triage-message');
    const base = await seen(client, [`Task/${item?.id}`]);
    expect(base.get(`Task/${item?.id}`)?.versionId).toMatch(/^[0-9a-f-]{36}$/u);
    const claim = toRequest(queued(item?.id ?? '', null, { kind: 'claim', v: 1 }), base, context);
    expect(claim.ok && (await client.send(claim.value))).toMatchObject({ ok: true });
    expect(claim.ok && (await client.send(claim.value))).toMatchObject({ ok: false, error: { kind: 'conflict', status: 412 } });
    const note = toRequest(queued(item?.id ?? '', null, { kind: 'note', v: 1, noteId: crypto.randomUUID(), text: 'a' }), base, context);
    const made = other.effects().length;
    for (let round = 0; round < 2; round += 1) expect(note.ok && (await client.send(note.value))).toMatchObject({ ok: true });
    expect(other.effects().length).toBe(made + 1);
    expect(
      await client.send({
        method: 'PUT',
        path: 'Communication/mine',
        headers: { 'Content-Type': 'application/fhir+json' },
        body: '{"resourceType":"Communication","id":"mine","status":"completed"}',
        isTransaction: false,
      }),
    ).toMatchObject({ error: { kind: 'gone' } });
  });

  test('hapi-like: a stale version is 409, and means the same', async () => {
    const client = await clientOf(await aPortal({ quirks: profiles.hapiLike, enrolled: 20, openItems: 8 }));
    const [item] = await openItems(client, 'triage-message');
    const claim = toRequest(
      queued(item?.id ?? '', null, { kind: 'claim', v: 1 }),
      await seen(client, [`Task/${item?.id}`]),
      await contextOf(client),
    );
    expect(claim.ok && (await client.send(claim.value))).toMatchObject({ ok: true });
    expect(claim.ok && (await client.send(claim.value))).toMatchObject({ ok: false, error: { kind: 'conflict', status: 409 } });
  });

  test('sign-in works through the front as well', async () => {
    const other = await aPortal({ quirks: profiles.hapiLike, enrolled: 10, openItems: 4 });
    const signed = await signIn({ fetch, now: Date.now, openBrowser: other.signInAs('role-mere') }, { baseUrl: other.baseUrl, clientId });
    expect(signed).toMatchObject({ ok: true, value: { practitionerId: 'mere' } });
  });
});

test('a write that is visible late bears the time from before its commit', async () => {
  let now = Date.now();
  const held = Promise.withResolvers<undefined>();
  const stamped = Promise.withResolvers<void>();
  let writes = 0;
  const holdFirst: FaultHook = (point) => {
    if (point !== 'before-commit') return undefined;
    writes += 1;
    if (writes > 1) return undefined;
    stamped.resolve();
    return held.promise;
  };
  const slow = await aPortal({ enrolled: 10, openItems: 4, clock: () => now, faults: holdFirst });
  const client = await clientOf(slow);
  const [first, second] = await openItems(client, 'triage-message');
  const context = await contextOf(client);
  const requests = await Promise.all(
    [first, second].map(async (item) =>
      toRequest(queued(item?.id ?? '', null, { kind: 'claim', v: 1 }), await seen(client, [`Task/${item?.id}`]), context),
    ),
  );
  const late = requests[0]?.ok ? client.send(requests[0].value) : undefined;
  await stamped.promise;
  now += 1_000;
  expect(requests[1]?.ok && (await client.send(requests[1].value))).toMatchObject({ ok: true });
  held.resolve(undefined);
  expect(await late).toMatchObject({ ok: true });
  const [early, behind] = slow.effects().slice(-2);
  expect(early?.id).toBe(second?.id);
  expect(behind?.lastUpdated).toBeLessThan(early?.lastUpdated ?? 0);
});

test('a portal on a file goes on after a restart, and nobody is signed out', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'portal-'));
  const options = { databasePath: join(folder, 'portal.sqlite'), enrolled: 10, openItems: 4 };
  const before = await aPortal(options);
  const count = before.effects().length;
  const signed = await signIn({ fetch, now: Date.now, openBrowser: before.signInAs('role-mere') }, { baseUrl: before.baseUrl, clientId });
  await before.close();

  const after = await aPortal({ ...options, port: Number(new URL(before.baseUrl).port) });
  expect(after.effects().length).toBe(count);
  const body = new URLSearchParams({
    grant_type: 'refresh_token',
    client_id: clientId,
    refresh_token: signed.ok ? (signed.value.tokens.refreshToken ?? '') : '',
  });
  const renewed = await fetch(`${after.issuer}/token`, { method: 'POST', body });
  expect(await renewed.json()).toMatchObject({ token_type: 'Bearer' });
  await after.close();
  rmSync(folder, { recursive: true });
});
