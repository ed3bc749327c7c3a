// @vitest-environment jsdom
import { expect, test } from 'vitest';
import { call, connect, onChanged, onRestarted } from '../../renderer/data/api.ts';
import { portMessage } from '../../shared/bridge.ts';
import { OpId } from '../../shared/ids.schema.ts';
import type { PortRequest } from '../../shared/port-messages.ts';

/** A core at the other end of a real MessagePort. jsdom has no `ports` on its message events, so the event is made by hand. */
function aCore(answer: (request: PortRequest) => unknown): { readonly requests: PortRequest[]; readonly port: MessagePort } {
  const { port1, port2 } = new MessageChannel();
  const requests: PortRequest[] = [];
  port1.onmessage = ({ data }: MessageEvent<PortRequest>) => {
    requests.push(data);
    const reply = answer(data);
    if (reply !== undefined) port1.postMessage({ kind: 'reply', id: data.id, reply: JSON.stringify(reply) });
  };
  const event = new MessageEvent('message', { data: portMessage, source: window });
  Object.defineProperty(event, 'ports', { value: [port2] });
  window.dispatchEvent(event);
  return { requests, port: port1 };
}

connect();
const done = { ok: true, value: {} };

test('a call made before the port stands waits for it', async () => {
  const reply = call('sync.now', {});
  const core = aCore(() => done);
  expect(await reply).toEqual(done);
  expect(core.requests.map(({ channel }) => channel)).toEqual(['sync.now']);
  core.port.close();
});

test('what a dead core left unanswered is asked of the next one with the same op id, and the page hears of the restart', async () => {
  let restarts = 0;
  const stop = onRestarted(() => {
    restarts += 1;
  });
  const dead = aCore(() => undefined);
  restarts = 0;
  const reply = call('outbox.undo', { opId: OpId.parse('5f0c1c9e-3d47-4d6b-9a53-3f6f3a2f7f10') });
  const next = aCore(() => done);
  expect(await reply).toEqual(done);
  expect(next.requests[0]?.input).toContain('5f0c1c9e-3d47-4d6b-9a53-3f6f3a2f7f10');
  expect(restarts).toBe(1);
  stop();
  dead.port.close();
  next.port.close();
});

test('a step of a sign-in is not repeated by itself after a restart', async () => {
  const reply = call('session.unlock', { passphrase: 'x' });
  const next = aCore(() => done);
  expect(await reply).toEqual({ ok: false, error: { kind: 'restarting' } });
  expect(next.requests).toEqual([]);
  next.port.close();
});

test('a change is heard by who asked for it and no longer after', async () => {
  const heard: string[] = [];
  const core = aCore(() => done);
  const stop = onChanged((topics) => heard.push(...topics));
  core.port.postMessage({ kind: 'changed', topics: ['inbox', 'sync'] });
  await call('sync.now', {});
  stop();
  core.port.postMessage({ kind: 'changed', topics: ['item'] });
  await call('sync.now', {});
  expect(heard).toEqual(['inbox', 'sync']);
  core.port.close();
});
