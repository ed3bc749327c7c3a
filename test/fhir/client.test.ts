import { beforeAll, expect, test, vi } from 'vitest';
import { toRequest } from '../../electron/fhir/acts/to-request.ts';
import type { FhirClient } from '../../electron/fhir/client/client.ts';
import { requestTimeoutSeconds } from '../../electron/fhir/client/fetch-port.ts';
import { createFaultScript, faults, isWrite } from '../portal/fault-script.ts';
import type { Portal } from '../portal/start-portal.ts';
import { aPortal, clientOf, openItems, queued, seen, textOf } from './portal-client.ts';

const script = createFaultScript();
const context = { organisationRef: 'Organization/kauri-street', acceptsClientIds: () => true };
const allTasks = {
  type: 'Task',
  parameters: [
    ['_sort', '_lastUpdated'],
    ['_count', '5'],
    ['_total', 'none'],
  ],
} as const;

let portal: Portal;
let client: FhirClient;

beforeAll(async () => {
  portal = await aPortal({ faults: script.hook });
  client = await clientOf(portal);
});

async function aClaim(): Promise<Parameters<FhirClient['send']>[0]> {
  const [item] = await openItems(client, 'triage-message', 'requested');
  if (!item) throw new Error('No item left');
  const request = toRequest(queued(item.id, item.patientId, { kind: 'claim', v: 1 }), await seen(client, [`Task/${item.id}`]), context);
  if (!request.ok) throw new Error(request.error.reason);
  return request.value;
}

test('a walk along next links sees every task once', async () => {
  const ids: string[] = [];
  let page = await client.search(allTasks);
  while (page.ok) {
    ids.push(...page.value.entries.map(({ text }) => JSON.parse(text ?? '{}').id));
    if (page.value.next === null) break;
    page = await client.page(page.value.next);
  }
  expect(page.ok).toBe(true);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.length).toBe(24);
});

test('a known version is answered by 304 without a body', async () => {
  const [item] = await openItems(client, 'triage-message');
  const first = await client.read(`Task/${item?.id}`);
  expect(await client.read(`Task/${item?.id}`, first.ok ? (first.value.versionId ?? '') : '')).toMatchObject({
    ok: true,
    value: { status: 304, body: '' },
  });
});

test('an NHI is searched for by POST, so that no address holds it', async () => {
  const urls: string[] = [];
  const watching = await clientOf(portal, {
    fetch: (url, init) => {
      urls.push(url);
      return fetch(url, init);
    },
  });
  const patient = JSON.parse(await textOf(client, `Patient/${(await openItems(client, 'triage-message'))[0]?.patientId}`));
  const nhi = patient.identifier[0].value;
  const found = await watching.search({
    type: 'Patient',
    parameters: [['identifier', `https://standards.digital.health.nz/ns/nhi-id|${nhi}`]],
    private: true,
  });
  expect(found.ok && found.value.entries.map(({ text }) => JSON.parse(text ?? '{}').id)).toEqual([patient.id]);
  expect(urls).toEqual([`${portal.baseUrl}/Patient/_search`]);
});

test('every request names itself, carries no cookies and follows no redirect', async () => {
  const inits: RequestInit[] = [];
  const watching = await clientOf(portal, {
    fetch: (url, init) => {
      inits.push(init);
      return fetch(url, init);
    },
  });
  await watching.search(allTasks);
  await watching.send(await aClaim());
  for (const init of inits) {
    expect(init).toMatchObject({ redirect: 'error', credentials: 'omit' });
    const headers = new Headers(init.headers);
    expect(headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/u);
    expect(headers.get('authorization')).toMatch(/^Bearer ey/u);
    expect(headers.get('accept')).toBe('application/fhir+json');
  }
  expect(new Set(inits.map((init) => new Headers(init.headers).get('x-request-id'))).size).toBe(inits.length);
});

test.each([
  ['captivePortal', 'not-fhir'],
  ['halfPage', 'not-fhir'],
  ['tooManyRequests', 'busy'],
  ['unavailable', 'busy'],
] as const)('reading through the fault %s gives %s', async (name, kind) => {
  script.add(faults[name]);
  expect(await client.search(allTasks)).toMatchObject({ ok: false, error: { kind } });
  expect(await client.search(allTasks)).toMatchObject({ ok: true });
});

test('a body that promises more than it sends is unreachable, not half a page', async () => {
  script.add({ at: 'before-body', fault: { kind: 'truncate-body', bytes: 300, framing: 'length' } });
  expect(await client.search(allTasks)).toMatchObject({ ok: false, error: { kind: 'unreachable', sent: 'no' } });
});

test('Retry-After of a 429 is passed on', async () => {
  script.add({ at: 'before-handling', fault: { kind: 'answer', status: 429, headers: { 'Retry-After': '12' } } });
  expect(await client.send(await aClaimAfterFault())).toMatchObject({
    ok: false,
    error: { kind: 'busy', retryAfterSeconds: 12, sent: 'no' },
  });
});

async function aClaimAfterFault(): Promise<Parameters<FhirClient['send']>[0]> {
  script.clear();
  const request = await aClaim();
  script.add({ at: 'before-handling', when: isWrite, fault: { kind: 'answer', status: 429, headers: { 'Retry-After': '12' } } });
  return request;
}

test.each(['answerLost', 'answerCutInHalf', 'badGateway'] as const)(
  '%s after the commit: the answer says that it may have taken effect, and it did',
  async (name) => {
    const request = await aClaim();
    const before = portal.effects().length;
    script.add(faults[name]);
    expect(await client.send(request)).toMatchObject({ ok: false, error: { sent: 'maybe' } });
    expect(portal.effects().length).toBe(before + 1);
    expect(await client.send(request)).toMatchObject({ ok: false, error: { kind: 'conflict' } });
    expect(portal.effects().length).toBe(before + 1);
  },
);

test('a server that hangs is given up, and one that never ends its body is cut off', async () => {
  const limit = new AbortController();
  const timeout = vi.spyOn(AbortSignal, 'timeout').mockReturnValueOnce(limit.signal);
  script.add({ at: 'before-handling', when: () => runOut(limit), fault: { kind: 'hang' } });
  expect(await client.search(allTasks)).toMatchObject({ ok: false, error: { kind: 'unreachable' } });
  expect(timeout).toHaveBeenCalledWith(requestTimeoutSeconds * 1000);
  timeout.mockRestore();
  const small = await clientOf(portal, { maximumBytes: 2000 });
  expect(await small.search(allTasks)).toMatchObject({ ok: false, error: { kind: 'not-fhir', detail: 'too large or no text' } });
});

function runOut(limit: AbortController): true {
  limit.abort(new DOMException('The time is over', 'TimeoutError'));
  return true;
}

test('nobody there: nothing was sent', async () => {
  const closed = await aPortal({ enrolled: 0 });
  await closed.close();
  const nobody = await clientOf({ ...portal, baseUrl: closed.baseUrl });
  expect(await nobody.send({ method: 'PUT', path: 'Task/x', headers: {}, body: '{}', isTransaction: false })).toMatchObject({
    ok: false,
    error: { kind: 'unreachable', sent: 'no' },
  });
});

test('an unknown parameter is refused, never ignored', async () => {
  expect(await client.search({ type: 'Task', parameters: [['nonsense', '1']] })).toMatchObject({ ok: false, error: { kind: 'rejected' } });
  const lenient = await clientOf(await aPortal({ quirks: { lenient: true }, enrolled: 10, openItems: 4 }));
  expect(await lenient.search({ type: 'Task', parameters: [['nonsense', '1']] })).toMatchObject({
    ok: false,
    error: { kind: 'not-fhir', detail: 'filters were ignored' },
  });
});
