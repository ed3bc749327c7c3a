import { clinicalDate, dayOf } from '../../../shared/dates.ts';
import type { Measurement } from '../../../shared/domain/test-result.ts';
import { cx } from '../../ui/cx.ts';
import { practiceZone } from '../../words/practice-zone.ts';
import styles from './measurement-table.module.css';
import { changeSince, flagWords, isCritical } from './measurement-words.ts';
import { Sparkline } from './sparkline.tsx';

interface MeasurementTableProps {
  readonly measurements: readonly Measurement[];
  readonly hasTrend: boolean;
}

/** The values as the laboratory wrote them, with the laboratory's own flags. */
export function MeasurementTable({ measurements, hasTrend }: MeasurementTableProps) {
  if (measurements.length === 0) return <p>This report has no values, only words.</p>;
  return (
    <div className={styles.scroll}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">Test</th>
            <th scope="col" className={styles.number}>
              Value
            </th>
            <th scope="col">Unit</th>
            <th scope="col">Flag</th>
            <th scope="col">Reference</th>
            <th scope="col">Previous</th>
            <th scope="col">Trend</th>
          </tr>
        </thead>
        <tbody>
          {measurements.map((measurement) => (
            <Row key={measurement.id} measurement={measurement} hasTrend={hasTrend} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** A culture or a report in words: it wraps, where a number must not. */
function isWords({ number, value }: Measurement): boolean {
  return number === null && value.length > 12;
}

function Row({ measurement, hasTrend }: { readonly measurement: Measurement; readonly hasTrend: boolean }) {
  const { name, value, unit, flag, reference, previous, note } = measurement;
  const [last] = previous;
  const tone = flag === null ? undefined : isCritical(flag) ? styles.critical : styles.flagged;
  return (
    <>
      <tr>
        <th scope="row">{name}</th>
        <td className={cx(styles.value, isWords(measurement) ? styles.words : styles.number, tone)}>{value}</td>
        <td>{unit ?? ''}</td>
        <td className={cx(styles.flag, tone)}>{flag === null ? '' : flagWords[flag]}</td>
        <td className={reference === null ? styles.missing : styles.reference}>{reference ?? 'No reference interval given'}</td>
        <td className={styles.previous}>
          {last ? (
            <>
              <span>{last.value}</span> <span className={styles.when}>{clinicalDate(dayOf(last.at, practiceZone))}</span>{' '}
              <span className={styles.change}>{changeSince(measurement)}</span>
            </>
          ) : (
            <span className={styles.missing}>None here</span>
          )}
        </td>
        <td>
          <Sparkline measurement={measurement} />
        </td>
      </tr>
      {note !== null && (
        <tr>
          <td colSpan={7} className={styles.note}>
            {note}
          </td>
        </tr>
      )}
      {hasTrend && previous.length > 0 && (
        <tr>
          <td colSpan={7} className={styles.note}>
            Earlier:{' '}
            {previous.map((each) => `${each.value} ${each.unit ?? ''} on ${clinicalDate(dayOf(each.at, practiceZone))}`).join(' · ')}
          </td>
        </tr>
      )}
    </>
  );
}
