import { randomBytes, randomUUID } from 'node:crypto';
import type { MessagePortMain } from 'electron';
import type { Fetch, WindowPort } from './core/ports.ts';
import { startCore } from './core/start-core.ts';

/** Electron's network stack, for the system's proxy and certificates. Loaded at the first request, so that it costs no time at start. */
const electronFetch: Fetch = async (url, init) => {
  const { net } = await import('electron');
  return net.fetch(url, init);
};

function toWindowPort(port: MessagePortMain): WindowPort {
  return {
    post: (message) => port.postMessage(message),
    onMessage: (listener) => {
      port.on('message', ({ data }) => listener(data));
      port.start();
    },
    onClose: (listener) => {
      port.on('close', listener);
    },
  };
}

startCore({
  shell: {
    post: (message) => process.parentPort.postMessage(message),
    onMessage: (listener) => {
      process.parentPort.on('message', ({ data, ports }) => listener(data, ports.map(toWindowPort)));
    },
  },
  clock: { now: () => Date.now() },
  random: { uuid: () => randomUUID(), bytes: (count) => randomBytes(count), number: () => Math.random() },
  fetch: electronFetch,
  loopbackFetch: (url, init) => fetch(url, init),
  exit: (code) => process.exit(code),
});
