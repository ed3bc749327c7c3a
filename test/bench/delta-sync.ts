import { statSync } from 'node:fs';
import type { WriteDb } from '../../electron/store/db.ts';
import { defineStatement } from '../../electron/store/db.ts';
import { findResource, resourcesAfter, type StoredResource } from '../../electron/store/mirror/mirror.ts';
import { copiedProfile, profileOf, type Section } from './bench-run.ts';
import { type OpenProfile, openProfile, pullAll } from './fill-profile.ts';
import { timed } from './interleave.ts';
import { inventedNow } from './invented-resources.ts';
import { pagesPortal } from './pages-portal.ts';
import { renamed } from './renamed.ts';

const changesInOne = { status: 700, fresh: 200, text: 100 };

/** The next version of a resource, with something in its text replaced. */
function changed(resource: StoredResource, version: number, from: RegExp, to: string): StoredResource {
  const lastUpdated = new Date(Date.parse(inventedNow) + version * 60_000).toISOString();
  const body = resource.body
    .replace(/"versionId":"\d+"/, `"versionId":"${version}"`)
    .replace(/"lastUpdated":"[^"]+"/, `"lastUpdated":"${lastUpdated}"`)
    .replace(from, to);
  return { ...resource, versionId: String(version), lastUpdated, body };
}

/** A thousand changes as a busy day brings them: mostly the state of Tasks, some new ones, some other words. */
function someChanges(db: WriteDb, version: number, mostTasks: number): readonly StoredResource[] {
  const tasks = resourcesAfter(db, 'Task', 'task-', Math.min(mostTasks, changesInOne.status));
  const messages = resourcesAfter(db, 'Communication', 'm', changesInOne.text);
  const priority = version % 2 === 0 ? 'urgent' : 'asap';
  return [
    ...tasks.map((task) => changed(task, version, /"priority":"\w+"/, `"priority":"${priority}"`)),
    ...messages.map((message) => changed(message, version, /"contentString":"/, `"contentString":"Edited ${version}. `)),
    ...renamed(tasks.slice(0, changesInOne.fresh), `v${version}-`).map((task) => changed(task, 1, /$/, '')),
  ];
}

/** What a delta costs must hang on the changes, not on what is cached. */
export const deltaSection: Section = async (bench) => {
  const large = await openProfile(await copiedProfile(bench, 'large'));
  const small = await openProfile(await copiedProfile(bench, 'small'));
  // As many in both, also where the small store has not so many.
  const mostTasks = resourcesAfter(small.store.db, 'Task', 'task-', changesInOne.status).length;
  const [ours, floor]: [number[][], number[][]] = [[], []];
  const take = async ({ store: { db } }: OpenProfile, version: number): Promise<number> => {
    const portal = pagesPortal(someChanges(db, version, mostTasks), new Date(Date.parse(inventedNow) + version * 60_000).toISOString());
    const ms = await timed(() => pullAll(db, portal), version);
    if (findResource(db, 'Task', resourcesAfter(db, 'Task', 'task-', 1)[0]?.id ?? '')?.versionId !== String(version)) {
      throw new Error('The changes were not taken');
    }
    return ms;
  };
  for (let round = 0; round <= bench.options.rounds; round += 1) {
    const [first, second] = round % 2 === 0 ? [large, small] : [small, large];
    const times = [await take(first, round + 2), await take(second, round + 2)] as const;
    if (round === 0) continue;
    ours.push([round % 2 === 0 ? times[0] : times[1]]);
    floor.push([round % 2 === 0 ? times[1] : times[0]]);
  }
  large.store.close();
  small.store.close();
  const against = 'the small store';
  return [
    {
      section: 'delta',
      goal: 'P14',
      what: 'A thousand changes, growth',
      unit: 'ms',
      ours,
      floor,
      against,
      ratioOf: 0.5,
      ratio: { atMost: 1.7 },
    },
  ];
};

/** The file after a checkpoint, everything in it, beside the JSON that it was made of. */
export const sizeSection: Section = async (bench) => {
  const { store, paths } = await openProfile(await profileOf(bench, 'large'));
  const row = store.db.read(defineStatement('SELECT sum(length(body)) AS bytes FROM resource')).get();
  store.close();
  const mb = (bytes: number) => [[bytes / 1e6]];
  return [
    {
      ...{ section: 'size', goal: 'P17', what: 'Encrypted file', unit: 'MB', against: 'the JSON in it', ratioOf: 0.5 },
      ours: mb(statSync(paths.database).size),
      floor: mb(Number(row?.bytes)),
      ratio: { atMost: 0.8 },
    },
  ];
};
