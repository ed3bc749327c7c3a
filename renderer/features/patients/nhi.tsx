import { Button } from 'react-aria-components/Button';
import type { Patient } from '../../../shared/domain/patient.ts';
import { keysOf } from '../../commands.ts';
import { runCommand } from '../../keys/use-commands.ts';
import { Hint } from '../../ui/overlays/tooltip.tsx';
import { Pill } from '../../ui/text/pill.tsx';
import { Label } from './label.tsx';
import styles from './nhi.module.css';

/** Seven characters, no spaces; a press copies. A number that fails its check is shown and marked (NZ-FACTS 3.1). */
export function Nhi({ patient }: { readonly patient: Pick<Patient, 'nhi' | 'nhiCheck'> }) {
  return (
    <Label name="NHI">
      {patient.nhi === null ? (
        'Not known'
      ) : (
        <Hint text="Copy NHI" keys={keysOf('patient.copy-nhi')}>
          <Button className={styles.nhi ?? ''} onPress={() => runCommand('patient.copy-nhi')} aria-label={`NHI ${patient.nhi}, copy`}>
            {patient.nhi}
          </Button>
        </Hint>
      )}{' '}
      {patient.nhiCheck === 'fails-check' && <Pill tone="warn">Check digit fails</Pill>}
    </Label>
  );
}
