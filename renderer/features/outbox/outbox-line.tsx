import { clinicalDateTime } from '../../../shared/dates.ts';
import type { OutboxEntry } from '../../../shared/domain/outbox.ts';
import type { AppError } from '../../../shared/errors.ts';
import type { OpId } from '../../../shared/ids.ts';
import type { Result } from '../../../shared/result.ts';
import { undo } from '../../acts.ts';
import { call } from '../../api.ts';
import { errorMessage } from '../../error-message.ts';
import { navigate } from '../../locations.ts';
import { Button } from '../../ui/button.tsx';
import { Pill } from '../../ui/pill.tsx';
import { showToast } from '../../ui/toast.tsx';
import styles from './outbox-page.module.css';
import { isHeld, stateWords } from './outbox-words.ts';

interface OutboxLineProps {
  readonly entry: OutboxEntry;
  /** Epoch ms. */
  readonly now: number;
  readonly onConflict: (opId: OpId) => void;
}

/** One change: patient, what, when, state, and what can be done about it. */
export function OutboxLine({ entry, now, onConflict }: OutboxLineProps) {
  const state = stateWords(entry, now);
  return (
    <li className={styles.line}>
      <div className={styles.what}>
        <p>
          <span className={styles.name}>
            {entry.familyName.toLocaleUpperCase('en-NZ')}, {entry.givenNames}
          </span>
          {entry.nhi && <span className={styles.nhi}>NHI {entry.nhi}</span>}
        </p>
        <p className={styles.summary}>{entry.summary}</p>
        {entry.problem && <p className={styles.reason}>{entry.problem}</p>}
      </div>
      <div className={styles.state}>
        <Pill tone={state.tone}>{state.words}</Pill>
        <time dateTime={entry.createdAt}>{clinicalDateTime(entry.createdAt, 'Pacific/Auckland')}</time>
      </div>
      <div className={styles.acts}>
        <LineActs entry={entry} isHeld={isHeld(entry, now)} onConflict={onConflict} />
        <Button look="quiet" onPress={() => navigate({ at: 'inbox', view: 'all', itemId: entry.itemId })}>
          Open item
        </Button>
      </div>
    </li>
  );
}

function LineActs({
  entry,
  isHeld,
  onConflict,
}: {
  readonly entry: OutboxEntry;
  readonly isHeld: boolean;
  readonly onConflict: (opId: OpId) => void;
}) {
  const { opId, state, summary, recovered } = entry;
  if (recovered && state === 'queued') {
    return (
      <>
        <Button onPress={() => void tell(call('outbox.confirm-recovered', { opId, send: false }))}>Don’t send</Button>
        <Button look="primary" onPress={() => void tell(call('outbox.confirm-recovered', { opId, send: true }))}>
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
        <Button onPress={() => void tell(call('outbox.discard', { opId }))}>Give up, keep the text</Button>
        <Button onPress={() => void tell(call('outbox.try-again', { opId }))}>Try again</Button>
      </>
    );
  }
  if (isHeld || (state === 'queued' && entry.attempts === 0)) return <Button onPress={() => void undo(opId, summary)}>Undo</Button>;
  return null;
}

async function tell(reply: Promise<Result<unknown, AppError>>): Promise<void> {
  const answer = await reply;
  if (!answer.ok) showToast({ id: 'problem', text: errorMessage(answer.error), tone: 'critical', until: Date.now() + 15_000 });
}
