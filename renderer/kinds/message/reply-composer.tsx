import { useEffect, useRef, useState } from 'react';
import type { ItemDetail } from '../../../shared/domain/item-detail.ts';
import type { BodyProps } from '../../acts/item-body.ts';
import { refusalOf } from '../../acts/item-refusal.ts';
import { keysOf } from '../../commands.ts';
import { type Draft, useDraft } from '../../data/use-draft.ts';
import { unlessRefused, useCommands } from '../../keys/use-commands.ts';
import { Button } from '../../ui/forms/button.tsx';
import { plainName } from '../../words/patient-words.ts';
import { OpenComposer } from './open-composer.tsx';

/** The answer to the patient. Folded to one button until it is wanted or a draft stands. */
export function ReplyComposer({ detail, user, unseenChange, onFinished }: Omit<BodyProps<'message'>, 'intro'>) {
  const [isOpen, setOpen] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  const draft = useDraft(detail.item.key, 'reply');
  const refusal = refusalOf(detail, user, 'reply');
  useReturnedWords(detail, draft);

  const open = () => {
    setOpen(true);
    box.current?.querySelector('textarea')?.focus();
  };
  useCommands({ 'message.reply': unlessRefused(refusal, open) });
  const isShown = draft.text !== '' || (isOpen && refusal === undefined);
  return (
    <div ref={box}>
      {isShown ? (
        <OpenComposer
          detail={detail}
          draft={draft}
          blocked={refusal ?? unseenChange}
          isFresh={isOpen}
          onSent={() => {
            setOpen(false);
            onFinished();
          }}
        />
      ) : (
        <Button look={refusal === undefined ? 'primary' : 'plain'} keys={keysOf('message.reply')} disabledBecause={refusal} onPress={open}>
          {detail.patient === null ? 'Reply' : `Reply to ${plainName(detail.patient)}`}
        </Button>
      )}
    </div>
  );
}

/** After an undo the core gives the words back as a draft; they are read again when a reply of ours goes from the thread. */
function useReturnedWords({ pending }: Pick<ItemDetail, 'pending'>, draft: Draft): void {
  const count = pending.length;
  const before = useRef(count);
  const { reload } = draft;
  useEffect(() => {
    if (count < before.current) reload();
    before.current = count;
  }, [count, reload]);
}
