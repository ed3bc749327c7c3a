import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { type Portal, startPortal } from '../portal/start-portal.ts';
import { ask } from './asking.ts';
import { type CoreProcess, launchCore, type TestShell } from './core-process.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const phrase = 'kauri rimu tōtara mataī';
let portal: Portal;
let folder: string;
let cores: CoreProcess[] = [];

beforeAll(async () => {
  portal = await startPortal({ enrolled: 4, openItems: 2, historyItems: 0 });
});
afterAll(() => portal.close());
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'portal-desk-keys-'));
});
afterEach(async () => {
  for (const core of cores) await core.kill();
  cores = [];
  rmSync(folder, { recursive: true, force: true });
});

async function launch(more: Partial<TestShell> = {}): Promise<CoreProcess> {
  const core = launchCore({
    dataFolder: folder,
    keychain: 'gnome_libsecret',
    startDemoPortal: () => Promise.reject(new Error('No demonstration here')),
    openBrowser: (url) => void portal.signInAs('role-dr-rangi')(url),
    ...more,
  });
  cores.push(core);
  await core.ready;
  return core;
}

const status = (core: CoreProcess) => ask(core, 'session.status', {});
const storeFolder = () => join(folder, 'stores', readdirSync(join(folder, 'stores'))[0] ?? '');
const keyFile = () => readFileSync(join(storeFolder(), 'key.json'), 'utf8');

async function signedIn(more: Partial<TestShell> = {}): Promise<CoreProcess> {
  const core = await launch(more);
  await ask(core, 'session.sign-in', { server: portal.baseUrl });
  if (more.keychain === null) await ask(core, 'session.choose-passphrase', { passphrase: phrase });
  expect(await status(core)).toMatchObject({ state: 'open' });
  return core;
}

test('a keychain that is locked for now changes nothing: asked again it opens the store, with no sign-in', async () => {
  await (await signedIn()).stop();
  const [before, names] = [keyFile(), readdirSync(storeFolder())];
  let isLocked = true;
  const again = await launch({ unsealing: () => (isLocked ? 'is-locked' : 'opens'), openBrowser: () => expect.fail('No browser') });
  expect(await status(again)).toMatchObject({ state: 'storage-problem', problem: 'keychain-unavailable' });
  await ask(again, 'session.try-again', {});
  expect(await status(again)).toMatchObject({ state: 'storage-problem', problem: 'keychain-unavailable' });
  expect([keyFile(), readdirSync(storeFolder())]).toEqual([before, names]);
  expect(again.startsAskedFor()).toBe(1);

  isLocked = false;
  await ask(again, 'session.try-again', {});
  expect(await status(again)).toMatchObject({ state: 'open', signedIn: true });
  expect(again.startsAskedFor()).toBe(1);
});

test('a keychain that can’t open the key is a changed one: the store is set aside only when asked for', async () => {
  await (await signedIn()).stop();
  const again = await launch({ unsealing: () => 'is-refused' });
  expect(await status(again)).toMatchObject({ state: 'storage-problem', problem: 'keychain-changed' });
  await ask(again, 'session.try-again', {});
  expect(await status(again)).toMatchObject({ state: 'storage-problem', problem: 'keychain-changed' });
  expect(again.startsAskedFor()).toBe(0);
  const held = readdirSync(storeFolder());
  expect(readdirSync(join(folder, 'stores'))).toHaveLength(1);
  await ask(again, 'session.start-again', {});
  expect(await status(again)).toEqual({ state: 'first-run' });
  expect(readdirSync(storeFolder())).toEqual(held);
  expect(await again.call('session.try-again', {})).toEqual({ ok: false, error: { kind: 'no-session' } });
});

test('a secret that the keychain wants sealed anew is, once, and the store opens', async () => {
  await (await signedIn()).stop();
  const before = keyFile();
  const again = await launch({ unsealing: () => 'is-resealed' });
  expect(await status(again)).toMatchObject({ state: 'open' });
  await again.stop();
  expect(keyFile()).not.toBe(before);
  expect(readFileSync(join(storeFolder(), 'key.previous.json'), 'utf8')).toBe(before);
  expect(await status(await launch())).toMatchObject({ state: 'open' });
});

test('any number of wrong passphrases costs nothing; the right one opens', async () => {
  await (await signedIn({ keychain: null })).stop();
  const before = keyFile();
  const again = await launch({ keychain: null });
  for (const wrong of ['', 'short', phrase.slice(1), `${phrase} `, phrase.toUpperCase(), 'correct horse battery staple']) {
    expect(await again.call('session.unlock', { passphrase: wrong })).toEqual({
      ok: false,
      error: { kind: 'wrong-passphrase', attemptsLeft: null },
    });
    expect(await status(again)).toMatchObject({ state: 'locked' });
  }
  expect(keyFile()).toBe(before);
  await ask(again, 'session.unlock', { passphrase: phrase.normalize('NFD') });
  expect(await status(again)).toMatchObject({ state: 'open', signedIn: true });
});

test('fourteen characters are too few for a passphrase and fifteen are enough, whatever they are made of', async () => {
  const core = await launch({ keychain: null });
  await ask(core, 'session.sign-in', { server: portal.baseUrl });
  for (const short of ['', '12345678901234', '🥝🥝🥝🥝🥝🥝🥝🥝🥝🥝🥝🥝🥝🥝']) {
    expect(await core.call('session.choose-passphrase', { passphrase: short })).toEqual({
      ok: false,
      error: { kind: 'weak-passphrase', minimumLength: 15 },
    });
  }
  expect(readdirSync(folder)).not.toContain('stores');
  await ask(core, 'session.choose-passphrase', { passphrase: 'aaaaaaaaaaaaaaa' });
  expect(await status(core)).toMatchObject({ state: 'open' });
});

test('a core that dies with the store open costs no passphrase', async () => {
  const core = await signedIn({ keychain: null });
  await core.kill();
  const resumed = await launch({ keychain: null, resume: core.kept() });
  expect(await status(resumed)).toMatchObject({ state: 'open', signedIn: true });
});

test('a sign-out leaves no key with the shell, and a core that dies after it comes back closed', async () => {
  const core = await signedIn({ keychain: null });
  expect(core.kept()).toContain('"key"');
  await ask(core, 'session.sign-out', {});
  expect(core.kept()).toBe('');
  await core.kill();
  expect(await status(await launch({ keychain: null }))).toEqual({ state: 'first-run' });
});

test('who does not know the passphrase can sign in as someone else; the locked store stays as it is', async () => {
  await (await signedIn({ keychain: null })).stop();
  const before = keyFile();
  const again = await launch({ keychain: null });
  expect(await status(again)).toMatchObject({ state: 'locked' });
  await ask(again, 'session.sign-out', {});
  expect(await status(again)).toEqual({ state: 'first-run' });
  expect(keyFile()).toBe(before);
  await again.stop();
  expect(await status(await launch({ keychain: null }))).toMatchObject({ state: 'locked' });
});

test('a sign-out in a later run than the sign-in ends the session at the server too', async () => {
  const heldByServer = () => portal.database.prepare("SELECT count(*) AS held FROM oidc WHERE model = 'RefreshToken'").get();
  const before = heldByServer();
  await (await signedIn()).stop();
  expect(heldByServer()).not.toEqual(before);
  await ask(await launch(), 'session.sign-out', {});
  expect(heldByServer()).toEqual(before);
});
