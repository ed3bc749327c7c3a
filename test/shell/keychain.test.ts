import { describe, expect, test } from 'vitest';
import { isTemporary, type SafeStorageCalls, systemKeychain } from '../../electron/shell/keychain.ts';

const mark = { keyring: 'v11', hardCoded: 'v10' } as const;

/** What Electron 33 offers: Chromium's mark, then the text reversed. */
function syncCalls(sealedBy: keyof typeof mark = 'keyring'): SafeStorageCalls {
  const reversed = (text: string) => [...text].reverse().join('');
  return {
    isEncryptionAvailable: () => true,
    getSelectedStorageBackend: () => 'gnome_libsecret',
    encryptString: (text) => Buffer.from(mark[sealedBy] + reversed(text)),
    decryptString: (sealed) => reversed(sealed.toString().slice(3)),
  };
}

/** What Electron 45 offers; the sync calls are deprecated there and must not be used. */
function asyncCalls(sealedBy: keyof typeof mark = 'keyring', shouldReEncrypt = false): SafeStorageCalls {
  const { encryptString, decryptString } = syncCalls(sealedBy);
  const deprecated = () => expect.fail('A sync call');
  return {
    isEncryptionAvailable: deprecated,
    encryptString: deprecated,
    decryptString: deprecated,
    getSelectedStorageBackend: () => 'gnome_libsecret',
    isAsyncEncryptionAvailable: async () => true,
    encryptStringAsync: async (text) => encryptString(text),
    decryptStringAsync: async (sealed) => ({ result: decryptString(sealed), shouldReEncrypt }),
  };
}

describe.each([
  ['the async calls', asyncCalls],
  ['the sync calls', syncCalls],
])('with %s', (_name, calls) => {
  test('what was sealed is unsealed, and not asked to be sealed anew', async () => {
    const keychain = systemKeychain(calls(), 'linux');
    expect(await keychain.backend()).toBe('gnome_libsecret');
    const sealed = await keychain.seal('c2VjcmV0');
    expect(Buffer.from(sealed, 'base64').toString()).not.toContain('c2VjcmV0');
    expect(await keychain.unseal(sealed)).toEqual({ secret: 'c2VjcmV0', resealed: null });
  });

  test('a password written into Chromium’s source is no keychain on Linux, and the Keychain’s own mark on macOS', async () => {
    const onLinux = systemKeychain(calls('hardCoded'), 'linux');
    expect(await onLinux.backend()).toBeNull();
    await expect(onLinux.seal('c2VjcmV0')).rejects.toThrow('No keychain');
    expect(await systemKeychain(calls('hardCoded'), 'darwin').backend()).toBe('macos-keychain');
    expect(await systemKeychain(calls('hardCoded'), 'win32').backend()).toBe('windows-dpapi');
  });

  test.each(['basic_text', 'unknown'] as const)('the backend %s is refused', async (backend) => {
    const keychain = systemKeychain({ ...calls(), getSelectedStorageBackend: () => backend }, 'linux');
    expect(await keychain.backend()).toBeNull();
  });
});

test('a keychain that does not answer is none', async () => {
  expect(await systemKeychain({ ...syncCalls(), isEncryptionAvailable: () => false }, 'linux').backend()).toBeNull();
});

test('a secret whose keychain has a newer key is sealed anew; if that fails, the secret serves all the same', async () => {
  const keychain = systemKeychain(asyncCalls('keyring', true), 'linux');
  const { secret, resealed } = await keychain.unseal(await keychain.seal('c2VjcmV0'));
  expect(secret).toBe('c2VjcmV0');
  expect(await keychain.unseal(resealed ?? '')).toMatchObject({ secret: 'c2VjcmV0' });
  const refusing = systemKeychain({ ...asyncCalls('keyring', true), encryptStringAsync: () => Promise.reject(new Error('no')) }, 'linux');
  expect(await refusing.unseal(await keychain.seal('c2VjcmV0'))).toEqual({ secret: 'c2VjcmV0', resealed: null });
});

test('locked for now is told from unable for good', () => {
  expect(isTemporary(new Error('safeStorage.decryptStringAsync is temporarily unavailable. Please try again.'))).toBe(true);
  expect(isTemporary(new Error('Error while decrypting the ciphertext provided to safeStorage.decryptStringAsync.'))).toBe(false);
  expect(isTemporary('temporarily unavailable')).toBe(false);
});
