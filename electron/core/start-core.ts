import type { Topic } from '../../shared/channels.ts';
import { ToCore } from '../../shared/core-messages.ts';
import type { PortAnswer } from '../../shared/port-messages.ts';
import { errorFields } from './error-fields.ts';
import type { CorePorts, WindowPort } from './ports.ts';
import { type ServeContext, serveCall } from './serve.ts';
import { createSessionLifecycle } from './session/session-lifecycle.ts';
import { createShellLink } from './shell-link.ts';

/** The core: serves the contract to windows and obeys the shell. Plain Node; everything from outside is in `ports`. */
export function startCore(ports: CorePorts): void {
  const link = createShellLink(ports.shell.post);
  const windows = new Set<WindowPort>();
  const announce = announcer(windows);
  const lifecycle = createSessionLifecycle({ ports, link, announce });
  const served: ServeContext = {
    control: lifecycle.control,
    context: lifecycle.desk,
    log: link.log,
    newReference: () => ports.random.uuid().slice(0, 8).toUpperCase(),
  };

  // After a fault, what the dead core left unanswered is asked again at once: it waits for the store, and is not told that nobody works here.
  let resumed: Promise<void> = Promise.resolve();

  function handleShellMessage(message: ToCore, opened: readonly WindowPort[]): void {
    switch (message.kind) {
      case 'start':
        run(begin(message).then(link.ready));
        return;
      case 'window':
        for (const window of opened) attach(window, windows, served, () => resumed);
        return;
      case 'answer':
        link.settle(message.id, message);
        return;
      case 'focus':
        lifecycle.setFocused(message.focused);
        return;
      case 'wake':
        lifecycle.wake();
        return;
      case 'stop':
        run(lifecycle.stop().then(() => ports.exit(0)));
    }
  }

  function begin(message: Extract<ToCore, { kind: 'start' }>): Promise<void> {
    const started = lifecycle.start(message);
    if (message.resume !== null) resumed = started.catch(() => undefined);
    return started;
  }

  /** A start or stop that fails is a bug: the shell sees the exit and starts the core anew. */
  function run(work: Promise<void>): void {
    work.catch((error: unknown) => {
      link.log('error', 'core-failed', errorFields(error));
      ports.exit(1);
    });
  }

  ports.shell.onMessage((raw, opened) => {
    const message = ToCore.safeParse(raw);
    if (message.success) handleShellMessage(message.data, opened);
    else link.log('warn', 'not-a-message');
  });
}

function attach(window: WindowPort, windows: Set<WindowPort>, served: ServeContext, resumed: () => Promise<void>): void {
  windows.add(window);
  window.onClose(() => windows.delete(window));
  window.onMessage((raw) => {
    void resumed()
      .then(() => serveCall(raw, served))
      .then((answer) => {
        if (answer && windows.has(window)) window.post(answer);
      });
  });
}

/** One `changed` for all that changed in one turn of the event loop. */
function announcer(windows: ReadonlySet<WindowPort>): (topics: readonly Topic[]) => void {
  const changed = new Set<Topic>();
  return (topics) => {
    if (changed.size === 0) {
      setImmediate(() => {
        const push: PortAnswer = { kind: 'changed', topics: [...changed] };
        changed.clear();
        for (const window of windows) window.post(push);
      });
    }
    for (const topic of topics) changed.add(topic);
  };
}
