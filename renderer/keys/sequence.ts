import { type KeybindingPress, matchKeybindingPress, parseKeybinding } from 'tinykeys';
import type { Command, CommandId, CommandPlace } from '../commands.ts';

export interface Binding {
  readonly id: CommandId;
  readonly presses: readonly KeybindingPress[];
  readonly where: CommandPlace;
  readonly repeats: boolean;
  /** Letters, digits and signs without Ctrl, Alt or Meta: what WCAG 2.1.4 wants to be switchable. */
  readonly isCharacter: boolean;
}

/** The first presses of a sequence are in; the next key belongs to it, hit or miss. */
export interface Prefix {
  readonly bindings: readonly Binding[];
  readonly depth: number;
  readonly since: number;
}

export interface Step {
  readonly prefix: Prefix | undefined;
  readonly run: CommandId | undefined;
  /** The key was taken: the page must not act on it. */
  readonly isTaken: boolean;
}

/** A prefix is forgotten after this time without a key. */
export const prefixMs = 1500;

const modifierKeys = new Set(['Shift', 'Control', 'Alt', 'Meta', 'AltGraph', 'CapsLock', 'NumLock', 'Fn', 'Dead']);

export function bindingsOf(commands: readonly Command[]): readonly Binding[] {
  return commands.flatMap((command) =>
    command.keys.map((keys) => {
      const presses = parseKeybinding(keys);
      return {
        id: command.id,
        presses,
        where: command.where,
        repeats: command.repeats ?? false,
        isCharacter: isCharacterPress(presses[0]),
      };
    }),
  );
}

function isCharacterPress(press: KeybindingPress | undefined): boolean {
  if (!press) return false;
  const [required, , key] = press;
  if (required.some((modifier) => modifier !== 'Shift')) return false;
  return typeof key === 'string' && (key.length === 1 || key.startsWith('Bracket'));
}

/**
 * What one key press does, given the prefix before it. Pure: the one owner of sequence state, because a matcher per binding
 * leaves later sequences stale and once fired "release" from `g l` (UI, trap 2). After a prefix the next key is swallowed, hit or miss.
 */
export function step(prefix: Prefix | undefined, event: KeyboardEvent, bindings: readonly Binding[], now: number): Step {
  if (modifierKeys.has(event.key)) return { prefix, run: undefined, isTaken: false };
  const live = prefix && now - prefix.since < prefixMs ? prefix : undefined;
  if (live && event.repeat) return { prefix: live, run: undefined, isTaken: true };
  const depth = live?.depth ?? 0;
  const matching = (live?.bindings ?? bindings).filter((binding) => {
    const press = binding.presses[depth];
    return press !== undefined && matchKeybindingPress(event, press);
  });
  const longer = matching.filter((binding) => binding.presses.length > depth + 1);
  if (longer.length > 0) {
    if (event.repeat) return { prefix: undefined, run: undefined, isTaken: true };
    return { prefix: { bindings: longer, depth: depth + 1, since: now }, run: undefined, isTaken: true };
  }
  const [hit] = matching;
  const run = hit && (!event.repeat || hit.repeats) ? hit.id : undefined;
  return { prefix: undefined, run, isTaken: live !== undefined || hit !== undefined };
}
