import { useEffect, useRef, useSyncExternalStore } from 'react';
import { type CommandId, keysOf } from '../commands.ts';

/** What a command does now. `unavailable`: why not, in the user's words; it is then shown greyed with the reason. */
export type CommandHandler = (() => void) | { readonly unavailable: string };
export type CommandHandlers = { readonly [Id in CommandId]?: CommandHandler | undefined };

/** A command that can be run unless there is a reason against it. */
export function unlessRefused(reason: string | undefined, run: () => void): CommandHandler {
  return reason === undefined ? run : { unavailable: reason };
}

/** Handlers in the order of mounting; the last one that knows an id has it. */
let layers: readonly { readonly current: CommandHandlers }[] = [];
let version = 0;
const listeners = new Set<() => void>();

function changed(): void {
  version += 1;
  for (const listener of listeners) listener();
}

/**
 * Says which commands a component can run now. Pass fresh closures each render; the newest are used.
 * Leave an id out and an outer component's handler is used; when nobody has one, the command doesn't exist now.
 */
export function useCommands(handlers: CommandHandlers): void {
  const layer = useRef(handlers);
  const known = Object.keys(handlers)
    .filter((id) => Object.entries(handlers).some(([key, handler]) => key === id && handler))
    .join();
  useEffect(() => {
    layer.current = handlers;
  });
  useEffect(() => {
    layers = [...layers, layer];
    return () => {
      layers = layers.filter((other) => other !== layer);
      changed();
    };
  }, []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: palette and toolbar follow the set of ids, not each new closure
  useEffect(changed, [known]);
}

/** The handler of a command now, or undefined when nothing on screen can run it. */
export function handlerOf(id: CommandId): CommandHandler | undefined {
  for (let index = layers.length - 1; index >= 0; index -= 1) {
    const handler = layers[index]?.current[id];
    if (handler) return handler;
  }
  return undefined;
}

/** Runs a command if it can be run now. `unavailable` answers the reason, `absent` that nothing on screen knows it. */
export function runCommand(id: CommandId): 'ran' | 'absent' | { readonly unavailable: string } {
  const handler = handlerOf(id);
  if (!handler) return 'absent';
  if (typeof handler !== 'function') return handler;
  handler();
  return 'ran';
}

/** For a button that runs a command, so that key, palette and button are one. */
export function commandButton(id: CommandId): { readonly keys: string | undefined; readonly onPress: () => void } {
  return { keys: keysOf(id), onPress: () => void runCommand(id) };
}

/** Re-renders when the set of commands that can run changes. */
export function useCommandsVersion(): number {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => version,
  );
}
