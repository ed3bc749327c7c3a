import { join } from 'node:path';
import { z } from 'zod';
import type { Disk } from '../disk.ts';

const base64 = z.string().regex(/^[A-Za-z0-9+/]*={0,2}$/);

/** What binds a wrapped key to its store and its user; all of it is associated data of the wrap, so that nothing can be swapped (SAFETY D3). */
export const KeyBinding = z.object({
  storeId: z.string(),
  /** FHIR base URL of the practice's server. */
  server: z.string(),
  /** `sub` of the sign-in. */
  subject: z.string(),
  practiceName: z.string(),
  userName: z.string(),
  /** Cipher suite of the store. */
  suite: z.literal('sqlcipher-4-raw-256'),
  /** Rises with each new wrap. */
  epoch: z.number().int(),
  /** Keychain backend that sealed the device secret; null: passphrase only. Pinned (SAFETY D4). */
  backend: z.string().nullable(),
  passphrase: z
    .object({ salt: base64, memoryKib: z.number().int(), iterations: z.number().int(), parallelism: z.number().int() })
    .nullable(),
});
export type KeyBinding = Readonly<z.infer<typeof KeyBinding>>;

const KeyFile = z.object({
  v: z.literal(1),
  binding: KeyBinding,
  /** Device secret as the keychain sealed it. */
  sealedSecret: base64.nullable(),
  wrap: z.object({ nonce: base64, sealed: base64, tag: base64 }),
});
export type KeyFile = Readonly<z.infer<typeof KeyFile>>;

const current = 'key.json';
const previous = 'key.previous.json';

function parseKeyFile(bytes: Buffer | undefined): KeyFile | undefined {
  if (bytes === undefined) return undefined;
  try {
    return KeyFile.parse(JSON.parse(bytes.toString('utf8')));
  } catch {
    return undefined;
  }
}

/** Newest first: the current key file and the one before, as far as they can be read. */
export function readKeyFiles(disk: Disk, folder: string): readonly KeyFile[] {
  return [current, previous].flatMap((name) => parseKeyFile(disk.read(join(folder, name))) ?? []);
}

/** New file, fsync, rename; the one that was there becomes the previous generation. A crash at any point leaves at least one whole. */
export function writeKeyFile(disk: Disk, folder: string, keyFile: KeyFile): void {
  disk.makeFolder(folder);
  const old = disk.read(join(folder, current));
  if (parseKeyFile(old) && old) disk.replace(join(folder, previous), old);
  disk.replace(join(folder, current), Buffer.from(`${JSON.stringify(keyFile, null, 2)}\n`, 'utf8'));
}
