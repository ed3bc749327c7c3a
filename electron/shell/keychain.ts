import type { SafeStorage } from 'electron';
import type { Unsealed } from '../../shared/core-messages.ts';

/**
 * The operating system's keychain. The core seals the key of the store with it and keeps the sealed bytes itself; plain text never passes here
 * except as base64 of random key material. Each call throws when it can't; `isTemporary` tells whether it may work later.
 */
export interface Keychain {
  /** Name of a backend that may be trusted and answers now, or null: then a passphrase protects the store (SAFETY D4). */
  readonly backend: () => Promise<string | null>;
  readonly seal: (value: string) => Promise<string>;
  readonly unseal: (sealed: string) => Promise<Unsealed>;
}

type Storage = Omit<SafeStorage, 'on' | 'once' | 'off' | 'addListener' | 'removeListener'>;
/** The calls that Electron 45 has and older runtimes don't. */
type WithAsync = Pick<Storage, 'encryptStringAsync' | 'decryptStringAsync' | 'isAsyncEncryptionAvailable'>;
type WithSync = Pick<Storage, 'encryptString' | 'decryptString' | 'isEncryptionAvailable' | 'getSelectedStorageBackend'>;
export type SafeStorageCalls = WithSync & Partial<WithAsync>;

interface Calls {
  readonly isAvailable: () => Promise<boolean>;
  readonly encrypt: (value: string) => Promise<Buffer>;
  readonly decrypt: (sealed: Buffer) => Promise<{ readonly result: string; readonly shouldReEncrypt: boolean }>;
}

/** Chromium marks so on Linux what it encrypted with a password written into its source: no protection at all. */
const hardCodedMark = Buffer.from('v10', 'latin1');

/** `safeStorage` of Electron 45; where the async calls are missing (older runtimes) the sync ones serve. */
export function systemKeychain(safeStorage: SafeStorageCalls, platform: NodeJS.Platform): Keychain {
  const calls = callsOf(safeStorage);

  async function encrypt(value: string): Promise<Buffer> {
    const sealed = await calls.encrypt(value);
    if (platform === 'linux' && sealed.subarray(0, hardCodedMark.length).equals(hardCodedMark)) throw new Error('No keychain sealed this');
    return sealed;
  }
  const seal = async (value: string) => (await encrypt(value)).toString('base64');

  return {
    backend: async () => {
      if (!(await calls.isAvailable())) return null;
      if (platform === 'darwin') return 'macos-keychain';
      if (platform === 'win32') return 'windows-dpapi';
      const backend = safeStorage.getSelectedStorageBackend();
      if (backend === 'basic_text' || backend === 'unknown') return null;
      // The async calls say "available" of a keyring that did not answer, and seal without it: only a trial tells.
      return await encrypt('trial').then(
        () => backend,
        () => null,
      );
    },
    seal,
    unseal: async (sealed) => {
      const { result, shouldReEncrypt } = await calls.decrypt(Buffer.from(sealed, 'base64'));
      return { secret: result, resealed: shouldReEncrypt ? await seal(result).catch(() => null) : null };
    },
  };
}

function callsOf(safeStorage: SafeStorageCalls): Calls {
  const { encryptStringAsync, decryptStringAsync, isAsyncEncryptionAvailable } = safeStorage;
  if (encryptStringAsync && decryptStringAsync && isAsyncEncryptionAvailable) {
    return {
      isAvailable: () => isAsyncEncryptionAvailable.call(safeStorage),
      encrypt: (value) => encryptStringAsync.call(safeStorage, value),
      decrypt: (sealed) => decryptStringAsync.call(safeStorage, sealed),
    };
  }
  return {
    isAvailable: async () => safeStorage.isEncryptionAvailable(),
    encrypt: async (value) => safeStorage.encryptString(value),
    decrypt: async (sealed) => ({ result: safeStorage.decryptString(sealed), shouldReEncrypt: false }),
  };
}

/** Electron tells a keychain that is locked for now from one that can't open the value by its words alone. */
export function isTemporary(reason: unknown): boolean {
  return reason instanceof Error && /temporarily unavailable/iu.test(reason.message);
}
