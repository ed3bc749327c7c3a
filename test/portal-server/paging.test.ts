import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findCurrent } from '../../electron/demo/fhir-server/database.ts';
import type { PortalServer } from '../../electron/demo/fhir-server/server.ts';
import { aPortal, linkIn, send, walk } from './portal-under-test.ts';

function task(id: string, lastUpdated?: string) {
  return { resourceType: 'Task', id, status: 'requested', ...(lastUpdated === undefined ? {} : { meta: { lastUpdated } }) };
}

async function touch(portal: PortalServer, id: string): Promise<void> {
  const version = findCurrent(portal.database, 'Task', id)?.version;
  await send(portal, 'PUT', `/Task/${id}`, { body: task(id), headers: version === undefined ? {} : { 'If-Match': `W/"${version}"` } });
}

test('a walk by lastUpdated sees every resource whatever is written between its pages', async () => {
  const plan = fc.record({
    size: fc.integer({ min: 0, max: 30 }),
    count: fc.integer({ min: 1, max: 7 }),
    ties: fc.integer({ min: 1, max: 5 }),
    status: fc.boolean(),
    writes: fc.array(fc.integer({ min: 0, max: 40 }), { maxLength: 15 }),
  });
  await fc.assert(
    fc.asyncProperty(plan, async ({ size, count, ties, status, writes }) => {
      const portal = await aPortal();
      const at = (index: number) => new Date(Date.UTC(2026, 10, 1) + Math.floor(index / ties)).toISOString();
      portal.load(Array.from({ length: size }, (_, index) => task(`t${index}`, at(index))));
      const waiting = [...writes];
      const filter = status ? '&status=requested' : '';
      const seen = await walk(portal, `/Task?_sort=_lastUpdated&_count=${count}${filter}`, async () => {
        const index = waiting.shift();
        if (index !== undefined) await touch(portal, `t${index}`);
      });
      const there = Array.from({ length: size }, (_, index) => `t${index}`);
      expect(new Set(seen)).toEqual(new Set([...there, ...seen]));
      await portal.close();
    }),
    { numRuns: 40 },
  );
}, 120_000);

test.each(['_lastUpdated', '-_lastUpdated', '_id', '-_id', 'modified', '-modified', '-modified,_id', 'modified,-_lastUpdated'])(
  'without writes a walk sorted by %s gives each resource exactly once',
  async (sort) => {
    const portal = await aPortal();
    const days = ['2026-11-01', '2026-11-02', undefined];
    const tasks = Array.from({ length: 25 }, (_, index) => {
      const day = days[index % 3];
      return { ...task(`t${index}`, '2026-11-20T10:00:00Z'), ...(day === undefined ? {} : { lastModified: day }) };
    });
    portal.load(tasks);
    const seen = await walk(portal, `/Task?_sort=${sort}&_count=4`);
    expect(seen).toHaveLength(25);
    expect(new Set(seen).size).toBe(25);
  },
);

test('a filter that most resources meet walks the same as one that few meet', async () => {
  const portal = await aPortal();
  portal.load(Array.from({ length: 2500 }, (_, index) => ({ ...task(`t${index}`), status: index % 100 === 0 ? 'accepted' : 'requested' })));
  expect(new Set(await walk(portal, '/Task?status=requested&_count=1000')).size).toBe(2475);
  expect(new Set(await walk(portal, '/Task?status=accepted&_count=10')).size).toBe(25);
  expect(new Set(await walk(portal, '/Task?status:not=accepted&_count=1000')).size).toBe(2475);
});

test('a page holds at most 1000, and a next link from elsewhere answers 410', async () => {
  const portal = await aPortal();
  portal.load(Array.from({ length: 1001 }, (_, index) => task(`t${index}`)));
  const first = await send(portal, 'GET', '/Task?_count=5000');
  expect(first.json.entry).toHaveLength(1000);
  const next = linkIn(first.json, 'next') ?? '';
  expect((await send(portal, 'GET', next)).json.entry).toHaveLength(1);
  expect((await send(portal, 'GET', next.replace('/Task?', '/Patient?'))).status).toBe(410);
  expect((await send(portal, 'GET', '/Task?_page=nonsense')).status).toBe(410);
});
