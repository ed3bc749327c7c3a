import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { hashRaw } from '@node-rs/argon2';
import { err, ok, type Result } from '../../../shared/result.ts';
import type { Disk } from '../disk.ts';
import { type KeyBinding, type KeyFile, readKeyFiles, writeKeyFile } from './key-file.ts';

/** The operating system's secret store, by way of the shell (Electron safeStorage). */
export interface Keychain {
  /** Its name, or null when none may be trusted: `basic_text` is a hard-coded password (SAFETY D4). */
  backend(): Promise<string | null>;
  seal(secret: Buffer): Promise<Result<Buffer, 'temporarily-unavailable' | 'failed'>>;
  /** `resealed`: the same secret under a newer key of the keychain, to be kept instead; null when there is no need. */
  unseal(sealed: Buffer): Promise<Result<Unsealed, 'temporarily-unavailable' | 'failed'>>;
}

interface Unsealed {
  readonly secret: Buffer;
  readonly resealed: Buffer | null;
}

/** No problem deletes or rewrites anything: the same file can be tried again. */
export type KeyProblem =
  | 'no-key-file'
  | 'damaged'
  | 'passphrase-needed'
  | 'wrong-passphrase'
  | 'weak-passphrase'
  | 'keychain-unavailable'
  | 'keychain-changed';

export interface KeyContext {
  readonly disk: Disk;
  readonly keychain: Keychain;
  /** Folder of the store. */
  readonly folder: string;
}

export type StoreOwner = Pick<KeyBinding, 'storeId' | 'server' | 'subject' | 'practiceName' | 'userName'>;

const secretBytes = 32;

/** SAFETY D3: only a long phrase is worth anything against a stolen disk when no keychain adds a secret of its own. */
const minimumPassphraseLength = 15;

interface PassphraseCost {
  readonly memoryKib: number;
  readonly iterations: number;
  readonly parallelism: number;
}

/** Argon2id, 64 MiB, t = 3, p = 1 (SAFETY D3; OWASP Password Storage asks for no less). */
const passphraseCost: PassphraseCost = { memoryKib: 64 * 1024, iterations: 3, parallelism: 1 };

function isLongEnough(passphrase: string): boolean {
  return [...passphrase.normalize('NFKC')].length >= minimumPassphraseLength;
}

/** 32 bytes from a passphrase. The same letters typed on another keyboard layout or as other code points give the same key (NFKC). */
export async function keyFromPassphrase(passphrase: string, salt: Buffer, cost: PassphraseCost): Promise<Buffer> {
  return hashRaw(passphrase.normalize('NFKC'), {
    // Argon2id, version 0x13: the package's defaults, whose names are const enums that can't be imported; a test compares with Node's own.
    memoryCost: cost.memoryKib,
    timeCost: cost.iterations,
    parallelism: cost.parallelism,
    outputLen: 32,
    salt,
  });
}

/** KEK = HKDF-SHA-256(device secret ‖ Argon2id(passphrase)); a part that is not used is zeros, and the info says which are. */
function wrappingKey(binding: KeyBinding, secret: Buffer | null, fromPassphrase: Buffer | null): Buffer {
  const material = Buffer.concat([secret ?? Buffer.alloc(secretBytes), fromPassphrase ?? Buffer.alloc(secretBytes)]);
  const info = `portal-desk key wrap v1 ${secret ? 'secret' : '-'} ${fromPassphrase ? 'passphrase' : '-'}`;
  const key = Buffer.from(hkdfSync('sha256', material, Buffer.from(binding.storeId, 'utf8'), info, 32));
  zero(material);
  return key;
}

function associated(binding: KeyBinding): Buffer {
  const { storeId, server, subject, practiceName, userName, suite, epoch, backend, passphrase } = binding;
  return Buffer.from(JSON.stringify([storeId, server, subject, practiceName, userName, suite, epoch, backend, passphrase]), 'utf8');
}

function wrap(storeKey: Buffer, key: Buffer, binding: KeyBinding): KeyFile['wrap'] {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(associated(binding));
  const sealed = Buffer.concat([cipher.update(storeKey), cipher.final()]);
  return { nonce: nonce.toString('base64'), sealed: sealed.toString('base64'), tag: cipher.getAuthTag().toString('base64') };
}

function unwrap({ binding, wrap: { nonce, sealed, tag } }: KeyFile, key: Buffer): Buffer | undefined {
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(nonce, 'base64'))
      .setAAD(associated(binding))
      .setAuthTag(Buffer.from(tag, 'base64'));
    return Buffer.concat([decipher.update(Buffer.from(sealed, 'base64')), decipher.final()]);
  } catch {
    return undefined;
  }
}

function zero(...secrets: readonly (Buffer | null | undefined)[]): void {
  for (const secret of secrets) secret?.fill(0);
}

/**
 * Makes a store's key (random, 256 bits), wraps it and writes the key file. Without a trusted keychain a passphrase is needed; with one it may be
 * added as a second lock. The key is the caller's to zero.
 */
export async function createStoreKey(ports: KeyContext, owner: StoreOwner, passphrase: string | null): Promise<Result<Buffer, KeyProblem>> {
  if (readKeyFiles(ports.disk, ports.folder).length > 0) throw new Error('The store has a key already');
  const storeKey = randomBytes(32);
  const wrapped = await wrapStoreKey(ports, owner, storeKey, passphrase, 1);
  return wrapped.ok ? ok(storeKey) : wrapped;
}

/** Wraps the key anew: another passphrase, or a keychain where there was none before. The old key file stays as the previous generation. */
export async function wrapStoreKey(
  { disk, keychain, folder }: KeyContext,
  owner: StoreOwner,
  storeKey: Buffer,
  passphrase: string | null,
  epoch: number,
): Promise<Result<void, KeyProblem>> {
  const backend = await keychain.backend();
  if (backend === null && passphrase === null) return err('passphrase-needed');
  if (passphrase !== null && !isLongEnough(passphrase)) return err('weak-passphrase');
  const salt = randomBytes(16);
  const binding: KeyBinding = {
    ...owner,
    suite: 'sqlcipher-4-raw-256',
    epoch,
    backend,
    passphrase: passphrase === null ? null : { salt: salt.toString('base64'), ...passphraseCost },
  };
  const secret = backend === null ? null : randomBytes(secretBytes);
  const sealed = secret === null ? null : await keychain.seal(secret);
  if (sealed !== null && !sealed.ok) {
    zero(secret);
    return err('keychain-unavailable');
  }
  const fromPassphrase = passphrase === null ? null : await keyFromPassphrase(passphrase, salt, passphraseCost);
  const key = wrappingKey(binding, secret, fromPassphrase);
  const sealedSecret = sealed === null ? null : sealed.value.toString('base64');
  writeKeyFile(disk, folder, { v: 1, binding, sealedSecret, wrap: wrap(storeKey, key, binding) });
  zero(secret, fromPassphrase, key);
  return ok(undefined);
}

/** Opens the key file; the previous generation when the current one can't be read. The key is the caller's to zero. */
export async function openStoreKey(ports: KeyContext, passphrase: string | null): Promise<Result<Buffer, KeyProblem>> {
  const generations = readKeyFiles(ports.disk, ports.folder);
  if (generations.length === 0) return err(ports.disk.list(ports.folder).includes('key.json') ? 'damaged' : 'no-key-file');
  let problem: KeyProblem = 'damaged';
  for (const [index, keyFile] of generations.entries()) {
    const opened = await openGeneration(ports.keychain, keyFile, passphrase);
    if (opened.ok) {
      if (opened.value.resealed !== null) keepResealed(ports, keyFile, opened.value.resealed);
      return ok(opened.value.storeKey);
    }
    // What the current generation says is what the user must be told.
    if (index === 0) problem = opened.error;
  }
  return err(problem);
}

/** The wrap stays: it hangs on the secret, not on how that is sealed. */
function keepResealed({ disk, folder }: KeyContext, keyFile: KeyFile, resealed: Buffer): void {
  try {
    writeKeyFile(disk, folder, { ...keyFile, sealedSecret: resealed.toString('base64') });
  } catch {
    // A full disk: the seal that has just opened is still there, and the next start is told the same.
  }
}

interface OpenedKey {
  readonly storeKey: Buffer;
  readonly resealed: Buffer | null;
}

async function openGeneration(keychain: Keychain, keyFile: KeyFile, passphrase: string | null): Promise<Result<OpenedKey, KeyProblem>> {
  const { binding } = keyFile;
  if (binding.passphrase !== null && passphrase === null) return err('passphrase-needed');
  const unsealed = await unsealSecret(keychain, keyFile);
  if (!unsealed.ok) return unsealed;
  const { secret, resealed } = unsealed.value ?? { secret: null, resealed: null };
  const fromPassphrase =
    binding.passphrase === null || passphrase === null
      ? null
      : await keyFromPassphrase(passphrase, Buffer.from(binding.passphrase.salt, 'base64'), binding.passphrase);
  const key = wrappingKey(binding, secret, fromPassphrase);
  const storeKey = unwrap(keyFile, key);
  zero(secret, fromPassphrase, key);
  if (storeKey?.length === 32) return ok({ storeKey, resealed });
  return err(binding.passphrase === null ? 'damaged' : 'wrong-passphrase');
}

/** Waits are the caller's: `keychain-unavailable` may pass by itself, `keychain-changed` does not. */
async function unsealSecret(keychain: Keychain, { binding, sealedSecret }: KeyFile): Promise<Result<Unsealed | null, KeyProblem>> {
  if (binding.backend === null) return ok(null);
  if (sealedSecret === null) return err('damaged');
  const backend = await keychain.backend();
  if (backend === null) return err('keychain-unavailable');
  if (backend !== binding.backend) return err('keychain-changed');
  const unsealed = await keychain.unseal(Buffer.from(sealedSecret, 'base64'));
  if (unsealed.ok) return unsealed.value.secret.length === secretBytes ? ok(unsealed.value) : err('damaged');
  return err(unsealed.error === 'failed' ? 'keychain-changed' : 'keychain-unavailable');
}
