import { expect } from '@playwright/test';
import { expectNothingWaits, notice, openItem, openOutbox, press } from '../support/desk-steps.ts';
import { test } from '../support/journey.ts';
import { margaret, ngaio, wiremu } from '../support/journey-practice.ts';
import { parsed } from '../support/plugged-portal.ts';
import { passphrase, signIn } from '../support/sign-in.ts';

test('a reply, an approval and a release made without a network outlive a restart and each reach the portal once', async ({
  portal,
  startDesktop,
}) => {
  const desk = await startDesktop('surgery');
  await signIn(desk, portal, 'role-dr-rangi');
  await portal.pullPlug();
  await press(desk.window, 'F5');
  await expect(desk.window.getByText(/^You are offline\./)).toBeVisible();

  await openItem(desk.window, ngaio, 'Sore ear');
  await press(desk.window, 'r');
  await desk.window.keyboard.type('Please come in today.');
  await press(desk.window, 'Control+Shift+Enter');
  await expect(notice(desk.window, /^Reply to NGATA, Ngaio/)).toBeVisible();
  await openItem(desk.window, wiremu, 'losartan');
  await press(desk.window, 'Enter');
  await expect(notice(desk.window, /^Repeat prescription approved, not sent yet/)).toBeVisible();
  await openItem(desk.window, margaret, 'Creatinine');
  await press(desk.window, 'Enter');
  await expect(notice(desk.window, /^Release of Creatinine, not sent yet/)).toBeVisible();
  await expect(desk.window.getByRole('button', { name: '3 waiting to send' })).toBeVisible();
  await desk.quit();

  const { window } = await startDesktop('surgery');
  await window.getByLabel('Passphrase').fill(passphrase);
  await press(window, 'Enter');
  await expect(window.getByRole('button', { name: '3 waiting to send' })).toBeVisible();
  await expect(window.getByText(/^You are offline\./)).toBeVisible();
  await portal.plugIn();
  expect(portal.effects()).toEqual([]);
  await press(window, 'F5');

  await expect(window.getByText(/^Up to date/)).toBeVisible();
  await expectNothingWaits(window);
  for (const task of ['ear', 'losartan', 'kidney']) {
    expect(portal.effects().filter(({ id }) => id === `task-${task}`)).toHaveLength(1);
    expect(portal.current(`Task/task-${task}`)).toMatchObject({ status: 'completed' });
  }
  expect(portal.messages().filter((text) => text === 'Please come in today.')).toHaveLength(1);
  expect(portal.effects().filter((effect) => effect.type === 'MedicationRequest' && parsed(effect).intent === 'order')).toHaveLength(1);
  expect(await portal.countSeenBy('Patient/margaret', 'DiagnosticReport')).toBe(1);
  await expect((await openOutbox(window, 'Sent')).getByRole('listitem')).toHaveCount(3);
});
