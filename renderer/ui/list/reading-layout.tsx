import type { ReactNode } from 'react';
import styles from './reading-layout.module.css';

interface ReadingLayoutProps {
  readonly intro: ReactNode;
  readonly children: ReactNode;
  /** Stays in sight below what scrolls: a composer, or the buttons of a decision. */
  readonly foot?: ReactNode;
}

/** A text to read with what to do about it: the text scrolls, the foot stays. */
export function ReadingLayout({ intro, children, foot }: ReadingLayoutProps) {
  return (
    <>
      <div className={styles.scroll}>
        <div className={styles.column}>
          {intro}
          {children}
        </div>
      </div>
      {foot && <div className={styles.foot}>{foot}</div>}
    </>
  );
}
