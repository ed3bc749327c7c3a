import { Users } from 'lucide-react';
import type { Patient } from '../../../shared/domain/patient.ts';
import { useQueryOf } from '../../data/queries.ts';
import { isSameName } from './patient-facts.ts';
import styles from './same-name.module.css';

const enoughRows = 50;

/** Says so when another patient of this name has work here. */
export function SameName({ patient }: { readonly patient: Patient }) {
  const text = `${patient.familyName} ${patient.givenNames.split(' ')[0] ?? ''}`.trim();
  const { data } = useQueryOf('inbox.search', { text: text.slice(0, 200), limit: enoughRows }, { enabled: text !== '' });
  const others = (data?.rows ?? []).filter((row) => row.patientId !== null && row.patientId !== patient.id && isSameName(row, patient));
  const nhis = [...new Set(others.map((row) => row.nhi ?? 'not known'))];
  if (nhis.length === 0) return null;
  return (
    <p className={styles.warning}>
      <Users size={13} aria-hidden="true" /> Same name as NHI {nhis.join(', ')}. Check which one.
    </p>
  );
}
