import { expect } from '@playwright/test';
import { expectDemoInbox, press } from '../support/desk-steps.ts';
import { test } from '../support/journey.ts';
import { ngaio, rowName } from '../support/journey-practice.ts';
import { passphrase, signIn } from '../support/sign-in.ts';

test('a first start offers sign-in and the demo, and the demo leads to a full inbox', async ({ startDesktop }) => {
  const { window } = await startDesktop('reception');

  await expect(window.getByRole('heading', { name: 'Kia ora. Portal Desk' })).toBeVisible();
  await expect(window.getByRole('button', { name: 'Sign in to your practice' })).toBeFocused();
  await window.getByRole('button', { name: 'Try the demo practice' }).click();
  await window.getByRole('button', { name: 'As receptionist' }).click();

  await expect(window.getByText('Kauri Street Medical Centre · invented people, nothing leaves this computer')).toBeVisible();
  await expectDemoInbox(window);
  await expect(window.getByRole('heading', { name: 'Team' })).toBeVisible();
  await press(window, 'g i');
  await expect(window.getByRole('grid', { name: /^All/ })).toHaveAttribute('aria-rowcount', '400');
});

test('a first sign-in goes through the browser and a passphrase to the inbox, and the next start asks only for the passphrase', async ({
  portal,
  startDesktop,
}) => {
  const first = await startDesktop('surgery');
  await signIn(first, portal, 'role-dr-rangi');
  await press(first.window, 'g i');
  await expect(first.window.getByRole('row').filter({ hasText: rowName(ngaio) })).toBeVisible();
  await first.quit();

  const second = await startDesktop('surgery');
  await expect(second.window.getByRole('heading', { name: 'Unlock Portal Desk' })).toBeVisible();
  await expect(second.window.getByText('Dr Rangi Parata · Kauri Street Medical Centre')).toBeVisible();
  await second.window.getByLabel('Passphrase').fill('not the passphrase of this');
  await second.window.keyboard.press('Enter');
  await expect(second.window.getByRole('alert')).toHaveText('That passphrase does not open this store. Try again.');
  await second.window.getByLabel('Passphrase').fill(passphrase);
  await second.window.keyboard.press('Enter');
  await expect(second.window.getByText(/^Up to date/)).toBeVisible();
});
