import { type Command, type CommandId, commands } from '../commands.ts';
import { openOverlays } from '../ui/overlays/overlay-stack.ts';
import { belongsToControl, placesOf } from './key-place.ts';
import { bindingsOf, type Prefix, step } from './sequence.ts';

interface KeyContext {
  readonly run: (id: CommandId) => void;
  /** Preference "Single-key shortcuts" (WCAG 2.1.4). */
  readonly singleKeys: () => boolean;
  /** Synthetic keys never run a command: React Aria re-sends typed keys to its lists (UI, trap 1). Tests pass their own. */
  readonly isTrusted?: (event: KeyboardEvent) => boolean;
  readonly now?: () => number;
}

const allBindings = bindingsOf(commands satisfies readonly Command[]);

/**
 * The only listener for global keys. Whether an overlay was open is read on the way down: one that closes on this very key
 * would otherwise hand the key on to the page below. Returns the function that stops.
 */
export function listenForKeys(
  target: Window,
  { run, singleKeys, isTrusted = (event) => event.isTrusted, now = () => performance.now() }: KeyContext,
): () => void {
  let prefix: Prefix | undefined;
  let overlaysBefore = 0;
  const forget = () => {
    prefix = undefined;
  };
  const onCapture = () => {
    overlaysBefore = openOverlays();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (!isTrusted(event) || event.isComposing || event.defaultPrevented) return;
    const places = overlaysBefore > 0 ? [] : placesOf(event.target);
    if (places.length === 0 || belongsToControl(event)) {
      forget();
      return;
    }
    const isText = !places.includes('panes');
    if (isText) forget();
    const bindings = allBindings.filter((binding) => places.includes(binding.where) && (singleKeys() || !binding.isCharacter));
    const next = step(prefix, event, bindings, now());
    prefix = next.prefix;
    if (next.isTaken && !(isText && event.key === 'Escape')) event.preventDefault();
    if (next.run) run(next.run);
  };
  target.addEventListener('keydown', onCapture, true);
  target.addEventListener('keydown', onKeyDown);
  target.addEventListener('pointerdown', forget, true);
  target.addEventListener('blur', forget);
  return () => {
    target.removeEventListener('keydown', onCapture, true);
    target.removeEventListener('keydown', onKeyDown);
    target.removeEventListener('pointerdown', forget, true);
    target.removeEventListener('blur', forget);
  };
}
