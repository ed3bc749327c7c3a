import { cpSync, existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, type Page } from '@playwright/test';
import type { RunningApp } from '../support/app.ts';
import { openItem } from '../support/desk-steps.ts';
import { ngaio } from '../support/journey-practice.ts';
import { test } from '../support/keyring-journey.ts';
import type { PluggedPortal } from '../support/plugged-portal.ts';
import { filesBelow, processesNaming, storeOf } from '../support/profile-files.ts';

/** From the first-run screen to an inbox that is up to date; with a keychain nothing is asked about this computer. */
async function signIn({ window, openedInBrowser }: RunningApp, portal: PluggedPortal): Promise<void> {
  await window.getByRole('button', { name: 'Sign in to your practice' }).click();
  await window.getByLabel('Portal server').fill(portal.baseUrl);
  await window.keyboard.press('Enter');
  await portal.signInAs('role-dr-rangi', await openedInBrowser());
  await expect(window.getByText(/^Up to date/)).toBeVisible();
}

async function expectTrouble(window: Page, words: string): Promise<void> {
  await expect(window.getByRole('heading', { name: 'Portal Desk can’t open its store' })).toBeVisible();
  await expect(window.getByText(words)).toBeVisible();
  await expect(window.getByText('Nothing was deleted.')).toBeVisible();
  await expect(window.getByRole('button', { name: 'Try again' })).toBeFocused();
}

const changed = 'The keychain of this computer has changed, so the key can no longer be read.';
const unavailable = 'The keychain of this computer does not answer. Unlock it first.';

test('with a keychain nothing is asked: not at the first sign-in, not at the next start', async ({
  folder,
  portal,
  logIn,
  startWithKeyring,
}) => {
  await logIn('surgery', 'at work');
  const first = await startWithKeyring('surgery');
  await signIn(first, portal);
  await first.quit();
  const key: unknown = JSON.parse(readFileSync(join(storeOf(join(folder, 'surgery')), 'key.json'), 'utf8'));
  expect(key).toMatchObject({ binding: { backend: 'gnome_libsecret', passphrase: null }, sealedSecret: expect.stringMatching(/^djEx/) });

  const second = await startWithKeyring('surgery');
  await expect(second.window.getByText(/^Up to date/)).toBeVisible();
  await openItem(second.window, ngaio, 'Sore ear');
  await second.quit();

  // After the computer was started anew as well.
  await logIn('surgery', 'at work');
  const third = await startWithKeyring('surgery');
  await expect(third.window.getByText(/^Up to date/)).toBeVisible();
});

test('what is on the disk can be read by nobody: no name, no NHI, no words, no key', async ({
  folder,
  portal,
  logIn,
  startWithKeyring,
}) => {
  await logIn('surgery', 'at work');
  const app = await startWithKeyring('surgery');
  await signIn(app, portal);
  await openItem(app.window, ngaio, 'Sore ear');
  const files = () => filesBelow(join(folder, 'surgery', 'profile'));
  const secrets = [ngaio.family, ngaio.nhi, 'Sore ear', 'my ear has been sore', 'urn:portaldesk'];
  const readable = () => files().filter(({ bytes }) => secrets.some((secret) => bytes.includes(secret)));
  const database = () =>
    files()
      .find(({ name }) => name === 'cache.db')
      ?.bytes.subarray(0, 15)
      .toString('latin1');
  expect(database()).not.toBe('SQLite format 3');
  expect(readable().map(({ name }) => name)).toEqual([]);
  await app.quit();
  expect(readable().map(({ name }) => name)).toEqual([]);
});

test('a profile copied to another computer opens nothing and loses nothing; on its own it opens still', async ({
  folder,
  portal,
  logIn,
  startWithKeyring,
}) => {
  await logIn('surgery', 'at work');
  const own = await startWithKeyring('surgery');
  await signIn(own, portal);
  await own.quit();
  cpSync(join(folder, 'surgery', 'profile'), join(folder, 'thief', 'profile'), { recursive: true });
  const store = storeOf(join(folder, 'thief'));
  const before = filesBelow(store);

  await logIn('thief', 'at home');
  const copy = await startWithKeyring('thief');
  await expectTrouble(copy.window, changed);
  await copy.window.keyboard.press('Enter');
  await expectTrouble(copy.window, changed);
  expect(filesBelow(store)).toEqual(before);

  await copy.window.getByRole('button', { name: 'Start again from the server…' }).click();
  await copy.window.getByRole('button', { name: 'Set the old store aside' }).click();
  await expect(copy.window.getByRole('heading', { name: 'Kia ora. Portal Desk' })).toBeVisible();
  expect(readdirSync(dirname(store))).toEqual([expect.stringContaining('set-aside')]);
  expect(filesBelow(dirname(store)).map(({ name, bytes }) => [name, bytes])).toEqual(before.map(({ name, bytes }) => [name, bytes]));
  await signIn(copy, portal);
  await copy.quit();

  await logIn('surgery', 'at work');
  const again = await startWithKeyring('surgery');
  await expect(again.window.getByText(/^Up to date/)).toBeVisible();
});

test('a locked keychain is waited for: nothing changes, and asked again once it is unlocked the app is where it was', async ({
  folder,
  portal,
  logIn,
  startWithKeyring,
}) => {
  await logIn('surgery', 'at work');
  const first = await startWithKeyring('surgery');
  await signIn(first, portal);
  await first.quit();
  const before = filesBelow(storeOf(join(folder, 'surgery')));

  const session = await logIn('surgery', null);
  const picture = join(folder, 'after-try-again.png');
  const locked = await startWithKeyring('surgery', `--screenshot-when-ready=${picture}`);
  await expectTrouble(locked.window, unavailable);
  expect(filesBelow(storeOf(join(folder, 'surgery')))).toEqual(before);

  await expect.poll(() => existsSync(picture)).toBe(true);
  rmSync(picture);
  const started = new Set(processesNaming(picture));
  await session.unlock('at work');
  // The process that was not answered would not see it: Chromium keeps its first answer.
  const ended = locked.electron.waitForEvent('close');
  await locked.window.keyboard.press('Enter');
  await ended;
  // The new process is nobody's child: it is found by its arguments, and ended by its number.
  const anew = () => processesNaming(picture).filter((id) => !started.has(id));
  try {
    await expect.poll(() => existsSync(picture), { message: 'the app started anew draws its first screen' }).toBe(true);
    expect(anew()).not.toEqual([]);
    // Written to while the store is open, and gone when it is closed.
    expect(existsSync(join(storeOf(join(folder, 'surgery')), 'cache.db-wal'))).toBe(true);
  } finally {
    for (const id of anew()) process.kill(id, 'SIGTERM');
    await expect.poll(anew).toEqual([]);
  }
  // The write-ahead log may be there too: a signal ends the core where it stands.
  expect(filesBelow(storeOf(join(folder, 'surgery'))).map(({ name }) => name)).toEqual(
    expect.arrayContaining(before.map(({ name }) => name)),
  );

  const unlocked = await startWithKeyring('surgery');
  await expect(unlocked.window.getByText(/^Up to date/)).toBeVisible();
});
