import { z } from 'zod';
import { ResultFlag, SensitiveLabel, TestResult } from '../../../shared/domain/test-result.schema.ts';
import type { ReadDb, WriteDb } from '../db.ts';
import { defineStatement } from '../db.ts';
import { idOf, numberOf, numberResource } from '../mirror/resource-number.ts';

const fromJson = z.string().transform((text): unknown => JSON.parse(text));

const ReportDetail = z.object({
  name: z.string(),
  collectedAt: z.string().nullable(),
  laboratory: z.string().nullable(),
  conclusion: z.string().nullable(),
  labels: z.array(SensitiveLabel),
  /** Observation ids in the laboratory's order. */
  measurementIds: z.array(z.string()),
});

const StoredReport = z.object({
  id: z.string(),
  versionId: z.string(),
  patientId: z.string(),
  status: TestResult.shape.status,
  /** The NOPAT label is on it: the patient can't see it. */
  held: z.boolean(),
  reportedAt: z.string().nullable(),
  detail: ReportDetail,
});
export type StoredReport = Readonly<z.infer<typeof StoredReport>>;

const MeasurementDetail = z.object({
  name: z.string(),
  flag: ResultFlag.nullable(),
  reference: z.string().nullable(),
  note: z.string().nullable(),
  held: z.boolean(),
});

const StoredMeasurement = z.object({
  id: z.string(),
  versionId: z.string(),
  patientId: z.string(),
  /** Code that says "same test". */
  testKey: z.string(),
  at: z.string().nullable(),
  /** As the laboratory wrote it. */
  value: z.string(),
  number: z.number().nullable(),
  unit: z.string().nullable(),
  detail: MeasurementDetail,
});
export type StoredMeasurement = Readonly<z.infer<typeof StoredMeasurement>>;

const ReportRow = StoredReport.extend({ held: z.number().transform((value) => value === 1), detail: fromJson.pipe(ReportDetail) });
const MeasurementRow = StoredMeasurement.extend({ detail: fromJson.pipe(MeasurementDetail) });

const saveTestReportSql = defineStatement(`INSERT INTO test_report (number, version_id, patient, status, held, reported_at, detail)
     VALUES (:number, :versionId, :patient, :status, :held, :reportedAt, :detail)
     ON CONFLICT (number) DO UPDATE SET version_id = excluded.version_id, patient = excluded.patient, status = excluded.status,
       held = excluded.held, reported_at = excluded.reported_at, detail = excluded.detail`);

export function saveTestReport(db: WriteDb, { id, patientId, ...report }: StoredReport): void {
  const [number, patient] = [numberResource(db, 'DiagnosticReport', id), numberResource(db, 'Patient', patientId)];
  db.write(saveTestReportSql).run({ ...report, number, patient, held: report.held ? 1 : 0, detail: JSON.stringify(report.detail) });
}

const saveMeasurementSql = defineStatement(`INSERT INTO measurement (number, version_id, patient, test_key, at, value, amount, unit, detail)
     VALUES (:row, :versionId, :patient, :testKey, :at, :value, :number, :unit, :detail)
     ON CONFLICT (number) DO UPDATE SET version_id = excluded.version_id, patient = excluded.patient, test_key = excluded.test_key,
       at = excluded.at, value = excluded.value, amount = excluded.amount, unit = excluded.unit, detail = excluded.detail`);

export function saveMeasurement(db: WriteDb, { id, patientId, ...measurement }: StoredMeasurement): void {
  const [row, patient] = [numberResource(db, 'Observation', id), numberResource(db, 'Patient', patientId)];
  db.write(saveMeasurementSql).run({ ...measurement, row, patient, detail: JSON.stringify(measurement.detail) });
}

const findTestReportSql = defineStatement(
  `SELECT :id AS id, version_id AS versionId, ${idOf('patient')} AS patientId, status, held, reported_at AS reportedAt, detail
     FROM test_report WHERE number = ${numberOf("'DiagnosticReport'", ':id')}`,
);

export function findTestReport(db: ReadDb, id: string): StoredReport | undefined {
  const row = db.read(findTestReportSql).get({ id });
  return row && ReportRow.parse(row);
}

const findMeasurementSql = defineStatement(
  `SELECT :id AS id, version_id AS versionId, ${idOf('patient')} AS patientId, test_key AS testKey, at, value, amount AS number, unit, detail
     FROM measurement WHERE number = ${numberOf("'Observation'", ':id')}`,
);

function findMeasurement(db: ReadDb, id: string): StoredMeasurement | undefined {
  const row = db.read(findMeasurementSql).get({ id });
  return row && MeasurementRow.parse(row);
}

/** A report's measurements in its order. Fewer than its ids: some have not arrived yet. */
export function measurementsOf(db: ReadDb, report: Pick<StoredReport, 'detail'>): readonly StoredMeasurement[] {
  return report.detail.measurementIds.flatMap((id) => findMeasurement(db, id) ?? []);
}

const trendOfSql =
  defineStatement(`SELECT ${idOf('measurement.number')} AS id, version_id AS versionId, :patientId AS patientId, test_key AS testKey, at, value, amount AS number, unit, detail
       FROM measurement WHERE patient = ${numberOf("'Patient'", ':patientId')} AND test_key = :testKey AND at < :before
       ORDER BY at DESC, ${idOf('measurement.number')} LIMIT :limit`);

/** Earlier values of the same test for the same patient, newest first. */
export function trendOf(db: ReadDb, patientId: string, testKey: string, before: string, limit: number): readonly StoredMeasurement[] {
  const rows = db.read(trendOfSql).all({ patientId, testKey, before, limit });
  return z.array(MeasurementRow).parse(rows);
}
