import { get } from 'node:http';
import { expect, test } from 'vitest';
import { readEffects } from '../../electron/demo/fhir-server/database.ts';
import type { Fault, FaultPoint } from '../../electron/demo/fhir-server/faults.ts';
import { valuesAt } from '../../electron/demo/fhir-server/json.ts';
import { aPortal, idsIn, send } from './portal-under-test.ts';

const task = { resourceType: 'Task', status: 'requested' };

/** A portal whose first request with this id meets one fault at one point. */
function portalWith(at: FaultPoint, fault: Fault) {
  return aPortal({ faults: (point, { requestId }) => (point === at && requestId === 'struck' ? fault : undefined) });
}

const struck = { body: task, headers: { 'X-Request-Id': 'struck' } };

test.each<[FaultPoint, number]>([
  ['before-handling', 0],
  ['before-commit', 0],
  ['after-commit-before-answer', 1],
  ['before-body', 1],
])('a connection dropped %s leaves %i effects', async (point, effects) => {
  const portal = await portalWith(point, { kind: 'drop-socket' });
  await expect(send(portal, 'POST', '/Task', struck)).rejects.toThrow();
  expect(readEffects(portal.database)).toHaveLength(effects);
  expect((await send(portal, 'POST', '/Task', { body: task })).status).toBe(201);
});

test('an answer before the commit stands for no effect, with its own headers', async () => {
  const portal = await portalWith('before-commit', { kind: 'answer', status: 429, headers: { 'Retry-After': '7' } });
  const reply = await send(portal, 'POST', '/Task', struck);
  expect([reply.status, reply.headers.get('retry-after')]).toEqual([429, '7']);
  expect(readEffects(portal.database)).toEqual([]);
});

test('a captive portal answers 200 with HTML', async () => {
  const html = { 'Content-Type': 'text/html' };
  const portal = await portalWith('before-handling', { kind: 'answer', status: 200, headers: html, body: '<html>Sign in to Wi-Fi</html>' });
  const reply = await send(portal, 'GET', '/Task', { headers: { 'X-Request-Id': 'struck' } });
  expect([reply.status, reply.headers.get('content-type'), reply.text]).toEqual([200, 'text/html', '<html>Sign in to Wi-Fi</html>']);
});

test('a body can be cut so that the client notices, or so that only its JSON tells', async () => {
  const headers = { 'X-Request-Id': 'struck' };
  const noticed = await portalWith('before-body', { kind: 'truncate-body', bytes: 20, framing: 'length' });
  await expect(send(noticed, 'GET', '/metadata', { headers })).rejects.toThrow();
  const silent = await portalWith('before-body', { kind: 'truncate-body', bytes: 20, framing: 'close' });
  const response = await fetch(`${silent.baseUrl}/metadata`, { headers });
  expect([response.status, (await response.text()).length]).toEqual([200, 20]);
});

test('a commit that is held up appears late with its older time, behind a watermark that has moved on', async () => {
  let now = Date.parse('2026-11-20T10:00:00Z');
  const held = Promise.withResolvers<undefined>();
  const reached = Promise.withResolvers<void>();
  const portal = await aPortal({
    clock: () => now,
    faults: (point, { requestId }) => {
      if (point !== 'before-commit' || requestId !== 'late') return undefined;
      reached.resolve();
      return held.promise;
    },
  });
  const late = send(portal, 'PUT', '/Task/late', { body: { ...task, id: 'late' }, headers: { 'X-Request-Id': 'late' } });
  await reached.promise;
  now += 5000;
  await send(portal, 'PUT', '/Task/soon', { body: { ...task, id: 'soon' } });
  expect(idsIn((await send(portal, 'GET', '/Task')).json)).toEqual(['soon']);
  held.resolve(undefined);
  await late;
  const { json } = await send(portal, 'GET', '/Task?_sort=_lastUpdated');
  expect(idsIn(json)).toEqual(['late', 'soon']);
  expect(valuesAt(json, 'entry.resource.meta.lastUpdated')).toEqual(['2026-11-20T10:00:00.000Z', '2026-11-20T10:00:05.000Z']);
});

test('a version is never older than the one before it, even when the clock steps back', async () => {
  let now = Date.parse('2026-11-20T10:00:00Z');
  const portal = await aPortal({ clock: () => now });
  await send(portal, 'PUT', '/Task/t1', { body: { ...task, id: 't1' } });
  now -= 30_000;
  const second = await send(portal, 'PUT', '/Task/t1', { body: { ...task, id: 't1' }, headers: { 'If-Match': '1' } });
  expect(second.json).toMatchObject({ meta: { versionId: '2', lastUpdated: '2026-11-20T10:00:00.000Z' } });
  expect(second.headers.get('date')).toBe('Fri, 20 Nov 2026 09:59:30 GMT');
});

test('a bug is reported once and shown to nobody', async () => {
  const bugs: unknown[] = [];
  const portal = await aPortal({
    report: (bug) => bugs.push(bug),
    authorise: () => {
      throw new Error('secret detail');
    },
  });
  const reply = await send(portal, 'GET', '/Task');
  expect([reply.status, reply.text.includes('secret')]).toEqual([500, false]);
  expect(bugs).toHaveLength(1);
});

test('a page that reaches the loopback address under another name is turned away', async () => {
  const portal = await aPortal();
  const { port } = new URL(portal.baseUrl);
  const status = await new Promise((resolve, reject) => {
    get({ host: '127.0.0.1', port, path: '/fhir/Task', headers: { Host: 'evil.example' } }, (response) => {
      response.resume();
      resolve(response.statusCode);
    }).on('error', reject);
  });
  expect(status).toBe(421);
});

test('a body far over the limit is refused with an answer, not with a broken connection', async () => {
  const portal = await aPortal({ maximumBodyBytes: 1_000_000 });
  const reply = await send(portal, 'POST', '/Task', { body: 'x'.repeat(8_000_000) });
  expect(reply.status).toBe(413);
});
