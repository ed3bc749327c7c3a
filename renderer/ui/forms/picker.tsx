import { type KeyboardEvent, type ReactNode, useId, useState } from 'react';
import styles from './picker.module.css';

interface PickerProps<T extends { readonly id: string }> {
  readonly label: string;
  readonly listLabel: string;
  readonly placeholder: string;
  /** Those that fit what is typed, best first. */
  readonly find: (typed: string) => readonly T[];
  readonly onChoose: (choice: T) => void;
  /** Stays in the list, greyed. */
  readonly isUnavailable?: (choice: T) => boolean;
  /** What a line shows. */
  readonly children: (choice: T) => ReactNode;
  /** Said when nothing fits. */
  readonly none: (typed: string) => ReactNode;
}

/** Type a few letters, Enter takes the best; arrows choose another. The field has the focus from the start and keeps it. */
export function Picker<T extends { readonly id: string }>(props: PickerProps<T>) {
  const { label, listLabel, placeholder, onChoose, isUnavailable, children, none } = props;
  const listId = useId();
  const { typed, type, found, chosen, onKeyDown } = usePicking(props);
  return (
    <>
      <input
        className={styles.field}
        role="combobox"
        aria-label={label}
        aria-expanded="true"
        aria-controls={listId}
        aria-activedescendant={chosen && `${listId}-${chosen.id}`}
        aria-autocomplete="list"
        placeholder={placeholder}
        spellCheck={false}
        // biome-ignore lint/a11y/noAutofocus: the field is what the sheet is opened for
        autoFocus
        value={typed}
        onChange={(event) => type(event.target.value)}
        onKeyDown={onKeyDown}
      />
      <div id={listId} role="listbox" aria-label={listLabel} className={styles.list}>
        {found.map((choice) => (
          <Option
            key={choice.id}
            id={`${listId}-${choice.id}`}
            isChosen={choice === chosen}
            isUnavailable={isUnavailable?.(choice) ?? false}
            onChoose={() => onChoose(choice)}
          >
            {children(choice)}
          </Option>
        ))}
      </div>
      {found.length === 0 && <p className={styles.none}>{none(typed)}</p>}
    </>
  );
}

function usePicking<T extends { readonly id: string }>({ find, onChoose }: Pick<PickerProps<T>, 'find' | 'onChoose'>) {
  const [typed, setTyped] = useState('');
  const [at, setAt] = useState(0);
  const found = find(typed);
  const place = Math.min(at, found.length - 1);
  const chosen = found[place];

  function type(text: string) {
    setTyped(text);
    setAt(0);
  }
  function onKeyDown(event: KeyboardEvent) {
    if (event.nativeEvent.isComposing) return;
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step !== 0) setAt((place + step + found.length) % Math.max(found.length, 1));
    else if (event.key === 'Enter' && !event.repeat && chosen) onChoose(chosen);
    else return;
    event.preventDefault();
  }
  return { typed, type, found, chosen, onKeyDown };
}

interface OptionProps {
  readonly id: string;
  readonly isChosen: boolean;
  readonly isUnavailable: boolean;
  readonly onChoose: () => void;
  readonly children: ReactNode;
}

function Option({ id, isChosen, isUnavailable, onChoose, children }: OptionProps) {
  // The field keeps the focus; the list is only pointed at.
  const option = { role: 'option', 'aria-selected': isChosen, 'aria-disabled': isUnavailable, onClick: onChoose };
  return (
    <div
      {...option}
      id={id}
      className={styles.choice}
      ref={(element) => (isChosen ? element?.scrollIntoView?.({ block: 'nearest' }) : undefined)}
    >
      {children}
    </div>
  );
}
