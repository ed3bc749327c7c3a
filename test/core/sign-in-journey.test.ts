import { randomUUID } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { OpId } from '../../shared/ids.schema.ts';
import type { ItemKey } from '../../shared/ids.ts';
import { type Portal, startPortal } from '../portal/start-portal.ts';
import { ask, until } from './asking.ts';
import { type CoreProcess, launchCore, type TestShell } from './core-process.ts';

// Whole processes and the hold of ten seconds: a busy computer takes its time.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

let portal: Portal;
let folder: string;
let cores: CoreProcess[] = [];

beforeAll(async () => {
  portal = await startPortal({ enrolled: 40, openItems: 24, historyItems: 0 });
});
afterAll(() => portal.close());
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'portal-desk-sign-in-'));
});
afterEach(async () => {
  for (const core of cores) await core.kill();
  cores = [];
  rmSync(folder, { recursive: true, force: true });
});

const noDemo = () => Promise.reject(new Error('No demonstration here'));

async function launch(more: Partial<TestShell> = {}): Promise<CoreProcess> {
  const core = launchCore({
    dataFolder: folder,
    keychain: 'gnome_libsecret',
    startDemoPortal: noDemo,
    openBrowser: (url) => void portal.signInAs('role-dr-rangi')(url),
    ...more,
  });
  cores.push(core);
  await core.ready;
  return core;
}

const signIn = (core: CoreProcess) => core.call('session.sign-in', { server: `${portal.baseUrl}/` });
const firstRow = async (core: CoreProcess) => {
  const page = () => ask(core, 'inbox.page', { view: 'messages', offset: 0, limit: 50, anchor: null });
  const { rows } = await until(page, ({ total }) => total > 0);
  const row = rows.find(({ patientId, ownerId }) => patientId !== null && ownerId === null);
  if (!row) throw new Error('No message');
  return row;
};

/** After the first sync: what arrives between looking and acting makes an act stale, as it should. */
async function settledDetail(core: CoreProcess, itemKey: ItemKey) {
  await until(
    () => ask(core, 'sync.status', {}),
    ({ state }) => state === 'up-to-date',
  );
  return ask(core, 'items.detail', { itemKey });
}

test('a person signs in, works, and finds the store again after a restart without signing in', async () => {
  const core = await launch();
  expect(await ask(core, 'session.status', {})).toEqual({ state: 'first-run' });
  expect(await signIn(core)).toEqual({ ok: true, value: {} });
  expect(await ask(core, 'session.status', {})).toMatchObject({
    state: 'open',
    signedIn: true,
    demo: null,
    practiceName: 'Kauri Street Medical Centre',
    user: { id: 'role-dr-rangi', role: 'gp' },
  });
  const row = await firstRow(core);
  const { seen } = await settledDetail(core, row.key);
  const subject = { itemKey: row.key, patientId: row.patientId };
  await ask(core, 'acts.perform', { kind: 'claim', opId: OpId.parse(randomUUID()), subject, seen, input: {} });
  await until(
    () => ask(core, 'outbox.list', { which: 'sent', limit: 10 }),
    ({ total }) => total === 1,
  );
  await core.stop();

  const again = await launch({ openBrowser: () => expect.fail('No browser') });
  expect(await ask(again, 'session.status', {})).toMatchObject({ state: 'open', signedIn: true, user: { id: 'role-dr-rangi' } });
  expect(await ask(again, 'items.detail', { itemKey: row.key })).toMatchObject({ item: { ownerId: 'role-dr-rangi', pending: 'none' } });
  await until(
    () => ask(again, 'sync.status', {}),
    ({ state }) => state === 'up-to-date',
  );
});

test('without a keychain a passphrase is chosen and asked for; a wrong one opens nothing', async () => {
  const core = await launch({ keychain: null });
  await signIn(core);
  expect(await ask(core, 'session.status', {})).toEqual({ state: 'choose-passphrase', minimumLength: 15 });
  expect(await core.call('inbox.counts', {})).toEqual({ ok: false, error: { kind: 'no-session' } });
  expect(await core.call('session.choose-passphrase', { passphrase: 'too short' })).toMatchObject({ error: { kind: 'weak-passphrase' } });
  await ask(core, 'session.choose-passphrase', { passphrase: 'kauri rimu tōtara mataī' });
  await firstRow(core);
  await core.stop();

  const again = await launch({ keychain: null });
  expect(await ask(again, 'session.status', {})).toEqual({
    state: 'locked',
    practiceName: 'Kauri Street Medical Centre',
    userName: expect.stringContaining('Rangi'),
  });
  expect(await again.call('session.unlock', { passphrase: 'kauri rimu tōtara miro' })).toMatchObject({
    error: { kind: 'wrong-passphrase' },
  });
  await ask(again, 'session.unlock', { passphrase: 'kauri rimu tōtara mataī' });
  expect(await ask(again, 'session.status', {})).toMatchObject({ state: 'open', signedIn: true });
});

test('a cancelled sign-in goes back to where it began', async () => {
  const core = await launch({ openBrowser: () => undefined });
  const signing = signIn(core);
  await until(
    () => ask(core, 'session.status', {}),
    ({ state }) => state === 'signing-in',
  );
  await ask(core, 'session.cancel-sign-in', {});
  expect(await signing).toMatchObject({ ok: false, error: { kind: 'sign-in-failed', problem: 'cancelled' } });
  expect(await ask(core, 'session.status', {})).toEqual({ state: 'first-run' });
  expect(readdirSync(folder)).toEqual([]);
});

test('what is no portal is said to be none', async () => {
  const core = await launch();
  const reply = await core.call('session.sign-in', { server: 'http://127.0.0.1:9/fhir' });
  expect(reply).toMatchObject({ ok: false, error: { kind: 'sign-in-failed', problem: 'no-answer' } });
  expect(await ask(core, 'session.status', {})).toEqual({ state: 'first-run' });
});

test('after a sign-out nobody sees the cache, and the same person finds what was not sent', async () => {
  const core = await launch();
  await signIn(core);
  const row = await firstRow(core);
  await ask(core, 'drafts.save', { itemKey: row.key, kind: 'reply', text: 'Half a reply' });
  await ask(core, 'session.sign-out', {});
  expect(await ask(core, 'session.status', {})).toEqual({ state: 'first-run' });
  await core.stop();

  const again = await launch();
  expect(await ask(again, 'session.status', {})).toEqual({ state: 'first-run' });
  await signIn(again);
  expect(await ask(again, 'drafts.find', { itemKey: row.key, kind: 'reply' })).toMatchObject({ text: 'Half a reply' });
});

test('another keychain than the one that sealed the key opens nothing and deletes nothing', async () => {
  const core = await launch();
  await signIn(core);
  await firstRow(core);
  await core.stop();
  const before = readdirSync(folder, { recursive: true }).sort();

  const again = await launch({ keychain: 'kwallet6' });
  expect(await ask(again, 'session.status', {})).toMatchObject({ state: 'storage-problem', problem: 'keychain-changed' });
  expect(readdirSync(folder, { recursive: true }).sort()).toEqual(before);
  await ask(again, 'session.start-again', {});
  expect(await ask(again, 'session.status', {})).toEqual({ state: 'first-run' });
  expect(readdirSync(join(folder, 'stores')).filter((name) => name.includes('set-aside'))).toHaveLength(1);
});

test('a damaged database costs no act: what was not sent comes back from the journal, to be confirmed', async () => {
  const core = await launch({ clock: 'stands' });
  await signIn(core);
  const row = await firstRow(core);
  const { seen } = await settledDetail(core, row.key);
  const opId = OpId.parse(randomUUID());
  const act = { opId, subject: { itemKey: row.key, patientId: row.patientId }, seen };
  await ask(core, 'acts.perform', { kind: 'reply', ...act, input: { text: 'Kia ora', finish: false, outcome: null } });
  await core.kill();
  const [name = ''] = readdirSync(join(folder, 'stores'));
  for (const suffix of ['-wal', '-shm']) rmSync(join(folder, 'stores', name, `cache.db${suffix}`), { force: true });
  writeFileSync(join(folder, 'stores', name, 'cache.db'), Buffer.alloc(65_536, 7));

  const again = await launch();
  expect(await ask(again, 'session.status', {})).toMatchObject({ state: 'storage-problem', problem: 'damaged' });
  await ask(again, 'session.start-again', {});
  await signIn(again);
  expect(await ask(again, 'outbox.list', { which: 'needs-you', limit: 10 })).toMatchObject({
    total: 1,
    entries: [{ opId, recovered: true }],
  });
});
