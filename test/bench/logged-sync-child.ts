// The same first sync on the modules of another tree, laid out as in version 0.1: logged-sync-child.ts TREE PATH COUNT
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { loggedSync, type SyncParts } from './logged-sync.ts';

const [tree = '.', path = '', count = ''] = process.argv.slice(2);
const from = (file: string) => import(pathToFileURL(join(resolve(tree), file)).href);

const modules: readonly Partial<SyncParts>[] = await Promise.all(
  [
    'electron/store/open.ts',
    'electron/sync/pull.ts',
    'electron/store/search.ts',
    'test/bench/pages-portal.ts',
    'test/bench/invented-resources.ts',
  ].map(from),
);
const { openStore, pullRound, mergeWords, pagesPortal, inventResources, inventedNow }: Partial<SyncParts> = Object.assign({}, ...modules);
if (!openStore || !pullRound || !mergeWords || !pagesPortal || !inventResources || !inventedNow) {
  throw new Error(`${tree} is not laid out as version 0.1`);
}
const parts = { openStore, pullRound, mergeWords, pagesPortal, inventResources, inventedNow };
console.log(JSON.stringify(await loggedSync(parts, path, Number(count))));
