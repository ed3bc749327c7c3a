import styles from './key-hint.module.css';

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

const names: Record<string, string> = {
  $mod: 'Ctrl',
  Control: 'Ctrl',
  ArrowUp: '↑',
  ArrowDown: '↓',
  ArrowLeft: '←',
  ArrowRight: '→',
  Escape: 'Esc',
  PageUp: 'PgUp',
  PageDown: 'PgDn',
  Space: 'Space',
  Equal: '=',
  Minus: '-',
  Comma: ',',
  BracketLeft: '[',
  BracketRight: ']',
};

/** What to print for a key binding: one string per press, e.g. `g i` → ["G", "I"], `$mod+k` → ["Ctrl+K"]. */
function keyWords(keys: string): readonly string[] {
  return keys.split(' ').map((press) =>
    press
      .replaceAll('[Shift]+', '')
      .split('+')
      .map((part) => names[part] ?? (part.length === 1 ? part.toUpperCase() : part.replace(/^(Digit|Key)/, '')))
      .join('+'),
  );
}
