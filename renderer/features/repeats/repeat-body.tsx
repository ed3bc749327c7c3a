import type { ReactNode } from 'react';
import type { ItemDetail } from '../../../shared/domain/item-detail.ts';
import type { Staff } from '../../../shared/domain/staff.ts';
import { keysOf } from '../../commands.ts';
import { Button } from '../../ui/button.tsx';
import { PlainText } from '../../ui/plain-text.tsx';
import { ReadingLayout } from '../../ui/reading-layout.tsx';
import { runCommand } from '../../use-commands.ts';
import { AcknowledgeSheet } from './acknowledge-sheet.tsx';
import { ApproveSheet } from './approve-sheet.tsx';
import { openMedicines } from './decisions.ts';
import { DeclineSheet } from './decline-sheet.tsx';
import { MedicineRow } from './medicine-row.tsx';
import styles from './repeat-body.module.css';
import { useRepeatDecision } from './use-repeat-decision.ts';

interface RepeatBodyProps {
  readonly detail: Extract<ItemDetail, { kind: 'repeat' }>;
  readonly user: Staff;
  readonly unseenChange: string | undefined;
  readonly onFinished: () => void;
  readonly intro: ReactNode;
}

/** One request, one row per medicine, one answer to the patient (PRODUCT 18–25). */
export function RepeatBody(props: RepeatBodyProps) {
  const { detail, intro } = props;
  const { request } = detail;
  const decision = useRepeatDecision(props);
  const { current, choices, blocked, missing, sheet } = decision;
  const open = openMedicines(request.medicines);
  return (
    <ReadingLayout
      intro={intro}
      foot={
        open.length > 0 && (
          <div className={styles.acts}>
            <p className={styles.progress}>
              {missing.length === 0 ? 'Each medicine has its decision.' : `${missing.length} of ${open.length} still to tick or decline.`}
            </p>
            <Button keys={keysOf('repeat.decline')} disabledBecause={blocked} onPress={() => runCommand('repeat.decline')}>
              Decline…
            </Button>
            <Button look="primary" keys={keysOf('repeat.approve')} disabledBecause={blocked} onPress={() => runCommand('repeat.approve')}>
              {decision.approveTitle}
            </Button>
          </div>
        )
      }
    >
      <dl className={styles.facts}>
        <div>
          <dt>Asked by</dt>
          <dd>{request.requestedBy}</dd>
        </div>
        <div>
          <dt>Pharmacy</dt>
          <dd>{request.pharmacy ?? 'Not named'}</dd>
        </div>
      </dl>
      {request.note !== null && (
        <section className={styles.note} aria-label="Note from the patient">
          <PlainText text={request.note} />
        </section>
      )}
      <ul className={styles.list} aria-label="Medicines asked for">
        {request.medicines.map((medicine) => (
          <MedicineRow
            key={medicine.id}
            medicine={medicine}
            requestedAt={request.requestedAt}
            choice={choices[medicine.id]}
            isCurrent={medicine.id === current?.id}
            blocked={blocked}
            onFocus={() => decision.setCurrent(medicine.id)}
            onTick={() => decision.tick(medicine)}
            onClear={() => decision.clear(medicine)}
          />
        ))}
      </ul>
      <AcknowledgeSheet
        detail={detail}
        medicine={sheet?.is === 'acknowledge' ? sheet.medicine : undefined}
        onClose={decision.closeSheet}
        onConfirm={decision.acknowledge}
      />
      <DeclineSheet
        detail={detail}
        medicine={sheet?.is === 'decline' ? sheet.medicine : undefined}
        onClose={decision.closeSheet}
        onDecline={decision.decline}
      />
      <ApproveSheet
        detail={detail}
        user={props.user}
        choices={choices}
        isOpen={sheet?.is === 'approve'}
        isBusy={decision.isBusy}
        problem={decision.problem}
        onClose={decision.closeSheet}
        onSend={decision.send}
      />
    </ReadingLayout>
  );
}
