import { createColumnHelper, tableFeatures } from '@tanstack/react-table';
import { Clock3, FlaskConical, Mail, Pill as Medicine } from 'lucide-react';
import { listTime } from '../../shared/dates.ts';
import type { ItemKind, WorkItem } from '../../shared/domain/work-item.ts';
import { Pill } from '../ui/text/pill.tsx';
import { VisuallyHidden } from '../ui/text/visually-hidden.tsx';
import { kindWords } from '../words/kind-words.ts';
import { practiceZone } from '../words/practice-zone.ts';
import styles from './item-row.module.css';
import { nameOf, pendingWords, pillsOf } from './row-words.ts';

/** What every cell needs beside its row; handed over by the table so that rows stay pure. */
export interface RowContext {
  readonly now: string;
  readonly staffId: string | null;
}

const icons: Record<ItemKind, typeof Mail> = { message: Mail, repeat: Medicine, result: FlaskConical };

/** No row models: SQLite sorts, filters and counts (UI, trap 4). */
export const features = tableFeatures({});
export type RowOfList = WorkItem & { readonly context: RowContext };
const column = createColumnHelper<typeof features, RowOfList>();

export const columns = column.columns([
  column.display({ id: 'who', header: 'Patient', cell: ({ row }) => <Who item={row.original} /> }),
  column.display({ id: 'when', header: 'Time', cell: ({ row }) => <When item={row.original} now={row.original.context.now} /> }),
  column.display({ id: 'what', header: 'Subject', cell: ({ row }) => <What item={row.original} /> }),
  column.display({ id: 'marks', header: 'Marks', cell: ({ row }) => <Marks item={row.original} context={row.original.context} /> }),
]);

function Who({ item }: { readonly item: WorkItem }) {
  const Icon = icons[item.kind];
  return (
    <>
      <span className={styles.dot} data-unread={item.unread || undefined}>
        {item.unread && <VisuallyHidden>Unread</VisuallyHidden>}
      </span>
      <Icon size={14} aria-hidden="true" className={styles.icon} />
      <VisuallyHidden>{kindWords[item.kind]}</VisuallyHidden>
      <span className={styles.name}>{nameOf(item)}</span>
      {item.nhi && (
        <span className={styles.nhi}>
          <span className={styles.label}>NHI</span> {item.nhi}
        </span>
      )}
    </>
  );
}

function When({ item, now }: { readonly item: WorkItem; readonly now: string }) {
  const pending = pendingWords(item);
  return (
    <>
      {pending && (
        <span className={styles.pending} title={pending}>
          <Clock3 size={12} aria-hidden="true" />
          <VisuallyHidden>{pending}</VisuallyHidden>
        </span>
      )}
      <time dateTime={item.arrivedAt}>{listTime(item.arrivedAt, now, practiceZone)}</time>
    </>
  );
}

function What({ item }: { readonly item: WorkItem }) {
  return (
    <>
      <span className={styles.subject}>{item.subject}</span>
      {item.preview && <span className={styles.preview}> · {item.preview}</span>}
    </>
  );
}

function Marks({ item, context }: { readonly item: WorkItem; readonly context: RowContext }) {
  return pillsOf(item, context.now, context.staffId).map((pill) => (
    <Pill key={pill.words} tone={pill.tone}>
      {pill.words}
    </Pill>
  ));
}
