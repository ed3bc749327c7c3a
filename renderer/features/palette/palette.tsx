import { type Command, commands } from '../../commands.ts';
import { handlerOf, runCommand, useCommandsVersion } from '../../keys/use-commands.ts';
import { Picker } from '../../ui/forms/picker.tsx';
import { Sheet } from '../../ui/overlays/sheet.tsx';
import { KeyHint } from '../../ui/text/key-hint.tsx';
import styles from './palette.module.css';

/** Ctrl+K: every command that can run now, found by typing. Esc closes at once (UI, trap 19). */
export function Palette({ isOpen, onClose }: { readonly isOpen: boolean; readonly onClose: () => void }) {
  return (
    <Sheet isOpen={isOpen} onClose={onClose} title="Find a command" place="top">
      {isOpen && <CommandFinder onClose={onClose} />}
    </Sheet>
  );
}

function CommandFinder({ onClose }: { readonly onClose: () => void }) {
  useCommandsVersion();
  const runnable = commands.filter((command) => command.id !== 'app.palette' && handlerOf(command.id) !== undefined);

  function run(command: Command) {
    if (unavailableReason(command) !== undefined) return;
    onClose();
    // After the sheet has given the focus back, so that a command which moves the focus has the last word.
    setTimeout(() => runCommand(command.id), 0);
  }
  return (
    <Picker
      label="Command"
      listLabel="Commands"
      placeholder="Type a command"
      find={(typed) => rankCommands(runnable, typed)}
      onChoose={run}
      isUnavailable={(command) => unavailableReason(command) !== undefined}
      none={() => 'No command matches.'}
    >
      {(command) => <CommandLine command={command} />}
    </Picker>
  );
}

function CommandLine({ command }: { readonly command: Command }) {
  const reason = unavailableReason(command);
  return (
    <>
      <span className={styles.title}>
        {command.title}
        {reason && <span className={styles.reason}>{reason}</span>}
      </span>
      <span className={styles.group}>{command.group}</span>
      {command.keys[0] && <KeyHint keys={command.keys[0]} />}
    </>
  );
}

function unavailableReason(command: Command): string | undefined {
  const handler = handlerOf(command.id);
  return typeof handler === 'object' ? handler.unavailable : undefined;
}

const plain = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

/** The commands that fit what was typed, best first: whole start, start of a word, letters in order. Macrons don't matter. */
export function rankCommands(commands: readonly Command[], typed: string): readonly Command[] {
  const wanted = plain(typed.trim());
  if (wanted === '') return commands;
  return commands
    .map((command) => ({ command, score: scoreOf(plain(`${command.title} ${command.group}`), wanted) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score)
    .map(({ command }) => command);
}

function scoreOf(text: string, wanted: string): number {
  if (text.startsWith(wanted)) return 4;
  if (text.split(/[^a-z0-9]+/).some((word) => word.startsWith(wanted))) return 3;
  if (text.includes(wanted)) return 2;
  let at = 0;
  for (const letter of text) if (letter === wanted[at]) at += 1;
  return at === wanted.length ? 1 : 0;
}
