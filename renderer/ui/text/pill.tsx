import type { ReactNode } from 'react';
import { cx } from '../cx.ts';
import styles from './pill.module.css';

export type Tone = 'neutral' | 'critical' | 'warn' | 'ok' | 'info' | 'claim' | 'offline';

/** A short label. The word carries the meaning, the colour only repeats it. */
export function Pill({
  tone = 'neutral',
  icon,
  children,
}: {
  readonly tone?: Tone;
  readonly icon?: ReactNode;
  readonly children: ReactNode;
}) {
  return (
    <span className={cx(styles.pill, styles[tone])}>
      {icon}
      <span className={styles.words}>{children}</span>
    </span>
  );
}
