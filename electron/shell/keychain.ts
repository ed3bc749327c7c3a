import { safeStorage } from 'electron';

/**
 * The operating system's keychain. The core seals the key of the store with it and keeps the sealed bytes itself; plain text never passes here
 * except as base64 of random key material.
 */
export interface Keychain {
  /** Name of a backend that may be trusted, or null: then a passphrase protects the store (SAFETY D4). */
  readonly backend: () => Promise<string | null>;
  readonly seal: (value: string) => Promise<string>;
  readonly unseal: (sealed: string) => Promise<string>;
}

/** `safeStorage` of Electron 45; where the async calls are missing (older runtimes) the sync ones serve. */
export function systemKeychain(platform: NodeJS.Platform): Keychain {
  const hasAsync = typeof safeStorage.encryptStringAsync === 'function';
  return {
    backend: async () => {
      const available = hasAsync ? await safeStorage.isAsyncEncryptionAvailable() : safeStorage.isEncryptionAvailable();
      if (!available) return null;
      if (platform === 'darwin') return 'macos-keychain';
      if (platform === 'win32') return 'windows-dpapi';
      const backend = safeStorage.getSelectedStorageBackend();
      // `basic_text` is a password written into Chromium's source: no protection at all.
      return backend === 'basic_text' || backend === 'unknown' ? null : backend;
    },
    seal: async (value) => (hasAsync ? await safeStorage.encryptStringAsync(value) : safeStorage.encryptString(value)).toString('base64'),
    unseal: async (sealed) => {
      const bytes = Buffer.from(sealed, 'base64');
      return hasAsync ? (await safeStorage.decryptStringAsync(bytes)).result : safeStorage.decryptString(bytes);
    },
  };
}
