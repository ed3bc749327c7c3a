import { expect } from '@playwright/test';
import type { RunningApp } from './app.ts';
import type { PluggedPortal } from './plugged-portal.ts';

export const passphrase = 'four unrelated words here';

/** From the first-run screen to an inbox that is up to date, by keyboard alone: server, browser, passphrase (this machine has no keychain). */
export async function signIn({ window, openedInBrowser }: RunningApp, portal: PluggedPortal, account: string): Promise<void> {
  await expect(window.getByRole('button', { name: 'Sign in to your practice' })).toBeFocused();
  await window.keyboard.press('Enter');
  await expect(window.getByLabel('Portal server')).toBeFocused();
  await window.keyboard.type(portal.baseUrl);
  await window.keyboard.press('Enter');

  await portal.signInAs(account, await openedInBrowser());

  await expect(window.getByRole('heading', { name: 'This computer' })).toBeVisible();
  await expect(window.getByLabel('Passphrase')).toBeFocused();
  await window.keyboard.type(passphrase);
  await window.keyboard.press('Tab');
  await window.keyboard.type(passphrase);
  await window.keyboard.press('Enter');
  await expect(window.getByText(/^Up to date/)).toBeVisible();
}
