import { useState } from 'react';
import { clinicalDateTime } from '../../../shared/dates.ts';
import type { ItemDetail } from '../../../shared/domain/item-detail.ts';
import type { ConflictView, OutboxEntry } from '../../../shared/domain/outbox.ts';
import type { AppError } from '../../../shared/errors.ts';
import type { ItemKey, OpId } from '../../../shared/ids.ts';
import { call, newOpId } from '../../data/api.ts';
import { useQueryOf } from '../../data/queries.ts';
import { Button } from '../../ui/forms/button.tsx';
import { Skeleton } from '../../ui/list/skeleton.tsx';
import { Sheet } from '../../ui/overlays/sheet.tsx';
import { showToast } from '../../ui/overlays/toast.tsx';
import { PlainText } from '../../ui/text/plain-text.tsx';
import { errorMessage } from '../../words/error-message.ts';
import { patientName } from '../../words/patient-words.ts';
import { practiceZone } from '../../words/practice-zone.ts';
import styles from './conflict-sheet.module.css';

interface ConflictSheetProps {
  readonly opId: OpId;
  readonly onClose: () => void;
}

/** A change that met another: both sides, what differs, and a person decides. Nothing typed is lost (PRODUCT 64). */
export function ConflictSheet({ opId, onClose }: ConflictSheetProps) {
  const { data: view, error } = useQueryOf('outbox.conflict', { opId });
  if (!view) {
    return (
      <Sheet isOpen onClose={onClose} title="Both versions" actions={<Button onPress={onClose}>Close</Button>}>
        {error ? <p role="alert">{errorMessage(error)}</p> : <Skeleton lines={5} />}
      </Sheet>
    );
  }
  const { itemKey } = view.entry;
  if (itemKey === null) return <Compared opId={opId} view={view} onClose={onClose} />;
  return <ComparedItem opId={opId} view={view} itemKey={itemKey} onClose={onClose} />;
}

function ComparedItem({ itemKey, ...rest }: ComparedProps & { readonly itemKey: ItemKey }) {
  const { data, error } = useQueryOf('items.detail', { itemKey });
  return <Compared {...rest} detail={data} detailError={error} />;
}

interface ComparedProps extends ConflictSheetProps {
  readonly view: ConflictView;
  /** The item as it now is; none for an act on a patient or the practice. */
  readonly detail?: ItemDetail | undefined;
  readonly detailError?: AppError | null;
}

function Compared({ opId, view, detail, detailError = null, onClose }: ComparedProps) {
  const { entry } = view;
  const resolving = useResolving(opId, detail, onClose);
  const isSettled = entry.state !== 'conflict' && entry.state !== 'rejected';
  return (
    <Sheet
      isOpen
      onClose={onClose}
      size="large"
      title={entry.state === 'rejected' ? 'The portal did not accept this' : 'This changed before yours was sent'}
      patientLine={[patientName(entry), ...(entry.nhi === null ? [] : [`NHI ${entry.nhi}`])].join(' · ')}
      actions={
        <>
          <Button onPress={onClose}>Decide later</Button>
          {!isSettled && (
            <>
              <Button isBusy={resolving.isBusy} onPress={() => resolving.choose('keep-theirs')}>
                Keep theirs
              </Button>
              <Button
                look="primary"
                isBusy={resolving.isBusy}
                disabledBecause={notSeenBecause(entry, detail, detailError)}
                onPress={() => resolving.choose('do-mine-again')}
              >
                Do mine again
              </Button>
            </>
          )}
        </>
      }
    >
      {isSettled && <p role="status">This is settled: there is nothing left to decide.</p>}
      {entry.problem !== null && <p className={styles.problem}>{entry.problem}</p>}
      <Sides view={view} />
      <Differences differences={view.differences} />
      <p className={styles.hint}>
        “Keep theirs” gives up your change; what you wrote stays as a draft on the item. “Do mine again” checks your decision against the
        version shown here and sends it as a new one.
      </p>
      {resolving.problem && (
        <p role="alert" className={styles.problem}>
          {resolving.problem}
        </p>
      )}
    </Sheet>
  );
}

/** Why the person does not see what they would decide on again; what is on no item needs no second look. */
function notSeenBecause({ itemKey }: OutboxEntry, detail: ItemDetail | undefined, error: AppError | null): string | undefined {
  if (itemKey === null || detail) return undefined;
  return error ? errorMessage(error) : 'The present version is being read.';
}

function useResolving(opId: OpId, detail: ItemDetail | undefined, onClose: () => void) {
  // One intent for as long as the sheet stands: a second press is the same decision.
  const [again] = useState(() => newOpId());
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const choose = async (choice: 'keep-theirs' | 'do-mine-again') => {
    setBusy(true);
    const reply = await call('outbox.resolve-conflict', { opId, choice, newOpId: again, seen: detail?.seen ?? {} });
    setBusy(false);
    if (!reply.ok) return setProblem(errorMessage(reply.error));
    const text = choice === 'keep-theirs' ? 'Theirs is kept. Your words are a draft on the item.' : 'Done again. It waits in the outbox.';
    showToast({ id: `resolved-${opId}`, text, tone: 'neutral', until: Date.now() + 8000 });
    return onClose();
  };
  return { isBusy, problem, choose: (choice: 'keep-theirs' | 'do-mine-again') => void choose(choice) };
}

function Sides({ view: { yours, theirs } }: { readonly view: ConflictView }) {
  return (
    <div className={styles.sides}>
      <section className={styles.side} aria-label="Yours">
        <h3 className={styles.title}>Yours · not sent · {clinicalDateTime(yours.at, practiceZone)}</h3>
        <p className={styles.summary}>{yours.summary}</p>
        {yours.text !== null && <PlainText text={yours.text} />}
      </section>
      <section className={styles.side} aria-label="On the portal now">
        <h3 className={styles.title}>
          On the portal now{theirs.by !== null && ` · ${theirs.by}`}
          {theirs.at !== null && ` · ${clinicalDateTime(theirs.at, practiceZone)}`}
        </h3>
        <p className={styles.summary}>{theirs.summary}</p>
      </section>
    </div>
  );
}

function Differences({ differences }: Pick<ConflictView, 'differences'>) {
  if (differences.length === 0) return null;
  return (
    <table className={styles.table}>
      <caption>What differs</caption>
      <thead>
        <tr>
          <th scope="col">What</th>
          <th scope="col">When you decided</th>
          <th scope="col">Now</th>
        </tr>
      </thead>
      <tbody>
        {differences.map(({ what, seen, now }, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a fixed list, in which two rows can be alike
          <tr key={place}>
            <th scope="row">{what}</th>
            <td>{seen === '' ? 'Was not there' : seen}</td>
            <td>{now === '' ? 'Is gone' : now}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
