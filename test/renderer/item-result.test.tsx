// @vitest-environment jsdom
import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import { addDays, clinicalDate, dayOf } from '../../shared/dates.ts';
import { answeringCore } from './answering-core.ts';
import { aMeasurement, aPatient, aResultDetail, father, itemKeys, mere } from './item-details.ts';
import { command, serve, showItem } from './shown-item.tsx';

const core = answeringCore();
let shown: Awaited<ReturnType<typeof showItem>>;
afterEach(() => shown.close());

async function show(detail: ReturnType<typeof aResultDetail>, user?: typeof mere) {
  serve(core, [detail]);
  shown = await showItem(detail, user);
}

const high = {
  gate: { outcome: 'sheet' as const, needs: ['comment-or-explicit-none' as const], reasons: ['Outside the reference interval'] },
};
const critical = {
  measurements: [aMeasurement({ flag: 'LL', value: '117', number: 117 })],
  gate: {
    outcome: 'sheet' as const,
    needs: ['contact-recorded' as const, 'comment-or-explicit-none' as const],
    reasons: ['Critical: Sodium'],
  },
};

test('a wholly normal result goes with one key, with the versions that were seen', async () => {
  await show(aResultDetail());
  await command('item.decide');
  await waitFor(() =>
    expect(core.actsOf('release-result')).toEqual([
      expect.objectContaining({
        subject: { itemKey: itemKeys.result, patientId: 'ngaio' },
        seen: { 'Task/result-1': '4', 'DiagnosticReport/r1': '1', 'Observation/sodium': '1' },
        input: { comment: null, noComment: false, contact: null },
      }),
    ]),
  );
  expect(await screen.findByText('Release of Sodium, not sent yet · NGATA, Ngaio · NHI ZKC0107')).toBeTruthy();
});

test('a normal result that a proxy would read takes the sheet', async () => {
  await show(aResultDetail({}, { patient: aPatient({ proxies: [father] }) }));
  await command('item.decide');
  const sheet = await screen.findByRole('dialog', { name: 'Release Sodium to Ngaio Ngata' });
  expect(sheet.textContent).toContain('Also read by Nīkau Ngata (father)');
  await act(core.caughtUp);
  expect(core.actsOf('release-result')).toEqual([]);
});

test('an abnormal result asks for a comment or for saying that none is needed', async () => {
  await show(aResultDetail(high));
  await command('result.release');
  const sheet = await screen.findByRole('dialog');
  const release = within(sheet).getByRole('button', { name: 'Release to Ngaio Ngata' });
  fireEvent.click(release);
  expect(await within(sheet).findByText(/Add a comment, or say that none is needed/)).toBeTruthy();
  await act(core.caughtUp);
  expect(core.actsOf('release-result')).toEqual([]);
  fireEvent.click(within(sheet).getByRole('checkbox', { name: 'No comment is needed' }));
  fireEvent.click(release);
  await waitFor(() => expect(core.actsOf('release-result')[0]).toMatchObject({ input: { comment: null, noComment: true, contact: null } }));
});

test('a critical result goes only with the record of how the patient was told', async () => {
  await show(aResultDetail(critical));
  await command('result.release');
  const sheet = await screen.findByRole('dialog');
  fireEvent.change(within(sheet).getByRole('textbox', { name: 'Comment that Ngaio Ngata will read' }), {
    target: { value: 'As we said.' },
  });
  fireEvent.click(within(sheet).getByRole('button', { name: 'Release to Ngaio Ngata' }));
  expect(await within(sheet).findByText(/Record how the patient was told/)).toBeTruthy();
  fireEvent.click(within(sheet).getByRole('button', { name: /How/ }));
  fireEvent.click(await screen.findByRole('option', { name: 'By phone' }));
  fireEvent.click(within(sheet).getByRole('button', { name: 'Release to Ngaio Ngata' }));
  await waitFor(() =>
    expect(core.actsOf('release-result')[0]).toMatchObject({ input: { comment: 'As we said.', contact: { how: 'phone' } } }),
  );
});

test('release with comment sends no empty comment', async () => {
  await show(aResultDetail());
  await command('result.release-with-comment');
  const sheet = await screen.findByRole('dialog');
  fireEvent.click(within(sheet).getByRole('button', { name: 'Release to Ngaio Ngata' }));
  expect(await within(sheet).findByText('Write something first.')).toBeTruthy();
  await act(core.caughtUp);
  expect(core.actsOf('release-result')).toEqual([]);
});

test('a report that is not final can’t be released, and says so', async () => {
  const reasons = ['The laboratory calls this report partial, not final'];
  await show(aResultDetail({ status: 'partial', gate: { outcome: 'blocked', needs: [], reasons } }));
  expect(await command('result.release')).toEqual({ unavailable: `Can’t be released yet: ${reasons[0]}.` });
});

test('a hold has a reason, a day within a year and an owner', async () => {
  await show(aResultDetail());
  await command('result.hold');
  const sheet = await screen.findByRole('dialog', { name: 'Hold Sodium' });
  expect(sheet.textContent).toContain('Owner Dr Rangi');
  const hold = () => fireEvent.click(within(sheet).getByRole('button', { name: /^Hold/ }));
  hold();
  expect(await within(sheet).findByText('Give a reason.')).toBeTruthy();
  fireEvent.click(within(sheet).getByRole('button', { name: /Why/ }));
  fireEvent.click(await screen.findByRole('option', { name: 'Wait for a specialist' }));
  const today = dayOf(Date.now(), 'Pacific/Auckland');
  fireEvent.change(within(sheet).getByLabelText('Until'), { target: { value: clinicalDate(today) } });
  hold();
  expect(await within(sheet).findByText(/A hold needs a day on which it ends/)).toBeTruthy();
  fireEvent.change(within(sheet).getByLabelText('Until'), { target: { value: clinicalDate(addDays(today, 14)) } });
  hold();
  await waitFor(() =>
    expect(core.actsOf('hold-result')[0]).toMatchObject({
      input: { reason: 'await-specialist', reasonText: null, untilOn: addDays(today, 14) },
    }),
  );
  expect(shown.moved.finished).toBe(0);
});

test('values stand as the laboratory wrote them, with its own flag, and no interval is invented', async () => {
  const previous = [
    { value: '4.60', unit: 'mmol/L', at: '2026-08-12T00:00:00Z', number: 4.6 },
    { value: '4.2', unit: 'mmol/L', at: '2026-02-12T00:00:00Z', number: 4.2 },
  ];
  await show(
    aResultDetail({
      measurements: [
        aMeasurement({ id: 'k', name: 'Potassium', value: '5.10', number: 5.1, flag: 'H', previous }),
        aMeasurement({ id: 'x', name: 'Other', value: '<0.5', number: null, reference: null }),
      ],
    }),
  );
  const row = screen.getByRole('row', { name: /Potassium/ });
  expect(row.textContent).toContain('5.10');
  expect(row.textContent).toContain('↑ H High');
  expect(row.textContent).toContain('4.60 12-Aug-2026 ↑ +0.50');
  expect(within(row).getByRole('img').getAttribute('aria-label')).toBe(
    'Potassium, from earliest: 4.2 on 12 February 2026, 4.60 on 12 August 2026, now 5.10 mmol/L',
  );
  expect(screen.getByRole('row', { name: /Other/ }).textContent).toContain('No reference interval given');
});

test('reception can’t release, and is told whose right it is', async () => {
  await show(aResultDetail(), mere);
  const reason = 'Releasing results needs a prescriber role. Ask your practice manager.';
  expect(await command('item.decide')).toEqual({ unavailable: reason });
  expect(screen.getByRole('button', { name: /^Release…/ }).getAttribute('aria-disabled')).toBe('true');
});
