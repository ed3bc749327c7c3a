// @vitest-environment jsdom
import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, expect, test, vi } from 'vitest';
import type { ItemDetail } from '../../shared/domain/item-detail.ts';
import { StaffId } from '../../shared/ids.schema.ts';
import { answeringCore } from './answering-core.ts';
import { aMessageDetail, anItem, aPatient, aResultDetail, drRangi, father, itemKeys, mere } from './item-details.ts';
import { command, serve, showItem } from './shown-item.tsx';

const core = answeringCore();
let shown: Awaited<ReturnType<typeof showItem>>;
afterEach(() => {
  vi.useRealTimers();
  shown.close();
});

async function show(detail: ItemDetail, user = drRangi) {
  serve(core, [detail]);
  shown = await showItem(detail, user);
}

const susans = { ownerId: StaffId.parse('susan'), ownerName: 'Dr Susan Whitcombe' };
const task = { subject: { itemKey: itemKeys.message, patientId: 'ngaio' }, seen: { 'Task/message-1': '3', 'Communication/m1': '1' } };

test('done queues the act, names the patient and moves the list on', async () => {
  await show(aMessageDetail());
  await command('item.finish');
  await waitFor(() => expect(core.actsOf('finish')).toEqual([expect.objectContaining({ ...task, input: { outcome: null } })]));
  expect(await screen.findByText('Done · NGATA, Ngaio · NHI ZKC0107')).toBeTruthy();
  expect(shown.moved.finished).toBe(1);
});

test('claim takes an item that nobody has, and lets go of one’s own', async () => {
  await show(aMessageDetail());
  await command('item.claim');
  await waitFor(() => expect(core.actsOf('claim')).toEqual([expect.objectContaining(task)]));
  shown.close();
  await show(aMessageDetail({ item: anItem({ kind: 'message', ownerId: drRangi.id, ownerName: drRangi.name }) }));
  await command('item.claim');
  await waitFor(() => expect(core.actsOf('release-claim')).toEqual([expect.objectContaining(task)]));
});

test('urgent is set and taken away', async () => {
  await show(aMessageDetail());
  await command('item.urgent');
  await waitFor(() => expect(core.actsOf('set-priority')[0]).toMatchObject({ ...task, input: { priority: 'urgent' } }));
});

test('a few letters and Enter assign to a person or a team, with how much each has', async () => {
  await show(aMessageDetail());
  await command('item.assign');
  const field = await screen.findByRole('combobox', { name: 'Person or team' });
  expect((await screen.findByRole('option', { name: /Nurses/ })).textContent).toContain('4 open');
  fireEvent.change(field, { target: { value: 'whi' } });
  fireEvent.keyDown(field, { key: 'Enter' });
  await waitFor(() =>
    expect(core.actsOf('assign')[0]).toMatchObject({
      ...task,
      input: { assignee: { to: 'staff', staffId: 'susan', name: 'Dr Susan Whitcombe' } },
    }),
  );
  await waitFor(() => expect(shown.moved.finished).toBe(1));
});

test('a colleague’s item can be noted and taken over, but not decided', async () => {
  await show(aMessageDetail({ item: anItem({ kind: 'message', ...susans }) }));
  const reason = { unavailable: 'Dr Susan Whitcombe has this. Assign it to yourself to take it over.' };
  expect(await command('item.finish')).toEqual(reason);
  expect(await command('message.reply')).toEqual(reason);
  expect(await command('item.claim')).toEqual(reason);
  expect(await command('note.add')).toBe('ran');
  expect(await command('item.assign')).toBe('ran');
});

test('nothing is sent to a person who has died, and the banner says so', async () => {
  await show(aMessageDetail({ patient: aPatient({ deceased: { is: true, at: '2026-09-02' } }) }));
  expect(await command('message.reply')).toEqual({ unavailable: 'This patient has died. Nothing can be sent.' });
  expect(screen.getByRole('region', { name: 'Patient' }).textContent).toContain('Died 02-Sep-2026 (age 44y)');
});

test('a closed item refuses its acts in words', async () => {
  await show(aMessageDetail({ item: anItem({ kind: 'message', status: 'completed' }) }));
  const button = screen.getByRole('button', { name: /^Done/ });
  expect(button.getAttribute('aria-disabled')).toBe('true');
  expect(button.textContent).toContain('This item is already closed.');
});

test('a sender who is not matched gets no reply', async () => {
  await show(aMessageDetail({ item: anItem({ kind: 'message', patientId: null, nhi: null }), patient: null }));
  expect(await command('message.reply')).toHaveProperty('unavailable', expect.stringContaining('not matched'));
  expect(screen.getByRole('region', { name: 'Patient' }).textContent).toContain('Not matched to a patient');
});

test('reception may end a message but not a result', async () => {
  await show(aResultDetail(), mere);
  expect(await command('item.finish')).toHaveProperty('unavailable');
  shown.close();
  await show(aMessageDetail(), mere);
  expect(await command('item.finish')).toBe('ran');
});

/** All that was asked is answered, and every timer has gone off. */
const allAnsweredAndOver = () =>
  act(async () => {
    await core.caughtUp();
    await vi.runAllTimersAsync();
    await core.caughtUp();
  });

test('looking at an item is recorded once', async () => {
  await show(aMessageDetail());
  await waitFor(() => expect(core.inputsOf('items.open')).toEqual([{ itemKey: itemKeys.message }]));
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  core.answers['items.detail'] = () => ({ ok: true, value: aMessageDetail({ item: anItem({ kind: 'message', ...susans }) }) });
  core.announce(['item']);
  // Asked again, shown again, and looked at for as long as one likes.
  for (let times = 0; times < 3; times += 1) await allAnsweredAndOver();
  expect(screen.getAllByText(/Dr Susan Whitcombe/)).not.toEqual([]);
  expect(core.inputsOf('items.open')).toHaveLength(1);
});

test('an act on an item that changed asks for it again and says what is new', async () => {
  await show(aResultDetail());
  core.answers['acts.perform'] = () => ({ ok: false, error: { kind: 'stale', changedBy: 'Dr Susan Whitcombe', changedAt: null } });
  core.answers['items.detail'] = () => ({ ok: true, value: aResultDetail({ conclusion: 'Amended.' }) });
  await command('item.decide');
  expect(await screen.findByText(/Dr Susan Whitcombe changed this/)).toBeTruthy();
  expect(await screen.findByText('The report')).toBeTruthy();
  expect(shown.moved.finished).toBe(0);
});

test('the banner has the name in capitals, a long date for the ear, the allergy line and who reads along', async () => {
  await show(
    aMessageDetail({
      patient: aPatient({
        proxies: [father],
        allergies: { status: 'recorded', items: [{ substance: 'penicillin', reaction: 'anaphylaxis', severe: true }] },
      }),
    }),
  );
  const banner = screen.getByRole('region', { name: 'Patient' });
  expect(banner.textContent).toContain('NGATA, Ngaio (Ms)');
  expect(banner.textContent).toContain('13-Feb-1982');
  expect(banner.textContent).toContain('13 February 1982');
  expect(banner.textContent).toContain('Allergies penicillin (anaphylaxis)');
  expect(banner.textContent).toContain('Also read by Nīkau Ngata (father)');
});

test('allergies that nobody wrote down are a warning, not a blank', async () => {
  await show(aMessageDetail({ patient: aPatient({ allergies: { status: 'not-recorded' } }) }));
  expect(within(screen.getByRole('region', { name: 'Patient' })).getByText(/Allergies not recorded/)).toBeTruthy();
});

test('another patient of the same name is pointed out', async () => {
  serve(core, [aMessageDetail()]);
  core.answers['inbox.search'] = () => ({
    ok: true,
    value: { rows: [anItem({ kind: 'result', patientId: 'other' as never, nhi: 'ZKC0204', givenNames: 'Ngaio Rose' })], more: false },
  });
  shown = await showItem(aMessageDetail());
  expect(await screen.findByText(/Same name as NHI ZKC0204/)).toBeTruthy();
});
