import { TriangleAlert } from 'lucide-react';
import { useLayoutEffect, useRef, useState } from 'react';
import type { OutboxEntry } from '../../../shared/domain/outbox.ts';
import type { Thread } from '../../../shared/domain/thread.ts';
import { useCommands } from '../../keys/use-commands.ts';
import { Button } from '../../ui/forms/button.tsx';
import { MessageCard } from './message-card.tsx';
import styles from './thread-view.module.css';

interface ThreadViewProps {
  readonly thread: Thread;
  readonly pending: readonly OutboxEntry[];
}

/** A thread of 10,000 must not freeze the window; the newest are what is answered. */
const firstShown = 50;

export function ThreadView({ thread, pending }: ThreadViewProps) {
  const [shownCount, setShownCount] = useState(firstShown);
  const list = useRef<HTMLOListElement>(null);
  const { messages, redFlags } = thread;
  const shown = messages.slice(-shownCount);
  const hidden = messages.length - shown.length;
  const flagged = [...new Map(redFlags.map((flag) => [`${flag.phrase} ${flag.matched}`, flag])).values()];
  useLastInSight(list);

  function step(by: 1 | -1) {
    const cards = [...(list.current?.querySelectorAll('article') ?? [])];
    const at = cards.findIndex((card) => card.contains(document.activeElement));
    const from = at < 0 ? (by === 1 ? -1 : cards.length) : at;
    cards[Math.min(Math.max(from + by, 0), cards.length - 1)]?.focus();
  }
  useCommands({ 'thread.next': () => step(1), 'thread.previous': () => step(-1) });

  return (
    <>
      {flagged.length > 0 && (
        <p className={styles.flags}>
          <TriangleAlert size={14} aria-hidden="true" /> Red-flag words:{' '}
          {flagged.map(({ phrase, matched }) => `${phrase} (“${matched}”)`).join(' · ')}
        </p>
      )}
      {hidden > 0 && (
        <Button look="quiet" onPress={() => setShownCount(shownCount + firstShown)}>
          {`Show ${Math.min(hidden, firstShown)} earlier of ${hidden.toLocaleString('en-NZ')}`}
        </Button>
      )}
      <ol className={styles.list} ref={list} aria-label="Messages, oldest first">
        {shown.map((message) => (
          <li key={message.id} className={message.from.kind === 'staff' ? styles.ours : styles.theirs}>
            <MessageCard
              message={message}
              marked={redFlags.filter(({ messageId }) => messageId === message.id).map(({ matched }) => matched)}
              pending={pending.find(({ opId }) => opId === message.opId)}
            />
          </li>
        ))}
      </ol>
    </>
  );
}

/** A long thread opens at its end, where the question is. */
function useLastInSight(list: React.RefObject<HTMLOListElement | null>): void {
  useLayoutEffect(() => {
    list.current?.lastElementChild?.scrollIntoView?.({ block: 'nearest' });
  }, [list]);
}
