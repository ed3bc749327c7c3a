import { type KeyboardEvent, useId, useState } from 'react';
import type { Output } from '../../../shared/contract.ts';
import type { ItemDetail } from '../../../shared/domain/item-detail.ts';
import type { Staff } from '../../../shared/domain/staff.ts';
import { performAct } from '../../acts.ts';
import { patientLine, patientTag } from '../../patient-words.ts';
import { useQueryOf } from '../../queries.ts';
import { Sheet } from '../../ui/sheet.tsx';
import { useItemAct } from '../../use-item-act.ts';
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

  function assign({ assignee, title }: AssignChoice) {
    onClose();
    const isMe = assignee.to === 'staff' && assignee.staffId === user.id;
    void acting.run(
      JSON.stringify(assignee),
      (act) => performAct('items.assign', { ...act, assignee }, `Assigned to ${isMe ? 'you' : title} · ${patientTag(detail)}`),
      () => {
        if (!isMe) onAssigned();
      },
    );
  }
  return (
    <Sheet isOpen={isOpen} onClose={onClose} title="Assign to" patientLine={patientLine(detail)} place="top" size="small">
      {isOpen && <Chooser list={data} user={user} current={detail.item.ownerId} onChoose={assign} />}
    </Sheet>
  );
}

interface ChooserProps {
  readonly list: Output<'staff.list'> | undefined;
  readonly user: Staff;
  readonly current: string | null;
  readonly onChoose: (choice: AssignChoice) => void;
}

function Chooser({ list, user, current, onChoose }: ChooserProps) {
  const listId = useId();
  const [typed, setTyped] = useState('');
  const [at, setAt] = useState(0);
  const found = matchingChoices(list ? choicesOf(list, user, current) : [], typed);
  const place = Math.min(at, found.length - 1);
  const chosen = found[place];

  function onKeyDown(event: KeyboardEvent) {
    if (event.nativeEvent.isComposing) return;
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step !== 0) setAt((place + step + found.length) % Math.max(found.length, 1));
    else if (event.key === 'Enter' && !event.repeat && chosen) onChoose(chosen);
    else return;
    event.preventDefault();
  }
  return (
    <>
      <input
        className={styles.field}
        role="combobox"
        aria-label="Person or team"
        aria-expanded="true"
        aria-controls={listId}
        aria-activedescendant={chosen && `${listId}-${chosen.id}`}
        aria-autocomplete="list"
        placeholder="Name, role or team"
        spellCheck={false}
        // biome-ignore lint/a11y/noAutofocus: the field is what the sheet is opened for
        autoFocus
        value={typed}
        onChange={(event) => {
          setTyped(event.target.value);
          setAt(0);
        }}
        onKeyDown={onKeyDown}
      />
      <div id={listId} role="listbox" aria-label="People and teams" className={styles.list}>
        {found.map((choice) => (
          <Choice
            key={choice.id}
            domId={`${listId}-${choice.id}`}
            choice={choice}
            isChosen={choice === chosen}
            onChoose={() => onChoose(choice)}
          />
        ))}
        {list && found.length === 0 && <p className={styles.none}>Nobody matches ‘{typed}’.</p>}
      </div>
    </>
  );
}

interface ChoiceProps {
  readonly domId: string;
  readonly choice: AssignChoice;
  readonly isChosen: boolean;
  readonly onChoose: () => void;
}

function Choice({ domId, choice, isChosen, onChoose }: ChoiceProps) {
  // The field keeps the focus; the list is only pointed at.
  const option = { role: 'option', 'aria-selected': isChosen, onClick: onChoose };
  return (
    <div
      {...option}
      id={domId}
      className={styles.choice}
      ref={(element) => (isChosen ? element?.scrollIntoView?.({ block: 'nearest' }) : undefined)}
    >
      <span className={styles.title}>{choice.title}</span>
      <span className={styles.detail}>{choice.detail}</span>
      <span className={styles.count}>{choice.openItems} open</span>
    </div>
  );
}
