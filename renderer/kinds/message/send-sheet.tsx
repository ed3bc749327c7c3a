import type { DetailOf } from '../../acts/item-body.ts';
import { keysOf } from '../../commands.ts';
import { Button } from '../../ui/forms/button.tsx';
import { Sheet } from '../../ui/overlays/sheet.tsx';
import { PlainText } from '../../ui/text/plain-text.tsx';
import { cautionsOf, patientLine, plainName } from '../../words/patient-words.ts';
import styles from './send-sheet.module.css';
import type { SendWay } from './use-reply.ts';

interface SendSheetProps {
  readonly detail: DetailOf<'message'>;
  readonly text: string;
  readonly asking: SendWay | null;
  readonly isBusy: boolean;
  readonly onClose: () => void;
  readonly onSend: () => void;
}

/** Asked where a wrong reader would do harm: a proxy, a guarded record, a sensitive matter (PRODUCT 57). */
export function SendSheet({ detail, text, asking, isBusy, onClose, onSend }: SendSheetProps) {
  const name = plainName(detail.patient ?? detail.item);
  return (
    <Sheet
      isOpen={asking !== null}
      onClose={onClose}
      title={asking === 'send-and-finish' ? `Send to ${name} and mark done` : `Send to ${name}`}
      patientLine={patientLine(detail)}
      onConfirm={isBusy ? undefined : onSend}
      actions={
        <>
          <Button onPress={onClose}>Go on writing</Button>
          <Button look="primary" keys={keysOf('message.send')} isBusy={isBusy} onPress={onSend}>
            {`Send to ${name}`}
          </Button>
        </>
      }
    >
      <ul className={styles.cautions}>
        {cautionsOf(detail).map((caution) => (
          <li key={caution}>▲ {caution}</li>
        ))}
      </ul>
      <h3 className={styles.title}>Who will read this</h3>
      <ul className={styles.readers}>
        {detail.thread.readers.map((reader) => (
          <li key={reader}>{reader}</li>
        ))}
      </ul>
      <h3 className={styles.title}>What they will read</h3>
      <div className={styles.text}>
        <PlainText text={text} />
      </div>
    </Sheet>
  );
}
