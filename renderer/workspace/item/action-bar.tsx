import { Flag, Hand, Lock, MailOpen, UserPlus } from 'lucide-react';
import { useState } from 'react';
import type { ItemDetail } from '../../../shared/domain/item-detail.ts';
import type { Staff } from '../../../shared/domain/staff.ts';
import { type Outcome, outcomes } from '../../../shared/domain/thread.ts';
import type { ItemKind } from '../../../shared/domain/work-item.ts';
import { refusalOf } from '../../acts/item-refusal.ts';
import { commandButton } from '../../keys/use-commands.ts';
import { Button, IconButton } from '../../ui/forms/button.tsx';
import { Menu } from '../../ui/overlays/menu.tsx';
import { outcomeWords } from '../../words/outcome-words.ts';
import styles from './action-bar.module.css';
import { AssignSheet } from './assign-sheet.tsx';
import { claimKind, useItemCommands } from './use-item-commands.ts';

export interface ActionBarProps {
  readonly detail: ItemDetail;
  readonly user: Staff;
  readonly position: { readonly index: number; readonly total: number } | null;
  readonly unseenChange: string | undefined;
  readonly onFinished: () => void;
  /** Records at once that the item was looked at. */
  readonly recordLook: () => void;
}

/** The acts that every kind of item knows. Each button runs its command, so key, palette and button are one. */
export function ActionBar(props: ActionBarProps) {
  const { detail, user, position, unseenChange } = props;
  const { item } = detail;
  const [isAssigning, setAssigning] = useState(false);
  const finishAs = useItemCommands({ ...props, onAssign: () => setAssigning(true) });
  const triage = refusalOf(detail, user, 'assign');
  const isUrgent = item.priority !== 'routine';
  return (
    <div className={styles.bar} data-pane="actions" role="toolbar" aria-label="Acts on this item">
      <FinishButtons kind={item.kind} refusal={unseenChange ?? refusalOf(detail, user, 'finish')} onFinishAs={finishAs} />
      <Button
        icon={<Hand size={14} aria-hidden="true" />}
        disabledBecause={refusalOf(detail, user, claimKind(detail, user))}
        {...commandButton('item.claim')}
      >
        {item.ownerId === user.id ? 'Release claim' : 'Claim'}
      </Button>
      <Button icon={<UserPlus size={14} aria-hidden="true" />} disabledBecause={triage} {...commandButton('item.assign')}>
        Assign…
      </Button>
      <IconButton
        label={isUrgent ? 'No longer urgent' : 'Mark urgent'}
        icon={<Flag size={16} aria-hidden="true" />}
        isPressed={isUrgent}
        disabledBecause={triage}
        {...commandButton('item.urgent')}
      />
      <Button look="quiet" icon={<Lock size={14} aria-hidden="true" />} {...commandButton('note.add')}>
        Note
      </Button>
      <IconButton label="Mark unread" icon={<MailOpen size={16} aria-hidden="true" />} {...commandButton('item.unread')} />
      {position && (
        <span className={styles.position}>
          {(position.index + 1).toLocaleString('en-NZ')} of {position.total.toLocaleString('en-NZ')}
        </span>
      )}
      <AssignSheet detail={detail} user={user} isOpen={isAssigning} onClose={() => setAssigning(false)} onAssigned={props.onFinished} />
    </div>
  );
}

interface FinishButtonsProps {
  readonly kind: ItemKind;
  readonly refusal: string | undefined;
  readonly onFinishAs: (outcome: Outcome) => void;
}

/** A conversation can end with what came of it. */
function FinishButtons({ kind, refusal, onFinishAs }: FinishButtonsProps) {
  return (
    <>
      <Button disabledBecause={refusal} {...commandButton('item.finish')}>
        Done
      </Button>
      {kind === 'message' && refusal === undefined && (
        <Menu
          label="Done, with its outcome"
          entries={outcomes.map((outcome) => ({ id: outcome, title: outcomeWords[outcome] }))}
          onChoose={(id) => {
            const outcome = outcomes.find((one) => one === id);
            if (outcome) onFinishAs(outcome);
          }}
        >
          <Button onPress={() => {}}>Done as…</Button>
        </Menu>
      )}
    </>
  );
}
