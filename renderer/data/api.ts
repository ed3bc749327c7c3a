import type { ShellBridge } from '../../shared/bridge.ts';
import { portMessage } from '../../shared/bridge.ts';
import type { CoreChannel, ShellChannel, Topic } from '../../shared/channels.ts';
import type { Input, Reply } from '../../shared/contract.ts';
import { isOpId, type OpId } from '../../shared/ids.ts';
import type { PortAnswer, PortRequest } from '../../shared/port-messages.ts';
import { err } from '../../shared/result.ts';

declare global {
  interface Window {
    readonly portalDesk?: ShellBridge;
  }
}

interface Waiting {
  readonly request: PortRequest;
  readonly resolve: (reply: string) => void;
}

/** Raised by a second port: the core was restarted. */
type RestartListener = () => void;

const waiting = new Map<number, Waiting>();
const changeListeners = new Set<(topics: readonly Topic[]) => void>();
const restartListeners = new Set<RestartListener>();
let port: MessagePort | undefined;
let lastId = 0;

/** Begins to listen for the port to the core. Once, before the first call. */
export function connect(): void {
  window.addEventListener('message', (event: MessageEvent) => {
    const [next] = event.ports;
    if (event.source !== window || event.data !== portMessage || !next) return;
    takePort(next);
  });
  window.portalDesk?.onChanged(announceChange);
}

function takePort(next: MessagePort): void {
  const isRestart = port !== undefined;
  port?.close();
  port = next;
  next.onmessage = (event: MessageEvent<PortAnswer>) => takeAnswer(event.data);
  // Acts carry an op id and queries change nothing, so what the dead core left unanswered is asked again. Steps of a sign-in are not: they begin anew.
  for (const { request, resolve } of waiting.values()) {
    if (isRestart && request.channel.startsWith('session.')) {
      waiting.delete(request.id);
      resolve(JSON.stringify(err({ kind: 'restarting' })));
    } else next.postMessage(request);
  }
  if (isRestart) for (const listener of restartListeners) listener();
}

function takeAnswer(answer: PortAnswer): void {
  if (answer.kind === 'changed') {
    announceChange(answer.topics);
    return;
  }
  const entry = waiting.get(answer.id);
  waiting.delete(answer.id);
  entry?.resolve(answer.reply);
}

function announceChange(topics: readonly Topic[]): void {
  for (const listener of changeListeners) listener(topics);
}

/** Asks the core. Never rejects: what goes wrong is in the reply. A call made before the port stands, or in a restart of the core, waits for it. */
export async function call<C extends CoreChannel>(channel: C, input: Input<C>): Promise<Reply<C>> {
  lastId += 1;
  const request: PortRequest = { id: lastId, channel, input: JSON.stringify(input) };
  const reply = await new Promise<string>((resolve) => {
    waiting.set(request.id, { request, resolve });
    port?.postMessage(request);
  });
  return JSON.parse(reply);
}

/** Asks the shell: windows and display, no patient data. */
export async function callShell<C extends ShellChannel>(channel: C, input: Input<C>): Promise<Reply<C>> {
  const bridge = window.portalDesk;
  if (!bridge) return err({ kind: 'restarting' });
  return (await bridge.call(channel, input)) as Reply<C>;
}

/** A new intent. Make it where the act begins and keep it over retries: an op id takes effect once only. */
export function newOpId(): OpId {
  const id = crypto.randomUUID();
  if (!isOpId(id)) throw new Error('A random UUID that is none');
  return id;
}

/** Hears which topics changed. Queries made with `useQueryOf` refetch by themselves. Returns the unsubscribe. */
export function onChanged(listener: (topics: readonly Topic[]) => void): () => void {
  changeListeners.add(listener);
  return () => changeListeners.delete(listener);
}

/** Hears that the core was restarted after a problem. */
export function onRestarted(listener: RestartListener): () => void {
  restartListeners.add(listener);
  return () => restartListeners.delete(listener);
}
