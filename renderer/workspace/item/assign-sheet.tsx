import type { ItemDetail } from '../../../shared/domain/item-detail.ts';
import type { Staff } from '../../../shared/domain/staff.ts';
import { performAct } from '../../acts/perform.ts';
import { useItemAct } from '../../acts/use-item-act.ts';
import { useQueryOf } from '../../data/queries.ts';
import { Picker } from '../../ui/forms/picker.tsx';
import { Sheet } from '../../ui/overlays/sheet.tsx';
import { patientLine, patientTag } from '../../words/patient-words.ts';
import { type AssignChoice, choicesOf, matchingChoices } from './assign-choices.ts';
import styles from './assign-sheet.module.css';

interface AssignSheetProps {
  readonly detail: ItemDetail;
  readonly user: Staff;
  readonly isOpen: boolean;
  readonly onClose: () => void;
  /** It went to somebody else. */
  readonly onAssigned: () => void;
}

/** To whom: a few letters and Enter. Shows how much each already has (PRODUCT 3). */
export function AssignSheet({ detail, user, isOpen, onClose, onAssigned }: AssignSheetProps) {
  const { data } = useQueryOf('staff.list', {}, { enabled: isOpen });
  const acting = useItemAct(detail);
  const choices = data ? choicesOf(data, user, detail.item.ownerId) : [];

  function assign({ assignee, title }: AssignChoice) {
    onClose();
    const isMe = assignee.to === 'staff' && assignee.staffId === user.id;
    void acting.run(
      JSON.stringify(assignee),
      (act) => performAct({ kind: 'assign', ...act, input: { assignee } }, `Assigned to ${isMe ? 'you' : title} · ${patientTag(detail)}`),
      () => {
        if (!isMe) onAssigned();
      },
    );
  }
  return (
    <Sheet isOpen={isOpen} onClose={onClose} title="Assign to" patientLine={patientLine(detail)} place="top" size="small">
      {isOpen && (
        <Picker
          label="Person or team"
          listLabel="People and teams"
          placeholder="Name, role or team"
          find={(typed) => matchingChoices(choices, typed)}
          onChoose={assign}
          none={(typed) => data && `Nobody matches ‘${typed}’.`}
        >
          {({ title, detail: role, openItems }) => (
            <>
              <span className={styles.title}>{title}</span>
              <span className={styles.detail}>{role}</span>
              <span className={styles.count}>{openItems} open</span>
            </>
          )}
        </Picker>
      )}
    </Sheet>
  );
}
