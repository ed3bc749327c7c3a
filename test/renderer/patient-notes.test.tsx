// @vitest-environment jsdom
import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import type { ItemDetail } from '../../shared/domain/item-detail.ts';
import { OpId } from '../../shared/ids.schema.ts';
import { answeringCore } from './answering-core.ts';
import { aMessageDetail, anItem, aResultDetail, drRangi } from './item-details.ts';
import { command, serve, showItem } from './shown-item.tsx';

const core = answeringCore();
let shown: Awaited<ReturnType<typeof showItem>>;
afterEach(() => shown.close());

async function show(detail: ItemDetail) {
  serve(core, [detail]);
  shown = await showItem(detail, drRangi);
}

const heard = { id: 'n1', writtenAt: '2026-11-18T01:00:00Z', by: 'Mere Tamihana', text: 'Hard of hearing', opId: null };
const moves = { id: 'n2', writtenAt: '2026-11-20T01:00:00Z', by: 'Dr Rangi', text: 'Moves to Nelson', opId: null };
const list = () => screen.getByRole('region', { name: 'Notes on the patient, never visible to the patient' });
const box = () => screen.findByRole('textbox', { name: 'Note on the patient' });

test('notes on the patient stand newest first, with author and time, and say that only staff see them', async () => {
  await show(aMessageDetail({ patientNotes: [heard, moves] }));
  expect(screen.getByRole('heading', { name: 'Notes on the patient' })).toBeTruthy();
  expect(screen.getByText('Only staff see these.')).toBeTruthy();
  const [first, second] = within(list()).getAllByRole('article');
  expect(first?.textContent).toBe('Dr Rangi20-Nov-2026 2:00 pmMoves to Nelson');
  expect(second?.textContent).toBe('Mere Tamihana18-Nov-2026 2:00 pmHard of hearing');
});

test('a note that has not reached the portal says so', async () => {
  await show(aMessageDetail({ patientNotes: [{ ...heard, opId: OpId.parse(crypto.randomUUID()) }] }));
  expect(within(list()).getByText(/waiting to reach the portal/)).toBeTruthy();
});

test('notes on the patient stand beside a result too, apart from the notes on the item', async () => {
  await show(aResultDetail({}, { patientNotes: [heard], notes: [moves] }));
  expect(within(list()).queryByText('Moves to Nelson')).toBeNull();
  const onItem = screen.getByRole('region', { name: 'Internal notes, never visible to the patient' });
  expect(within(onItem).queryByText('Hard of hearing')).toBeNull();
});

test('a note is written on the patient and not on the item, and the focus goes back', async () => {
  await show(aMessageDetail());
  expect(screen.getByText('None yet. Only staff would see them.')).toBeTruthy();
  const add = screen.getByRole('button', { name: 'Add note' });
  await act(async () => add.focus());
  fireEvent.click(add);
  const written = await box();
  expect(document.activeElement).toBe(written);
  fireEvent.change(written, { target: { value: ' Hard of hearing ' } });
  expect(await command('message.send-and-finish')).toEqual({ unavailable: 'This is a note on the patient. It is saved, never sent.' });
  await command('message.send');
  await waitFor(() => expect(screen.queryByRole('textbox', { name: 'Note on the patient' })).toBeNull());
  expect(core.inputsOf('acts.perform')).toMatchObject([
    { kind: 'patient-note', subject: { patientId: 'ngaio' }, input: { text: 'Hard of hearing' } },
  ]);
  expect(await screen.findByText('Note on the patient saved · NGATA, Ngaio · NHI ZKC0107')).toBeTruthy();
  expect(document.activeElement).toBe(add);
});

test('an empty note is not saved, and a refusal keeps the words', async () => {
  await show(aMessageDetail());
  await command('note.add-on-patient');
  const written = await box();
  const save = screen.getByRole('button', { name: 'Save note on the patient' });
  fireEvent.click(save);
  expect(await screen.findByText('Write something first.')).toBeTruthy();
  expect(core.inputsOf('acts.perform')).toEqual([]);
  core.answers['acts.perform'] = () => ({ ok: false, error: { kind: 'no-session' } });
  fireEvent.change(written, { target: { value: 'Hard of hearing' } });
  fireEvent.click(save);
  expect(await screen.findByText('Sign in first. What you wrote is kept.')).toBeTruthy();
  expect(written).toHaveProperty('value', 'Hard of hearing');
});

test('a draft that was left opens its box again without taking the focus', async () => {
  serve(core, [aMessageDetail()]);
  core.answers['drafts.find'] = ({ kind }) => ({
    ok: true,
    value: kind === 'patient-note' ? { text: 'Hard of', savedAt: '2026-11-20T01:00:00Z' } : { text: '', savedAt: null },
  });
  shown = await showItem(aMessageDetail(), drRangi);
  expect(await box()).toHaveProperty('value', 'Hard of');
  expect(screen.queryByRole('textbox', { name: 'Internal note' })).toBeNull();
  expect(document.activeElement).toBe(document.body);
});

test('where the sender is not matched there is no patient to write on, and the command says why', async () => {
  await show(aMessageDetail({ item: anItem({ kind: 'message', patientId: null, nhi: null }), patient: null }));
  expect(screen.queryByRole('heading', { name: 'Notes on the patient' })).toBeNull();
  expect(await command('note.add-on-patient')).toEqual({
    unavailable: 'The sender is not matched to a patient. Add an internal note to the message instead.',
  });
  expect(await command('note.add')).toBe('ran');
});

test('unread is marked by command and by button, and an item that is opened again is read again', async () => {
  const message = aMessageDetail();
  const result = aResultDetail();
  serve(core, [message, result]);
  shown = await showItem(message);
  await waitFor(() => expect(core.inputsOf('items.open')).toHaveLength(1));
  await command('item.unread');
  fireEvent.click(screen.getByRole('button', { name: 'Mark unread' }));
  await waitFor(() => expect(core.actsOf('mark-unread').length).toBeGreaterThan(0));
  shown.goTo(result);
  await waitFor(() => expect(core.inputsOf('items.open')).toHaveLength(2));
  shown.goTo(message);
  await waitFor(() => expect(core.inputsOf('items.open').at(-1)).toEqual({ itemKey: message.item.key }));
  expect(core.inputsOf('items.open')).toHaveLength(3);
});

test('an item that is marked unread as soon as it is shown stays unread: the look is recorded first, and once', async () => {
  await show(aMessageDetail());
  await command('item.unread');
  await act(core.caughtUp);
  await act(() => new Promise((resolve) => setTimeout(resolve, 400)));
  await act(core.caughtUp);
  const order = core.calls.map(({ channel }) => channel).filter((channel) => channel === 'items.open' || channel === 'acts.perform');
  expect(order).toEqual(['items.open', 'acts.perform']);
});
