import { expect } from '@playwright/test';
import { openItem, openOutbox, press } from '../support/desk-steps.ts';
import { test } from '../support/journey.ts';
import { ngaio } from '../support/journey-practice.ts';
import { signIn } from '../support/sign-in.ts';

test('two desktops claim one item at once: one has it, the other is told', async ({ portal, startDesktop }) => {
  const [first, second] = await Promise.all([startDesktop('rangi'), startDesktop('whitcombe')]);
  await signIn(first, portal, 'role-dr-rangi');
  await signIn(second, portal, 'role-dr-whitcombe');
  await openItem(first.window, ngaio, 'Sore ear');
  await openItem(second.window, ngaio, 'Sore ear');
  // The claim that is pressed first is committed last: neither desktop can know of the other when its own is pressed.
  const release = portal.holdWritesOf('role-dr-rangi');
  await press(first.window, 'c');
  await expect(first.window.getByRole('button', { name: 'Release claim' })).toBeVisible();
  await press(second.window, 'c');
  await expect.poll(() => portal.effects().filter(({ id }) => id === 'task-ear')).toHaveLength(1);
  release();

  await expect(first.window.getByRole('button', { name: '1 change needs you' })).toBeVisible();
  await expect(first.window.getByRole('complementary', { name: 'Context' })).toContainText('OwnerDr Susan Whitcombe');
  await expect(second.window.getByRole('complementary', { name: 'Context' })).toContainText('OwnerYou');
  await expect((await openOutbox(first.window, 'Needs you')).getByRole('listitem')).toContainText('Changed by someone else');
  expect(
    portal
      .effects()
      .filter(({ id }) => id === 'task-ear')
      .map(({ author }) => author),
  ).toEqual(['PractitionerRole/role-dr-whitcombe']);
  expect(portal.current('Task/task-ear')).toMatchObject({ owner: { reference: 'PractitionerRole/role-dr-whitcombe' } });
});

test('a reply that a colleague was faster than is not sent, both versions are shown, and its words are kept', async ({
  portal,
  startDesktop,
}) => {
  const desk = await startDesktop('surgery');
  const { window } = desk;
  const words = 'Kia ora Ngaio, I have kept a time for you at 4 pm.';
  await signIn(desk, portal, 'role-dr-rangi');
  await openItem(window, ngaio, 'Sore ear');
  await press(window, 'r');
  await window.keyboard.type(words);
  await press(window, 'Control+Enter');
  await portal.changeAs('role-dr-whitcombe', 'Task/task-ear', {
    status: 'completed',
    owner: { reference: 'PractitionerRole/role-dr-whitcombe', display: 'Dr Susan Whitcombe' },
  });

  await window.getByRole('button', { name: '1 change needs you' }).click();
  await window.getByRole('button', { name: 'Compare…' }).click();
  const sheet = window.getByRole('dialog');
  await expect(sheet).toContainText(words);
  await expect(sheet).toContainText('Dr Susan Whitcombe');
  await sheet.getByRole('button', { name: 'Keep theirs' }).click();
  await expect(window.getByText('Nothing needs you. Ka pai.')).toBeVisible();
  expect(portal.messages()).toEqual([]);

  await press(window, 'g d');
  await window.getByRole('row').filter({ hasText: 'Sore ear' }).click();
  await expect(window.getByRole('textbox', { name: 'Reply to Ngaio Ngata' })).toHaveValue(words);
});
