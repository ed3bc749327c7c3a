import styles from './draft-state.module.css';

interface DraftStateProps {
  readonly state: 'loading' | 'empty' | 'typing' | 'saved' | 'failed';
  /** Time of the last save as it is shown, e.g. `11:42 am`. */
  readonly savedAt: string | null;
}

/** Whether what was typed is safe. */
export function DraftState({ state, savedAt }: DraftStateProps) {
  if (state === 'failed') return <span className={styles.failed}>Draft not saved. Keep this open.</span>;
  if (state === 'saved' && savedAt !== null) return <span className={styles.state}>Draft saved {savedAt}</span>;
  return <span className={styles.state}>{state === 'typing' ? 'Draft…' : ''}</span>;
}
