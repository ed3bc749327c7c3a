import { expect, test } from 'vitest';
import { valuesAt } from '../../electron/demo/fhir-server/json.ts';
import { aPortal, linkIn, send } from './portal-under-test.ts';

async function portalWithPast() {
  let now = Date.parse('2026-11-20T10:00:00.000Z');
  const portal = await aPortal({
    clock: () => {
      now += 1000;
      return now;
    },
  });
  await send(portal, 'PUT', '/Task/t1', { body: { resourceType: 'Task', id: 't1', status: 'requested' } });
  await send(portal, 'PUT', '/Patient/p1', { body: { resourceType: 'Patient', id: 'p1' } });
  await send(portal, 'PUT', '/Task/t1', {
    body: { resourceType: 'Task', id: 't1', status: 'accepted' },
    headers: { 'If-Match': 'W/"1"' },
  });
  await send(portal, 'DELETE', '/Task/t1');
  return portal;
}

test('the history of a resource runs from its delete back to its first version', async () => {
  const portal = await portalWithPast();
  const { json } = await send(portal, 'GET', '/Task/t1/_history');
  expect(valuesAt(json, 'entry.request.method')).toEqual(['DELETE', 'PUT', 'PUT']);
  expect(valuesAt(json, 'entry.response.etag')).toEqual(['W/"3"', 'W/"2"', 'W/"1"']);
  expect(valuesAt(json, 'entry.resource.status')).toEqual(['accepted', 'requested']);
  expect((await send(portal, 'GET', '/Task/never/_history')).status).toBe(404);
});

test('the history of a type and of everything begins where _since says', async () => {
  const portal = await portalWithPast();
  const all = (await send(portal, 'GET', '/_history')).json;
  expect(valuesAt(all, 'entry.request.url')).toEqual(['Task/t1', 'Task/t1', 'Patient/p1', 'Task/t1']);
  const since = String(valuesAt(all, 'entry.response.lastModified')[1]);
  expect((await send(portal, 'GET', `/_history?_since=${since}`)).json.entry).toHaveLength(2);
  expect((await send(portal, 'GET', '/Patient/_history')).json.entry).toHaveLength(1);
  expect((await send(portal, 'GET', '/_history?_since=yesterday')).status).toBe(400);
});

test('history pages neither repeat nor skip while new versions arrive', async () => {
  const portal = await aPortal();
  portal.load(Array.from({ length: 10 }, (_, index) => ({ resourceType: 'Task', id: `t${index}` })));
  const seen: unknown[] = [];
  let url: string | undefined = '/Task/_history?_count=3';
  while (url !== undefined) {
    const { json }: { json: Parameters<typeof linkIn>[0] } = await send(portal, 'GET', url);
    seen.push(...valuesAt(json, 'entry.resource.id'));
    url = linkIn(json, 'next');
    await send(portal, 'POST', '/Task', { body: { resourceType: 'Task' } });
  }
  expect(seen).toEqual(['t9', 't8', 't7', 't6', 't5', 't4', 't3', 't2', 't1', 't0']);
});
