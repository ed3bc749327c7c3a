import { useShellQuery } from '../../data/queries.ts';
import { Button } from '../../ui/forms/button.tsx';
import { Sheet } from '../../ui/overlays/sheet.tsx';
import styles from './sheets.module.css';

/** Versions, and which runtime this is. */
export function AboutSheet({ isOpen, onClose }: { readonly isOpen: boolean; readonly onClose: () => void }) {
  const { data } = useShellQuery('app.about', {});
  const rows = data
    ? [
        ['Portal Desk', data.version],
        ['Runtime', data.runtime === 'electron' ? `Electron ${data.electron}` : `Stand-in for Electron, ${data.electron}`],
        ['Chromium', data.chromium],
        ['Node', data.node],
        ['Package', data.packaged ? 'installed' : 'from a checkout'],
      ]
    : [];
  return (
    <Sheet isOpen={isOpen} onClose={onClose} title="About and notices" size="small" actions={<Button onPress={onClose}>Close</Button>}>
      <dl className={styles.facts}>
        {rows.map(([what, value]) => (
          <div key={what} className={styles.fact}>
            <dt>{what}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <p className={styles.hint}>Licensed under Apache-2.0. Inter is licensed under the SIL Open Font License.</p>
    </Sheet>
  );
}
