import { expect } from '@playwright/test';
import { expectNothingWaits, notice, openItem, openOutbox, press } from '../support/desk-steps.ts';
import { test } from '../support/journey.ts';
import { ngaio } from '../support/journey-practice.ts';
import { signIn } from '../support/sign-in.ts';

const words = 'Please come in today at 2.40 pm.';

for (const [when, at] of [
  ['before the server has it', 'before-handling'],
  ['after the server has it', 'after-commit-before-answer'],
] as const) {
  test(`the core is killed in mid-send, ${when}: the reply is neither lost nor doubled, and no passphrase is asked for`, async ({
    portal,
    startDesktop,
  }) => {
    const desk = await startDesktop('surgery');
    const { window } = desk;
    await signIn(desk, portal, 'role-dr-rangi');
    await openItem(window, ngaio, 'Sore ear');
    portal.faults.add({ at, when: ({ method }) => method === 'POST', fault: { kind: 'hang' } });
    await press(window, 'r');
    await window.keyboard.type(words);
    await press(window, 'Control+Shift+Enter');

    await expect.poll(portal.faults.struck, { timeout: 30_000 }).toBe(1);
    expect(portal.messages()).toHaveLength(at === 'before-handling' ? 0 : 1);
    expect(await desk.killCore()).toBe(true);

    await expect(notice(window, 'We restarted after a problem. Your drafts are safe.')).toBeVisible();
    await expect((await openOutbox(window, 'Sent')).getByText('NGATA, Ngaio')).toHaveCount(1, { timeout: 45_000 });
    await expectNothingWaits(window);
    expect(portal.messages()).toEqual([words]);
    expect(portal.effects().filter(({ id }) => id === 'task-ear')).toHaveLength(1);
  });
}
