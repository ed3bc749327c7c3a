import { clinicalDateTime } from '../../../shared/dates.ts';
import type { OutboxEntry } from '../../../shared/domain/outbox.ts';
import type { OpId } from '../../../shared/ids.ts';
import { undo } from '../../acts/perform.ts';
import { call } from '../../data/api.ts';
import { navigate } from '../../data/locations.ts';
import { tellOutcome } from '../../data/tell.ts';
import { Button } from '../../ui/forms/button.tsx';
import { Pill } from '../../ui/text/pill.tsx';
import { patientName } from '../../words/patient-words.ts';
import { asksToConfirm, canUndo, pendingWords } from '../../words/pending-words.ts';
import { practiceZone } from '../../words/practice-zone.ts';
import styles from './outbox-page.module.css';

interface OutboxLineProps {
  readonly entry: OutboxEntry;
  /** Epoch ms. */
  readonly now: number;
  readonly onConflict: (opId: OpId) => void;
}

/** One change: patient, what, when, state, and what can be done about it. */
export function OutboxLine({ entry, now, onConflict }: OutboxLineProps) {
  const state = pendingWords(entry, now);
  return (
    <li className={styles.line}>
      <div className={styles.what}>
        <p>
          <span className={styles.name}>{patientName(entry)}</span>
          {entry.nhi && <span className={styles.nhi}>NHI {entry.nhi}</span>}
        </p>
        <p className={styles.summary}>{entry.summary}</p>
        {entry.problem && <p className={styles.reason}>{entry.problem}</p>}
      </div>
      <div className={styles.state}>
        <Pill tone={state.tone}>{state.words}</Pill>
        <time dateTime={entry.createdAt}>{clinicalDateTime(entry.createdAt, practiceZone)}</time>
      </div>
      <div className={styles.acts}>
        <LineActs entry={entry} now={now} onConflict={onConflict} />
        {entry.itemKey !== null && (
          <Button look="quiet" onPress={() => navigate({ at: 'inbox', view: 'all', itemKey: entry.itemKey })}>
            Open item
          </Button>
        )}
      </div>
    </li>
  );
}

function LineActs({ entry, now, onConflict }: OutboxLineProps) {
  const { opId, state, summary } = entry;
  if (asksToConfirm(entry)) {
    return (
      <>
        <Button onPress={() => void tellOutcome(call('outbox.confirm-recovered', { opId, send: false }))}>Don’t send</Button>
        <Button look="primary" onPress={() => void tellOutcome(call('outbox.confirm-recovered', { opId, send: true }))}>
          Send
        </Button>
      </>
    );
  }
  if (state === 'conflict')
    return (
      <Button look="primary" onPress={() => onConflict(opId)}>
        Compare…
      </Button>
    );
  if (state === 'rejected') {
    return (
      <>
        <Button onPress={() => void tellOutcome(call('outbox.discard', { opId }))}>Give up, keep the text</Button>
        <Button onPress={() => void tellOutcome(call('outbox.try-again', { opId }))}>Try again</Button>
      </>
    );
  }
  if (canUndo(entry, now)) return <Button onPress={() => void undo(opId, summary)}>Undo</Button>;
  return null;
}
