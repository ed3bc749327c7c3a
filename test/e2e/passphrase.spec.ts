import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect } from '@playwright/test';
import { test } from '../support/journey.ts';
import { filesBelow, storeOf } from '../support/profile-files.ts';
import { passphrase, signIn } from '../support/sign-in.ts';

const wrongWords = 'That passphrase does not open this store. Try again.';

test('a passphrase of fourteen characters can’t be chosen, and one of fifteen must be given twice', async ({ portal, startDesktop }) => {
  const { window, openedInBrowser } = await startDesktop('surgery');
  await window.getByRole('button', { name: 'Sign in to your practice' }).click();
  await window.getByLabel('Portal server').fill(portal.baseUrl);
  await window.keyboard.press('Enter');
  await portal.signInAs('role-dr-rangi', await openedInBrowser());
  const [first, again] = [window.getByLabel('Passphrase'), window.getByLabel('The same again')];
  const stay = () => expect(window.getByRole('heading', { name: 'This computer' })).toBeVisible();
  for (const [once, twice] of [
    ['fourteen chars', 'fourteen chars'],
    ['fifteen letters', 'fifteen lettres'],
  ] as const) {
    await first.fill(once);
    await again.fill(twice);
    await window.keyboard.press('Enter');
    await stay();
  }
  await again.fill('fifteen letters');
  await window.keyboard.press('Enter');
  await expect(window.getByText(/^Up to date/)).toBeVisible();
});

test('without the passphrase nothing opens and nothing is lost: try on, be someone else, or set the store aside', async ({
  folder,
  portal,
  startDesktop,
}) => {
  const first = await startDesktop('surgery');
  await signIn(first, portal, 'role-dr-rangi');
  await first.quit();
  const store = storeOf(join(folder, 'surgery'));
  const before = filesBelow(store);

  const { window, quit } = await startDesktop('surgery');
  for (const wrong of [passphrase.toUpperCase(), `${passphrase}.`, 'x']) {
    await window.getByLabel('Passphrase').fill(wrong);
    await window.keyboard.press('Enter');
    await expect(window.getByRole('alert')).toHaveText(wrongWords);
    await expect(window.getByRole('button', { name: 'Unlock' })).toBeEnabled();
  }
  await window.getByRole('button', { name: 'Sign in as someone else' }).click();
  await expect(window.getByRole('heading', { name: 'Kia ora. Portal Desk' })).toBeVisible();
  await quit();
  expect(filesBelow(store)).toEqual(before);

  const second = await startDesktop('surgery');
  await expect(second.window.getByRole('heading', { name: 'Unlock Portal Desk' })).toBeVisible();
  await second.window.getByRole('button', { name: 'I don’t know the passphrase…' }).click();
  await second.window.getByRole('button', { name: 'Keep things as they are' }).click();
  await expect(second.window.getByRole('heading', { name: 'Unlock Portal Desk' })).toBeVisible();
  await second.window.getByRole('button', { name: 'I don’t know the passphrase…' }).click();
  await second.window.getByRole('button', { name: 'Set the old store aside' }).click();
  await expect(second.window.getByRole('heading', { name: 'Kia ora. Portal Desk' })).toBeVisible();
  expect(readdirSync(dirname(store))).toEqual([expect.stringContaining('set-aside')]);
  expect(filesBelow(dirname(store)).map(({ name, bytes }) => [name, bytes])).toEqual(before.map(({ name, bytes }) => [name, bytes]));
});
