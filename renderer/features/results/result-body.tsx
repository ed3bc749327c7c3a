import { type ReactNode, useState } from 'react';
import type { ItemDetail } from '../../../shared/domain/item-detail.ts';
import type { Staff } from '../../../shared/domain/staff.ts';
import { keysOf } from '../../commands.ts';
import { Button } from '../../ui/button.tsx';
import { PlainText } from '../../ui/plain-text.tsx';
import { ReadingLayout } from '../../ui/reading-layout.tsx';
import { runCommand } from '../../use-commands.ts';
import { HoldSheet } from './hold-sheet.tsx';
import { MeasurementTable } from './measurement-table.tsx';
import { ReleaseSheet } from './release-sheet.tsx';
import { ReleaseState } from './release-state.tsx';
import styles from './result-body.module.css';
import { useResultDecision } from './use-result-decision.ts';

interface ResultBodyProps {
  readonly detail: Extract<ItemDetail, { kind: 'result' }>;
  readonly user: Staff;
  readonly unseenChange: string | undefined;
  readonly onFinished: () => void;
  readonly intro: ReactNode;
}

/** What the laboratory found, what came before, and what stands between it and the patient (PRODUCT 29–36). */
export function ResultBody(props: ResultBodyProps) {
  const { detail, intro } = props;
  const { result } = detail;
  const [hasTrend, setTrend] = useState(false);
  const decision = useResultDecision({ ...props, onTrend: () => setTrend(!hasTrend) });
  const { blocked, canOneKey, sheet } = decision;
  return (
    <ReadingLayout
      intro={intro}
      foot={
        <div className={styles.acts}>
          <p className={styles.gate}>{canOneKey ? 'Wholly normal: Enter releases it.' : result.gate.reasons.join(' · ')}</p>
          <Button keys={keysOf('result.trend')} onPress={() => runCommand('result.trend')}>
            {hasTrend ? 'Hide earlier values' : 'Earlier values'}
          </Button>
          <Button keys={keysOf('result.hold')} disabledBecause={decision.holdBlocked} onPress={() => runCommand('result.hold')}>
            Hold…
          </Button>
          <Button
            keys={keysOf('result.release-with-comment')}
            disabledBecause={blocked}
            onPress={() => runCommand('result.release-with-comment')}
          >
            With comment…
          </Button>
          <Button
            look="primary"
            keys={keysOf(canOneKey ? 'item.decide' : 'result.release')}
            disabledBecause={blocked}
            onPress={() => runCommand(canOneKey ? 'item.decide' : 'result.release')}
          >
            {canOneKey ? 'Release to patient' : 'Release…'}
          </Button>
        </div>
      }
    >
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
        isBusy={decision.isBusy}
        problem={decision.problem}
        onClose={decision.closeSheet}
        onRelease={decision.release}
      />
      <HoldSheet
        detail={detail}
        user={props.user}
        isOpen={sheet === 'hold'}
        isBusy={decision.isBusy}
        problem={decision.problem}
        onClose={decision.closeSheet}
        onHold={decision.hold}
      />
    </ReadingLayout>
  );
}
