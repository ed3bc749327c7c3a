import { useState } from 'react';
import type { BodyProps, DetailOf } from '../../acts/item-body.ts';
import { commandButton } from '../../keys/use-commands.ts';
import { Button } from '../../ui/forms/button.tsx';
import { ReadingLayout } from '../../ui/list/reading-layout.tsx';
import { PlainText } from '../../ui/text/plain-text.tsx';
import { HoldSheet } from './hold-sheet.tsx';
import { MeasurementTable } from './measurement-table.tsx';
import { ReleaseSheet } from './release-sheet.tsx';
import { ReleaseState } from './release-state.tsx';
import styles from './result-body.module.css';
import { type ResultDecision, useResultDecision } from './use-result-decision.ts';

/** What the laboratory found, what came before, and what stands between it and the patient (PRODUCT 29–36). */
export function ResultBody({ intro, ...props }: BodyProps<'result'>) {
  const { detail, user } = props;
  const { result } = detail;
  const [hasTrend, setTrend] = useState(false);
  const decision = useResultDecision({ ...props, onTrend: () => setTrend(!hasTrend) });
  const { sheet, isBusy, problem, closeSheet } = decision;
  return (
    <ReadingLayout intro={intro} foot={<DecisionBar result={result} decision={decision} hasTrend={hasTrend} />}>
      <ReleaseState detail={detail} />
      <MeasurementTable measurements={result.measurements} hasTrend={hasTrend} />
      {result.conclusion !== null && (
        <section className={styles.conclusion} aria-label="Conclusion of the laboratory">
          <h2 className={styles.title}>Conclusion</h2>
          <PlainText text={result.conclusion} />
        </section>
      )}
      <ReleaseSheet
        detail={detail}
        isOpen={sheet === 'release' || sheet === 'release-with-comment'}
        mustComment={sheet === 'release-with-comment'}
        isBusy={isBusy}
        problem={problem}
        onClose={closeSheet}
        onRelease={decision.release}
      />
      <HoldSheet
        detail={detail}
        user={user}
        isOpen={sheet === 'hold'}
        isBusy={isBusy}
        problem={problem}
        onClose={closeSheet}
        onHold={decision.hold}
      />
    </ReadingLayout>
  );
}

interface DecisionBarProps extends Pick<DetailOf<'result'>, 'result'> {
  readonly decision: ResultDecision;
  readonly hasTrend: boolean;
}

/** What the gate says, and what can be done. */
function DecisionBar({ result, decision: { canOneKey, blocked, holdBlocked }, hasTrend }: DecisionBarProps) {
  return (
    <div className={styles.acts}>
      <p className={styles.gate}>{canOneKey ? 'Wholly normal: Enter releases it.' : result.gate.reasons.join(' · ')}</p>
      <Button {...commandButton('result.trend')}>{hasTrend ? 'Hide earlier values' : 'Earlier values'}</Button>
      <Button disabledBecause={holdBlocked} {...commandButton('result.hold')}>
        Hold…
      </Button>
      <Button disabledBecause={blocked} {...commandButton('result.release-with-comment')}>
        With comment…
      </Button>
      <Button look="primary" disabledBecause={blocked} {...commandButton(canOneKey ? 'item.decide' : 'result.release')}>
        {canOneKey ? 'Release to patient' : 'Release…'}
      </Button>
    </div>
  );
}
