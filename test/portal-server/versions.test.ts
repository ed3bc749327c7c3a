import { expect, test } from 'vitest';
import { readEffects } from '../../electron/demo/fhir-server/database.ts';
import { aPortal, idsIn, reasonIn, send } from './portal-under-test.ts';

const task = { resourceType: 'Task', status: 'requested', intent: 'order' };
const patch = { 'Content-Type': 'application/json-patch+json' };

test('a created resource gets an id and a first version, and says where it is', async () => {
  const portal = await aPortal({ clock: () => Date.parse('2026-11-20T21:03:11.250Z') });
  const created = await send(portal, 'POST', '/Task', { body: { ...task, id: 'ignored' } });
  expect(created.status).toBe(201);
  expect(created.headers.get('etag')).toBe('W/"1"');
  expect(created.headers.get('location')).toMatch(/\/fhir\/Task\/[^/]+\/_history\/1$/);
  expect(created.headers.get('last-modified')).toBe('Fri, 20 Nov 2026 21:03:11 GMT');
  expect(created.headers.get('date')).toBe('Fri, 20 Nov 2026 21:03:11 GMT');
  expect(created.json).toMatchObject({ meta: { versionId: '1', lastUpdated: '2026-11-20T21:03:11.250Z' } });
  expect(created.json.id).not.toBe('ignored');
});

test('a client may choose the id, and If-None-Match * keeps it from taking one that is there', async () => {
  const portal = await aPortal();
  const headers = { 'If-None-Match': '*' };
  expect((await send(portal, 'PUT', '/Task/t1', { body: { ...task, id: 't1' }, headers })).status).toBe(201);
  expect((await send(portal, 'PUT', '/Task/t1', { body: { ...task, id: 't1', status: 'failed' }, headers })).status).toBe(412);
  expect((await send(portal, 'GET', '/Task/t1')).json).toMatchObject({ status: 'requested', meta: { versionId: '1' } });
});

test('an update must say which version was seen: none is 428, an old one 412, the current one makes the next', async () => {
  const portal = await aPortal();
  await send(portal, 'PUT', '/Task/t1', { body: { ...task, id: 't1' } });
  const next = { ...task, id: 't1', status: 'accepted' };
  expect((await send(portal, 'PUT', '/Task/t1', { body: next })).status).toBe(428);
  const updated = await send(portal, 'PUT', '/Task/t1', { body: next, headers: { 'If-Match': 'W/"1"' } });
  expect([updated.status, updated.headers.get('etag')]).toEqual([200, 'W/"2"']);
  const stale = await send(portal, 'PUT', '/Task/t1', { body: next, headers: { 'If-Match': 'W/"1"' } });
  expect(stale.status).toBe(412);
  expect(reasonIn(stale)).toContain('version 2');
  expect((await send(portal, 'PUT', '/Task/t2', { body: { ...task, id: 't2' }, headers: { 'If-Match': 'W/"1"' } })).status).toBe(412);
});

test('each version can be read again, and a read of a known version answers 304 without a body', async () => {
  const portal = await aPortal();
  await send(portal, 'PUT', '/Task/t1', { body: { ...task, id: 't1' } });
  await send(portal, 'PUT', '/Task/t1', { body: { ...task, id: 't1', status: 'accepted' }, headers: { 'If-Match': '1' } });
  expect((await send(portal, 'GET', '/Task/t1/_history/1')).json).toMatchObject({ status: 'requested' });
  expect((await send(portal, 'GET', '/Task/t1/_history/3')).status).toBe(404);
  const known = await send(portal, 'GET', '/Task/t1', { headers: { 'If-None-Match': 'W/"2"' } });
  expect([known.status, known.text]).toEqual([304, '']);
  expect((await send(portal, 'GET', '/Task/t1', { headers: { 'If-None-Match': 'W/"1"' } })).status).toBe(200);
});

test('a deleted resource is gone (410), out of searches, in the history, and may come back as a later version', async () => {
  const portal = await aPortal();
  await send(portal, 'PUT', '/Task/t1', { body: { ...task, id: 't1' } });
  expect((await send(portal, 'DELETE', '/Task/t1', { headers: { 'If-Match': 'W/"9"' } })).status).toBe(412);
  expect((await send(portal, 'DELETE', '/Task/t1')).status).toBe(204);
  expect((await send(portal, 'DELETE', '/Task/t1')).status).toBe(204);
  expect((await send(portal, 'GET', '/Task/t1')).status).toBe(410);
  expect((await send(portal, 'GET', '/Task/never')).status).toBe(404);
  expect(idsIn((await send(portal, 'GET', '/Task?status=requested')).json)).toEqual([]);
  expect((await send(portal, 'PUT', '/Task/t1', { body: { ...task, id: 't1' } })).headers.get('etag')).toBe('W/"3"');
});

test('a conditional create makes one resource however often it is sent, and refuses when several match', async () => {
  const portal = await aPortal();
  const body = { ...task, identifier: [{ system: 'urn:portaldesk:op', value: 'op1' }] };
  const headers = { 'If-None-Exist': 'identifier=urn:portaldesk:op%7Cop1' };
  const replies = [await send(portal, 'POST', '/Task', { body, headers }), await send(portal, 'POST', '/Task', { body, headers })];
  expect(replies.map((reply) => reply.status)).toEqual([201, 200]);
  expect(replies[1]?.json.id).toBe(replies[0]?.json.id);
  expect(readEffects(portal.database)).toHaveLength(1);
  await send(portal, 'POST', '/Task', { body });
  expect((await send(portal, 'POST', '/Task', { body, headers })).status).toBe(412);
});

test('of 20 concurrent claims on one task exactly one wins', async () => {
  let arrived = 0;
  const all = Promise.withResolvers<undefined>();
  const portal = await aPortal({
    faults: (point) => {
      if (point !== 'before-commit') return undefined;
      arrived += 1;
      if (arrived === 20) all.resolve(undefined);
      return all.promise;
    },
  });
  portal.load([{ ...task, id: 't1' }]);
  const claims = Array.from({ length: 20 }, (_, index) =>
    send(portal, 'PUT', '/Task/t1', {
      body: { ...task, id: 't1', status: 'accepted', owner: { reference: `PractitionerRole/r${index}` } },
      headers: { 'If-Match': 'W/"1"' },
    }),
  );
  const statuses = (await Promise.all(claims)).map((reply) => reply.status);
  expect(statuses.toSorted()).toEqual([200, ...Array<number>(19).fill(412)]);
  expect(readEffects(portal.database)).toHaveLength(2);
});

test('a JSON Patch changes only what it names, needs the version seen, and takes an emptied list away', async () => {
  const portal = await aPortal();
  const nopat = { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'NOPAT' };
  portal.load([{ resourceType: 'DiagnosticReport', id: 'r1', meta: { security: [nopat] }, status: 'final' }]);
  const body = JSON.stringify([
    { op: 'test', path: '/meta/security/0/code', value: 'NOPAT' },
    { op: 'remove', path: '/meta/security/0' },
  ]);
  expect((await send(portal, 'PATCH', '/DiagnosticReport/r1', { body, headers: patch })).status).toBe(428);
  const released = await send(portal, 'PATCH', '/DiagnosticReport/r1', { body, headers: { ...patch, 'If-Match': 'W/"1"' } });
  expect(released.status).toBe(200);
  expect(released.json.meta).toEqual({ versionId: '2', lastUpdated: expect.any(String) });
  const again = await send(portal, 'PATCH', '/DiagnosticReport/r1', { body, headers: { ...patch, 'If-Match': 'W/"2"' } });
  expect(again.status).toBe(422);
  expect((await send(portal, 'PATCH', '/DiagnosticReport/r1', { body, headers: { 'If-Match': 'W/"2"' } })).status).toBe(415);
});

test('decimals keep the digits they came with, through create, patch, search and history', async () => {
  const portal = await aPortal();
  const text =
    '{ "resourceType": "Observation",\n "status":"final", "valueQuantity": {"value": 1.10, "unit":"mmol/L"}, "note":[{"text":"1.10 \\u0101"}] }';
  await send(portal, 'PUT', '/Observation/o1', { body: text });
  await send(portal, 'PATCH', '/Observation/o1', {
    body: '[{"op":"add","path":"/referenceRange","value":[{"low":{"value":0.50}}]},{"op":"replace","path":"/status","value":"amended"}]',
    headers: { ...patch, 'If-Match': 'W/"1"' },
  });
  for (const path of ['/Observation/o1', '/Observation?_id=o1', '/Observation/o1/_history']) {
    const reply = await send(portal, 'GET', path);
    expect(reply.text).toContain('"valueQuantity": {"value": 1.10, "unit":"mmol/L"}, "note":[{"text":"1.10 \\u0101"}]');
    expect(reply.text).toContain('"low":{"value":0.50}');
  }
});

test('what is not a resource is refused in words: no JSON, wrong type, empty array, name twice, unknown type, too large, XML', async () => {
  const portal = await aPortal({ maximumBodyBytes: 1000 });
  const statusOf = async (path: string, body: string) => (await send(portal, 'POST', path, { body })).status;
  expect(await statusOf('/Task', '<html>')).toBe(400);
  expect(await statusOf('/Task', '{"resourceType":"Patient"}')).toBe(400);
  expect(await statusOf('/Task', '{"resourceType":"Task","note":[]}')).toBe(422);
  expect(await statusOf('/Task', '{"resourceType":"Task","status":"a","status":"b"}')).toBe(400);
  expect(await statusOf('/Nonsense', '{"resourceType":"Nonsense"}')).toBe(404);
  expect(await statusOf('/Task', JSON.stringify({ ...task, description: 'x'.repeat(1000) }))).toBe(413);
  expect((await send(portal, 'POST', '/Task', { body: task, headers: { 'Content-Type': 'application/fhir+xml' } })).status).toBe(415);
  expect((await send(portal, 'GET', '/Task', { headers: { Accept: 'application/fhir+xml' } })).status).toBe(406);
  expect((await send(portal, 'PUT', '/Task', { body: task })).status).toBe(405);
  expect(readEffects(portal.database)).toEqual([]);
});

test('a Binary can be sent and fetched as bytes or as a resource', async () => {
  const portal = await aPortal();
  const headers = { 'Content-Type': 'image/png', 'X-Security-Context': 'Patient/p1' };
  const created = await send(portal, 'POST', '/Binary', { body: 'not really a picture', headers });
  expect(created.json).toMatchObject({ contentType: 'image/png', securityContext: { reference: 'Patient/p1' } });
  const raw = await send(portal, 'GET', `/Binary/${created.json.id}`, { headers: { Accept: 'image/png' } });
  expect([raw.headers.get('content-type'), raw.text]).toEqual(['image/png', 'not really a picture']);
  expect((await send(portal, 'GET', `/Binary/${created.json.id}`)).json).toMatchObject({ resourceType: 'Binary' });
});

test('the capability statement names R4, what each type can do, and the search parameters', async () => {
  const portal = await aPortal({ smartConfiguration: { token_endpoint: 'http://127.0.0.1/token' } });
  const { json } = await send(portal, 'GET', '/metadata');
  expect(json).toMatchObject({ fhirVersion: '4.0.1', kind: 'instance' });
  const task = JSON.stringify(json).match(/\{"type":"Task".*?"searchParam":\[.*?\]/)?.[0];
  expect(task).toContain('"updateCreate":true,"conditionalCreate":true');
  expect(task).toContain('{"name":"business-status","type":"token"}');
  expect((await send(portal, 'GET', '/.well-known/smart-configuration')).json).toEqual({ token_endpoint: 'http://127.0.0.1/token' });
  expect((await send(await aPortal(), 'GET', '/.well-known/smart-configuration')).status).toBe(404);
});
