import type { ReactNode } from 'react';
import { Checkbox as AriaCheckbox } from 'react-aria-components/Checkbox';
import styles from './checkbox.module.css';

interface CheckboxProps {
  readonly isSelected: boolean;
  readonly onChange: (isSelected: boolean) => void;
  readonly children?: ReactNode;
  /** Read aloud where no text stands beside the box. */
  readonly label?: string;
  readonly isDisabled?: boolean;
}

/** A box to tick, 24 px target. */
export function Checkbox({ isSelected, onChange, children, label, isDisabled = false }: CheckboxProps) {
  return (
    <AriaCheckbox
      className={styles.checkbox ?? ''}
      isSelected={isSelected}
      onChange={onChange}
      isDisabled={isDisabled}
      {...(label ? { 'aria-label': label } : {})}
    >
      <span className={styles.box} aria-hidden="true">
        <svg viewBox="0 0 12 12" width="12" height="12" aria-hidden="true">
          <path d="M2 6.5 4.8 9 10 3" fill="none" stroke="currentColor" strokeWidth="2" />
        </svg>
      </span>
      {children}
    </AriaCheckbox>
  );
}
