import type { BodyProps, DetailOf } from '../../acts/item-body.ts';
import { commandButton } from '../../keys/use-commands.ts';
import { Button } from '../../ui/forms/button.tsx';
import { ReadingLayout } from '../../ui/list/reading-layout.tsx';
import { PlainText } from '../../ui/text/plain-text.tsx';
import { MedicineRow } from './medicine-row.tsx';
import styles from './repeat-body.module.css';
import { RepeatSheets } from './repeat-sheets.tsx';
import { type RepeatDecision, useRepeatDecision } from './use-repeat-decision.ts';

/** One request, one row per medicine, one answer to the patient (PRODUCT 18–25). */
export function RepeatBody({ intro, ...props }: BodyProps<'repeat'>) {
  const { detail, user } = props;
  const { request } = detail;
  const decision = useRepeatDecision(props);
  return (
    <ReadingLayout intro={intro} foot={decision.open.length > 0 && <DecisionBar decision={decision} />}>
      <Asked request={request} />
      <ul className={styles.list} aria-label="Medicines asked for">
        {request.medicines.map((medicine) => (
          <MedicineRow
            key={medicine.id}
            medicine={medicine}
            requestedAt={request.requestedAt}
            choice={decision.choices[medicine.id]}
            isCurrent={medicine.id === decision.current?.id}
            blocked={decision.blocked}
            onFocus={() => decision.setCurrent(medicine.id)}
            onTick={() => decision.tick(medicine)}
            onClear={() => decision.decide(medicine, undefined)}
          />
        ))}
      </ul>
      <RepeatSheets detail={detail} user={user} decision={decision} />
    </ReadingLayout>
  );
}

/** How far the request is decided, and the two ways on. */
function DecisionBar({ decision: { open, missing, choices, blocked } }: { readonly decision: RepeatDecision }) {
  const isAllDeclined = open.every(({ id }) => choices[id]?.is === 'declined');
  return (
    <div className={styles.acts}>
      <p className={styles.progress}>
        {missing.length === 0 ? 'Each medicine has its decision.' : `${missing.length} of ${open.length} still to tick or decline.`}
      </p>
      <Button disabledBecause={blocked} {...commandButton('repeat.decline')}>
        Decline…
      </Button>
      <Button look="primary" disabledBecause={blocked} {...commandButton('repeat.approve')}>
        {isAllDeclined ? 'Decline all…' : 'Approve ticked…'}
      </Button>
    </div>
  );
}

function Asked({ request }: Pick<DetailOf<'repeat'>, 'request'>) {
  return (
    <>
      <dl className={styles.facts}>
        <div>
          <dt>Asked by</dt>
          <dd>{request.requestedBy}</dd>
        </div>
        <div>
          <dt>Pharmacy</dt>
          <dd>{request.pharmacy ?? 'Not named'}</dd>
        </div>
      </dl>
      {request.note !== null && (
        <section className={styles.note} aria-label="Note from the patient">
          <PlainText text={request.note} />
        </section>
      )}
    </>
  );
}
