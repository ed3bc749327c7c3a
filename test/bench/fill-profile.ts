import { existsSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as yieldToActs } from 'node:timers/promises';
import { GPS, roleReference } from '../../electron/demo/practice/staff.ts';
import type { WriteDb } from '../../electron/store/db.ts';
import { realDisk } from '../../electron/store/disk.ts';
import { createStoreKey, type Keychain, openStoreKey } from '../../electron/store/keys/keys.ts';
import { mergeWords } from '../../electron/store/lists/word-index.ts';
import { saveIdentity } from '../../electron/store/open/identity.ts';
import { pathsOf, type StorePaths } from '../../electron/store/open/local-disk.ts';
import { openStore, type Store } from '../../electron/store/open/open.ts';
import { trimLog } from '../../electron/store/open/write-ahead-log.ts';
import { findStaff } from '../../electron/store/record/staff.ts';
import { pullRound } from '../../electron/sync/pull/pull.ts';
import type { Staff } from '../../shared/domain/staff.ts';
import { ok } from '../../shared/result.ts';
import { cachedProfile } from './bench-folder.ts';
import { inventedNow, inventResources } from './invented-resources.ts';
import { pagesPortal } from './pages-portal.ts';

const server = 'https://portal.invalid/fhir';
const subject = 'bench';

/** Seals by reversing: what a real keychain costs is the system's affair and the same for every app. */
const reversing: Keychain = {
  backend: async () => 'gnome_libsecret',
  seal: async (secret) => ok(Buffer.from(secret).reverse()),
  unseal: async (sealed) => ok({ secret: Buffer.from(sealed).reverse(), resealed: null }),
};

/** Folders of a profile as the shell lays it out. */
const pathsIn = (profile: string): StorePaths => pathsOf(join(profile, 'stores'), server, subject);

const [gp] = GPS;
export const theGp = roleReference(gp).slice('PractitionerRole/'.length);

/** Pulls all that the portal has, along the way that the app takes, and merges the word index as idle slices would. */
export async function pullAll(db: WriteDb, portal: ReturnType<typeof pagesPortal>): Promise<number> {
  const pulled = await pullPages(db, portal, () => trimLog(db));
  while (mergeWords(db)) await yieldToActs();
  return pulled;
}

export async function pullPages(db: WriteDb, portal: ReturnType<typeof pagesPortal>, onPage: () => void): Promise<number> {
  const clock = { now: () => Date.parse(inventedNow) };
  const deps = { db, portal, clock, random: () => 0.5, onPage, stopped: () => false };
  const pulled = await pullRound(deps, 'hot', { refusedTypes: new Set(), noBatch: true });
  if (!pulled.ok) throw new Error(`The pages could not be taken: ${pulled.error.kind}`);
  return pulled.value;
}

export function staffOf(db: WriteDb): Staff {
  const staff = findStaff(db, theGp);
  if (!staff) throw new Error('The invented practice has no GP');
  return staff;
}

/** A user-data folder with a store of so many resources, filled once and kept. Not to be written to: work on a copy. */
export async function filledProfile(count: number): Promise<string> {
  const profile = cachedProfile(count);
  if (existsSync(profile)) return profile;
  const half = `${profile}.half`;
  rmSync(half, { recursive: true, force: true });
  const paths = pathsIn(half);
  realDisk.makeFolder(paths.folder);
  const owner = { storeId: 'bench', server, subject, practiceName: 'Kauri Street Medical Centre', userName: 'Bench' };
  const key = await createStoreKey({ disk: realDisk, keychain: reversing, folder: paths.folder }, owner, null);
  const store = key.ok ? openStore({ path: paths.database, key: key.value }) : key;
  if (!store.ok) throw new Error(store.error);
  const { db } = store.value;
  await pullAll(db, pagesPortal(inventResources(count), inventedNow));
  const { storeId, practiceName } = owner;
  saveIdentity(db, {
    storeId,
    server,
    practiceName,
    subject,
    staff: staffOf(db),
    cipherSuite: 'sqlcipher-4-raw-256',
    createdAt: new Date(inventedNow).toISOString(),
  });
  store.value.close();
  renameSync(half, profile);
  return profile;
}

export interface OpenProfile {
  readonly store: Store;
  readonly key: Buffer;
  readonly paths: StorePaths;
}

export async function openProfile(profile: string): Promise<OpenProfile> {
  const paths = pathsIn(profile);
  const key = await openStoreKey({ disk: realDisk, keychain: reversing, folder: paths.folder }, null);
  const store = key.ok ? openStore({ path: paths.database, key: key.value, mustExist: true }) : key;
  if (!key.ok || !store.ok) throw new Error('A filled store cannot be opened');
  return { store: store.value, key: key.value, paths };
}
