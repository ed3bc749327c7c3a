import { Worker } from 'node:worker_threads';
import { pageOfItems } from '../../electron/store/lists/inbox.ts';
import { makeAct, openBenchDesk, preparedActs } from './bench-desk.ts';
import { type Bench, copiedProfile } from './bench-run.ts';
import { pullAll, theGp } from './fill-profile.ts';
import type { Finding } from './finding.ts';
import { inventedNow, inventResources } from './invented-resources.ts';
import { pagesPortal } from './pages-portal.ts';
import { renamed } from './renamed.ts';

/** Posts the time every 12 ms from a thread that the sync can't hold up: the wait in the queue is part of what a person waits. */
const ticker = `
  const { parentPort } = require('node:worker_threads');
  setInterval(() => parentPort.postMessage(performance.timeOrigin + performance.now()), 12);`;

/** Calls `work` at each tick while `meanwhile` runs, acts and reads in turn; milliseconds from tick to end. False: there was nothing left to do. */
async function measureMeanwhile(work: { act: () => boolean; read: () => boolean }, meanwhile: () => Promise<unknown>) {
  const waited: { act: number[]; read: number[] } = { act: [], read: [] };
  const worker = new Worker(ticker, { eval: true });
  let tick = 0;
  worker.on('message', (postedAt: number) => {
    tick += 1;
    const kind = tick % 2 === 0 ? 'act' : 'read';
    if (work[kind]()) waited[kind].push(performance.timeOrigin + performance.now() - postedAt);
  });
  await new Promise((resolve) => worker.once('online', resolve));
  await meanwhile();
  await worker.terminate();
  return waited;
}

/** An act and a page of the list, posted from outside while a sync takes thousands of new resources, against the same with nothing going on. */
export async function measureDuringSync(bench: Bench): Promise<readonly Finding[]> {
  const { desk, close } = await openBenchDesk(await copiedProfile(bench, 'small'));
  const acts = preparedActs(desk, 800);
  const half = Math.floor(acts.length / 2);
  let made = 0;
  const read = () => {
    const page = pageOfItems(desk.db, { staffId: theGp, pools: ['gp'], view: 'messages', offset: made % 100, limit: 50, anchor: null });
    return JSON.stringify(page).length > 0;
  };
  const actUpTo = (most: number) => () => {
    if (made >= most) return false;
    makeAct(desk, acts[made]);
    made += 1;
    return true;
  };
  const idle = await measureMeanwhile({ act: actUpTo(half), read }, () => new Promise((resolve) => setTimeout(resolve, 3_000)));
  made = half;
  const portal = pagesPortal(renamed(inventResources(Math.min(bench.options.n, 8_000)), 'b-'), inventedNow);
  const busy = await measureMeanwhile({ act: actUpTo(acts.length), read }, () => pullAll(desk.db, portal));
  close();
  const common = { section: 'sync', unit: 'ms', against: 'the same while nothing else runs', ratioOf: 0.99 } as const;
  const [act, page] = [
    { ours: [busy.act], floor: [idle.act] },
    { ours: [busy.read], floor: [idle.read] },
  ];
  return [
    { ...common, ...act, goal: 'P10', what: 'Act during a sync', ratio: { atMost: 10 }, guard: { of: 0.99, atMost: 25 } },
    { ...common, ...page, goal: 'P11', what: 'Page of 50 rows during a sync', ratio: { atMost: 2 } },
  ];
}
