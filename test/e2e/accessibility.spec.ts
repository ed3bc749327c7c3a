import { expect, type Page } from '@playwright/test';
import { expectNoViolations } from '../support/axe.ts';
import { test } from '../support/journey.ts';
import { passphrase } from '../support/sign-in.ts';

for (const theme of ['light', 'dark'] as const) {
  test(`the pages before the inbox have no violations in the ${theme} theme`, async ({ portal, startDesktop }) => {
    const { window, openedInBrowser } = await startDesktop('front', `--theme=${theme}`);
    await expect(window.getByRole('heading', { name: 'Kia ora. Portal Desk' })).toBeVisible();
    await expectNoViolations(window, 'first run');

    await window.getByRole('button', { name: 'Try the demo practice' }).click();
    await expectNoViolations(window, 'choice of demo role');
    await window.getByRole('button', { name: 'Back' }).click();

    await window.getByRole('button', { name: 'Sign in to your practice' }).click();
    await window.getByLabel('Portal server').fill('http://127.0.0.1:9/fhir');
    await window.keyboard.press('Enter');
    await expect(window.getByRole('alert')).toBeVisible();
    await expectNoViolations(window, 'sign-in that failed');

    await window.getByLabel('Portal server').fill(portal.baseUrl);
    await window.keyboard.press('Enter');
    await expect(window.getByRole('heading', { name: 'Finish in your browser' })).toBeVisible();
    await expectNoViolations(window, 'waiting for the browser');
    await portal.signInAs('role-dr-rangi', await openedInBrowser());
    await expect(window.getByRole('heading', { name: 'This computer' })).toBeVisible();
    await expectNoViolations(window, 'choosing a passphrase');
    await window.getByLabel('Passphrase').fill(passphrase);
    await window.getByLabel('The same again').fill(passphrase);
    await window.keyboard.press('Enter');
    await expect(window.getByText(/^Up to date/)).toBeVisible();
    await expectNoViolations(window, 'a new inbox');
  });

  test(`the inbox, each kind of item and each sheet have no violations in the ${theme} theme`, async ({ startDesktop }) => {
    const { window } = await startDesktop('gp', '--demo=gp', `--theme=${theme}`);
    await expect(window.getByRole('row').first()).toBeVisible();
    await expectNoViolations(window, 'inbox');

    for (const [keys, list] of [
      ['ge', 'Messages'],
      ['gr', 'Repeats'],
      ['gl', 'Results'],
    ] as const) {
      await press(window, keys);
      await expect(
        window
          .getByRole('grid', { name: new RegExp(`^${list}`) })
          .getByRole('row')
          .first(),
      ).toBeVisible();
      await window.keyboard.press('j');
      await window.keyboard.press('Enter');
      await expect(window.getByRole('region', { name: 'Patient', exact: true })).toBeVisible();
      await expectNoViolations(window, `an item of ${list}`);
    }

    for (const [keys, title] of [
      ['Control+k', 'Find a command'],
      ['?', 'Keyboard shortcuts'],
      ['Control+Comma', 'Settings'],
    ] as const) {
      await window.keyboard.press(keys);
      await expect(window.getByRole('dialog', { name: title })).toBeVisible();
      await expectNoViolations(window, title);
      await window.keyboard.press('Escape');
      await expect(window.getByRole('dialog')).toHaveCount(0);
    }

    await press(window, 'go');
    await expect(window.getByRole('heading', { name: 'Outbox' })).toBeVisible();
    await expectNoViolations(window, 'outbox');
  });
}

async function press(window: Page, keys: string): Promise<void> {
  for (const key of keys) await window.keyboard.press(key);
}
