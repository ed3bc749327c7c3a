import { type KeyboardEvent, useId, useState } from 'react';
import { type Command, commands } from '../../commands.ts';
import { KeyHint } from '../../ui/key-hint.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import { handlerOf, runCommand, useCommandsVersion } from '../../use-commands.ts';
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
  const listId = useId();
  const { typed, found, chosen, type, run, onKeyDown } = useFinder(onClose);
  return (
    <>
      <input
        className={styles.field}
        role="combobox"
        aria-label="Command"
        aria-expanded="true"
        aria-controls={listId}
        aria-activedescendant={chosen && `${listId}-${chosen.id}`}
        aria-autocomplete="list"
        placeholder="Type a command"
        spellCheck={false}
        // biome-ignore lint/a11y/noAutofocus: the field is what the palette is opened for
        autoFocus
        value={typed}
        onChange={(event) => type(event.target.value)}
        onKeyDown={onKeyDown}
      />
      <div id={listId} role="listbox" aria-label="Commands" className={styles.list}>
        {found.map((command) => (
          <Choice
            key={command.id}
            id={`${listId}-${command.id}`}
            command={command}
            isChosen={command === chosen}
            onRun={() => run(command)}
          />
        ))}
      </div>
      {found.length === 0 && <p className={styles.none}>No command matches.</p>}
    </>
  );
}

function useFinder(onClose: () => void) {
  useCommandsVersion();
  const [typed, setTyped] = useState('');
  const [at, setAt] = useState(0);
  const runnable = commands.filter((command) => command.id !== 'app.palette' && handlerOf(command.id) !== undefined);
  const found = rankCommands(runnable, typed);
  const chosen = found[Math.min(at, found.length - 1)];

  const run = (command: Command | undefined) => {
    if (!command || unavailableReason(command) !== undefined) return;
    onClose();
    // After the sheet has given the focus back, so that a command which moves the focus has the last word.
    setTimeout(() => runCommand(command.id), 0);
  };
  const type = (text: string) => {
    setTyped(text);
    setAt(0);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step !== 0) setAt((before) => (Math.min(before, found.length - 1) + step + found.length) % Math.max(found.length, 1));
    else if (event.key === 'Enter' && !event.repeat) run(chosen);
    else return;
    event.preventDefault();
  };
  return { typed, found, chosen, type, run, onKeyDown };
}

interface ChoiceProps {
  readonly id: string;
  readonly command: Command;
  readonly isChosen: boolean;
  readonly onRun: () => void;
}

function Choice({ id, command, isChosen, onRun }: ChoiceProps) {
  const reason = unavailableReason(command);
  // The field keeps the focus; the list is only pointed at.
  const option = { role: 'option', 'aria-selected': isChosen, 'aria-disabled': reason !== undefined, onClick: onRun };
  return (
    <div
      {...option}
      id={id}
      className={styles.choice}
      ref={(element) => (isChosen ? element?.scrollIntoView?.({ block: 'nearest' }) : undefined)}
    >
      <span className={styles.title}>
        {command.title}
        {reason && <span className={styles.reason}>{reason}</span>}
      </span>
      <span className={styles.group}>{command.group}</span>
      {command.keys[0] && <KeyHint keys={command.keys[0]} />}
    </div>
  );
}

function unavailableReason(command: Command): string | undefined {
  const handler = handlerOf(command.id);
  return typeof handler === 'object' ? handler.unavailable : undefined;
}
