import { controlledClassOf } from '../../../shared/domain/prescribing-rules.ts';
import { findRedFlags } from '../../../shared/domain/red-flags.ts';
import type { ItemFlag } from '../../../shared/domain/work-item.ts';
import type { ProjectedTask } from '../../fhir/mappers/task.ts';
import type { ReadDb } from '../../store/db.ts';
import { findMedicineRequest, type MedicineRequest } from '../../store/record/medicines.ts';
import { findTestReport, measurementsOf, type StoredMeasurement } from '../../store/record/results.ts';
import { findThread, messagesOf } from '../../store/record/threads.ts';

/** What a row shows of the thing that its Task is about. */
export interface ItemContent {
  readonly subject: string;
  readonly preview: string;
  /** Newest thing from outside the practice; null: only the Task itself. */
  readonly newestAt: string | null;
  readonly flags: readonly ItemFlag[];
  /** Searched, beside names and subject. */
  readonly words: string;
  /** Resources that it shows something of and that no index leads back from. */
  readonly dependsOn: readonly string[];
}

const previewLength = 140;

export function contentOf(db: ReadDb, task: ProjectedTask): ItemContent {
  switch (task.kind) {
    case 'message':
      return messageContent(db, task);
    case 'repeat':
      return repeatContent(db, task);
    case 'result':
      return resultContent(db, task);
  }
}

function idOf(ref: string | null): string {
  return ref?.split('/')[1] ?? '';
}

function shortened(text: string): string {
  const line = text.replace(/\s+/gu, ' ').trim();
  return line.length <= previewLength ? line : `${line.slice(0, previewLength - 1).trimEnd()}…`;
}

function messageContent(db: ReadDb, task: ProjectedTask): ItemContent {
  const threadId = idOf(task.focusRef);
  const thread = findThread(db, threadId);
  const messages = thread?.messages ?? messagesOf(db, threadId);
  const fromOutside = messages.filter((message) => message.from.kind !== 'staff');
  const newest = fromOutside.at(-1) ?? messages.at(-1);
  const isFlagged = fromOutside.some((message) => findRedFlags(message.text).length > 0) || findRedFlags(thread?.topic ?? '').length > 0;
  return {
    subject: thread?.topic || task.description || 'Message',
    preview: shortened(newest?.text ?? ''),
    newestAt: fromOutside.at(-1)?.sentAt ?? null,
    flags: isFlagged ? ['red-flag'] : [],
    words: messages.map((message) => message.text).join('\n'),
    dependsOn: [],
  };
}

function medicineLine({ detail }: MedicineRequest): string {
  return [detail.genericName || detail.brandName, detail.strength].filter((part) => part).join(' ');
}

function repeatContent(db: ReadDb, task: ProjectedTask): ItemContent {
  const proposals = task.inputRefs.filter((ref) => ref.startsWith('MedicationRequest/')).map((ref) => findMedicineRequest(db, idOf(ref)));
  const medicines = proposals.filter((proposal) => proposal !== undefined);
  const lines = medicines.map(medicineLine);
  const controlled = medicines.some(({ detail }) => controlledClassOf(detail.genericName) !== 'none');
  const note = medicines.map(({ detail }) => detail.note).find((text) => text !== null && text !== '');
  return {
    subject: lines.length > 0 ? lines.join(', ') : (task.description ?? 'Repeat prescription'),
    preview: shortened(note ?? medicines.map(({ detail }) => detail.dose).join('; ')),
    newestAt: null,
    flags: controlled ? ['controlled'] : [],
    words: medicines.map(({ detail }) => [detail.genericName, detail.brandName, detail.note].filter((part) => part).join(' ')).join('\n'),
    dependsOn: task.inputRefs.filter((ref) => ref !== task.focusRef),
  };
}

function resultContent(db: ReadDb, task: ProjectedTask): ItemContent {
  const report = findTestReport(db, idOf(task.focusRef));
  if (!report) {
    return { subject: task.description ?? 'Result', preview: '', newestAt: null, flags: [], words: '', dependsOn: [] };
  }
  const measurements = measurementsOf(db, report);
  const outside = measurements.filter((measurement) => measurement.detail.flag !== null);
  const found = outside.map((each) => `${valueLine(each)} (${each.detail.flag})`).join(', ');
  return {
    subject: report.detail.name,
    preview: shortened(found || report.detail.conclusion || measurements.map(valueLine).join(', ')),
    newestAt: report.reportedAt,
    flags: resultFlags(measurements, report.status, report.detail.labels.length > 0),
    words: [report.detail.name, report.detail.conclusion ?? '', ...measurements.map((each) => each.detail.name)].join('\n'),
    dependsOn: report.detail.measurementIds.map((id) => `Observation/${id}`),
  };
}

function valueLine({ detail, value, unit }: StoredMeasurement): string {
  return `${detail.name} ${value}${unit ? ` ${unit}` : ''}`;
}

/** The laboratory's flags in the row's words; HH, LL and AA are critical (NZ-FACTS 3.6). */
function resultFlags(measurements: readonly StoredMeasurement[], status: string, sensitive: boolean): ItemFlag[] {
  const seen = new Set(measurements.map((measurement) => measurement.detail.flag));
  const flags: ItemFlag[] = [];
  if (seen.has('HH') || seen.has('LL') || seen.has('AA')) flags.push('critical');
  if (seen.has('A') || seen.has('AA')) flags.push('abnormal');
  if (seen.has('H') || seen.has('HH')) flags.push('high');
  if (seen.has('L') || seen.has('LL')) flags.push('low');
  if (sensitive) flags.push('sensitive');
  if (status === 'amended' || status === 'corrected') flags.push('amended');
  return flags;
}
