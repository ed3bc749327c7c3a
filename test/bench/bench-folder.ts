import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url));
/** Ignored by git; may be deleted at any time. */
const cacheFolder = join(root, '.cache', 'bench');
/** What a filled store is made of: when any of it changes, it is made anew. */
const madeOf = ['electron/demo/practice', 'electron/store', 'electron/sync', 'electron/fhir', 'shared', 'test/bench'];

function hashOfSources(): string {
  const hash = createHash('sha256');
  for (const folder of madeOf) {
    const files = readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).filter((name) => /\.(ts|sql)$/.test(name));
    for (const file of files.sort()) {
      if (folder === 'test/bench' && !/^(invented-resources|fill-profile|bench-folder)\.ts$/.test(file)) continue;
      hash.update(`${folder}/${file}\n`).update(readFileSync(join(root, folder, file)));
    }
  }
  return hash.digest('hex').slice(0, 12);
}

/** Of the sources as this run found them. */
const sourcesHash = hashOfSources();

/** Where the store of so many resources is kept; those made from other sources are removed. */
export function cachedProfile(count: number): string {
  mkdirSync(cacheFolder, { recursive: true });
  const wanted = `profile-${count}-${sourcesHash}`;
  for (const name of readdirSync(cacheFolder)) {
    if (name.startsWith('profile-') && !name.includes(sourcesHash)) rmSync(join(cacheFolder, name), { recursive: true });
  }
  return join(cacheFolder, wanted);
}

/** An empty folder on the same disk as the stores, gone when the bench ends. */
export function workFolder(): { readonly path: string; readonly remove: () => void } {
  const path = join(cacheFolder, `work-${process.pid}`);
  mkdirSync(path, { recursive: true });
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}
