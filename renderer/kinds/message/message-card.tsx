import { Paperclip } from 'lucide-react';
import { clinicalDateTime } from '../../../shared/dates.ts';
import type { OutboxEntry } from '../../../shared/domain/outbox.ts';
import type { Message } from '../../../shared/domain/thread.ts';
import { undo } from '../../acts/perform.ts';
import { cx } from '../../ui/cx.ts';
import { Button } from '../../ui/forms/button.tsx';
import { Pill } from '../../ui/text/pill.tsx';
import { PlainText } from '../../ui/text/plain-text.tsx';
import { useNow } from '../../ui/use-now.ts';
import { canUndo, pendingWords } from '../../words/pending-words.ts';
import { practiceZone } from '../../words/practice-zone.ts';
import styles from './message-card.module.css';

interface MessageCardProps {
  readonly message: Message;
  readonly marked: readonly string[];
  /** The act behind a message of ours that the portal has not confirmed. */
  readonly pending: OutboxEntry | undefined;
}

const fromWords: Record<Message['from']['kind'], string> = {
  patient: 'patient',
  proxy: 'proxy',
  staff: 'practice',
  unknown: 'sender not known',
};

export function MessageCard({ message, marked, pending }: MessageCardProps) {
  const { from } = message;
  const who = from.kind === 'patient' ? from.name : `${from.name} (${fromWords[from.kind]})`;
  return (
    <article className={cx(styles.card, styles[from.kind])} tabIndex={-1} aria-label={`Message from ${who}`}>
      <header className={styles.header}>
        <strong dir="auto">{who}</strong>
        <time dateTime={message.sentAt}>{clinicalDateTime(message.sentAt, practiceZone)}</time>
      </header>
      <PlainText text={message.text} marked={marked} />
      {message.attachments.length > 0 && (
        <ul className={styles.files} aria-label="Attachments, not opened here">
          {message.attachments.map((file) => (
            <li key={`${file.title} ${file.sizeBytes}`}>
              <Paperclip size={12} aria-hidden="true" /> {file.title} · {file.contentType} · {sizeWords(file.sizeBytes)}
            </li>
          ))}
        </ul>
      )}
      {from.kind === 'staff' && <Delivery message={message} pending={pending} />}
    </article>
  );
}

/** How far our message got: never further than the server has said. */
function Delivery({ message, pending }: Pick<MessageCardProps, 'message' | 'pending'>) {
  const now = useNow(1000);
  if (message.opId !== null) {
    const { words, tone } = pending ? pendingWords(pending, now) : { words: 'Waiting to send', tone: 'neutral' as const };
    return (
      <p className={styles.state}>
        <Pill tone={tone}>{words}</Pill>
        {pending && canUndo(pending, now) && (
          <Button look="quiet" onPress={() => void undo(pending.opId, pending.summary)}>
            Undo
          </Button>
        )}
      </p>
    );
  }
  return (
    <p className={styles.state}>
      {message.readAt === null ? 'Sent, not read yet' : `Sent · read ${clinicalDateTime(message.readAt, practiceZone)}`}
    </p>
  );
}

function sizeWords(bytes: number | null): string {
  if (bytes === null) return 'size not known';
  return bytes < 1_000_000 ? `${Math.ceil(bytes / 1000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}
