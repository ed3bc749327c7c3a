import { expect } from '@playwright/test';
import { expectNoViolations } from '../support/axe.ts';
import { expectDemoInbox, notice, openItem, press } from '../support/desk-steps.ts';
import { test } from '../support/journey.ts';
import { ngaio, sione, wiremu } from '../support/journey-practice.ts';
import { passphrase, signIn } from '../support/sign-in.ts';

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
    await expectDemoInbox(window);
    await expectNoViolations(window, 'inbox');

    for (const [keys, list] of [
      ['g e', 'Messages'],
      ['g r', 'Repeats'],
      ['g l', 'Results'],
    ] as const) {
      await press(window, keys);
      await expect(
        window
          .getByRole('grid', { name: new RegExp(`^${list}`) })
          .getByRole('row')
          .first(),
      ).toBeVisible();
      await press(window, 'j Enter');
      await expect(window.getByRole('toolbar', { name: 'Acts on this item' })).toBeVisible();
      await expectNoViolations(window, `an item of ${list}`);
    }

    await press(window, 'Escape g o');
    await expect(window.getByRole('heading', { name: 'Outbox' })).toBeVisible();
    await expectNoViolations(window, 'outbox');
    await press(window, 'g i');
    for (const [keys, title] of [
      ['Control+k', 'Find a command'],
      ['?', 'Keyboard shortcuts'],
      ['Control+Comma', 'Settings'],
    ] as const) {
      await press(window, keys);
      await expect(window.getByRole('dialog', { name: title })).toBeVisible();
      await expectNoViolations(window, title);
      await press(window, 'Escape');
      await expect(window.getByRole('dialog')).toHaveCount(0);
    }
  });

  test(`what asks before an act, and a conflict, have no violations in the ${theme} theme`, async ({ portal, startDesktop }) => {
    const desk = await startDesktop('surgery', `--theme=${theme}`);
    const { window } = desk;
    await signIn(desk, portal, 'role-dr-rangi');
    for (const [person, subject, keys, title] of [
      [sione, 'Form for work', 'a', 'Assign to'],
      [wiremu, 'losartan', 'd', 'Decline this medicine'],
      [wiremu, 'losartan', 'Space v', 'Approve repeat prescription for Wiremu Tāmati'],
      [sione, 'Sodium', 'l', 'Release Sodium to Sione Faleolo'],
      [sione, 'Sodium', 'h', /^Hold/],
    ] as const) {
      await openItem(window, person, subject);
      await press(window, keys);
      await expect(window.getByRole('dialog', { name: title })).toBeVisible();
      await expectNoViolations(window, `${title}`);
      await press(window, 'Escape');
      await expect(window.getByRole('dialog')).toHaveCount(0);
    }

    await openItem(window, ngaio, 'Sore ear');
    await press(window, 'Shift+N');
    await window.keyboard.type('Rang, no answer.');
    await press(window, 'Control+Enter');
    await expect(notice(window, /^Internal note saved/)).toBeVisible();
    await press(window, 'r');
    await window.keyboard.type('Please come in today.');
    await expectNoViolations(window, 'a note and a reply being written');
    await press(window, 'Control+Enter');
    await expect(notice(window, /^Reply to NGATA/)).toBeVisible();
    await expectNoViolations(window, 'a held reply');
    await portal.changeAs('role-dr-whitcombe', 'Task/task-ear', { status: 'completed' });
    await window.getByRole('button', { name: '1 change needs you' }).click();
    await expectNoViolations(window, 'a change that needs somebody');
    await window.getByRole('button', { name: 'Compare…' }).click();
    await expect(window.getByRole('dialog', { name: 'This changed before yours was sent' })).toBeVisible();
    await expectNoViolations(window, 'both versions');
  });
}
