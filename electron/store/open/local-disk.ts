import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { Disk } from '../disk.ts';
import { type KeyBinding, readKeyFiles } from '../keys/key-file.ts';

/** Everything of one user at one practice, in a folder of its own (SAFETY I14). */
export interface StorePaths {
  readonly folder: string;
  readonly database: string;
  readonly journal: string;
}

export interface FoundStore {
  readonly paths: StorePaths;
  /** Whose it is, from the key file: readable without the key, so unproven until the key opens. Null: the key file is missing or damaged. */
  readonly owner: KeyBinding | null;
}

const storesFolder = 'stores';
const toPaths = (folder: string): StorePaths => ({ folder, database: join(folder, 'cache.db'), journal: join(folder, 'intents.journal') });

/** The same person at the same server always has the same folder; its name tells neither. */
export function pathsOf(dataFolder: string, server: string, subject: string): StorePaths {
  const name = createHash('sha256').update(`${server}\n${subject}`).digest('hex').slice(0, 32);
  return toPaths(join(dataFolder, storesFolder, name));
}

/** Stores of this OS user, those set aside left out. */
export function listStores(dataFolder: string, disk: Disk): readonly FoundStore[] {
  return disk
    .list(join(dataFolder, storesFolder))
    .filter((name) => /^[0-9a-f]{32}$/.test(name))
    .map((name) => {
      const paths = toPaths(join(dataFolder, storesFolder, name));
      return { paths, owner: readKeyFiles(disk, paths.folder)[0]?.binding ?? null };
    })
    .filter(({ paths, owner }) => owner !== null || disk.list(paths.folder).includes('cache.db'));
}

/** Moves a store that can't be opened out of the way, whole: nothing is deleted (SAFETY D4). `stamp` makes the name unique. */
export function setStoreAside(paths: StorePaths, disk: Disk, stamp: string): string {
  const aside = `${paths.folder}.set-aside-${stamp.replaceAll(/[^0-9A-Za-z]/g, '')}`;
  disk.rename(paths.folder, aside);
  return aside;
}

/** A folder of a synchronising program: it copies the database while it is being written, and away from this computer (SAFETY D1). */
const syncedFolders =
  /(^|[\\/])(OneDrive( - [^\\/]+)?|Dropbox( \([^\\/]+\))?|Google ?Drive|GoogleDrive[^\\/]*|iCloud ?Drive|iCloud~[^\\/]*|Mobile Documents|CloudStorage|Nextcloud|ownCloud|pCloud ?Drive|Box Sync|Creative Cloud Files)([\\/]|$)/i;

/** Magic numbers of Linux network file systems (statfs(2)): NFS, SMB, CIFS, SMB2, AFS, Coda, 9P, Ceph, NCP. */
const networkFileSystems: ReadonlySet<number> = new Set([
  0x6969, 0x517b, 0xff534d42, 0xfe534d42, 0x5346414f, 0x73757245, 0x01021997, 0x00c36400, 0x564c,
]);

/** False for what is plainly not a local disk. A drive letter that Windows maps to a share can't be told from here. */
export function isLocalDisk(dataFolder: string, disk: Disk): boolean {
  if (/^[\\/]{2}[^\\/?.]/.test(dataFolder) || syncedFolders.test(dataFolder)) return false;
  disk.makeFolder(dataFolder);
  const type = disk.fileSystemType(dataFolder);
  return type === null || !networkFileSystems.has(type >>> 0);
}
