import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { WriteDb } from '../../electron/store/db.ts';
import { countSegments } from '../../electron/store/lists/word-index.ts';
import { pullRound } from '../../electron/sync/pull/pull.ts';
import { inventedNow, inventResources } from '../bench/invented-resources.ts';
import { pagesPortal } from '../bench/pages-portal.ts';
import { openDesk } from '../support/sync-desk.ts';

/** A whole practice, page by page, along the way that the app takes; nothing merges its word index meanwhile. */
async function firstSync(db: WriteDb, resources: ReturnType<typeof inventResources>): Promise<{ commits: number }> {
  let commits = 0;
  const counting: WriteDb = {
    ...db,
    refetchable(work) {
      commits += 1;
      return db.refetchable(work);
    },
  };
  const portal = pagesPortal(resources, inventedNow);
  const deps = { portal, clock: { now: () => Date.parse(inventedNow) }, random: () => 0.5, onPage: () => undefined, stopped: () => false };
  const pulled = await pullRound({ ...deps, db: counting }, 'hot', { refusedTypes: new Set(), noBatch: true });
  expect(pulled).toEqual({ ok: true, value: resources.length });
  return { commits };
}

/** Bytes in the log of a sync that nothing trims, for each byte of JSON, while nobody acts: whole pages, however quick the machine. */
test('a first sync writes less than four times the JSON that it takes', async () => {
  const resources = inventResources(1_500);
  const json = resources.reduce((sum, { body }) => sum + Buffer.byteLength(body), 0);
  const folder = mkdtempSync(join(tmpdir(), 'portal-desk-writes-'));
  const path = join(folder, 'desk.db');
  const desk = openDesk({ baseUrl: 'http://127.0.0.1:9/fhir', file: { path, key: randomBytes(32) } });
  await firstSync(desk.store.db, resources);
  const written = statSync(`${path}-wal`).size / json;
  desk.close();
  rmSync(folder, { recursive: true });
  expect(written).toBeLessThan(4);
});

test('the word index gets at most one segment for each commit', async () => {
  const desk = openDesk({ baseUrl: 'http://127.0.0.1:9/fhir' });
  const { commits } = await firstSync(desk.store.db, inventResources(1_500));
  const segments = countSegments(desk.store.db);
  desk.close();
  expect(segments).toBeGreaterThan(0);
  expect(segments).toBeLessThanOrEqual(commits);
});
