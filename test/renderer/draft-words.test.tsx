// @vitest-environment jsdom
import { act, renderHook } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { useDraft } from '../../renderer/data/use-draft.ts';
import { itemKeyOf } from '../../shared/ids.ts';
import { ok } from '../../shared/result.ts';
import { answeringCore } from './answering-core.ts';

const core = answeringCore();
const savedAt = '2026-11-20T01:00:00.000Z';
let stored = '';
let tests = 0;
let itemKey = itemKeyOf('message', 'Communication/t0');
let hook: ReturnType<typeof openDraft>;

function openDraft() {
  return renderHook(() => useDraft(itemKey, 'reply'));
}

beforeEach(() => {
  // What is typed is kept after two seconds: a test says when they are over.
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  stored = '';
  tests += 1;
  itemKey = itemKeyOf('message', `Communication/t${tests}`);
  core.answers = {
    'drafts.find': () => ok({ text: stored, savedAt: stored === '' ? null : savedAt }),
    'drafts.save': (draft) => {
      // The one before saves on its way out.
      if (draft.itemKey === itemKey) stored = draft.text;
      return ok({ savedAt });
    },
  };
});
afterEach(() => {
  hook.unmount();
  vi.useRealTimers();
});

const type = (text: string) => act(async () => hook.result.current.setText(text));
const answered = () => act(core.caughtUp);
const reload = async () => {
  await act(async () => hook.result.current.reload());
  await answered();
};

test('words that an undo gives back stand before what has been typed since, and neither is lost', async () => {
  hook = openDraft();
  await answered();
  await type('Also: bring your inhaler.');
  stored = 'Come in today.';
  await reload();
  const both = 'Come in today.\n\nAlso: bring your inhaler.';
  expect(hook.result.current.text).toBe(both);
  act(() => vi.runAllTimers());
  await answered();
  expect(stored).toBe(both);
});

test('what the core has already put together is not doubled', async () => {
  stored = 'Also: bring';
  hook = openDraft();
  await answered();
  expect(hook.result.current.text).toBe('Also: bring');
  await type('Also: bring your inhaler.');
  stored = 'Come in today.\n\nAlso: bring';
  await reload();
  expect(hook.result.current.text).toBe('Come in today.\n\nAlso: bring your inhaler.');
});

test('a draft that comes late stands before what was typed while it was read', async () => {
  stored = 'Kept from yesterday.';
  hook = openDraft();
  await type('New');
  await answered();
  expect(hook.result.current.text).toBe('Kept from yesterday.\n\nNew');
});

test('reading again what stands here changes nothing', async () => {
  stored = 'Kia ora';
  hook = openDraft();
  await answered();
  expect(hook.result.current.text).toBe('Kia ora');
  await type('Kia ora Ngaio');
  await reload();
  expect(hook.result.current.text).toBe('Kia ora Ngaio');
});
