import { Flag, Hand, Lock, MailOpen, UserPlus } from 'lucide-react';
import { useState } from 'react';
import type { ItemDetail } from '../../../shared/domain/item-detail.ts';
import type { Staff } from '../../../shared/domain/staff.ts';
import { Outcome } from '../../../shared/domain/thread.ts';
import { keysOf } from '../../commands.ts';
import { refusalOf } from '../../item-refusal.ts';
import { outcomeWords } from '../../outcome-words.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { Menu } from '../../ui/menu.tsx';
import { runCommand } from '../../use-commands.ts';
import styles from './action-bar.module.css';
import { AssignSheet } from './assign-sheet.tsx';
import { claimRefusal, finishRefusal, useItemCommands } from './use-item-commands.ts';

export interface ActionBarProps {
  readonly detail: ItemDetail;
  readonly user: Staff;
  readonly position: { readonly index: number; readonly total: number } | null;
  readonly unseenChange: string | undefined;
  readonly onFinished: () => void;
}

/** The acts that every kind of item knows. Each button runs its command, so key, palette and button are one. */
export function ActionBar(props: ActionBarProps) {
  const { detail, user, position, unseenChange } = props;
  const { item } = detail;
  const [isAssigning, setAssigning] = useState(false);
  const finishAs = useItemCommands({ ...props, onAssign: () => setAssigning(true) });
  const triage = refusalOf(detail, user, 'triage');
  const finish = unseenChange ?? finishRefusal(detail, user);
  const isMine = item.ownerId === user.id;
  return (
    <div className={styles.bar} data-pane="actions" role="toolbar" aria-label="Acts on this item">
      <Button keys={keysOf('item.finish')} disabledBecause={finish} onPress={() => runCommand('item.finish')}>
        Done
      </Button>
      {item.kind === 'message' && finish === undefined && (
        <Menu
          label="Done, with its outcome"
          entries={Outcome.options.map((outcome) => ({ id: outcome, title: outcomeWords[outcome] }))}
          onChoose={(id) => finishAs(Outcome.parse(id))}
        >
          <Button onPress={() => {}}>Done as…</Button>
        </Menu>
      )}
      <Button
        icon={<Hand size={14} aria-hidden="true" />}
        keys={keysOf('item.claim')}
        disabledBecause={claimRefusal(detail, user)}
        onPress={() => runCommand('item.claim')}
      >
        {isMine ? 'Release claim' : 'Claim'}
      </Button>
      <Button
        icon={<UserPlus size={14} aria-hidden="true" />}
        keys={keysOf('item.assign')}
        disabledBecause={triage}
        onPress={() => runCommand('item.assign')}
      >
        Assign…
      </Button>
      <IconButton
        label={item.priority === 'routine' ? 'Mark urgent' : 'No longer urgent'}
        icon={<Flag size={16} aria-hidden="true" />}
        keys={keysOf('item.urgent')}
        isPressed={item.priority !== 'routine'}
        disabledBecause={triage}
        onPress={() => runCommand('item.urgent')}
      />
      <Button look="quiet" icon={<Lock size={14} aria-hidden="true" />} keys={keysOf('note.add')} onPress={() => runCommand('note.add')}>
        Note
      </Button>
      <IconButton
        label="Mark unread"
        icon={<MailOpen size={16} aria-hidden="true" />}
        keys={keysOf('item.unread')}
        onPress={() => runCommand('item.unread')}
      />
      {position && (
        <span className={styles.position}>
          {(position.index + 1).toLocaleString('en-NZ')} of {position.total.toLocaleString('en-NZ')}
        </span>
      )}
      <AssignSheet detail={detail} user={user} isOpen={isAssigning} onClose={() => setAssigning(false)} onAssigned={props.onFinished} />
    </div>
  );
}
