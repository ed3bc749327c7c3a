// The same first sync on the modules of another tree, laid out as this one or as version 0.1: logged-sync-child.ts TREE PATH COUNT
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { loggedSync, type SyncParts } from './logged-sync.ts';

const [tree = '.', path = '', count = ''] = process.argv.slice(2);

/** Where each part lies now, and where it lay in version 0.1. */
const places: readonly (readonly string[])[] = [
  ['electron/store/open/open.ts', 'electron/store/open.ts'],
  ['electron/sync/pull/pull.ts', 'electron/sync/pull.ts'],
  ['electron/store/lists/word-index.ts', 'electron/store/search.ts'],
  ['test/bench/pages-portal.ts'],
  ['test/bench/invented-resources.ts'],
];

function partOf(files: readonly string[]): Promise<Partial<SyncParts>> {
  const found = files.map((file) => join(resolve(tree), file)).find(existsSync);
  if (found === undefined) throw new Error(`${tree} has none of ${files.join(', ')}`);
  return import(pathToFileURL(found).href);
}

const modules = await Promise.all(places.map(partOf));
const { openStore, pullRound, mergeWords, pagesPortal, inventResources, inventedNow }: Partial<SyncParts> = Object.assign({}, ...modules);
if (!openStore || !pullRound || !mergeWords || !pagesPortal || !inventResources || !inventedNow) {
  throw new Error(`${tree} is laid out in a way that is not known here`);
}
const parts = { openStore, pullRound, mergeWords, pagesPortal, inventResources, inventedNow };
console.log(JSON.stringify(await loggedSync(parts, path, Number(count))));
