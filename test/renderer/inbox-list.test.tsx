// @vitest-environment jsdom
import { QueryClientProvider } from '@tanstack/react-query';
import { act, cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { connect } from '../../renderer/data/api.ts';
import { currentItemId, useLocation } from '../../renderer/data/locations.ts';
import { createQueryClient, followChanges } from '../../renderer/data/queries.ts';
import { runCommand } from '../../renderer/keys/use-commands.ts';
import { InboxPane, type ListPosition } from '../../renderer/lists/inbox-pane.tsx';
import { portMessage } from '../../shared/bridge.ts';
import { pageLimit } from '../../shared/channels.ts';
import { StaffId } from '../../shared/ids.schema.ts';
import type { PortRequest } from '../../shared/port-messages.ts';
import { aWorkItem, keyOf } from './work-items.ts';

let order: readonly number[] = [];
let unread: number | undefined;
let opened: unknown[] = [];
let port: MessagePort;
let position: ListPosition | null = null;
let advance = () => {};
const viewport = { width: 400, height: 1080 };

beforeAll(() => {
  // jsdom lays nothing out.
  Object.defineProperty(HTMLElement.prototype, 'offsetHeight', { configurable: true, get: () => viewport.height });
  Object.defineProperty(HTMLElement.prototype, 'offsetWidth', { configurable: true, get: () => viewport.width });
  Object.defineProperty(HTMLElement.prototype, 'clientHeight', { configurable: true, get: () => viewport.height });
  connect();
  const channel = new MessageChannel();
  port = channel.port1;
  port.onmessage = ({ data }: MessageEvent<PortRequest>) =>
    port.postMessage({ kind: 'reply', id: data.id, reply: JSON.stringify(answer(data)) });
  const event = new MessageEvent('message', { data: portMessage, source: window });
  Object.defineProperty(event, 'ports', { value: [channel.port2] });
  window.dispatchEvent(event);
});

beforeEach(() => {
  window.history.replaceState(null, '', '#/inbox/all');
  order = Array.from({ length: 100_000 }, (_, index) => index);
  unread = undefined;
  opened = [];
});

afterEach(cleanup);

function answer({ channel, input }: PortRequest): unknown {
  if (channel === 'items.open') opened.push(JSON.parse(input));
  if (channel !== 'inbox.page') return { ok: false, error: { kind: 'not-found' } };
  const { offset, limit }: { offset: number; limit: number } = JSON.parse(input);
  expect(limit).toBeLessThanOrEqual(pageLimit);
  return {
    ok: true,
    value: {
      total: order.length,
      offset,
      rows: order.slice(offset, offset + limit).map((number) => ({ ...aWorkItem(number), unread: number === unread })),
    },
  };
}

function Page() {
  const location = useLocation();
  if (location.at === 'outbox') return null;
  return (
    <>
      <output>{currentItemId(location) ?? 'none'}</output>
      <InboxPane
        location={location}
        staffId={StaffId.parse('s1')}
        density="compact"
        onReady={() => {}}
        onOpen={() => {}}
        onList={(next, moveOn) => {
          position = next;
          advance = moveOn;
        }}
      />
    </>
  );
}

async function showList() {
  const client = createQueryClient();
  const stop = followChanges(client);
  const page = render(
    <QueryClientProvider client={client}>
      <Page />
    </QueryClientProvider>,
  );
  await waitFor(() => expect(screen.getAllByText('NGATA, Ngaio').length).toBeGreaterThan(5));
  return { ...page, stop };
}

const current = () => screen.getByRole('status').textContent;
const run = (id: Parameters<typeof runCommand>[0]) => act(() => void runCommand(id));

async function reorder(next: readonly number[]) {
  order = next;
  port.postMessage({ kind: 'changed', topics: ['inbox'] });
  await waitFor(() => expect(screen.getAllByRole('row').map(({ id }) => id)).toEqual(next.map((number) => `row-${keyOf(number)}`)));
}

test('a list of 100,000 never has more than 80 rows in the document, and says how many there are', async () => {
  const { stop } = await showList();
  const grid = screen.getByRole('grid');
  expect(grid.getAttribute('aria-rowcount')).toBe('100000');
  for (const top of [0, 36 * 500, 36 * 99_900]) {
    grid.scrollTop = top;
    fireEvent.scroll(grid);
    await waitFor(() =>
      expect(screen.getAllByRole('row').some((row) => row.getAttribute('aria-rowindex') === String(top / 36 + 5))).toBe(true),
    );
    expect(screen.getAllByRole('row').length).toBeLessThanOrEqual(80);
  }
  stop();
});

test('the last row is reached at once and is the current item, mounted and pointed at', async () => {
  const { stop } = await showList();
  run('list.last');
  await waitFor(() => expect(current()).toBe(keyOf(99999)));
  fireEvent.scroll(screen.getByRole('grid'));
  await waitFor(() => expect(position).toEqual({ index: 99_999, total: 100_000 }));
  const pointed = screen.getByRole('grid').getAttribute('aria-activedescendant');
  expect(document.getElementById(pointed ?? '')?.getAttribute('aria-selected')).toBe('true');
  stop();
});

test('after a re-sort the current item is still the same item, at its new place', async () => {
  order = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];
  const { stop } = await showList();
  run('list.next');
  run('list.next');
  expect(current()).toBe(keyOf(1));
  await reorder([9, 8, 7, 6, 5, 4, 3, 2, 1, 0]);
  expect(current()).toBe(keyOf(1));
  await waitFor(() => expect(position).toEqual({ index: 8, total: 10 }));
  const selected = screen.getAllByRole('row').filter((row) => row.getAttribute('aria-selected') === 'true');
  expect(selected.map((row) => row.id)).toEqual([`row-${keyOf(1)}`]);
  stop();
});

test('when the current item leaves the list nothing jumps, and moving on takes the one that stood next', async () => {
  order = [0, 1, 2, 3, 4, 5, 6, 7];
  const { stop } = await showList();
  run('list.next');
  run('list.next');
  await reorder([0, 2, 3, 4, 5, 6, 7]);
  expect(current()).toBe(keyOf(1));
  act(() => advance());
  expect(current()).toBe(keyOf(2));
  stop();
});

test('after the last item of a list has left, moving on takes the one before', async () => {
  order = [0, 1, 2, 3, 4, 5, 6];
  const { stop } = await showList();
  run('list.last');
  await reorder([0, 1, 2, 3, 4, 5]);
  act(() => advance());
  expect(current()).toBe(keyOf(5));
  stop();
});

test('moving down after the current item has left takes what stands in its place', async () => {
  order = [0, 1, 2, 3, 4, 5, 6, 7];
  const { stop } = await showList();
  run('list.next');
  run('list.next');
  await reorder([0, 2, 3, 4, 5, 6, 7]);
  run('list.next');
  expect(current()).toBe(keyOf(2));
  stop();
});

test('an item that was marked unread while it was shown is read when it is opened again', async () => {
  const { stop } = await showList();
  run('list.next');
  run('item.open');
  const row = () => screen.getAllByRole('row').find(({ id }) => id === `row-${keyOf(0)}`);
  expect(row()?.dataset.unread).toBeUndefined();
  expect(opened).toEqual([]);
  unread = 0;
  port.postMessage({ kind: 'changed', topics: ['inbox'] });
  await waitFor(() => expect(row()?.dataset.unread).toBe('true'));
  run('item.open');
  await waitFor(() => expect(opened).toEqual([{ itemKey: keyOf(0) }]));
  stop();
});
