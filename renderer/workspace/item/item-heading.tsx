import { clinicalDateTime } from '../../../shared/dates.ts';
import { isOverdue, type WorkItem } from '../../../shared/domain/work-item.ts';
import { Pill } from '../../ui/text/pill.tsx';
import { useNow } from '../../ui/use-now.ts';
import { kindWords } from '../../words/kind-words.ts';
import { practiceZone } from '../../words/practice-zone.ts';
import styles from './item-heading.module.css';
import { priorityWords } from './item-words.ts';

/** What the item is, when it came, and what makes it stand out. */
export function ItemHeading({ item }: { readonly item: WorkItem }) {
  const now = useNow(60_000);
  const isLate = isOverdue(item, new Date(now).toISOString());
  return (
    <header className={styles.heading}>
      <h1 className={styles.subject} dir="auto">
        {item.subject}
      </h1>
      <p className={styles.line}>
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
