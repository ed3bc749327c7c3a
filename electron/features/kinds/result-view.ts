import { releaseGate } from '../../../shared/domain/release-rules.ts';
import type { Measurement, ReleaseGate, TestResult } from '../../../shared/domain/test-result.ts';
import type { WorkItem } from '../../../shared/domain/work-item.ts';
import type { ReadDb } from '../../store/db.ts';
import { findTestReport, measurementsOf, type StoredMeasurement, type StoredReport, trendOf } from '../../store/record/results.ts';
import { focusIdOf } from './item-focus.ts';

/** Earlier values shown beside a new one. */
const trendLength = 8;

/** A report with its values, what came before them, and what stands between it and the patient. Blocked while it has not arrived. */
export function resultOf(db: ReadDb, item: WorkItem): TestResult {
  const reportId = focusIdOf(db, item, 'DiagnosticReport');
  const report = reportId === undefined ? undefined : findTestReport(db, reportId);
  if (!report) return notArrived(item, reportId ?? '');
  const values = measurementsOf(db, report);
  const measurements = values.map((measurement) => withTrend(db, report, measurement, item.arrivedAt));
  const { name, collectedAt, laboratory, conclusion, labels } = report.detail;
  const releasable = { status: report.status, conclusion, labels, measurements };
  return {
    ...releasable,
    reportId: report.id,
    name,
    reportedAt: report.reportedAt,
    collectedAt,
    laboratory,
    held: report.held,
    gate: gateOf(report, item, values, releaseGate(releasable)),
  };
}

function notArrived(item: WorkItem, reportId: string): TestResult {
  return {
    reportId,
    name: item.subject,
    status: 'unknown',
    reportedAt: null,
    collectedAt: null,
    laboratory: null,
    conclusion: null,
    held: true,
    labels: [],
    measurements: [],
    gate: { outcome: 'blocked', needs: [], reasons: ['The report has not arrived yet'] },
  };
}

/** Whether the report or one of its values names another patient than the item does (SAFETY I7). */
export function isAboutAnother(db: ReadDb, item: WorkItem): boolean {
  const report = findTestReport(db, focusIdOf(db, item, 'DiagnosticReport') ?? '');
  return report !== undefined && [report, ...measurementsOf(db, report)].some(({ patientId }) => patientId !== item.patientId);
}

/** A value that has not arrived could be the critical one: the report waits for it. */
function gateOf(report: StoredReport, item: WorkItem, values: readonly StoredMeasurement[], gate: ReleaseGate): ReleaseGate {
  // Item and report must be about one person, or the banner above the values is somebody else's (SAFETY I7).
  if (report.patientId !== item.patientId) return { outcome: 'blocked', needs: [], reasons: ['This report names another patient'] };
  if (values.some(({ patientId }) => patientId !== item.patientId))
    return { outcome: 'blocked', needs: [], reasons: ['One of its values names another patient'] };
  const missing = report.detail.measurementIds.length - values.length;
  if (missing === 0) return gate;
  return {
    outcome: 'blocked',
    needs: gate.needs,
    reasons: [`${missing} of its values could not be read or have not arrived`, ...gate.reasons],
  };
}

function withTrend(db: ReadDb, report: StoredReport, measurement: StoredMeasurement, arrivedAt: string): Measurement {
  const before = measurement.at ?? report.detail.collectedAt ?? report.reportedAt ?? arrivedAt;
  const { name, flag, reference, note } = measurement.detail;
  return {
    id: measurement.id,
    name,
    value: measurement.value,
    number: measurement.number,
    unit: measurement.unit,
    flag,
    reference,
    note,
    previous: trendOf(db, measurement.patientId, measurement.testKey, before, trendLength).flatMap(({ value, unit, at, number }) =>
      at === null ? [] : [{ value, unit, at, number }],
    ),
  };
}
