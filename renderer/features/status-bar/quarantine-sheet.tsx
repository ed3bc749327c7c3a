import { clinicalDateTime } from '../../../shared/dates.ts';
import { useQueryOf } from '../../data/queries.ts';
import { Button } from '../../ui/forms/button.tsx';
import { Sheet } from '../../ui/overlays/sheet.tsx';
import { practiceZone } from '../../words/practice-zone.ts';
import styles from './status-bar.module.css';

/** What the portal holds and this app could not read: kept whole and counted, never dropped. */
export function QuarantineSheet({ isOpen, onClose }: { readonly isOpen: boolean; readonly onClose: () => void }) {
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
