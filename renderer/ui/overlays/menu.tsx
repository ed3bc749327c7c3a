import { type ReactNode, useState } from 'react';
import { Menu as AriaMenu, MenuItem, MenuTrigger } from 'react-aria-components/Menu';
import { Popover } from 'react-aria-components/Popover';
import { KeyHint } from '../text/key-hint.tsx';
import styles from './menu.module.css';
import { useOverlay } from './overlay-stack.ts';

export interface MenuEntry {
  readonly id: string;
  readonly title: string;
  readonly detail?: string;
  readonly keys?: string | undefined;
  readonly isDisabled?: boolean;
}

interface MenuProps {
  readonly label: string;
  readonly entries: readonly MenuEntry[];
  readonly onChoose: (id: string) => void;
  /** Ticked entry, for a menu that chooses one of several. */
  readonly chosen?: string;
  /** One React Aria button that opens it. */
  readonly children: ReactNode;
}

/** A button's menu. Type-ahead, arrows and Esc come with it. */
export function Menu({ label, entries, onChoose, chosen, children }: MenuProps) {
  const [isOpen, setOpen] = useState(false);
  useOverlay(isOpen);
  return (
    <MenuTrigger isOpen={isOpen} onOpenChange={setOpen}>
      {children}
      <Popover className={styles.popover ?? ''} offset={4}>
        <AriaMenu
          aria-label={label}
          className={styles.menu ?? ''}
          onAction={(key) => onChoose(String(key))}
          disabledKeys={entries.filter((entry) => entry.isDisabled).map((entry) => entry.id)}
          {...(chosen === undefined ? {} : { selectionMode: 'single' as const, selectedKeys: [chosen] })}
        >
          {entries.map((entry) => (
            <MenuItem key={entry.id} id={entry.id} textValue={entry.title} className={styles.item ?? ''}>
              <span className={styles.text}>{entry.title}</span>
              {entry.detail && <span className={styles.detail}>{entry.detail}</span>}
              {entry.keys && <KeyHint keys={entry.keys} />}
            </MenuItem>
          ))}
        </AriaMenu>
      </Popover>
    </MenuTrigger>
  );
}
