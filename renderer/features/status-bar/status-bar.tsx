import { CircleAlert, CloudOff, Lightbulb, RefreshCw, X } from 'lucide-react';
import { useState } from 'react';
import { clinicalDateTime } from '../../../shared/dates.ts';
import type { Staff } from '../../../shared/domain/staff.ts';
import type { SyncStatus } from '../../../shared/domain/sync-status.ts';
import { navigate } from '../../data/locations.ts';
import { usePreferences, useSavePreferences } from '../../data/preferences.ts';
import { useQueryOf } from '../../data/queries.ts';
import { runCommand } from '../../keys/use-commands.ts';
import { cx } from '../../ui/cx.ts';
import { Button, IconButton } from '../../ui/forms/button.tsx';
import { Sheet } from '../../ui/overlays/sheet.tsx';
import { useNow } from '../../ui/use-now.ts';
import { practiceZone } from '../../words/practice-zone.ts';
import { coachMarks } from './coach-mark-list.ts';
import styles from './status-bar.module.css';
import { syncWords } from './sync-words.ts';

interface StatusBarProps {
  readonly sync: SyncStatus | undefined;
  readonly session: { readonly user: Staff; readonly practiceName: string };
  readonly position: { readonly index: number; readonly total: number } | null;
  readonly onSignIn: () => void;
}

/** One line: sync, what waits, first steps, place in the list, who is at work. Its words are the app's one quiet live region. */
export function StatusBar({ sync, session, position, onSignIn }: StatusBarProps) {
  const now = useNow(15_000);
  const [isQuarantineOpen, setQuarantineOpen] = useState(false);
  const state = sync ? syncWords(sync, now) : null;
  return (
    <section className={styles.bar} data-pane="status" aria-label="Status">
      {state && (
        <span className={cx(styles.sync, styles[state.tone])}>
          {state.tone === 'offline' ? <CloudOff size={13} aria-hidden="true" /> : <RefreshCw size={13} aria-hidden="true" />}
          <span role="status">{state.words}</span>
        </span>
      )}
      {state?.action === 'retry' && (
        <Button look="quiet" onPress={() => runCommand('sync.now')}>
          Retry
        </Button>
      )}
      {state?.action === 'sign-in' && (
        <Button look="quiet" onPress={onSignIn}>
          Sign in
        </Button>
      )}
      {sync && <OutboxCounts waiting={sync.waiting} needsAttention={sync.needsAttention} />}
      {sync && sync.quarantined > 0 && (
        <Button look="quiet" onPress={() => setQuarantineOpen(true)}>{`${sync.quarantined} could not be read`}</Button>
      )}
      <CoachMarks />
      {position && (
        <span className={styles.position}>
          {(position.index + 1).toLocaleString('en-NZ')} of {position.total.toLocaleString('en-NZ')}
        </span>
      )}
      <span className={styles.who}>
        {session.user.name} · {session.practiceName}
      </span>
      <QuarantineSheet isOpen={isQuarantineOpen} onClose={() => setQuarantineOpen(false)} />
    </section>
  );
}

function OutboxCounts({ waiting, needsAttention }: { readonly waiting: number; readonly needsAttention: number }) {
  return (
    <>
      {waiting > 0 && (
        <Button
          look="quiet"
          onPress={() => navigate({ at: 'outbox', which: 'waiting', opId: null })}
        >{`${waiting} waiting to send`}</Button>
      )}
      {needsAttention > 0 && (
        <span className={styles.alarm}>
          <Button
            look="quiet"
            icon={<CircleAlert size={13} aria-hidden="true" />}
            onPress={() => navigate({ at: 'outbox', which: 'needs-you', opId: null })}
          >{`${needsAttention} ${needsAttention === 1 ? 'change needs' : 'changes need'} you`}</Button>
        </span>
      )}
    </>
  );
}

/** The next first step, one line; it goes when it has been done, not when it was read. */
function CoachMarks() {
  const { coachMarksDone } = usePreferences();
  const save = useSavePreferences();
  const next = coachMarks.find((mark) => !coachMarksDone.includes(mark.id));
  if (!next) return <span className={styles.space} />;
  return (
    <span className={styles.coach}>
      <Lightbulb size={13} aria-hidden="true" />
      {next.words}
      <IconButton
        label="Skip the first steps"
        icon={<X size={12} />}
        onPress={() => save({ coachMarksDone: coachMarks.map((mark) => mark.id) })}
      />
    </span>
  );
}

/** What the portal holds and this app could not read: kept whole and counted, never dropped. */
function QuarantineSheet({ isOpen, onClose }: { readonly isOpen: boolean; readonly onClose: () => void }) {
  const { data } = useQueryOf('sync.quarantine', {}, { enabled: isOpen });
  return (
    <Sheet isOpen={isOpen} onClose={onClose} title="Could not be read" size="large" actions={<Button onPress={onClose}>Close</Button>}>
      <p className={styles.explain}>
        These are on the portal server, but this version of Portal Desk can’t show them. They are kept as received. Tell support the
        reference.
      </p>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">Reference</th>
            <th scope="col">Why</th>
            <th scope="col">Since</th>
          </tr>
        </thead>
        <tbody>
          {data?.resources.map((resource) => (
            <tr key={resource.ref}>
              <td>{resource.ref}</td>
              <td>{resource.reason}</td>
              <td>{clinicalDateTime(resource.since, practiceZone)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {data && data.total > data.resources.length && <p className={styles.explain}>{`and ${data.total - data.resources.length} more`}</p>}
    </Sheet>
  );
}
