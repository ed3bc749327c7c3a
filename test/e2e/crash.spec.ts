import { expect, type Page } from '@playwright/test';
import { expectNothingWaits, notice, openItem, openOutbox, press } from '../support/desk-steps.ts';
import { test } from '../support/journey.ts';
import { ngaio, sione } from '../support/journey-practice.ts';
import { type PluggedPortal, parsed } from '../support/plugged-portal.ts';
import { signIn } from '../support/sign-in.ts';

const words = 'Please come in today at 2.40 pm.';

test('the core is killed while the portal has not answered: the reply is not lost, and no passphrase is asked for', async ({
  portal,
  startDesktop,
}) => {
  const desk = await startDesktop('surgery');
  const { window } = desk;
  await signIn(desk, portal, 'role-dr-rangi');
  // The first change of all is preceded by a question about transactions; the reply must not be the first.
  await openItem(window, sione, 'Form for work');
  await press(window, 'c');
  await expect.poll(() => portal.current('Task/task-form').status).toBe('accepted');
  await writeReply(window);
  portal.faults.add({
    at: 'before-handling',
    when: ({ method }) => method === 'POST',
    fault: { kind: 'hang' },
    times: Number.POSITIVE_INFINITY,
  });
  await expect((await openOutbox(window, 'Waiting')).getByText('Sending', { exact: true })).toBeVisible();
  expect(await desk.killCore()).toBe(true);
  portal.faults.clear();
  await expectSentOnce(window, portal);
});

test('the core is killed when the portal has the reply and the answer is lost: it is not sent twice', async ({ portal, startDesktop }) => {
  const desk = await startDesktop('surgery');
  const { window } = desk;
  await signIn(desk, portal, 'role-dr-rangi');
  portal.faults.add({ at: 'after-commit-before-answer', when: () => portal.messages().length === 1, fault: { kind: 'hang' } });
  await writeReply(window);
  await expect.poll(portal.faults.struck).toBe(1);
  expect(await desk.killCore()).toBe(true);
  await expectSentOnce(window, portal);
});

async function writeReply(window: Page): Promise<void> {
  await openItem(window, ngaio, 'Sore ear');
  await press(window, 'r');
  await window.keyboard.type(words);
  await press(window, 'Control+Shift+Enter');
  await expect(notice(window, /^Reply to NGATA, Ngaio/)).toBeVisible();
}

async function expectSentOnce(window: Page, portal: PluggedPortal): Promise<void> {
  await expect(notice(window, 'We restarted after a problem. Your drafts are safe.')).toBeVisible();
  await expect((await openOutbox(window, 'Sent')).getByText('NGATA, Ngaio')).toHaveCount(1);
  await expectNothingWaits(window);
  expect(portal.messages()).toEqual([words]);
  expect(portal.effects().filter((effect) => effect.id === 'task-ear' && parsed(effect).status === 'completed')).toHaveLength(1);
}
