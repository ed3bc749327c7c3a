import { type Command, commands } from '../../commands.ts';
import { handlerOf, runCommand, useCommandsVersion } from '../../keys/use-commands.ts';
import { Picker } from '../../ui/forms/picker.tsx';
import { Sheet } from '../../ui/overlays/sheet.tsx';
import { KeyHint } from '../../ui/text/key-hint.tsx';
import styles from './palette.module.css';
import { rankCommands } from './rank-commands.ts';

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
