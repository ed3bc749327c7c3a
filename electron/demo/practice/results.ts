import type { Label, Resource } from './fhir-parts.ts';
import { type Finding, type Measured, measurePanel, measureText, type ReportParts, reportResources } from './laboratory.ts';
import type { OpenItem } from './open-item.ts';
import { INR, PANELS, type Panel } from './panels.ts';
import type { Person } from './people.ts';
import { healthIn, type PracticeContext } from './practice-context.ts';
import { DAY, HOUR, MINUTE, nextOpen } from './practice-time.ts';
import { type Random, randomFor } from './random.ts';
import { LABORATORY } from './staff.ts';
import { openTask } from './task.ts';
import { SENSITIVE_RESULTS, TEXT_RESULTS, type TextResult } from './text-results.ts';

type TestKind = { readonly panel: Panel } | { readonly text: TextResult };

const suits = (person: Person, test: { readonly fromAge: number; readonly sex?: string }): boolean =>
  person.ageYears >= test.fromAge && (test.sex === undefined || test.sex === person.sex);

const panelFor = (person: Person, random: Random): Panel => {
  const choice = random.pick(PANELS);
  return suits(person, choice) ? choice : PANELS[0];
};

/** Which test a person had: in words for one in six, sensitive for one in twenty-five, INR for those on warfarin. */
export function chooseTest(context: PracticeContext, person: Person, random: Random, finding: Finding): TestKind {
  if (healthIn(context, person).medicines.some(({ key }) => key === 'marevan') && random.chance(0.5)) return { panel: INR };
  const draw = random.next();
  const text = draw < 0.05 ? random.pick(SENSITIVE_RESULTS) : draw < 0.22 ? random.pick(TEXT_RESULTS) : undefined;
  if (text && finding !== 'critical' && suits(person, text)) return { text };
  const panel = panelFor(person, random);
  const canBeCritical = panel.analytes.some(({ critical }) => critical !== undefined);
  return { panel: finding === 'critical' && !canBeCritical ? PANELS[0] : panel };
}

/** The contents of a report; everything but its id and times. */
export function carryOut(
  context: PracticeContext,
  person: Person,
  test: TestKind,
  finding: Finding,
  random: Random,
): Pick<ReportParts, 'name' | 'loinc' | 'section' | 'measured' | 'conclusion'> & { readonly labels: readonly Label[] } {
  if ('text' in test) {
    const { name, loinc, section, labels } = test.text;
    const measured: Measured[] = measureText(test.text, finding, random);
    return { name, loinc, section, labels, measured, conclusion: finding === 'normal' ? 'See report.' : 'See report. Action required.' };
  }
  const { name, loinc, section, abnormalText } = test.panel;
  const measured = measurePanel(context.seed, person, test.panel, finding, random);
  const conclusion =
    finding === 'critical' ? 'CRITICAL RESULT. Telephoned to the practice.' : measured.some(({ flag }) => flag) ? abnormalText : undefined;
  return { name, loinc, section, labels: [], measured, conclusion };
}

/** Blood is taken while a collection room is open, the working day before as a rule. */
export function collectedBefore(reportedAt: number, random: Random): number {
  const taken = nextOpen(reportedAt - random.between(20, 30) * HOUR) + random.between(0, 90) * MINUTE;
  return taken < reportedAt - HOUR ? taken : reportedAt - 6 * HOUR;
}

/** Urgent results are the critical ones; of the rest about half are wholly normal. */
function findingOf(item: OpenItem, random: Random): Finding {
  if (item.priority !== 'routine') return 'critical';
  return random.chance(0.52) ? 'normal' : 'abnormal';
}

interface PlannedResult {
  readonly test: TestKind;
  readonly finding: Finding;
}

/** What was tested and how it came out. History asks this too, to put earlier values of the same test on record. */
function planOpenResult(context: PracticeContext, item: OpenItem): PlannedResult {
  const random = randomFor(context.seed, 'result', item.place);
  const finding = findingOf(item, random);
  return { test: chooseTest(context, item.person, random, finding), finding };
}

/** An open result: held from the patient by NOPAT, with the review Task that somebody owns. Every 16th is an amended report. */
export function openResult(context: PracticeContext, item: OpenItem): Resource[] {
  const { random, person, at } = item;
  const { test, finding } = planOpenResult(context, item);
  const content = carryOut(context, person, test, finding, random);
  const amended = item.place % 16 === 9;
  const place = String(item.place).padStart(6, '0');
  const id = `report-${place}`;
  const report = reportResources({
    ...content,
    id,
    person,
    status: amended ? 'amended' : 'final',
    conclusion: amended
      ? ['AMENDED REPORT.', content.conclusion, 'Replaces the report issued earlier.'].filter(Boolean).join(' ')
      : content.conclusion,
    collectedAt: collectedBefore(at - (amended ? DAY : 0), random),
    issuedAt: at,
    updatedAt: at,
    labels: ['NOPAT', ...content.labels],
  });
  const opId = random.uuid();
  const labels: readonly Label[] = person.restricted ? ['R', ...content.labels] : content.labels;
  const focus = `DiagnosticReport/${id}`;
  return [
    ...report,
    openTask(context, item, { id: `task-result-${place}`, opId, code: 'result-review', focus, pool: 'gp', requester: LABORATORY, labels }),
  ];
}

/** Up to three released reports of the same test from before, so that the open one has a trend. One in six is the first of its kind. */
export function earlierReports(context: PracticeContext, item: OpenItem): Resource[] {
  const random = randomFor(context.seed, 'trend', item.place);
  const { test, finding } = planOpenResult(context, item);
  const count = random.chance(1 / 6) ? 0 : random.between(1, 3);
  return Array.from({ length: count }, (_, place) => {
    const collectedAt = nextOpen(item.at - (place + 1) * random.between(85, 190) * DAY) + random.between(1, 90) * MINUTE;
    const issuedAt = collectedAt + random.between(5, 30) * HOUR;
    const before = finding === 'abnormal' && random.chance(0.4) ? 'abnormal' : 'normal';
    const content = carryOut(context, item.person, test, before, random);
    const id = `report-earlier-${String(item.place).padStart(6, '0')}-${place + 1}`;
    return reportResources({ ...content, id, person: item.person, status: 'final', collectedAt, issuedAt, updatedAt: issuedAt + 4 * HOUR });
  }).flat();
}
