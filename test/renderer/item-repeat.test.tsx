// @vitest-environment jsdom
import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import type { AssessedMedicine } from '../../shared/domain/repeat-request.ts';
import { answeringCore } from './answering-core.ts';
import { aMedicine, amber, aPatient, aRepeatDetail, drRangi, father, itemKeys, mere, red } from './item-details.ts';
import { command, serve, showItem } from './shown-item.tsx';

const core = answeringCore();
let shown: Awaited<ReturnType<typeof showItem>>;
afterEach(() => shown.close());

async function show(medicines: readonly AssessedMedicine[], over = {}, user = drRangi) {
  const detail = aRepeatDetail(medicines, over);
  serve(core, [detail]);
  shown = await showItem(detail, user);
}

test('an all-green request goes with one key, and the notice names patient and NHI', async () => {
  await show([aMedicine('losartan'), aMedicine('amlodipine')]);
  await command('item.decide');
  await waitFor(() => expect(core.actsOf('decide-repeat')).toHaveLength(1));
  expect(core.actsOf('decide-repeat')[0]).toMatchObject({
    subject: { itemKey: itemKeys.repeat, patientId: 'ngaio' },
    seen: { 'Task/repeat-1': '2', 'MedicationRequest/losartan': '1' },
    input: {
      decisions: [
        { decision: 'approve', medicineId: 'losartan', acknowledged: [] },
        { decision: 'approve', medicineId: 'amlodipine', acknowledged: [] },
      ],
      message: null,
    },
  });
  expect(await screen.findByText('Repeat prescription approved, not sent yet · NGATA, Ngaio · NHI ZKC0107')).toBeTruthy();
  expect(shown.moved.finished).toBe(1);
});

test.each([
  ['an amber medicine', [aMedicine('losartan', amber)], {}],
  ['a controlled medicine', [aMedicine('zopiclone', { controlled: 'controlled' })], {}],
  ['a proxy who reads along', [aMedicine('losartan')], { patient: aPatient({ proxies: [father] }) }],
  ['a restricted record', [aMedicine('losartan')], { patient: aPatient({ restricted: true }) }],
])('%s is never approved by a single key', async (_what, medicines, over) => {
  await show(medicines, over);
  await command('item.decide');
  await act(core.caughtUp);
  expect(core.actsOf('decide-repeat')).toEqual([]);
});

test('an amber medicine is ticked only from the sheet that shows what the rules say, and its findings go along', async () => {
  await show([aMedicine('losartan', amber)]);
  await command('repeat.tick');
  const sheet = await screen.findByRole('dialog');
  expect(sheet.textContent).toContain('NGATA, Ngaio · Born 13-Feb-1982 · NHI ZKC0107');
  expect(sheet.textContent).toContain('Early: 20 of 90 days');
  fireEvent.click(within(sheet).getByRole('button', { name: 'I have read this, tick losartan' }));
  await screen.findByText('To be approved');
  await command('repeat.approve');
  const last = await screen.findByRole('dialog', { name: 'Approve repeat prescription for Ngaio Ngata' });
  fireEvent.click(within(last).getByRole('button', { name: 'Approve and tell Ngaio Ngata' }));
  await waitFor(() =>
    expect(core.actsOf('decide-repeat')[0]?.input.decisions).toEqual([
      { decision: 'approve', medicineId: 'losartan', acknowledged: ['too-early'] },
    ]),
  );
});

test('a red medicine has no box to tick and stays undecided', async () => {
  await show([aMedicine('amoxicillin', red)]);
  expect(screen.queryByRole('checkbox')).toBeNull();
  await command('repeat.tick');
  expect(await screen.findByText(/A rule blocks this medicine/)).toBeTruthy();
  expect(screen.queryByText('To be approved')).toBeNull();
});

test('nothing is sent while a medicine has no decision', async () => {
  await show([aMedicine('losartan'), aMedicine('amlodipine')]);
  await command('repeat.tick');
  await command('repeat.approve');
  expect(await screen.findByText(/Tick or decline amlodipine first/)).toBeTruthy();
  expect(screen.queryByRole('dialog')).toBeNull();
});

test('a decline needs a reason, and its words stand in the one answer that the prescriber sees before it goes', async () => {
  await show([aMedicine('losartan'), aMedicine('amoxicillin', red)]);
  await command('repeat.tick');
  await command('repeat.decline');
  const sheet = await screen.findByRole('dialog', { name: 'Decline this medicine' });
  fireEvent.change(within(sheet).getByRole('textbox', { name: 'What the patient will read' }), {
    target: { value: 'Your record shows an allergy.' },
  });
  fireEvent.click(within(sheet).getByRole('button', { name: 'Decline amoxicillin' }));
  expect(await within(sheet).findByText('Choose a reason.')).toBeTruthy();
  fireEvent.click(within(sheet).getByRole('button', { name: /Reason/ }));
  fireEvent.click(await screen.findByRole('option', { name: 'Allergy' }));
  fireEvent.click(within(sheet).getByRole('button', { name: 'Decline amoxicillin' }));
  await screen.findByText(/To be declined: Allergy/);
  await command('repeat.approve');
  const last = await screen.findByRole('dialog', { name: 'Approve repeat prescription for Ngaio Ngata' });
  const answer = within(last).getByRole('textbox', { name: 'What Ngaio Ngata will read' });
  expect(answer).toHaveProperty('value', expect.stringContaining('• amoxicillin 50 mg tablet: Your record shows an allergy.'));
  fireEvent.change(answer, { target: { value: 'Kia ora. Losartan yes, amoxicillin no.' } });
  fireEvent.click(within(last).getByRole('button', { name: 'Approve and tell Ngaio Ngata' }));
  await waitFor(() =>
    expect(core.actsOf('decide-repeat')[0]).toMatchObject({
      input: {
        decisions: [
          { decision: 'approve', medicineId: 'losartan' },
          { decision: 'decline', medicineId: 'amoxicillin', reason: 'salg', textForPatient: 'Your record shows an allergy.' },
        ],
        message: 'Kia ora. Losartan yes, amoxicillin no.',
      },
    }),
  );
});

test('a tick falls away when a rule has spoken since', async () => {
  await show([aMedicine('losartan')]);
  await command('repeat.tick');
  await screen.findByText('To be approved');
  core.answers['items.detail'] = () => ({ ok: true, value: aRepeatDetail([aMedicine('losartan', amber)]) });
  core.announce(['item']);
  await screen.findByText('Look first');
  expect(screen.queryByText('To be approved')).toBeNull();
});

test('facts that nobody checked are said to be so', async () => {
  await show([aMedicine('losartan')]);
  const row = within(screen.getByRole('list', { name: 'Medicines asked for' })).getByRole('listitem');
  expect(row.textContent).toContain('Last dispensed not checked');
  expect(row.textContent).toContain('Last prescribed 20-Aug-2026 by Dr Rangi');
});

test('reception sees the request and why it can’t decide it', async () => {
  await show([aMedicine('losartan')], {}, mere);
  expect(await command('repeat.approve')).toEqual({
    unavailable: 'Approving repeat prescriptions needs a prescriber role. Ask your practice manager.',
  });
  expect(await command('item.decide')).toHaveProperty('unavailable');
  expect(screen.queryByRole('checkbox')).toBeNull();
});
