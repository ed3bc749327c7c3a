import type { ReactNode } from 'react';
import styles from './front-page.module.css';

/** A page before the inbox: one heading, a few words, the choices. */
export function FrontPage({ title, lang, children }: { readonly title: string; readonly lang?: string; readonly children: ReactNode }) {
  return (
    <main className={styles.page}>
      <div className={styles.card}>
        <h1 className={styles.title} lang={lang}>
          {title}
        </h1>
        {children}
      </div>
    </main>
  );
}

/** A line under the heading. */
export function Words({ children }: { readonly children: ReactNode }) {
  return <p className={styles.words}>{children}</p>;
}

/** What went wrong, read aloud at once. */
export function Problem({ children }: { readonly children: ReactNode }) {
  return (
    <p className={styles.problem} role="alert">
      {children}
    </p>
  );
}

export function Choices({ children }: { readonly children: ReactNode }) {
  return <div className={styles.choices}>{children}</div>;
}
