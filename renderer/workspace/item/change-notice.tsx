import { RefreshCw } from 'lucide-react';
import { Button } from '../../ui/forms/button.tsx';
import styles from './change-notice.module.css';

interface ChangeNoticeProps {
  readonly words: readonly string[];
  readonly onSeen: () => void;
}

/** Says what others changed under the user's eyes. What was typed stays. */
export function ChangeNotice({ words, onSeen }: ChangeNoticeProps) {
  return (
    <div role="status" aria-live="polite">
      {words.length > 0 && (
        <div className={styles.notice}>
          <RefreshCw size={14} aria-hidden="true" />
          <span className={styles.words}>
            Changed while you looked at it: <strong>{words.join(' · ')}</strong>. What you typed is kept.
          </span>
          <Button onPress={onSeen}>I have seen it</Button>
        </div>
      )}
    </div>
  );
}
