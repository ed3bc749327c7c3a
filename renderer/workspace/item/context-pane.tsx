import { Plus } from 'lucide-react';
import type { ReactNode } from 'react';
import { clinicalDateTime } from '../../../shared/dates.ts';
import type { ItemDetail } from '../../../shared/domain/item-detail.ts';
import type { Staff } from '../../../shared/domain/staff.ts';
import { isOverdue } from '../../../shared/domain/work-item.ts';
import type { ItemKey } from '../../../shared/ids.ts';
import { useQueryOf } from '../../data/queries.ts';
import { commandButton } from '../../keys/use-commands.ts';
import { Button } from '../../ui/forms/button.tsx';
import { useNow } from '../../ui/use-now.ts';
import { kindWords } from '../../words/kind-words.ts';
import { readingProxies } from '../../words/patient-words.ts';
import { practiceZone } from '../../words/practice-zone.ts';
import { poolWords } from '../../words/role-words.ts';
import styles from './context-pane.module.css';
import { NoteList, patientNoteRefusal } from './internal-notes.tsx';
import { priorityWords, statusWordsOf } from './item-words.ts';
import { PendingActs } from './pending-acts.tsx';

/** What is known about the item besides what it says: where it stands, who has it, what happened. */
export function ContextPane({ itemKey, user }: { readonly itemKey: ItemKey; readonly user: Staff }) {
  const { data } = useQueryOf('items.detail', { itemKey });
  if (!data) return null;
  return (
    <div className={styles.pane}>
      {data.item.patientId !== null && (
        <Section title="Notes on the patient">
          <PatientNotes detail={data} user={user} />
        </Section>
      )}
      <Section title="Where it stands">
        <Standing detail={data} user={user} />
      </Section>
      {data.pending.length > 0 && (
        <Section title="Not yet confirmed">
          <PendingActs pending={data.pending} />
        </Section>
      )}
      <Section title="Who can read an answer">
        <Readers detail={data} />
      </Section>
      <Section title="What happened">
        <History detail={data} />
      </Section>
    </div>
  );
}

function Section({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section>
      <h2 className={styles.title}>{title}</h2>
      {children}
    </section>
  );
}

/** What colleagues should know of the patient whatever the item is about; newest first. Written in the reading pane, where there is room. */
function PatientNotes({ detail, user }: { readonly detail: ItemDetail; readonly user: Staff }) {
  const newestFirst = detail.patientNotes.toSorted((a, b) => Date.parse(b.writtenAt) - Date.parse(a.writtenAt));
  return (
    <div className={styles.notes}>
      <p className={styles.hint}>{newestFirst.length === 0 ? 'None yet. Only staff would see them.' : 'Only staff see these.'}</p>
      {newestFirst.length > 0 && <NoteList label="Notes on the patient, never visible to the patient" notes={newestFirst} />}
      <Button
        look="quiet"
        icon={<Plus size={14} aria-hidden="true" />}
        disabledBecause={patientNoteRefusal(detail, user)}
        {...commandButton('note.add-on-patient')}
      >
        Add note
      </Button>
    </div>
  );
}

function Standing({ detail, user }: { readonly detail: ItemDetail; readonly user: Staff }) {
  const { item } = detail;
  const now = new Date(useNow(60_000)).toISOString();
  const owner = item.ownerId === null ? 'Nobody yet' : item.ownerId === user.id ? 'You' : (item.ownerName ?? 'A colleague');
  const rows: readonly (readonly [string, string])[] = [
    ['Kind', kindWords[item.kind]],
    ['Status', statusWordsOf(item)],
    ['Owner', owner],
    ['Team', item.pool === null ? 'None' : poolWords[item.pool]],
    ['Priority', priorityWords[item.priority]],
    ['Due', item.dueAt === null ? 'No due time' : clinicalDateTime(item.dueAt, practiceZone)],
    ['Arrived', clinicalDateTime(item.arrivedAt, practiceZone)],
    ...(item.closedAt === null ? [] : [['Closed', clinicalDateTime(item.closedAt, practiceZone)] as const]),
    ...factsOf(detail),
  ];
  return (
    <dl className={styles.facts}>
      {rows.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>
            {value}
            {name === 'Due' && isOverdue(item, now) && <strong className={styles.late}> · overdue</strong>}
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** What only this kind of item has. */
function factsOf(detail: ItemDetail): readonly (readonly [string, string])[] {
  switch (detail.kind) {
    case 'message':
      return [['Messages', String(detail.thread.messages.length)]];
    case 'repeat':
      return [
        ['Asked by', detail.request.requestedBy],
        ['Pharmacy', detail.request.pharmacy ?? 'Not named'],
      ];
    case 'result':
      return [
        ['Laboratory', detail.result.laboratory ?? 'Not named'],
        ['Collected', detail.result.collectedAt === null ? 'Not known' : clinicalDateTime(detail.result.collectedAt, practiceZone)],
        ['Reported', detail.result.reportedAt === null ? 'Not known' : clinicalDateTime(detail.result.reportedAt, practiceZone)],
      ];
  }
}

function Readers({ detail }: { readonly detail: ItemDetail }) {
  const { patient } = detail;
  if (patient === null) return <p className={styles.plain}>Nobody: the sender is not matched.</p>;
  return (
    <ul className={styles.plain}>
      <li>
        {patient.givenNames} {patient.familyName}
      </li>
      {readingProxies(patient).map((proxy) => (
        <li key={proxy}>{proxy}</li>
      ))}
    </ul>
  );
}

function History({ detail }: { readonly detail: ItemDetail }) {
  return (
    <ol className={styles.history}>
      {detail.events.map((event, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: events only grow at the end, and two can be alike
        <li key={place}>
          <time dateTime={event.at}>{clinicalDateTime(event.at, practiceZone)}</time>
          <span>
            {event.what}
            {event.by !== null && ` · ${event.by}`}
          </span>
        </li>
      ))}
    </ol>
  );
}
