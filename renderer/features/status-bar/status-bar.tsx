import { CircleAlert, CloudOff, RefreshCw } from 'lucide-react';
import { useState } from 'react';
import type { Staff } from '../../../shared/domain/staff.ts';
import type { SyncStatus } from '../../../shared/domain/sync-status.ts';
import { navigate } from '../../data/locations.ts';
import { runCommand } from '../../keys/use-commands.ts';
import { cx } from '../../ui/cx.ts';
import { Button } from '../../ui/forms/button.tsx';
import { useNow } from '../../ui/use-now.ts';
import { CoachMarks } from './coach-marks.tsx';
import { QuarantineSheet } from './quarantine-sheet.tsx';
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
      {sync && <OutboxCounts waiting={sync.waiting} needsYou={sync.needsYou} />}
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

function OutboxCounts({ waiting, needsYou }: { readonly waiting: number; readonly needsYou: number }) {
  return (
    <>
      {waiting > 0 && (
        <Button
          look="quiet"
          onPress={() => navigate({ at: 'outbox', which: 'waiting', opId: null })}
        >{`${waiting} waiting to send`}</Button>
      )}
      {needsYou > 0 && (
        <span className={styles.alarm}>
          <Button
            look="quiet"
            icon={<CircleAlert size={13} aria-hidden="true" />}
            onPress={() => navigate({ at: 'outbox', which: 'needs-you', opId: null })}
          >{`${needsYou} ${needsYou === 1 ? 'change needs' : 'changes need'} you`}</Button>
        </span>
      )}
    </>
  );
}
