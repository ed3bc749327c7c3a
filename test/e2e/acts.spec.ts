import { expect } from '@playwright/test';
import { expectNothingWaits, notice, openItem, openOutbox, press } from '../support/desk-steps.ts';
import { test } from '../support/journey.ts';
import { margaret, ngaio, sione, wiremu } from '../support/journey-practice.ts';
import { parsed } from '../support/plugged-portal.ts';
import { signIn } from '../support/sign-in.ts';

test('a reply is held, can be taken back with its words kept, and then reaches the patient once', async ({ portal, startDesktop }) => {
  const desk = await startDesktop('surgery');
  const { window } = desk;
  await signIn(desk, portal, 'role-dr-rangi');
  await openItem(window, ngaio, 'Sore ear');
  const words = 'Kia ora Ngaio, please come in today at 2.40 pm. Ngā mihi';
  const composer = window.getByRole('textbox', { name: 'Reply to Ngaio Ngata' });

  await press(window, 'r');
  await expect(composer).toBeFocused();
  await window.keyboard.type(words);
  await press(window, 'Control+Enter');
  await expect(notice(window, 'Reply to NGATA, Ngaio · NHI ZKC0107')).toBeVisible();
  await expect(notice(window, /^Sending in \d+ s$/)).toBeVisible();
  await press(window, 'z');
  await expect(notice(window, 'Undone: Reply to NGATA, Ngaio · NHI ZKC0107')).toBeVisible();
  expect(portal.messages()).toEqual([]);

  await openItem(window, ngaio, 'Sore ear');
  await expect(composer).toHaveValue(words);
  await composer.focus();
  await press(window, 'Control+Shift+Enter');
  await expect.poll(portal.messages).toEqual([words]);
  await expectNothingWaits(window);
  expect(portal.current('Task/task-ear')).toMatchObject({ status: 'completed', owner: { reference: 'PractitionerRole/role-dr-rangi' } });
  await expect((await openOutbox(window, 'Sent')).getByText('NGATA, Ngaio')).toHaveCount(1);
  expect(portal.messages()).toEqual([words]);
});

test('a repeat prescription is approved after a sheet that names the patient, and one order stands', async ({ portal, startDesktop }) => {
  const desk = await startDesktop('surgery');
  const { window } = desk;
  await signIn(desk, portal, 'role-dr-rangi');
  await openItem(window, wiremu, 'losartan');
  const medicine = window.getByRole('list', { name: 'Medicines asked for' }).getByRole('listitem').first();
  await expect(medicine).toContainText('Clear');

  await press(window, 'Space');
  await expect(medicine).toContainText('To be approved');
  await press(window, 'v');
  const sheet = window.getByRole('dialog', { name: 'Approve repeat prescription for Wiremu Tāmati' });
  await expect(sheet).toContainText('TĀMATI, Wiremu · Born 02-May-1958 · NHI ZKC0310');
  const answer = await sheet.getByRole('textbox', { name: 'What Wiremu Tāmati will read' }).inputValue();
  await press(window, 'Control+Enter');
  await expect(notice(window, 'Repeat prescription approved, not sent yet · TĀMATI, Wiremu · NHI ZKC0310')).toBeVisible();
  expect(portal.effects()).toEqual([]);

  await expect.poll(portal.messages).toEqual([answer]);
  await expectNothingWaits(window);
  const orders = portal.effects().filter(({ type, id }) => type === 'MedicationRequest' && id !== 'proposal-losartan');
  expect(orders.map(parsed)).toMatchObject([
    {
      intent: 'order',
      status: 'active',
      requester: { reference: 'PractitionerRole/role-dr-rangi' },
      basedOn: [{ reference: 'MedicationRequest/proposal-losartan' }],
    },
  ]);
  expect(portal.current('MedicationRequest/proposal-losartan')).toMatchObject({ status: 'completed' });
  expect(portal.current('Task/task-losartan')).toMatchObject({ status: 'completed' });
});

test('a normal result goes with one key, an abnormal one asks for a word, and only then can the patients see them', async ({
  portal,
  startDesktop,
}) => {
  const desk = await startDesktop('surgery');
  const { window } = desk;
  await signIn(desk, portal, 'role-dr-rangi');
  expect(await portal.countSeenBy('Patient/margaret', 'DiagnosticReport')).toBe(0);

  await openItem(window, margaret, 'Creatinine');
  await expect(window.getByText('Wholly normal: Enter releases it.')).toBeVisible();
  await press(window, 'Enter');
  await expect(notice(window, 'Release of Creatinine, not sent yet · SINCLAIR, Margaret · NHI ZKC06AN')).toBeVisible();

  await openItem(window, sione, 'Sodium');
  await press(window, 'Enter');
  const sheet = window.getByRole('dialog', { name: 'Release Sodium to Sione Faleolo' });
  await expect(sheet).toContainText('FALEOLO, Sione · Born 30-Sep-1971 · NHI ZKC0204');
  await press(window, 'Control+Enter');
  await expect(sheet.getByText('This result is outside its range. Add a comment, or say that none is needed.')).toBeVisible();
  const comment = 'A little low, as last year. No change is needed.';
  await sheet.getByRole('textbox', { name: 'Comment that Sione Faleolo will read' }).fill(comment);
  await press(window, 'Control+Enter');
  await expect(sheet).toHaveCount(0);
  expect(portal.effects()).toEqual([]);

  await expect.poll(portal.messages).toEqual([comment]);
  await expectNothingWaits(window);
  for (const [person, name] of [
    ['margaret', 'kidney'],
    ['sione', 'sodium'],
  ] as const) {
    expect(await portal.countSeenBy(`Patient/${person}`, 'DiagnosticReport')).toBe(1);
    expect(await portal.countSeenBy(`Patient/${person}`, 'Observation')).toBe(1);
    expect(portal.effects().filter(({ id }) => id === `report-${name}`)).toHaveLength(1);
    expect(portal.current(`Task/task-${name}`)).toMatchObject({ status: 'completed' });
  }
});
