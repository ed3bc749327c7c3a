import { Eye, EyeOff } from 'lucide-react';
import type { SensitiveLabel } from '../../../shared/domain/test-result.ts';
import type { DetailOf } from '../../acts/item-body.ts';
import { Pill } from '../../ui/text/pill.tsx';
import styles from './release-state.module.css';

/** HL7 v3 ActCode sensitivity labels in words. */
const labelWords: Record<SensitiveLabel, string> = {
  SEX: 'sexual health',
  HIV: 'HIV',
  PSY: 'mental health',
  ETH: 'alcohol and drugs',
  SDV: 'violence',
  STD: 'sexually transmitted infection',
  GDIS: 'genetic',
  ADOL: 'adolescent',
  R: 'restricted',
  V: 'very restricted',
};

/** Whether the patient can see it now. A release that waits has released nothing (SAFETY I6). */
export function ReleaseState({ detail }: { readonly detail: DetailOf<'result'> }) {
  const { result, pending } = detail;
  const isWaiting = pending.some(({ kind, state }) => kind === 'release-result' && state !== 'done' && state !== 'undone');
  return (
    <p className={styles.line}>
      {result.held ? (
        <Pill tone={isWaiting ? 'info' : 'neutral'} icon={<EyeOff size={12} aria-hidden="true" />}>
          {isWaiting ? 'Release waits: the patient can’t see it yet' : 'Held: the patient can’t see it'}
        </Pill>
      ) : (
        <Pill tone="ok" icon={<Eye size={12} aria-hidden="true" />}>
          Released: the patient can see it
        </Pill>
      )}
      {result.status !== 'final' && <Pill tone="warn">Report is {result.status}</Pill>}
      {result.labels.length > 0 && <Pill tone="warn">Sensitive: {result.labels.map((label) => labelWords[label]).join(', ')}</Pill>}
    </p>
  );
}
