import { RefreshCw } from 'lucide-react';
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { clinicalDateTime } from '../../../shared/dates.ts';
import type { ItemDetail } from '../../../shared/domain/item-detail.ts';
import type { Staff } from '../../../shared/domain/staff.ts';
import { isOverdue, type WorkItem } from '../../../shared/domain/work-item.ts';
import type { ItemKey } from '../../../shared/ids.ts';
import type { BodyProps, ItemBodies } from '../../acts/item-body.ts';
import { call } from '../../data/api.ts';
import { useQueryOf } from '../../data/queries.ts';
import { Button } from '../../ui/forms/button.tsx';
import { Skeleton } from '../../ui/list/skeleton.tsx';
import { Pill } from '../../ui/text/pill.tsx';
import { useNow } from '../../ui/use-now.ts';
import { errorMessage } from '../../words/error-message.ts';
import { kindWords } from '../../words/kind-words.ts';
import { practiceZone } from '../../words/practice-zone.ts';
import { ActionBar } from './action-bar.tsx';
import { describeChanges } from './describe-changes.ts';
import { InternalNotes } from './internal-notes.tsx';
import { priorityWords } from './item-words.ts';
import { PendingActs } from './pending-acts.tsx';
import styles from './reading-pane.module.css';

export interface ReadingPaneProps {
  readonly itemKey: ItemKey;
  readonly user: Staff;
  /** Place in view order, from 0. */
  readonly position: { readonly index: number; readonly total: number } | null;
  /** After done, send, release or assign: the list moves on. */
  readonly onFinished: () => void;
  readonly bodies: ItemBodies;
}

/** One item: its acts, its notes, what it says. Everything in it belongs to this item and goes with it. */
export function ReadingPane(props: ReadingPaneProps) {
  return <ReadItem key={props.itemKey} {...props} />;
}

function ReadItem({ itemKey, ...rest }: ReadingPaneProps) {
  const { data, error, refetch } = useQueryOf('items.detail', { itemKey });
  const pane = useKeptFocus();
  const recordLook = useOpenedRecord(itemKey, data !== undefined);
  return (
    <div className={styles.item} ref={pane}>
      {data ? (
        <ShownItem detail={data} recordLook={recordLook} {...rest} />
      ) : error ? (
        <div className={styles.problem} role="alert">
          <p>{errorMessage(error)}</p>
          <Button onPress={() => void refetch()}>Try again</Button>
        </div>
      ) : (
        <Loading onRetry={() => void refetch()} />
      )}
    </div>
  );
}

interface ShownItemProps extends Omit<ReadingPaneProps, 'itemKey'> {
  readonly detail: ItemDetail;
  readonly recordLook: () => void;
}

function ShownItem({ detail, user, position, onFinished, bodies, recordLook }: ShownItemProps) {
  const change = useUnseenChange(detail, user);
  const unseenChange =
    change.words.length > 0 ? 'This changed while you looked at it. Read what is new, then press “I have seen it”.' : undefined;
  return (
    <>
      <ActionBar
        detail={detail}
        user={user}
        position={position}
        unseenChange={unseenChange}
        onFinished={onFinished}
        recordLook={recordLook}
      />
      <ChangeNotice words={change.words} onSeen={change.markSeen} />
      <Body
        bodies={bodies}
        detail={detail}
        user={user}
        unseenChange={unseenChange}
        onFinished={onFinished}
        intro={
          <>
            <ItemHeading item={detail.item} />
            <PendingActs pending={detail.pending} />
            <InternalNotes detail={detail} user={user} />
          </>
        }
      />
    </>
  );
}

function Body({
  bodies,
  detail,
  ...rest
}: { readonly bodies: ItemBodies; readonly detail: ItemDetail } & Omit<BodyProps<'message'>, 'detail'>) {
  switch (detail.kind) {
    case 'message':
      return <bodies.message detail={detail} {...rest} />;
    case 'repeat':
      return <bodies.repeat detail={detail} {...rest} />;
    case 'result':
      return <bodies.result detail={detail} {...rest} />;
  }
}

/** Nothing for a moment, then grey bars, after 5 s a sentence (UI, States and words). */
function Loading({ onRetry }: { readonly onRetry: () => void }) {
  const [isSlow, setSlow] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setSlow(true), 5000);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div className={styles.loading} aria-busy="true">
      <Skeleton lines={6} />
      {isSlow && (
        <p role="status">
          This takes longer than it should. <Button onPress={onRetry}>Try again</Button>
        </p>
      )}
    </div>
  );
}

/** Rows that are only passed over are not read; what stands longer than this is. */
const openedAfterMs = 250;

/** Looking at a patient's item is recorded, once per time it is opened (SAFETY I26). Answers how to record it at once. */
function useOpenedRecord(itemKey: ItemKey, isShown: boolean): () => void {
  const recorded = useRef<ItemKey>(null);
  const record = useCallback(() => {
    if (recorded.current === itemKey) return;
    recorded.current = itemKey;
    void call('items.open', { itemKey });
  }, [itemKey]);
  useEffect(() => {
    if (!isShown) return;
    const timer = setTimeout(record, openedAfterMs);
    return () => clearTimeout(timer);
  }, [record, isShown]);
  return record;
}

/** When the item before this one goes, its focused button goes too; the focus then stays in the pane, so that the same key works on the next item. */
function useKeptFocus() {
  const pane = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const section = pane.current?.closest<HTMLElement>('[data-pane="reading"]');
    return () => {
      if (section?.contains(document.activeElement)) section.focus({ preventScroll: true });
    };
  }, []);
  return pane;
}

interface ChangeNoticeProps {
  readonly words: readonly string[];
  readonly onSeen: () => void;
}

/** Says what others changed under the user's eyes. What was typed stays. */
function ChangeNotice({ words, onSeen }: ChangeNoticeProps) {
  return (
    <div role="status" aria-live="polite">
      {words.length > 0 && (
        <div className={styles.notice}>
          <RefreshCw size={14} aria-hidden="true" />
          <span className={styles.noticeWords}>
            Changed while you looked at it: <strong>{words.join(' · ')}</strong>. What you typed is kept.
          </span>
          <Button onPress={onSeen}>I have seen it</Button>
        </div>
      )}
    </div>
  );
}

/** What the item is, when it came, and what makes it stand out. */
function ItemHeading({ item }: { readonly item: WorkItem }) {
  const now = useNow(60_000);
  const isLate = isOverdue(item, new Date(now).toISOString());
  return (
    <header className={styles.heading}>
      <h1 className={styles.subject} dir="auto">
        {item.subject}
      </h1>
      <p className={styles.facts}>
        <span>
          {kindWords[item.kind]} · arrived <time dateTime={item.arrivedAt}>{clinicalDateTime(item.arrivedAt, practiceZone)}</time>
        </span>
        {item.flags.includes('critical') && <Pill tone="critical">!! Critical</Pill>}
        {item.priority !== 'routine' && <Pill tone="critical">{priorityWords[item.priority]}</Pill>}
        {item.flags.includes('controlled') && <Pill tone="warn">Controlled drug</Pill>}
        {item.flags.includes('amended') && <Pill tone="warn">Amended</Pill>}
        {item.flags.includes('sensitive') && <Pill tone="warn">Sensitive</Pill>}
        {isLate && <Pill tone="warn">Overdue</Pill>}
      </p>
    </header>
  );
}

interface UnseenChange {
  readonly words: readonly string[];
  readonly markSeen: () => void;
}

/**
 * What others changed since the user last said, or could be taken to have, that they saw it. What was seen is what is signed (SAFETY I8):
 * a value that is swapped under the eyes must be named before the key that decides on it works again.
 */
function useUnseenChange(detail: ItemDetail, user: Staff): UnseenChange {
  const [base, setBase] = useState(detail);
  const words = base === detail ? [] : describeChanges(base, detail, user);
  if (base !== detail && words.length === 0) setBase(detail);
  return { words, markSeen: () => setBase(detail) };
}
