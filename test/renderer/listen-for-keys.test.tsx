// @vitest-environment jsdom
import { cleanup, render } from '@testing-library/react';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { CommandId } from '../../renderer/commands.ts';
import { listenForKeys } from '../../renderer/keys/listen-for-keys.ts';
import { Checkbox } from '../../renderer/ui/forms/checkbox.tsx';
import { TextArea, TextField } from '../../renderer/ui/forms/text-field.tsx';
import { useOverlay } from '../../renderer/ui/overlays/overlay-stack.ts';

const letters = [...'abcdefghijklmnopqrstuvwxyz', '!', '?', '/', ';', '[', ']'];
let ran: CommandId[] = [];
let singleKeys = true;
let isTrusted = true;
let stop = () => {};

beforeEach(() => {
  ran = [];
  singleKeys = true;
  isTrusted = true;
  stop = listenForKeys(window, { run: (id) => ran.push(id), singleKeys: () => singleKeys, isTrusted: () => isTrusted, now: () => 0 });
});

afterEach(() => {
  stop();
  cleanup();
});

function type(target: Element, key: string, init: KeyboardEventInit = {}): KeyboardEvent {
  const code = /^[a-z]$/i.test(key) ? `Key${key.toUpperCase()}` : key;
  const event = new KeyboardEvent('keydown', { key, code, bubbles: true, cancelable: true, ...init });
  target.dispatchEvent(event);
  return event;
}

test('typing letters and signs into any text box runs no command and loses no key', () => {
  const { container } = render(
    <section data-pane="list">
      <TextField label="One line" value="" onChange={() => {}} />
      <TextField label="Secret" type="password" value="" onChange={() => {}} />
      <TextArea label="Reply" value="" onChange={() => {}} />
      <input aria-label="plain" />
      <input aria-label="command" role="combobox" aria-expanded="true" aria-controls="x" />
      <select aria-label="choice" />
    </section>,
  );
  const boxes = container.querySelectorAll('input,textarea,select');
  expect(boxes).toHaveLength(6);
  for (const box of boxes) for (const key of letters) expect(type(box, key).defaultPrevented).toBe(false);
  expect(ran).toEqual([]);
});

test('Ctrl+Enter and F6 count in a text box', () => {
  const { container } = render(<textarea aria-label="Reply" />);
  const box = container.querySelector('textarea');
  if (box) for (const init of [{ key: 'Enter', ctrlKey: true }, { key: 'F6' }]) type(box, init.key, init);
  expect(ran).toEqual(['message.send', 'frame.next-pane']);
});

test('keys that a program sends run nothing', () => {
  isTrusted = false;
  type(document.body, 'e');
  expect(ran).toEqual([]);
});

test('no key runs a command in a menu, a list of choices or a dialog', () => {
  const { getByText } = render(
    <>
      <div role="dialog" aria-label="a">
        <button type="button">in dialog</button>
      </div>
      <div role="menu">
        <div role="menuitem" tabIndex={-1}>
          in menu
        </div>
      </div>
    </>,
  );
  for (const text of ['in dialog', 'in menu']) for (const key of letters) type(getByText(text), key);
  expect(ran).toEqual([]);
});

function Overlay({ isOpen }: { readonly isOpen: boolean }) {
  useOverlay(isOpen);
  return null;
}

test('while an overlay is open no key reaches the page below, wherever the focus is', () => {
  const { rerender } = render(<Overlay isOpen />);
  type(document.body, 'e');
  type(document.body, 'Escape');
  expect(ran).toEqual([]);
  rerender(<Overlay isOpen={false} />);
  type(document.body, 'e');
  expect(ran).toEqual(['item.finish']);
});

test('the key that closes an overlay is not handed on to the page', () => {
  const { rerender } = render(<Overlay isOpen />);
  const close = () => rerender(<Overlay isOpen={false} />);
  document.body.addEventListener('keydown', close, { once: true });
  type(document.body, 'Escape');
  expect(ran).toEqual([]);
});

test('Enter and Space on a button or a box belong to it', () => {
  const { container } = render(
    <section data-pane="reading">
      <button type="button">Release</button>
      <Checkbox isSelected={false} onChange={() => {}}>
        Tick
      </Checkbox>
    </section>,
  );
  for (const control of container.querySelectorAll('button,input')) {
    type(control, 'Enter');
    type(control, ' ', { code: 'Space' });
  }
  expect(ran).toEqual([]);
});

test('Enter opens in the list and decides in the reading pane', () => {
  const { container } = render(
    <>
      <section data-pane="list" tabIndex={-1} />
      <section data-pane="reading" tabIndex={-1} />
    </>,
  );
  for (const pane of container.querySelectorAll('section')) type(pane, 'Enter');
  expect(ran).toEqual(['item.open', 'item.decide']);
});

test('with single keys switched off letters, signs and sequences do nothing, and Ctrl, Enter and arrows still work', () => {
  singleKeys = false;
  const { container } = render(<section data-pane="list" tabIndex={-1} />);
  const list = container.querySelector('section') ?? document.body;
  for (const key of letters) type(list, key);
  type(list, 'N', { shiftKey: true });
  type(list, 'BracketLeft', { code: 'BracketLeft' });
  expect(ran).toEqual([]);
  type(list, 'k', { ctrlKey: true });
  type(list, 'ArrowDown');
  expect(ran).toEqual(['app.palette', 'list.next-row']);
});

test('a press of the mouse between two keys breaks the sequence', () => {
  type(document.body, 'g');
  window.dispatchEvent(new Event('pointerdown'));
  type(document.body, 'o');
  expect(ran).toEqual([]);
});
