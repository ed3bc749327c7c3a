import { pageLimit } from '../../../shared/channels.ts';
import type { OpId } from '../../../shared/ids.ts';
import { navigate, type OutboxList, outboxLists } from '../../data/locations.ts';
import { useQueryOf } from '../../data/queries.ts';
import { Button } from '../../ui/forms/button.tsx';
import { Skeleton } from '../../ui/list/skeleton.tsx';
import { useNow } from '../../ui/use-now.ts';
import { errorMessage } from '../../words/error-message.ts';
import { OutboxLine } from './outbox-line.tsx';
import styles from './outbox-page.module.css';
import { emptyWords, listTitles } from './outbox-words.ts';

interface OutboxPageProps {
  readonly which: OutboxList;
  /** Opens both versions of a change in conflict. */
  readonly onConflict: (opId: OpId) => void;
}

/** What was done here and where it stands: waiting, needing a person, sent. */
export function OutboxPage({ which, onConflict }: OutboxPageProps) {
  const { data, error } = useQueryOf('outbox.list', { which, limit: pageLimit });
  const { data: counts } = useQueryOf('inbox.counts', {});
  const now = useNow(1000);
  const countBy: Record<OutboxList, number | undefined> = { waiting: counts?.outbox, 'needs-you': counts?.needsAttention, sent: undefined };
  return (
    <>
      <header className={styles.header}>
        <h1 className={styles.title}>Outbox</h1>
        <div className={styles.lists}>
          {outboxLists.map((option) => (
            <Button
              key={option}
              look={option === which ? 'primary' : 'plain'}
              onPress={() => navigate({ at: 'outbox', which: option, opId: null }, 'replace')}
            >
              {countBy[option] ? `${listTitles[option]} ${countBy[option]}` : listTitles[option]}
            </Button>
          ))}
        </div>
      </header>
      <div className={styles.body}>
        {error && <p role="alert">{errorMessage(error)}</p>}
        {!data && !error && <Skeleton lines={4} />}
        {data && data.entries.length === 0 && <p className={styles.empty}>{emptyWords[which]}</p>}
        {data && data.entries.length > 0 && (
          <ul aria-label={listTitles[which]}>
            {data.entries.map((entry) => (
              <OutboxLine key={entry.opId} entry={entry} now={now} onConflict={onConflict} />
            ))}
          </ul>
        )}
        {data && data.total > data.entries.length && (
          <p className={styles.empty}>{`The newest ${data.entries.length} of ${data.total.toLocaleString('en-NZ')}.`}</p>
        )}
      </div>
    </>
  );
}
