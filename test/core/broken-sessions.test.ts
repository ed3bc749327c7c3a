import { randomUUID } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { OpId } from '../../shared/ids.schema.ts';
import { type Portal, startPortal } from '../portal/start-portal.ts';
import { ask, until } from './asking.ts';
import { type CoreProcess, launchCore, type TestShell } from './core-process.ts';

vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

let portal: Portal;
let folder: string;
let cores: CoreProcess[] = [];

beforeAll(async () => {
  portal = await startPortal({ enrolled: 20, openItems: 12, historyItems: 0 });
});
afterAll(() => portal.close());
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'portal-desk-broken-'));
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

const signIn = (core: CoreProcess) => core.call('session.sign-in', { server: portal.baseUrl });

/** A reply in its hold. */
async function holdReply(core: CoreProcess): Promise<OpId> {
  await until(
    () => ask(core, 'sync.status', {}),
    ({ state }) => state === 'up-to-date',
  );
  const { rows } = await ask(core, 'inbox.page', { view: 'messages', offset: 0, limit: 50, anchor: null });
  const row = rows.find(({ patientId, ownerId }) => patientId !== null && ownerId === null);
  if (!row) throw new Error('No message');
  const { seen } = await ask(core, 'items.detail', { itemKey: row.key });
  const opId = OpId.parse(randomUUID());
  const act = { opId, subject: { itemKey: row.key, patientId: row.patientId }, seen };
  await ask(core, 'acts.perform', { kind: 'reply', ...act, input: { text: 'Kia ora', finish: false, outcome: null } });
  return opId;
}

test('a journal that can’t be read costs no act and no start: the database still knows what waits', async () => {
  const core = await launch();
  await signIn(core);
  const opId = await holdReply(core);
  await core.kill();
  const store = join(folder, 'stores', readdirSync(join(folder, 'stores'))[0] ?? '');
  const journal = join(store, 'intents.journal');
  writeFileSync(journal, Buffer.concat([Buffer.alloc(64, 7), readFileSync(journal).subarray(64)]));

  const again = await launch();
  expect(await ask(again, 'session.status', {})).toMatchObject({ state: 'open' });
  const entries = async () => [
    ...(await ask(again, 'outbox.list', { which: 'waiting', limit: 10 })).entries,
    ...(await ask(again, 'outbox.list', { which: 'sent', limit: 10 })).entries,
  ];
  expect((await entries()).map((entry) => entry.opId)).toContain(opId);
  expect(readdirSync(store).some((name) => name.includes('.damaged-'))).toBe(true);
  expect(again.logs.some(({ code }) => code === 'journal-unreadable')).toBe(true);
});

test('a sign-in that was begun before a sign-out opens nothing after it', async () => {
  const pages: string[] = [];
  let isFirst = true;
  const core = await launch({
    openBrowser: (url) => {
      if (isFirst) void portal.signInAs('role-dr-rangi')(url);
      else pages.push(url);
      isFirst = false;
    },
  });
  await signIn(core);
  expect(await ask(core, 'session.status', {})).toMatchObject({ state: 'open' });
  const renewal = signIn(core);
  await until(
    () => Promise.resolve(pages.length),
    (count) => count === 1,
  );
  await ask(core, 'session.sign-out', {});
  await portal
    .signInAs('role-dr-rangi')(pages[0] ?? '')
    .catch(() => undefined);
  expect(await renewal).toMatchObject({ ok: false, error: { kind: 'sign-in-failed', problem: 'cancelled' } });
  expect(await ask(core, 'session.status', {})).toEqual({ state: 'first-run' });
});

test('a call that a restarted core is given while it opens the store waits for it', async () => {
  const core = await launch();
  await signIn(core);
  await holdReply(core);
  const resume = core.kept();
  await core.kill();
  const again = launchCore({
    ...{ dataFolder: folder, keychain: 'gnome_libsecret', resume },
    startDemoPortal: () => Promise.reject(new Error('No demonstration here')),
  });
  cores.push(again);
  expect(await again.call('inbox.counts', {})).toMatchObject({ ok: true });
});
