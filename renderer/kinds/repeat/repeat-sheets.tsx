import type { Staff } from '../../../shared/domain/staff.ts';
import type { DetailOf } from '../../acts/item-body.ts';
import { AcknowledgeSheet } from './acknowledge-sheet.tsx';
import { ApproveSheet } from './approve-sheet.tsx';
import { tickOf } from './decisions.ts';
import { DeclineSheet } from './decline-sheet.tsx';
import type { RepeatDecision } from './use-repeat-decision.ts';

interface RepeatSheetsProps {
  readonly detail: DetailOf<'repeat'>;
  readonly user: Staff;
  readonly decision: RepeatDecision;
}

/** The sheets of a request: two that decide one medicine, and the last look before the answer goes. */
export function RepeatSheets({ detail, user, decision }: RepeatSheetsProps) {
  const { sheet, choices, closeSheet, decide, answer } = decision;
  return (
    <>
      <AcknowledgeSheet
        detail={detail}
        medicine={sheet?.is === 'acknowledge' ? sheet.medicine : undefined}
        onClose={closeSheet}
        onConfirm={(medicine) => decide(medicine, tickOf(medicine))}
      />
      <DeclineSheet
        detail={detail}
        medicine={sheet?.is === 'decline' ? sheet.medicine : undefined}
        onClose={closeSheet}
        onDecline={decide}
      />
      <ApproveSheet
        detail={detail}
        user={user}
        choices={choices}
        isOpen={sheet?.is === 'approve'}
        isBusy={answer.isBusy}
        problem={answer.problem}
        onClose={closeSheet}
        onSend={(message) => answer.send(choices, message)}
      />
    </>
  );
}
