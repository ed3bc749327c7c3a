import { expect, type Page } from '@playwright/test';
import { commands } from '../../renderer/commands.ts';
import { expectDemoInbox, expectNothingWaits, notice, openOutbox, press, rowOf } from '../support/desk-steps.ts';
import { test } from '../support/journey.ts';
import { type JourneyPerson, margaret, ngaio, rowName, sione, wiremu } from '../support/journey-practice.ts';
import { parsed } from '../support/plugged-portal.ts';
import { signIn } from '../support/sign-in.ts';

/** From wherever: to the list of all, down to the item, and into it. */
async function keyTo(window: Page, person: JourneyPerson, subject: string): Promise<void> {
  await press(window, 'g i');
  const rows = window.getByRole('grid', { name: /^All/ });
  await expect(rows).toBeFocused();
  await expect(rowOf(window, person, subject)).toBeVisible();
  await press(window, 'Home');
  for (let step = 0; step < 5; step += 1) {
    await expect(rows.getByRole('row', { selected: true })).toHaveCount(1);
    if ((await rowOf(window, person, subject).getAttribute('aria-selected')) === 'true') break;
    const before = (await rows.getByRole('row', { selected: true }).getAttribute('id')) ?? '';
    await press(window, 'j');
    await expect(rows.locator(`[id="${before}"]`)).toHaveAttribute('aria-selected', 'false');
  }
  await press(window, 'Enter');
  await expect(window.getByRole('region', { name: 'Patient', exact: true })).toContainText(rowName(person));
  await expect(window.getByRole('toolbar', { name: 'Acts on this item' })).toBeVisible();
}

test('signing in, replying, noting, assigning, approving, releasing and undoing need no mouse', async ({ portal, startDesktop }) => {
  const desk = await startDesktop('surgery');
  const { window } = desk;
  await signIn(desk, portal, 'role-dr-rangi');

  await keyTo(window, ngaio, 'Sore ear');
  await press(window, 'r');
  await window.keyboard.type('Please come in today.');
  await press(window, 'Control+Enter');
  await expect(notice(window, /^Reply to NGATA, Ngaio/)).toBeVisible();

  await keyTo(window, wiremu, 'losartan');
  await press(window, 'Enter');
  await expect(notice(window, /^Repeat prescription approved, not sent yet · TĀMATI/)).toBeVisible();

  await keyTo(window, margaret, 'Creatinine');
  await press(window, 'Enter');
  await expect(notice(window, /^Release of Creatinine, not sent yet · SINCLAIR/)).toBeVisible();

  await keyTo(window, sione, 'Form for work');
  await press(window, 'Shift+N');
  await window.keyboard.type('Rang, no answer.');
  await press(window, 'Control+Enter');
  await expect(notice(window, /^Internal note saved · FALEOLO/)).toBeVisible();
  await press(window, 'a');
  await expect(window.getByRole('combobox', { name: 'Person or team' })).toBeFocused();
  await window.keyboard.type('whit');
  await expect(window.getByRole('option', { name: /Dr Susan Whitcombe/, selected: true })).toBeVisible();
  await press(window, 'Enter');
  await expect(notice(window, /^Assigned to Dr Susan Whitcombe · FALEOLO/)).toBeVisible();

  await keyTo(window, sione, 'Sodium');
  await press(window, '!');
  await expect(notice(window, /^Marked urgent · FALEOLO/)).toBeVisible();
  await press(window, 'l');
  await expect(window.getByRole('textbox', { name: 'Comment that Sione Faleolo will read' })).toBeFocused();
  await press(window, 'Tab Space Control+Enter');
  await expect(notice(window, /^Release of Sodium, not sent yet · FALEOLO/)).toBeVisible();
  await press(window, 'z');
  await expect(notice(window, /^Undone: Release of Sodium/)).toBeVisible();

  await press(window, 'Control+k');
  await window.keyboard.type('outbox');
  await press(window, 'Enter');
  await expect(window.getByRole('heading', { name: 'Outbox' })).toBeVisible();
  await expectNothingWaits(window);
  expect([...portal.messages()].sort()).toEqual([expect.stringContaining('losartan'), 'Please come in today.', 'Rang, no answer.']);
  expect(portal.current('Task/task-form')).toMatchObject({ owner: { reference: 'PractitionerRole/role-dr-whitcombe' } });
  expect(
    portal
      .effects()
      .filter(({ id }) => id === 'task-sodium')
      .map((effect) => parsed(effect).status),
  ).toEqual(['requested']);
  expect(await portal.countSeenBy('Patient/margaret', 'DiagnosticReport')).toBe(1);
  expect(await portal.countSeenBy('Patient/sione', 'DiagnosticReport')).toBe(0);
});

test('passing over an item with an unsaved note does not catch the keys', async ({ portal, startDesktop }) => {
  const desk = await startDesktop('surgery');
  const { window } = desk;
  await signIn(desk, portal, 'role-dr-rangi');
  await keyTo(window, sione, 'Form for work');
  await press(window, 'Shift+N');
  await window.keyboard.type('Rang, no answer.');
  await expect(window.getByText(/^Draft saved/)).toBeVisible();
  await press(window, 'Escape g i');

  for (const [person, subject] of [
    [wiremu, 'losartan'],
    [sione, 'Form for work'],
    [ngaio, 'Sore ear'],
  ] as const) {
    await keyTo(window, person, subject);
    await press(window, 'Escape');
  }
  await press(window, 'k');
  await expect(window.getByRole('textbox', { name: 'Internal note' })).toHaveValue('Rang, no answer.');
  await expect(window.getByRole('grid', { name: /^All/ })).toBeFocused();
});

test('letters typed into a text box run no command', async ({ portal, startDesktop }) => {
  const desk = await startDesktop('surgery');
  const { window } = desk;
  const letters = 'abcdefghijklmnopqrstuvwxyz!?';
  await signIn(desk, portal, 'role-dr-rangi');
  await keyTo(window, ngaio, 'Sore ear');
  for (const keys of ['r', 'Shift+N', 'a', 'Control+k', '/']) {
    await press(window, keys);
    await window.keyboard.type(letters);
    await expect(window.locator(':focus')).toHaveValue(letters);
    if (keys === '/') await expect(window.getByText(/^Nothing matches/)).toBeVisible();
    await press(window, 'Escape');
  }
  await expectNothingWaits(window);
  await expect((await openOutbox(window, 'Sent')).getByRole('listitem')).toHaveCount(0);
  expect(portal.effects().filter(({ type }) => type !== 'AuditEvent')).toEqual([]);
});

test('F6 walks through every pane, and the help sheet names every key', async ({ startDesktop }) => {
  const { window } = await startDesktop('gp', '--demo=gp');
  await expectDemoInbox(window);
  await press(window, 'j Enter');
  await expect(window.getByRole('toolbar', { name: 'Acts on this item' })).toBeVisible();
  const walked: string[] = [];
  for (let step = 0; step < 7; step += 1) {
    await press(window, 'F6');
    walked.push(await window.evaluate(() => document.activeElement?.closest<HTMLElement>('[data-pane]')?.dataset.pane ?? 'none'));
  }
  expect([...walked].sort()).toEqual(['actions', 'banner', 'context', 'list', 'nav', 'reading', 'status']);

  await press(window, '?');
  const sheet = window.getByRole('dialog', { name: 'Keyboard shortcuts' });
  for (const { title, keys } of commands) {
    if (keys.length > 0) await expect(sheet.getByRole('term').filter({ hasText: title }).first()).toBeAttached();
  }
});
