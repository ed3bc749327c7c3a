import type { OutboxEntry } from '../../../shared/domain/outbox.ts';
import { undo } from '../../acts/perform.ts';
import { navigate } from '../../data/locations.ts';
import { Button } from '../../ui/forms/button.tsx';
import { Pill } from '../../ui/text/pill.tsx';
import { useNow } from '../../ui/use-now.ts';
import { canUndo, pendingWords } from '../../words/pending-words.ts';
import styles from './pending-acts.module.css';

/** Our acts on this item that the portal has not confirmed, each with its honest state. */
export function PendingActs({ pending }: { readonly pending: readonly OutboxEntry[] }) {
  if (pending.length === 0) return null;
  return (
    <ul className={styles.list} aria-label="Not yet confirmed by the portal">
      {pending.map((entry) => (
        <PendingAct key={entry.opId} entry={entry} />
      ))}
    </ul>
  );
}

function PendingAct({ entry }: { readonly entry: OutboxEntry }) {
  const now = useNow(1000);
  const { words, tone } = pendingWords(entry, now);
  const needsPerson = entry.state === 'conflict' || entry.state === 'rejected';
  return (
    <li className={styles.act}>
      <Pill tone={tone}>{words}</Pill>
      <span className={styles.summary}>{entry.summary}</span>
      {entry.problem && <span className={styles.problem}>{entry.problem}</span>}
      {canUndo(entry, now) && (
        <Button look="quiet" onPress={() => void undo(entry.opId, entry.summary)}>
          Undo
        </Button>
      )}
      {needsPerson && (
        <Button
          look="quiet"
          onPress={() => navigate({ at: 'outbox', which: 'needs-you', opId: entry.state === 'conflict' ? entry.opId : null })}
        >
          {entry.state === 'conflict' ? 'Compare…' : 'Open outbox'}
        </Button>
      )}
    </li>
  );
}
