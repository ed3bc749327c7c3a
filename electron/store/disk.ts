import {
  closeSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  statfsSync,
  writeSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';

export interface AppendFile {
  size(): number;
  append(bytes: Buffer): void;
  /** Returns when the disk says the bytes are on it (fsync; F_FULLFSYNC on macOS through libuv). */
  sync(): void;
  truncate(size: number): void;
  close(): void;
}

/** Where files are written, so that tests can make any of it fail. Errors are thrown as Node throws them. Files are 0600, folders 0700. */
export interface Disk {
  read(path: string): Buffer | undefined;
  openToAppend(path: string): AppendFile;
  /** New file, fsync, rename over `path`, fsync of the folder: afterwards either the old or the new content is there, whole. */
  replace(path: string, bytes: Buffer): void;
  rename(from: string, to: string): void;
  makeFolder(path: string): void;
  /** Names in a folder; empty when there is none. */
  list(path: string): readonly string[];
  /** Linux magic number of the file system under a path, null where the system does not say. */
  fileSystemType(path: string): number | null;
}

const isMissing = (error: unknown) => error instanceof Error && 'code' in error && error.code === 'ENOENT';

function writeAll(descriptor: number, bytes: Buffer): void {
  let written = 0;
  while (written < bytes.length) written += writeSync(descriptor, bytes, written);
}

function syncFolder(path: string): void {
  // Windows can't open a folder; NTFS keeps the rename in its own journal.
  if (process.platform === 'win32') return;
  const folder = openSync(path, 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}

function openToAppend(path: string): AppendFile {
  const descriptor = openSync(path, 'a', 0o600);
  if (fstatSync(descriptor).size === 0) syncFolder(dirname(path));
  return {
    size: () => fstatSync(descriptor).size,
    append: (bytes) => writeAll(descriptor, bytes),
    sync: () => fsyncSync(descriptor),
    truncate: (size) => ftruncateSync(descriptor, size),
    close: () => closeSync(descriptor),
  };
}

function replace(path: string, bytes: Buffer): void {
  const fresh = join(dirname(path), `.${basename(path)}.new`);
  const descriptor = openSync(fresh, 'w', 0o600);
  try {
    writeAll(descriptor, bytes);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
  renameSync(fresh, path);
  syncFolder(dirname(path));
}

function read(path: string): Buffer | undefined {
  try {
    return readFileSync(path);
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

function list(path: string): readonly string[] {
  try {
    return readdirSync(path);
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}

export const realDisk: Disk = {
  read,
  openToAppend,
  replace,
  rename: (from, to) => {
    renameSync(from, to);
    syncFolder(dirname(to));
  },
  makeFolder: (path) => {
    mkdirSync(path, { recursive: true, mode: 0o700 });
  },
  list,
  fileSystemType: (path) => (process.platform === 'linux' ? statfsSync(path).type : null),
};
