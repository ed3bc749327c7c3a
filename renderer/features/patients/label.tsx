import type { ReactNode } from 'react';
import styles from './label.module.css';

/** A labelled value on one line; no colon (UI, Patient banner). */
export function Label({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <p>
      <span className={styles.label}>{name}</span> <span className={styles.value}>{children}</span>
    </p>
  );
}
