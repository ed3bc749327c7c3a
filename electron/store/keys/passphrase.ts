import { hashRaw } from '@node-rs/argon2';

/** SAFETY D3: only a long phrase is worth anything against a stolen disk when no keychain adds a secret of its own. */
export const minimumPassphraseLength = 15;

interface PassphraseCost {
  readonly memoryKib: number;
  readonly iterations: number;
  readonly parallelism: number;
}

/** Argon2id, 64 MiB, t = 3, p = 1 (SAFETY D3; OWASP Password Storage asks for no less). */
export const passphraseCost: PassphraseCost = { memoryKib: 64 * 1024, iterations: 3, parallelism: 1 };

export function isLongEnough(passphrase: string): boolean {
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
