// @vitest-environment jsdom
import { QueryClientProvider } from '@tanstack/react-query';
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import { createQueryClient } from '../../renderer/data/queries.ts';
import { ConflictSheet } from '../../renderer/pages/outbox/conflict-sheet.tsx';
import { ConflictView } from '../../shared/domain/outbox.schema.ts';
import { OpId } from '../../shared/ids.schema.ts';
import { answeringCore } from './answering-core.ts';
import { aMessageDetail, itemKeys } from './item-details.ts';

const core = answeringCore();
afterEach(cleanup);

const opId = OpId.parse('7d9f3f62-7a37-4d5f-9a55-000000000001');
const at = '2026-11-20T01:00:00Z';

function aView(over: Partial<ConflictView['entry']> = {}): ConflictView {
  return ConflictView.parse({
    entry: {
      opId,
      itemKey: itemKeys.message,
      patientId: 'ngaio',
      familyName: 'Ngata',
      givenNames: 'Ngaio',
      nhi: 'ZKC0107',
      kind: 'reply',
      summary: 'Reply: Kia ora',
      state: 'conflict',
      createdAt: at,
      sendsAt: at,
      attempts: 1,
      nextAttemptAt: null,
      problem: null,
      recovered: false,
      ...over,
    },
    yours: { summary: 'Reply: Kia ora', text: 'Kia ora Ngaio, come at 4 pm.', at },
    theirs: { summary: 'Done · Dr Susan Whitcombe', by: 'Dr Susan Whitcombe', at },
    differences: [{ what: 'Status', seen: 'Waiting', now: 'Done' }],
  });
}

async function show(view = aView()) {
  const closed = { times: 0 };
  core.calls.length = 0;
  core.answers = {
    'outbox.conflict': () => ({ ok: true, value: view }),
    'items.detail': () => ({ ok: true, value: aMessageDetail() }),
    'outbox.resolve-conflict': () => ({ ok: true, value: {} }),
  };
  render(
    <QueryClientProvider client={createQueryClient()}>
      <ConflictSheet
        opId={opId}
        onClose={() => {
          closed.times += 1;
        }}
      />
    </QueryClientProvider>,
  );
  return { closed };
}

test('both versions stand side by side, with whose they are and what differs', async () => {
  await show();
  await screen.findByText('Kia ora Ngaio, come at 4 pm.');
  const sheet = screen.getByRole('dialog');
  expect(sheet.textContent).toContain('NGATA, Ngaio · NHI ZKC0107');
  expect(sheet.textContent).toContain('On the portal now · Dr Susan Whitcombe');
  expect(screen.getByRole('row', { name: 'Status Waiting Done' })).toBeTruthy();
});

test('doing mine again is a new intent on the versions that are shown now', async () => {
  const { closed } = await show();
  fireEvent.click(await screen.findByRole('button', { name: 'Do mine again' }));
  await waitFor(() => expect(closed.times).toBe(1));
  const [input] = core.inputsOf('outbox.resolve-conflict');
  expect(input).toMatchObject({ opId, choice: 'do-mine-again', seen: aMessageDetail().seen });
  expect(input?.newOpId).not.toBe(opId);
});

test('what is on no item can be done again, too', async () => {
  const { closed } = await show(aView({ itemKey: null, kind: 'patient-note' }));
  fireEvent.click(await screen.findByRole('button', { name: 'Do mine again' }));
  await waitFor(() => expect(closed.times).toBe(1));
  expect(core.inputsOf('outbox.resolve-conflict')[0]).toMatchObject({ opId, choice: 'do-mine-again', seen: {} });
});

test('keeping theirs gives mine up', async () => {
  const { closed } = await show();
  fireEvent.click(await screen.findByRole('button', { name: 'Keep theirs' }));
  await waitFor(() => expect(closed.times).toBe(1));
  expect(core.inputsOf('outbox.resolve-conflict')[0]).toMatchObject({ opId, choice: 'keep-theirs' });
});

test('what can’t be resolved is said, and the sheet stays', async () => {
  const { closed } = await show();
  core.answers['outbox.resolve-conflict'] = () => ({ ok: false, error: { kind: 'refused', reason: 'item-closed', detail: null } });
  fireEvent.click(await screen.findByRole('button', { name: 'Do mine again' }));
  expect(await screen.findByText('This item is already closed.')).toBeTruthy();
  expect(closed.times).toBe(0);
});

test('a rejected change shows the reason of the portal', async () => {
  await show(aView({ state: 'rejected', problem: 'The patient has left the practice' }));
  expect(await screen.findByRole('dialog', { name: 'The portal did not accept this' })).toBeTruthy();
  expect(await screen.findByText('The patient has left the practice')).toBeTruthy();
});
