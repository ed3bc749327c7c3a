import { argon2Sync } from 'node:crypto';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { realDisk } from '../../electron/store/disk.ts';
import {
  createStoreKey,
  type Keychain,
  keyFromPassphrase,
  openStoreKey,
  type StoreOwner,
  wrapStoreKey,
} from '../../electron/store/keys/keys.ts';
import { isLocalDisk, listStores, pathsOf, setStoreAside } from '../../electron/store/open/local-disk.ts';
import { err, ok } from '../../shared/result.ts';
import { openTestStore, temporaryFolder } from './open-test-store.ts';

const owner: StoreOwner = {
  storeId: 'b7a4c1f0',
  server: 'https://portal.example.nz/fhir',
  subject: 'user-1',
  practiceName: 'Kauri Street Medical Centre',
  userName: 'Aroha Tane',
};
const phrase = 'correct horse battery staple';

/** A keychain of this computer: what it sealed, only it can unseal. */
function aKeychain(backend: string | null, secret = 0x5a): Keychain {
  const mask = (bytes: Buffer) => Buffer.from(bytes.map((byte) => byte ^ secret));
  return {
    backend: async () => backend,
    seal: async (bytes) => (backend === null ? err('failed') : ok(Buffer.concat([Buffer.from([secret]), mask(bytes)]))),
    unseal: async (sealed) => (sealed[0] === secret ? ok({ secret: mask(sealed.subarray(1)), resealed: null }) : err('failed')),
  };
}

const portsOf = (keychain: Keychain, folder = temporaryFolder()) => ({ disk: realDisk, keychain, folder });
const contentOf = (folder: string) => readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'utf8')]);

async function createdKey(ports: ReturnType<typeof portsOf>, passphrase: string | null): Promise<Buffer> {
  const created = await createStoreKey(ports, owner, passphrase);
  if (!created.ok) throw new Error(created.error);
  return created.value;
}

describe('a store key', () => {
  test.each([
    ['keychain alone', 'dpapi', null],
    ['passphrase alone', null, phrase],
    ['both', 'gnome_libsecret', phrase],
  ])('%s: opens again, and only with all of it', async (_name, backend, passphrase) => {
    const ports = portsOf(aKeychain(backend));
    const key = await createdKey(ports, passphrase);
    expect(key).toHaveLength(32);
    expect(await openStoreKey(ports, passphrase)).toEqual(ok(key));
    if (passphrase) {
      expect(await openStoreKey(ports, null)).toEqual(err('passphrase-needed'));
      expect(await openStoreKey(ports, `${passphrase}!`)).toEqual(err('wrong-passphrase'));
    }
    if (backend) {
      const elsewhere = { ...ports, keychain: aKeychain(backend, 0x11) };
      expect(await openStoreKey(elsewhere, passphrase)).toEqual(err('keychain-changed'));
    }
  });

  test('is nowhere in the folder, and the key file is for this user only', async () => {
    const ports = portsOf(aKeychain('dpapi'));
    const key = await createdKey(ports, null);
    expect(statSync(join(ports.folder, 'key.json')).mode & 0o777).toBe(0o600);
    const text = JSON.stringify(contentOf(ports.folder));
    expect(text).not.toContain(key.toString('base64'));
    expect(text).not.toContain(key.toString('hex'));
  });

  test('without a trusted keychain a passphrase of 15 characters or more is asked for', async () => {
    const ports = portsOf(aKeychain(null));
    expect(await createStoreKey(ports, owner, null)).toEqual(err('passphrase-needed'));
    expect(await createStoreKey(ports, owner, 'fourteen chars')).toEqual(err('weak-passphrase'));
    expect(readdirSync(ports.folder)).toEqual([]);
  });

  test('a passphrase typed as other code points of the same letters opens it', async () => {
    const ports = portsOf(aKeychain(null));
    const key = await createdKey(ports, 'Tēnā koutou katoa'.normalize('NFC'));
    expect(await openStoreKey(ports, 'Tēnā koutou katoa'.normalize('NFD'))).toEqual(ok(key));
  });

  test('Argon2id gives what Node’s own gives', async () => {
    const salt = Buffer.alloc(16, 3);
    const expected = argon2Sync('argon2id', { message: phrase, nonce: salt, parallelism: 1, tagLength: 32, memory: 1024, passes: 2 });
    expect((await keyFromPassphrase(phrase, salt, { memoryKib: 1024, iterations: 2, parallelism: 1 })).equals(expected)).toBe(true);
  });
});

describe('when the keychain fails', () => {
  const failures: readonly [string, Partial<Keychain>, string][] = [
    ['is gone', { backend: async () => null }, 'keychain-unavailable'],
    ['is another one', { backend: async () => 'kwallet6' }, 'keychain-changed'],
    ['is locked for now', { unseal: async () => err('temporarily-unavailable') }, 'keychain-unavailable'],
    ['refuses', { unseal: async () => err('failed') }, 'keychain-changed'],
    ['gives garbage', { unseal: async () => ok({ secret: Buffer.alloc(32), resealed: null }) }, 'damaged'],
    ['gives too little', { unseal: async () => ok({ secret: Buffer.alloc(5), resealed: null }) }, 'damaged'],
  ];

  test.each(failures)('because it %s, nothing is changed or deleted and it opens when it is back', async (_name, failure, problem) => {
    const ports = portsOf(aKeychain('dpapi'));
    const key = await createdKey(ports, null);
    const before = contentOf(ports.folder);
    const failed = await openStoreKey({ ...ports, keychain: { ...ports.keychain, ...failure } }, null);
    expect(failed).toEqual(err(problem));
    expect(contentOf(ports.folder)).toEqual(before);
    expect(await openStoreKey(ports, null)).toEqual(ok(key));
  });
});

describe('whatever the keychain goes through', () => {
  const good = aKeychain('gnome_libsecret');
  const states: Readonly<Record<string, Keychain>> = {
    good,
    absent: { ...good, backend: async () => null },
    locked: { ...good, unseal: async () => err('temporarily-unavailable') },
    denied: { ...good, unseal: async () => err('failed') },
    another: { ...good, backend: async () => 'kwallet6' },
    garbled: { ...good, unseal: async () => ok({ secret: Buffer.alloc(32, 9), resealed: Buffer.alloc(33, 9) }) },
    resealing: {
      ...good,
      unseal: async (sealed) => {
        const opened = await good.unseal(sealed);
        return opened.ok ? ok({ ...opened.value, resealed: sealed }) : opened;
      },
    },
    slow: {
      ...good,
      unseal: async (sealed) => {
        await new Promise(setImmediate);
        return await good.unseal(sealed);
      },
    },
  };
  const names = Object.keys(states);
  const opens: ReadonlySet<string> = new Set(['good', 'resealing', 'slow']);

  test('in each of 512 courses it opens when it can, never otherwise, and the key is never lost', async () => {
    const ports = portsOf(good);
    const key = await createdKey(ports, null);
    const current = () => readFileSync(join(ports.folder, 'key.json'), 'utf8');
    const before = current();
    for (const course of names.flatMap((a) => names.flatMap((b) => names.map((c) => [a, b, c])))) {
      for (const name of course) {
        const opened = await openStoreKey({ ...ports, keychain: states[name] ?? good }, null);
        expect([...course, name, opened.ok ? opened.value : 'closed']).toEqual([...course, name, opens.has(name) ? key : 'closed']);
        expect(current()).toBe(before);
      }
    }
  });
});

describe('when the keychain has a newer key of its own', () => {
  test('the secret is kept as sealed anew, and from then on opens without the older key', async () => {
    const older = aKeychain('macos-keychain', 0x5a);
    const newer = aKeychain('macos-keychain', 0x33);
    const ports = portsOf(older);
    const key = await createdKey(ports, null);
    const both: Keychain = {
      ...newer,
      unseal: async (sealed) => {
        const opened = await older.unseal(sealed);
        if (!opened.ok) return newer.unseal(sealed);
        const resealed = await newer.seal(opened.value.secret);
        return ok({ secret: opened.value.secret, resealed: resealed.ok ? resealed.value : null });
      },
    };
    expect(await openStoreKey({ ...ports, keychain: both }, null)).toEqual(ok(key));
    expect(await openStoreKey({ ...ports, keychain: newer }, null)).toEqual(ok(key));
    // The generation before is kept: a keychain that goes back to its older key opens it still.
    expect(await openStoreKey({ ...ports, keychain: older }, null)).toEqual(ok(key));
  });

  test('a disk that can’t take the new seal costs nothing', async () => {
    const ports = portsOf(aKeychain('macos-keychain'));
    const key = await createdKey(ports, null);
    const before = contentOf(ports.folder);
    const resealing: Keychain = {
      ...ports.keychain,
      unseal: async (sealed) => {
        const opened = await ports.keychain.unseal(sealed);
        return opened.ok ? ok({ ...opened.value, resealed: Buffer.alloc(33, 1) }) : opened;
      },
    };
    const full = { ...realDisk, replace: () => expect.fail('ENOSPC') };
    expect(await openStoreKey({ ...ports, disk: full, keychain: resealing }, null)).toEqual(ok(key));
    expect(contentOf(ports.folder)).toEqual(before);
  });
});

describe('the key file', () => {
  test('bound to its owner: another user, server, backend or epoch written into it does not open', async () => {
    const ports = portsOf(aKeychain('dpapi'));
    await createdKey(ports, null);
    const path = join(ports.folder, 'key.json');
    const text = readFileSync(path, 'utf8');
    for (const [from, to] of [
      ['user-1', 'user-2'],
      ['portal.example.nz', 'portal.example.org'],
      ['"epoch": 1', '"epoch": 2'],
      ['Aroha', 'Arohx'],
    ] as const) {
      expect(text).toContain(from);
      writeFileSync(path, text.replace(from, to));
      expect(await openStoreKey(ports, null)).toEqual(err('damaged'));
    }
  });

  test('a new passphrase opens the same store; the file before is kept and serves when the new one is damaged', async () => {
    const ports = portsOf(aKeychain('dpapi'));
    const key = await createdKey(ports, null);
    expect(await wrapStoreKey(ports, owner, key, phrase, 2)).toEqual(ok(undefined));
    expect(await openStoreKey(ports, phrase)).toEqual(ok(key));
    writeFileSync(join(ports.folder, 'key.json'), '{"v":1,');
    expect(await openStoreKey(ports, null)).toEqual(ok(key));
  });

  test('missing is told from damaged', async () => {
    const ports = portsOf(aKeychain('dpapi'));
    expect(await openStoreKey(ports, null)).toEqual(err('no-key-file'));
    writeFileSync(join(ports.folder, 'key.json'), 'not json');
    expect(await openStoreKey(ports, null)).toEqual(err('damaged'));
  });

  test('a second key is never made over a first one', async () => {
    const ports = portsOf(aKeychain('dpapi'));
    await createdKey(ports, null);
    await expect(createStoreKey(ports, owner, null)).rejects.toThrow('has a key already');
  });
});

describe('folders', () => {
  test('each person at each server has their own; a store set aside is kept whole and not listed', async () => {
    const dataFolder = temporaryFolder();
    const paths = pathsOf(dataFolder, owner.server, owner.subject);
    expect(pathsOf(dataFolder, owner.server, 'user-2').folder).not.toBe(paths.folder);
    expect(paths.folder).not.toContain('user-1');
    await createdKey(portsOf(aKeychain('dpapi'), paths.folder), null);
    openTestStore({ path: paths.database }).close();
    expect(listStores(dataFolder, realDisk)).toEqual([
      { paths, owner: expect.objectContaining({ userName: 'Aroha Tane', backend: 'dpapi' }) },
    ]);
    const before = readdirSync(paths.folder);
    const aside = setStoreAside(paths, realDisk, '2026-11-20T01:00:00.000Z');
    expect(readdirSync(aside)).toEqual(before);
    expect(listStores(dataFolder, realDisk)).toEqual([]);
  });

  test.each([
    '\\\\server\\share\\data',
    '//server/share/data',
    'C:\\Users\\aroha\\OneDrive\\Portal Desk',
    'C:\\Users\\aroha\\OneDrive - Kauri Street\\Portal Desk',
    '/Users/aroha/Library/Mobile Documents/x',
    '/Users/aroha/Library/CloudStorage/Dropbox/x',
    '/home/aroha/Nextcloud/x',
  ])('%s is not a local disk', (path) => {
    expect(isLocalDisk(path, realDisk)).toBe(false);
  });

  test('a network file system is not a local disk, a folder of this computer is', () => {
    const folder = temporaryFolder();
    expect(isLocalDisk(folder, realDisk)).toBe(true);
    expect(isLocalDisk(folder, { ...realDisk, fileSystemType: () => 0x6969 })).toBe(false);
    expect(isLocalDisk(folder, { ...realDisk, fileSystemType: () => 0xff534d42 | 0 })).toBe(false);
  });
});
