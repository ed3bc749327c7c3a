// @vitest-environment jsdom
import { QueryClientProvider } from '@tanstack/react-query';
import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import { createQueryClient, followChanges } from '../../renderer/data/queries.ts';
import { SettingsSheet } from '../../renderer/features/settings/settings-sheet.tsx';
import type { Output } from '../../shared/contract.ts';
import { defaultPreferences } from '../../shared/domain/settings.ts';
import { Staff } from '../../shared/domain/staff.schema.ts';
import { answeringCore } from './answering-core.ts';
import { drRangi } from './item-details.ts';

const core = answeringCore();
const tui = Staff.parse({ id: 'tui', practitionerId: 'p3', name: 'Tui Walker', role: 'manager', cpn: null });
const inForce = { v: 1, longestHoldDays: 366 } as const;
const drafted = {
  policy: { v: 1, longestHoldDays: 90 },
  reason: 'A year is too long',
  by: 'Tui Walker',
  at: '2026-11-20T01:00:00Z',
  state: 'done',
} as const;

let stop = () => {};
afterEach(() => {
  stop();
  cleanup();
});

async function open(user: Staff, draft: Output<'practice.policy'>['draft'] = null) {
  core.calls.length = 0;
  core.answers = {
    'practice.policy': () => ({ ok: true, value: { inForce, draft } }),
    'acts.perform': ({ opId }) => ({ ok: true, value: { opId, sendsAt: new Date().toISOString() } }),
  };
  const client = createQueryClient();
  stop = followChanges(client);
  render(
    <QueryClientProvider client={client}>
      <SettingsSheet isOpen onClose={() => {}} user={user} preferences={defaultPreferences} onChange={() => {}} />
    </QueryClientProvider>,
  );
  await screen.findByText('366 days');
  return within(screen.getByRole('region', { name: 'Practice policy' }));
}

const fill = (label: string, value: string) => fireEvent.change(screen.getByLabelText(label), { target: { value } });
const days = 'Longest hold on a result, 1 to 366 days';
const reason = 'Reason for the change';

test('everybody reads the practice’s policy, and who may not change it is told who can', async () => {
  const policy = await open(drRangi);
  expect(policy.getByText('Longest hold on a result')).toBeTruthy();
  expect(policy.getByText('Your practice manager can draft changes.')).toBeTruthy();
  expect(policy.queryByRole('button')).toBeNull();
});

test('a manager drafts a change, is told that it is not in force, and the focus goes back to the button', async () => {
  const policy = await open(tui);
  fireEvent.click(policy.getByRole('button', { name: 'Draft a change…' }));
  await waitFor(() => expect(document.activeElement).toBe(screen.getByLabelText(days)));
  expect(policy.getByText(/A draft is not in force/)).toBeTruthy();
  fill(days, '90');
  fill(reason, ' A year is too long ');
  fireEvent.click(policy.getByRole('button', { name: 'Save draft' }));
  await waitFor(() =>
    expect(core.actsOf('draft-policy')).toMatchObject([
      { subject: {}, seen: {}, input: { policy: { v: 1, longestHoldDays: 90 }, reason: 'A year is too long' } },
    ]),
  );
  expect(await policy.findByText('Draft saved. What is in force has not changed.')).toBeTruthy();
  expect(document.activeElement).toBe(policy.getByRole('button', { name: 'Draft a change…' }));
});

test('the latest draft stands beside what is in force, with its reason, author and time, and where it is', async () => {
  await open(tui, drafted);
  const draft = screen.getByRole('region', { name: 'Latest draft, not in force' });
  expect(draft.textContent).toContain('90 days');
  expect(draft.textContent).toContain('A year is too long');
  expect(draft.textContent).toContain('Tui Walker · 20-Nov-2026 2:00 pm · kept on the portal');
});

test('the next draft begins with the last one', async () => {
  const policy = await open(tui, drafted);
  fireEvent.click(policy.getByRole('button', { name: 'Draft a change…' }));
  expect(screen.getByLabelText(days)).toHaveProperty('value', '90');
});

test.each(['', '0', '367', '1.5', 'a year', '-3', '1e2'])('“%s” is no number of days, and says which are', async (typed) => {
  const policy = await open(tui);
  fireEvent.click(policy.getByRole('button', { name: 'Draft a change…' }));
  fill(days, typed);
  fill(reason, 'A year is too long');
  fireEvent.click(policy.getByRole('button', { name: 'Save draft' }));
  expect(await policy.findByText('Enter whole days, from 1 to 366.')).toBeTruthy();
  expect(core.inputsOf('acts.perform')).toEqual([]);
});

test.each([
  ['  ', 'Give a reason.'],
  ['x'.repeat(501), 'Shorten the reason to 500 characters or fewer.'],
])('a draft has a reason of some length', async (typed, problem) => {
  const policy = await open(tui);
  fireEvent.click(policy.getByRole('button', { name: 'Draft a change…' }));
  fill(reason, typed);
  fireEvent.click(policy.getByRole('button', { name: 'Save draft' }));
  expect(await policy.findByText(problem)).toBeTruthy();
  expect(core.inputsOf('acts.perform')).toEqual([]);
});

test('a draft that is refused is kept in its form, and asking again is the same draft', async () => {
  const policy = await open(tui);
  fireEvent.click(policy.getByRole('button', { name: 'Draft a change…' }));
  fill(reason, 'A year is too long');
  core.answers['acts.perform'] = () => ({ ok: false, error: { kind: 'restarting' } });
  fireEvent.click(policy.getByRole('button', { name: 'Save draft' }));
  expect((await screen.findByRole('alert')).textContent).toContain('Try again in a moment.');
  fireEvent.click(policy.getByRole('button', { name: 'Save draft' }));
  await waitFor(() => expect(core.actsOf('draft-policy')).toHaveLength(2));
  const [first, again] = core.actsOf('draft-policy');
  expect(again?.opId).toBe(first?.opId);
  expect(screen.getByLabelText(reason)).toHaveProperty('value', 'A year is too long');
});
