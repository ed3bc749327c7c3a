import styles from './key-hint.module.css';
import { keyWords } from './key-words.ts';

/** A key or key sequence as drawn on a keyboard, for tooltips, menus and the shortcut sheet. */
export function KeyHint({ keys }: { readonly keys: string }) {
  return (
    <kbd className={styles.hint}>
      {keyWords(keys).map((press) => (
        <span key={press} className={styles.press}>
          {press}
        </span>
      ))}
    </kbd>
  );
}
