// @vitest-environment jsdom
import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import { TaskId } from '../../shared/ids.schema.ts';
import { itemKeyOf } from '../../shared/ids.ts';
import { answeringCore } from './answering-core.ts';
import { aMessage, aMessageDetail, anItem, aPatient, drRangi, father, itemKeys } from './item-details.ts';
import { command, serve, showItem } from './shown-item.tsx';

const core = answeringCore();
let shown: Awaited<ReturnType<typeof showItem>>;
afterEach(() => shown.close());

async function show(detail = aMessageDetail(), user = drRangi) {
  serve(core, [detail]);
  shown = await showItem(detail, user);
}

/** Another item of the list. */
const aSecondMessage = () =>
  aMessageDetail({ item: anItem({ kind: 'message', key: itemKeyOf('message', 'Communication/t2'), taskId: TaskId.parse('message-2') }) });

async function write(text: string) {
  await command('message.reply');
  const box = await screen.findByRole('textbox', { name: 'Reply to Ngaio Ngata' });
  await act(async () => box.focus());
  fireEvent.change(box, { target: { value: text } });
  return box;
}

test('a reply names its item, its patient and the versions that were on the screen', async () => {
  await show();
  await write('  Kia ora Ngaio  ');
  fireEvent.click(screen.getByRole('button', { name: 'Send to Ngaio Ngata' }));
  await waitFor(() => expect(core.actsOf('reply')).toHaveLength(1));
  expect(core.actsOf('reply')[0]).toMatchObject({
    subject: { itemKey: itemKeys.message, patientId: 'ngaio' },
    seen: { 'Task/message-1': '3', 'Communication/m1': '1' },
    input: { text: 'Kia ora Ngaio', finish: false, outcome: null },
  });
  expect(await screen.findByText('Reply to NGATA, Ngaio · NHI ZKC0107')).toBeTruthy();
  await waitFor(() => expect(shown.moved.finished).toBe(1));
});

test('send and done carries the outcome that was chosen, plain send does not', async () => {
  await show();
  await write('Done');
  await command('message.send-and-finish');
  await waitFor(() => expect(core.actsOf('reply')[0]).toMatchObject({ input: { finish: true, outcome: null } }));
});

test('an empty reply is not sent, and says why', async () => {
  await show();
  await write('   ');
  await command('message.send');
  expect(await screen.findByText('Write something first.')).toBeTruthy();
  await act(core.caughtUp);
  expect(core.actsOf('reply')).toEqual([]);
});

test('where a proxy reads along, nothing goes before a sheet has named the patient and every reader', async () => {
  const detail = aMessageDetail({ patient: aPatient({ proxies: [father] }) });
  await show({ ...detail, thread: { ...detail.thread, readers: ['Ngaio Ngata', 'Nīkau Ngata (father)'] } });
  await write('Kia ora');
  await command('message.send');
  const sheet = await screen.findByRole('dialog');
  expect(sheet.textContent).toContain('NGATA, Ngaio · Born 13-Feb-1982 · NHI ZKC0107');
  expect(sheet.textContent).toContain('Nīkau Ngata (father)');
  await act(core.caughtUp);
  expect(core.actsOf('reply')).toEqual([]);
  fireEvent.click(within(sheet).getByRole('button', { name: 'Send to Ngaio Ngata' }));
  await waitFor(() => expect(core.actsOf('reply')).toHaveLength(1));
});

test('a text is kept as a draft within seconds, and stands there when the item is opened again', async () => {
  await show();
  core.answers['drafts.find'] = ({ kind }) => ({
    ok: true,
    value: { text: kind === 'reply' ? 'Half a sen' : '', savedAt: '2026-11-20T01:00:00Z' },
  });
  shown.close();
  shown = await showItem(aMessageDetail());
  const box = await screen.findByRole('textbox', { name: 'Reply to Ngaio Ngata' });
  expect(box).toHaveProperty('value', 'Half a sen');
  fireEvent.change(box, { target: { value: 'Half a sentence' } });
  await waitFor(() =>
    expect(core.inputsOf('drafts.save')).toContainEqual({ itemKey: itemKeys.message, kind: 'reply', text: 'Half a sentence' }),
  );
});

test('leaving an item keeps what was typed in it, and the next item begins empty', async () => {
  const next = aSecondMessage();
  serve(core, [aMessageDetail(), next]);
  shown = await showItem(aMessageDetail());
  await write('For Ngaio only');
  await act(async () => shown.goTo(next));
  await waitFor(() =>
    expect(core.inputsOf('drafts.save')).toContainEqual({ itemKey: itemKeys.message, kind: 'reply', text: 'For Ngaio only' }),
  );
  await screen.findByRole('toolbar', { name: 'Acts on this item' });
  expect(screen.queryByDisplayValue('For Ngaio only')).toBeNull();
});

test('an answer that comes after the item was left does not move the list on', async () => {
  const next = aSecondMessage();
  serve(core, [aMessageDetail(), next]);
  shown = await showItem(aMessageDetail());
  await write('Kia ora');
  fireEvent.click(screen.getByRole('button', { name: 'Send to Ngaio Ngata' }));
  shown.goTo(next);
  await waitFor(() => expect(core.actsOf('reply')).toHaveLength(1));
  await screen.findByText('Reply to NGATA, Ngaio · NHI ZKC0107');
  await act(core.caughtUp);
  expect(shown.moved.finished).toBe(0);
});

test('a reply that is refused keeps its words, and a second try is the same intent', async () => {
  await show();
  core.answers['acts.perform'] = () => ({ ok: false, error: { kind: 'unexpected', reference: 'abc' } });
  const box = await write('Kia ora');
  await command('message.send');
  expect(await screen.findByText(/Quote abc to support/)).toBeTruthy();
  expect(box).toHaveProperty('value', 'Kia ora');
  await command('message.send');
  await waitFor(() => expect(core.actsOf('reply')).toHaveLength(2));
  const [first, second] = core.actsOf('reply');
  expect(second?.opId).toBe(first?.opId);
});

test('a new message under the eyes of the writer stops the send until it was seen, and the words stay', async () => {
  await show();
  await write('Take two');
  const before = aMessageDetail();
  const grown = aMessageDetail({
    seen: { 'Task/message-1': '3', 'Communication/m1': '1', 'Communication/m2': '1' },
    thread: { ...before.thread, messages: [...before.thread.messages, aMessage('m2', 'I am allergic to that.')] },
  });
  core.answers['items.detail'] = () => ({ ok: true, value: grown });
  core.announce(['item']);
  expect(await screen.findByText('A new message')).toBeTruthy();
  expect(await command('message.send')).toEqual({ unavailable: expect.stringContaining('I have seen it') });
  expect(screen.getByRole('textbox', { name: 'Reply to Ngaio Ngata' })).toHaveProperty('value', 'Take two');
  fireEvent.click(screen.getByRole('button', { name: 'I have seen it' }));
  await command('message.send');
  await waitFor(() => expect(core.actsOf('reply')[0]?.seen).toEqual(grown.seen));
});

test('what a patient wrote is text: no element, no link, and signs that hide or turn text are seen', async () => {
  const hostile = '<img src=x onerror=alert(1)> <a href="https://evil.example">here</a> \u202Egnp.exe';
  const detail = aMessageDetail();
  await show({ ...detail, thread: { ...detail.thread, messages: [aMessage('m1', hostile)] } });
  const message = screen.getByRole('article', { name: 'Message from Ngaio Ngata' });
  expect(message.querySelector('img,a,script')).toBeNull();
  expect(message.textContent).toContain('<img src=x onerror=alert(1)>');
  expect(message.textContent).toContain('⟨RLO⟩');
});

test('the words of a red flag are named and marked', async () => {
  const detail = aMessageDetail();
  await show({
    ...detail,
    thread: {
      ...detail.thread,
      messages: [aMessage('m1', 'I have a tight chest today')],
      redFlags: [{ phrase: 'Chest pain', matched: 'tight chest', messageId: 'm1' }],
    },
  });
  expect(screen.getByText(/Chest pain \(“tight chest”\)/)).toBeTruthy();
  expect(screen.getByText('tight chest').tagName).toBe('MARK');
});

test('a reply on its way never looks sent', async () => {
  const detail = aMessageDetail();
  const opId = '7d9f3f62-7a37-4d5f-9a55-000000000001' as never;
  const sendsAt = new Date(Date.now() + 8000).toISOString();
  const entry = {
    opId,
    itemKey: detail.item.key,
    patientId: detail.item.patientId,
    familyName: 'Ngata',
    givenNames: 'Ngaio',
    nhi: 'ZKC0107',
    kind: 'reply',
    summary: 'Reply: Kia ora',
    state: 'queued' as const,
    createdAt: sendsAt,
    sendsAt,
    attempts: 0,
    nextAttemptAt: null,
    problem: null,
    recovered: false,
  };
  const own = { ...aMessage('own', 'Kia ora'), from: { kind: 'staff' as const, name: 'Dr Rangi' }, opId };
  await show({ ...detail, pending: [entry], thread: { ...detail.thread, messages: [...detail.thread.messages, own] } });
  const message = screen.getByRole('article', { name: 'Message from Dr Rangi (practice)' });
  expect(message.textContent).toMatch(/Sending in 8 s/);
  expect(message.textContent).not.toMatch(/Sent/);
});

test('an internal note is an act of its own, and its box can send nothing to the patient', async () => {
  await show();
  await command('note.add');
  const box = await screen.findByRole('textbox', { name: 'Internal note' });
  await act(async () => box.focus());
  fireEvent.change(box, { target: { value: 'Rang the pharmacy' } });
  expect(await command('message.send-and-finish')).toEqual({ unavailable: 'This is an internal note. It is saved, never sent.' });
  await command('message.send');
  await waitFor(() =>
    expect(core.actsOf('note')[0]).toMatchObject({ subject: { itemKey: itemKeys.message }, input: { text: 'Rang the pharmacy' } }),
  );
  await act(core.caughtUp);
  expect(core.actsOf('reply')).toEqual([]);
});
