import { join } from 'node:path';
import { openStore, type Store } from '../../electron/store/open/open.ts';
import type { Section } from './bench-run.ts';
import { measureDuringSync } from './during-sync.ts';
import { pullAll } from './fill-profile.ts';
import { timed } from './interleave.ts';
import { inventedNow, inventResources } from './invented-resources.ts';
import { measureLog } from './log-written.ts';
import { pagesPortal } from './pages-portal.ts';
import { contentOf, rawIngest } from './raw-ingest.ts';

const key = Buffer.alloc(32, 7);

/** From pages to a usable cache, in an empty store. */
async function syncInto(path: string, portal: ReturnType<typeof pagesPortal>): Promise<Store> {
  const store = openStore({ path, key });
  if (!store.ok) throw new Error(store.error);
  await pullAll(store.value.db, portal);
  return store.value;
}

/** First sync as a rate, what it does to somebody who works meanwhile, and what it writes. */
export const syncSection: Section = async (bench) => {
  const count = Math.min(bench.options.n, 5_000);
  const portal = pagesPortal(inventResources(count), inventedNow);
  const [ours, floor]: [number[][], number[][]] = [[], []];
  let stores = 0;
  const nextPath = () => {
    stores += 1;
    return join(bench.folder, `ingest-${stores}.db`);
  };
  const warm = await syncInto(nextPath(), portal);
  const content = contentOf(warm.db);
  warm.close();
  const syncOnce = async () => (await syncInto(nextPath(), portal)).close();
  const rateOf = async (work: () => unknown) => (count * 1000) / (await timed(work, 0));
  const takeOurs = async () => ours.push([await rateOf(syncOnce)]);
  const takeFloor = async () => floor.push([await rateOf(() => rawIngest(nextPath(), key, content))]);
  for (let round = 0; round < bench.options.rounds; round += 1) {
    for (const take of round % 2 === 0 ? [takeOurs, takeFloor] : [takeFloor, takeOurs]) await take();
  }
  const against = 'the same rows written by bare SQLite in one transaction, same cipher';
  return [
    { section: 'sync', goal: 'P12', what: 'First sync', unit: 'rows/s', ours, floor, against, ratioOf: 0.5, ratio: { atLeast: 0.6 } },
    ...(await measureDuringSync(bench)),
    ...(await measureLog(bench)),
  ];
};
