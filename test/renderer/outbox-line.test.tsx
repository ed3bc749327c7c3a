// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import { OutboxLine } from '../../renderer/pages/outbox/outbox-line.tsx';
import { OutboxEntry } from '../../shared/domain/outbox.schema.ts';
import { answeringCore } from './answering-core.ts';
import { itemKeys } from './item-details.ts';

const core = answeringCore();
afterEach(cleanup);

const sendsAt = '2026-11-20T01:00:10Z';
const now = Date.parse('2026-11-20T01:00:00Z');

function show(over: Partial<OutboxEntry>, at = now) {
  const entry = OutboxEntry.parse({
    opId: '7d9f3f62-7a37-4d5f-9a55-000000000001',
    itemKey: itemKeys.message,
    patientId: 'ngaio',
    familyName: 'Ngata',
    givenNames: 'Ngaio',
    nhi: 'ZKC0107',
    kind: 'reply',
    summary: 'Reply: Kia ora',
    state: 'queued',
    createdAt: '2026-11-20T01:00:00Z',
    sendsAt,
    attempts: 0,
    nextAttemptAt: null,
    problem: null,
    recovered: false,
    ...over,
  });
  core.calls.length = 0;
  core.answers = { 'outbox.confirm-recovered': () => ({ ok: true, value: {} }) };
  render(<OutboxLine entry={entry} now={at} onConflict={() => {}} />);
  return entry;
}

function actTitles(): readonly (string | null)[] {
  return screen.getAllByRole('button').map(({ textContent }) => textContent);
}

test('what only the journal remembered is sent by a person’s word, not tried again as if it had been refused', async () => {
  const { opId } = show({ state: 'rejected', recovered: true, problem: 'Recovered after a fault. Please confirm.' }, now + 60_000);
  expect(screen.getByText('Found after a problem')).toBeTruthy();
  expect(actTitles()).toEqual(['Don’t send', 'Send', 'Open item']);
  fireEvent.click(screen.getByRole('button', { name: 'Send' }));
  await waitFor(() => expect(core.inputsOf('outbox.confirm-recovered')).toEqual([{ opId, send: true }]));
});

test('once a person has said to send it, it waits like any other', () => {
  show({ state: 'queued', recovered: true }, now + 60_000);
  expect(screen.getByText('Waiting to send')).toBeTruthy();
  expect(actTitles()).toEqual(['Open item']);
});

test('undo is offered inside the hold and not a moment longer', () => {
  show({});
  expect(screen.getByText('Sending in 10 s')).toBeTruthy();
  expect(actTitles()).toEqual(['Undo', 'Open item']);
  cleanup();
  show({}, Date.parse(sendsAt));
  expect(actTitles()).toEqual(['Open item']);
});

test('what is on no item offers none to open', () => {
  show({ itemKey: null, kind: 'patient-note' });
  expect(actTitles()).toEqual(['Undo']);
});

test('what the portal refused is not said to be sent, and can be given up or tried again', () => {
  show({ state: 'rejected', problem: 'The item is closed.' });
  expect(screen.getByText(/^Not sent/)).toBeTruthy();
  expect(actTitles()).toEqual(['Give up, keep the text', 'Try again', 'Open item']);
});
