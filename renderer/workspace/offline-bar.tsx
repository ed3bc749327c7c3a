import { WifiOff } from 'lucide-react';
import { clockTime } from '../../shared/dates.ts';
import type { SyncStatus } from '../../shared/domain/sync-status.ts';
import { practiceZone } from '../words/practice-zone.ts';
import styles from './offline-bar.module.css';

/** Amber bar while there is no network: how old the screen is, and what becomes of changes. */
export function OfflineBar({ sync }: { readonly sync: SyncStatus }) {
  if (sync.state !== 'offline') return null;
  return (
    <div className={styles.bar} role="status">
      <WifiOff size={14} aria-hidden="true" />
      <span>
        You are offline.{sync.lastUpdateAt && ` Showing items to ${clockTime(sync.lastUpdateAt, practiceZone)}.`} Changes wait here and send
        when you are back.{sync.waiting > 0 && ` ${sync.waiting} waiting.`}
      </span>
    </div>
  );
}
