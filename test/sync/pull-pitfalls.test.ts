import { describe, expect, test } from 'vitest';
import { defineStatement } from '../../electron/store/db.ts';
import { findCursor } from '../../electron/store/mirror/cursors.ts';
import { findResource } from '../../electron/store/mirror/mirror.ts';
import { patient, pullPlace } from '../support/pull-place.ts';
import { pull } from '../support/sync-run.ts';

const here = pullPlace();
const watermark = () => findCursor(here.desk.store.db, 'Patient', 'all')?.watermark ?? '';

describe('a pull', () => {
  test('ends when the last page is full to the last row', async () => {
    const known = Object.keys(here.serverVersions()).filter((ref) => ref.startsWith('Patient/')).length;
    here.practice.server.load(Array.from({ length: 400 - known }, (_each, index) => patient(`extra-${index}`)));
    expect((await pull(here.desk)).ok).toBe(true);
    here.expectConverged();
  });

  test('ends with exactly what the server has', async () => {
    expect(await pull(here.desk)).toMatchObject({ ok: true });
    here.expectConverged();
  });

  test('a round in which nothing changed is one request, and the next one still finds what did', async () => {
    await pull(here.desk);
    let requests = 0;
    here.practice.faults.hook = (point) => {
      if (point === 'before-handling') requests += 1;
      return undefined;
    };
    expect(await pull(here.desk)).toEqual({ ok: true, value: 0 });
    expect(requests).toBe(1);
    here.time += 1_000;
    here.practice.server.load(Array.from({ length: 250 }, (_, index) => patient(`many-${index}`)));
    expect(await pull(here.desk)).toEqual({ ok: true, value: 250 });
    here.expectConverged();
  });

  test('a server that takes no batch is asked type by type', async () => {
    await pull(here.desk);
    here.time += 1_000;
    await here.put(patient('fine'));
    here.practice.faults.hook = (point, { path, method }) =>
      point === 'before-handling' && path === '' && method === 'POST' ? { kind: 'answer', status: 405 } : undefined;
    expect(await pull(here.desk)).toEqual({ ok: true, value: 1 });
    here.expectConverged();
  });

  test('a write that is stamped early and appears late is not lost', async () => {
    await pull(here.desk);
    const held = Promise.withResolvers<undefined>();
    const stamped = Promise.withResolvers<void>();
    here.practice.faults.hook = (point, { path }) => {
      if (point !== 'before-commit' || path !== '/Patient/late') return undefined;
      stamped.resolve();
      return held.promise;
    };
    const late = here.put(patient('late'));
    await stamped.promise;
    here.time += 8_000;
    await here.put(patient('early'));
    await pull(here.desk);
    expect(findResource(here.desk.store.db, 'Patient', 'late')).toBeUndefined();
    held.resolve(undefined);
    await late;
    await pull(here.desk);
    here.expectConverged();
  });

  test('versions with the same stamp all arrive', async () => {
    await pull(here.desk);
    const version = await here.put(patient('tie'));
    await pull(here.desk);
    await here.put(patient('tie', 'Parata'), version);
    await pull(here.desk);
    here.expectConverged();
  });

  test('a server whose clock steps back thirty seconds loses nothing, before or after it catches up', async () => {
    here.time += 60_000;
    await here.put(patient('before'));
    await pull(here.desk);
    here.time -= 30_000;
    const version = await here.put(patient('after'));
    await pull(here.desk);
    here.expectConverged();
    here.time += 12_000;
    await here.put(patient('after', 'Parata'), version);
    await here.put(patient('before', 'Kingi'), '1');
    await pull(here.desk);
    here.expectConverged();
    here.time += 60_000;
    await here.put(patient('later'));
    await pull(here.desk);
    here.expectConverged();
  });

  test('updates during a walk are seen, and the walk ends', async () => {
    let writes = 0;
    here.practice.faults.hook = async (point, { path, method }) => {
      if (point === 'before-handling' && method === 'GET' && path === '/Patient' && writes < 3) {
        writes += 1;
        here.time += 1;
        await here.put(patient(`during-${writes}`));
      }
      return undefined;
    };
    await pull(here.desk);
    here.practice.faults.hook = undefined;
    await pull(here.desk);
    here.expectConverged();
  });

  test('an expired next link starts the walk again from the watermark', async () => {
    here.practice.server.load(Array.from({ length: 450 }, (_, index) => patient(`many-${index}`)));
    let expired = 0;
    here.practice.faults.hook = (point, { path, query }) => {
      if (point !== 'before-handling' || path !== '/Patient' || query.includes('_sort=_lastUpdated&_count=200&_total') || expired > 0)
        return undefined;
      expired += 1;
      return { kind: 'answer', status: 410 };
    };
    expect(await pull(here.desk)).toMatchObject({ ok: true });
    expect(expired).toBe(1);
    here.expectConverged();
  });

  test('a pull that was cut short goes on from its last page and moves the watermark only at the end', async () => {
    here.practice.server.load(Array.from({ length: 450 }, (_, index) => patient(`many-${index}`)));
    let pages = 0;
    here.practice.faults.hook = (point, { path }) => {
      if (point !== 'before-handling' || path !== '/Patient') return undefined;
      pages += 1;
      return pages === 3 ? { kind: 'drop-socket' } : undefined;
    };
    expect(await pull(here.desk)).toMatchObject({ ok: false });
    const cut = findCursor(here.desk.store.db, 'Patient', 'all');
    expect(cut).toMatchObject({ watermark: null, completedAt: null });
    expect(cut?.walkNext).not.toBeNull();
    here.practice.faults.hook = undefined;
    pages = 0;
    await pull(here.desk);
    here.expectConverged();
    expect(watermark()).not.toBe('');
  });

  test.each([
    ['a captive portal', { kind: 'answer', status: 200, headers: { 'content-type': 'text/html' }, body: '<html>Welcome</html>' }],
    ['half a page, as if whole', { kind: 'truncate-body', bytes: 900, framing: 'close' }],
    ['half a page, with its length', { kind: 'truncate-body', bytes: 900, framing: 'length' }],
    [
      'another kind of resource',
      { kind: 'answer', status: 200, headers: { 'content-type': 'application/fhir+json' }, body: '{"resourceType":"Patient","id":"x"}' },
    ],
    [
      'a next link to a foreign server',
      {
        kind: 'answer',
        status: 200,
        headers: { 'content-type': 'application/fhir+json' },
        body: '{"resourceType":"Bundle","type":"searchset","link":[{"relation":"next","url":"https://elsewhere.example/fhir/Patient?x"}]}',
      },
    ],
  ] as const)('%s changes nothing', async (_name, fault) => {
    await pull(here.desk);
    const before = here.desk.store.db.read(defineStatement('SELECT count(*) AS count, max(version_id) AS newest FROM resource')).get();
    const cursor = findCursor(here.desk.store.db, 'Patient', 'all');
    here.time += 1_000;
    await here.put(patient('new'));
    here.practice.faults.hook = (point, { path }) => (point === 'before-body' && path === '/Patient' ? fault : undefined);
    expect(await pull(here.desk, 'warm')).toMatchObject({ ok: false });
    expect(here.desk.store.db.read(defineStatement('SELECT count(*) AS count, max(version_id) AS newest FROM resource')).get()).toEqual(
      before,
    );
    expect(findCursor(here.desk.store.db, 'Patient', 'all')).toEqual(cursor);
    // Asked for all types at once it is no better: refused, or asked again type by type.
    here.practice.faults.hook = (point, { path }) => (point === 'before-body' && path === '' ? fault : undefined);
    await pull(here.desk);
    here.practice.faults.hook = undefined;
    await pull(here.desk);
    here.expectConverged();
  });
});
