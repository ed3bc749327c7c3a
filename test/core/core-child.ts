import { randomBytes, randomUUID } from 'node:crypto';
import type { WindowPort } from '../../electron/core/ports.ts';
import { startCore } from '../../electron/core/start-core.ts';

/** The core as a plain Node process: the IPC channel carries what parentPort and one window's MessagePort carry in the app. */
interface FromTest {
  readonly to: 'core' | 'window';
  readonly data: unknown;
}

type Listener = (message: unknown) => void;

let fromShell: (message: unknown, windows: readonly WindowPort[]) => void = () => undefined;
let fromWindow: Listener = () => undefined;

const window: WindowPort = {
  post: (data) => process.send?.({ from: 'window', data }),
  onMessage: (listener) => {
    fromWindow = listener;
  },
  onClose: () => undefined,
};

process.on('message', ({ to, data }: FromTest) => {
  if (to === 'window') fromWindow(data);
  else fromShell(data, isWindowMessage(data) ? [window] : []);
});

function isWindowMessage(data: unknown): boolean {
  return typeof data === 'object' && data !== null && 'kind' in data && data.kind === 'window';
}

const startedAt = Date.now();
const clockStands = process.argv[2] === 'stands';

startCore({
  shell: {
    post: (data) => process.send?.({ from: 'core', data }),
    onMessage: (listener) => {
      fromShell = listener;
    },
  },
  clock: { now: () => (clockStands ? startedAt : Date.now()) },
  random: { uuid: () => randomUUID(), bytes: (count) => randomBytes(count), number: () => Math.random() },
  fetch: (url, init) => fetch(url, init),
  loopbackFetch: (url, init) => fetch(url, init),
  exit: (code) => process.exit(code),
});
