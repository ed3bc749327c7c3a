import { cx } from '../cx.ts';
import styles from './skeleton.module.css';

/** A grey bar where text will stand. Appears after 150 ms, so that quick answers don't flicker. */
export function Skeleton({
  width = '100%',
  lines = 1,
  delayed = true,
}: {
  readonly width?: string;
  readonly lines?: number;
  readonly delayed?: boolean;
}) {
  return (
    <span className={cx(styles.block, delayed && styles.delayed)} aria-hidden="true">
      {Array.from({ length: lines }, (_, line) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the bars are alike and never move
        <span key={line} className={styles.bar} style={{ width: line === lines - 1 && lines > 1 ? '60%' : width }} />
      ))}
    </span>
  );
}
