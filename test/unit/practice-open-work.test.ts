import { describe, expect, test } from 'vitest';
import { ADMIN_TEXTS } from '../../electron/demo/practice/message-texts-admin.ts';
import { CHILD_TEXTS, CLINICAL_TEXTS, RED_FLAG_TEXTS } from '../../electron/demo/practice/message-texts-clinical.ts';
import { codeOf, type Generated, generated, labelsOf, referenceOf } from '../support/generated-practice.ts';

const NOW = '2026-11-23T02:00:00Z';
const HOUR = 3_600_000;
const all = generated({ seed: 1, now: NOW });
const byReference = new Map(all.map((resource) => [referenceOf(resource), resource]));
const isOpenTask = ({ resourceType, status }: Generated): boolean =>
  resourceType === 'Task' && (status === 'requested' || status === 'accepted');
const tasks = all.filter(isOpenTask);
const withCode = (code: string): Generated[] => tasks.filter((task) => codeOf(task.code) === code);
const messagesOf = Map.groupBy(all, ({ partOf }) => partOf?.[0]?.reference);
const focusOf = (task: Generated): Generated | undefined => byReference.get(task.focus?.reference ?? '');

function expectShare(part: number, whole: number, low: number, high: number): void {
  expect(part / whole).toBeGreaterThanOrEqual(low);
  expect(part / whole).toBeLessThanOrEqual(high);
}

describe('the open work', () => {
  test('400 items: half messages, a quarter repeats, a quarter results, and each is in the first part', () => {
    expect([withCode('triage-message').length, withCode('repeat-rx').length, withCode('result-review').length]).toEqual([200, 100, 100]);
    expect(tasks.every(({ part }) => part === 'openWork')).toBe(true);
  });

  const moments = ['2026-11-23T02:00:00Z', '2026-11-21T22:00:00Z', '2026-12-27T20:00:00Z', '2026-04-05T00:00:00Z', '2027-06-30T11:00:00Z'];
  test.each(moments.flatMap((now) => [1, 7].map((seed) => ({ now, seed }))))(
    'urgent, overdue, claimed, proxy and restricted are as many as meant ($now, seed $seed)',
    ({ now, seed }) => {
      const open = generated({ seed, now, historyItems: 0 }).filter(isOpenTask);
      const count = (wanted: (task: Generated) => boolean): number => open.filter(wanted).length;
      expectShare(
        count(({ priority }) => priority !== 'routine'),
        400,
        0.055,
        0.065,
      );
      expectShare(
        count(({ status }) => status === 'accepted'),
        400,
        0.24,
        0.26,
      );
      expectShare(
        count(({ requester }) => requester?.reference.startsWith('RelatedPerson/') ?? false),
        400,
        0.065,
        0.095,
      );
      expectShare(
        count((task) => labelsOf(task).includes('R')),
        400,
        0.015,
        0.045,
      );
      const due = (task: Generated): string => task.restriction?.period.end ?? '';
      // Over Christmas seven days hold few working days, so little can be overdue.
      expectShare(
        count((task) => due(task) < new Date(now).toISOString()),
        400,
        now.includes('-12-') ? 0.02 : 0.08,
        0.12,
      );
    },
  );

  test('it came in over the last seven days, the newest of each kind within the hour', () => {
    const now = new Date(NOW).getTime();
    const age = (task: Generated): number => now - new Date(task.authoredOn ?? '').getTime();
    for (const task of tasks) expect(age(task)).toBeLessThanOrEqual(7 * 24 * HOUR);
    for (const code of ['triage-message', 'repeat-rx', 'result-review']) expect(Math.min(...withCode(code).map(age))).toBeLessThan(HOUR);
    const days = new Set(tasks.map(({ authoredOn }) => authoredOn?.slice(0, 10)));
    expect(days.size).toBeGreaterThanOrEqual(6);
  });

  test('claimed items belong to a person of the role, unclaimed ones to the practice, and results always to a GP', () => {
    const roleOf = (task: Generated): string | undefined => {
      const role = byReference.get(task.owner?.reference ?? '');
      return role?.resourceType === 'PractitionerRole' ? JSON.stringify(role) : undefined;
    };
    for (const task of tasks) {
      const pool = codeOf(task.performerType?.[0]) ?? 'none';
      const owned = task.status === 'accepted' || codeOf(task.code) === 'result-review';
      if (owned) expect(roleOf(task)).toContain(`"code":"${pool}"`);
      else expect(task.owner?.reference).toBe('Organization/kauri-street');
    }
    const pools = new Set(withCode('triage-message').map((task) => codeOf(task.performerType?.[0])));
    expect([...pools].sort()).toEqual(['gp', 'nurse', 'reception']);
  });

  test('a thread has one to four messages, its last is the patient side and unanswered', () => {
    const counts = new Set<number>();
    for (const task of withCode('triage-message')) {
      const header = focusOf(task);
      const messages = (messagesOf.get(task.focus?.reference) ?? []).sort((a, b) => ((a.sent ?? '') < (b.sent ?? '') ? -1 : 1));
      counts.add(messages.length);
      expect(header?.status).toBe('in-progress');
      expect(messages.at(-1)?.sender?.reference).toBe(header?.sender?.reference);
      expect(messages.every(({ subject }) => subject?.reference === task.for?.reference)).toBe(true);
    }
    expect([...counts].sort()).toEqual([1, 2, 3, 4]);
  });

  test('there are more than 120 texts, and each leaves no slot unfilled', () => {
    expect(ADMIN_TEXTS.length + CLINICAL_TEXTS.length + CHILD_TEXTS.length + RED_FLAG_TEXTS.length).toBeGreaterThan(120);
    const said = all.flatMap(({ payload }) => payload ?? []).map(({ contentString }) => contentString);
    expect(said.filter((text) => /\{(gp|day|n|month|child|name)\}/u.test(text))).toEqual([]);
    expect(said.filter((text) => text.trim() === '')).toEqual([]);
  });

  test('nobody writes what they could not: pregnancies are of women, waterworks of men, first teeth of children', () => {
    const patients = new Map(
      all.filter(({ resourceType }) => resourceType === 'Patient').map((patient) => [referenceOf(patient), patient]),
    );
    const letters = all.filter(({ sender, payload }) => payload && !sender?.reference.startsWith('PractitionerRole/'));
    const writers = (words: RegExp) =>
      letters
        .filter(({ payload }) => words.test(payload?.[0]?.contentString ?? ''))
        .map(({ subject }) => patients.get(subject?.reference ?? ''));
    const pregnant = writers(/34 weeks|weeks and bleeding|tests and both are positive|weeks and cannot keep|missed \d pills/u);
    expect(pregnant.length).toBeGreaterThan(5);
    expect(new Set(pregnant.map((patient) => patient?.gender))).toEqual(new Set(['female']));
    expect(new Set(writers(/prostate/u).map((patient) => patient?.gender))).toEqual(new Set(['male']));
    const small = writers(/B4 School Check|wet nappies|preschool/u).map((patient) => Number(patient?.birthDate?.slice(0, 4)));
    expect(Math.min(...small)).toBeGreaterThanOrEqual(2020);
  });

  test('a long, a hostile, a te reo and an emoji message are among them', () => {
    const said = all.filter(({ part }) => part === 'openWork').flatMap(({ payload }) => payload ?? []);
    const texts = said.map(({ contentString }) => contentString);
    expect(Math.max(...texts.map((text) => text.length))).toBeGreaterThan(1200);
    expect(texts.some((text) => text.includes('<script>') && text.includes('\u202e'))).toBe(true);
    expect(texts.some((text) => /Tēnā|Mōrena|Nāku noa, nā/u.test(text))).toBe(true);
    expect(texts.some((text) => /\p{Extended_Pictographic}/u.test(text))).toBe(true);
    expect(texts.some((text) => /chest pain|uma|Bleeding|numb|short of breath/iu.test(text))).toBe(true);
  });

  test('a repeat request is one to five draft proposals of one patient, grouped when several', () => {
    for (const task of withCode('repeat-rx')) {
      const items = (task.input ?? []).map(({ valueReference }) => byReference.get(valueReference.reference));
      expect(items.length).toBeGreaterThanOrEqual(1);
      expect(items.length).toBeLessThanOrEqual(5);
      expect(items[0]).toBe(focusOf(task));
      for (const item of items)
        expect([item?.status, item?.intent, item?.subject?.reference]).toEqual(['draft', 'proposal', task.for?.reference]);
      expect(new Set(items.map((item) => item?.groupIdentifier?.value)).size).toBe(1);
      expect(items[0]?.groupIdentifier === undefined).toBe(items.length === 1);
    }
  });

  test('what a proposal repeats is an earlier long-term order for the same patient and, but for the brand switch, the same medicine', () => {
    const drafts = all.filter(({ resourceType, status }) => resourceType === 'MedicationRequest' && status === 'draft');
    const switched: string[] = [];
    for (const draft of drafts) {
      const prior = draft.priorPrescription && byReference.get(draft.priorPrescription.reference);
      if (!prior) continue;
      expect([prior.intent, prior.subject?.reference]).toEqual(['order', draft.subject?.reference]);
      expect((prior.authoredOn ?? '') < (draft.authoredOn ?? '')).toBe(true);
      expect(prior.extension?.[0]?.url).toContain('nzeps-long-term-medication');
      const [was, is] = [prior.medicationCodeableConcept?.text, draft.medicationCodeableConcept?.text];
      if (was !== is) switched.push(`${was} → ${is}`);
    }
    expect(switched).toEqual(['warfarin 1 mg tablet (Marevan) → warfarin 1 mg tablet (Coumadin)']);
    expectShare(drafts.filter(({ priorPrescription }) => !priorPrescription).length, drafts.length, 0.02, 0.2);
  });

  test('controlled medicines, early requests, dose changes and duplicates are asked for', () => {
    const drafts = all.filter(({ resourceType, status }) => resourceType === 'MedicationRequest' && status === 'draft');
    const names = drafts.map(({ medicationCodeableConcept }) => medicationCodeableConcept?.text ?? '');
    expect(names.filter((name) => /^(tramadol|codeine|zopiclone|methylphenidate)/u.test(name)).length).toBeGreaterThan(3);
    const priors = drafts
      .map(({ priorPrescription }) => byReference.get(priorPrescription?.reference ?? ''))
      .filter((prior) => prior !== undefined);
    const daysAgo = (prior: Generated) => (new Date(NOW).getTime() - new Date(prior.authoredOn ?? '').getTime()) / (24 * HOUR);
    expect(priors.filter((prior) => daysAgo(prior) < 50).length).toBeGreaterThan(5);
    expect(priors.some(({ priorPrescription }) => priorPrescription)).toBe(true);
    const asked = drafts.map(({ subject, medicationCodeableConcept }) => `${subject?.reference} ${medicationCodeableConcept?.text}`);
    expect(asked.length - new Set(asked).size).toBeGreaterThanOrEqual(3);
  });

  test('every open report and each of its observations is held from the patient, and about the right patient', () => {
    for (const task of withCode('result-review')) {
      const report = focusOf(task);
      const parts = [report, ...(report?.result ?? []).map(({ reference }) => byReference.get(reference))];
      expect(parts.length).toBeGreaterThan(1);
      for (const part of parts) {
        expect(part && labelsOf(part)).toContain('NOPAT');
        expect(part?.subject?.reference).toBe(task.for?.reference);
      }
    }
  });

  test('released reports of the past are not held; a few are withheld', () => {
    const past = all.filter(({ resourceType, part }) => resourceType === 'DiagnosticReport' && part === 'history');
    const held = past.filter((report) => labelsOf(report).includes('NOPAT')).length;
    expectShare(held, past.length, 0.005, 0.06);
    const observations = all.filter(({ resourceType, part }) => resourceType === 'Observation' && part === 'history');
    const labels = new Map(past.flatMap((report) => (report.result ?? []).map(({ reference }) => [reference, labelsOf(report)] as const)));
    for (const observation of observations) expect(labelsOf(observation)).toEqual(labels.get(referenceOf(observation)));
  });

  test('some open results are critical, some wholly normal, some sensitive, some amended, most with earlier values', () => {
    const reports = withCode('result-review').map((task) => ({ task, report: focusOf(task) }));
    const flags = (report: Generated | undefined): (string | undefined)[] =>
      (report?.result ?? []).flatMap(({ reference }) => byReference.get(reference)?.interpretation?.map(codeOf) ?? []);
    const critical = reports.filter(({ report }) => flags(report).some((flag) => flag === 'HH' || flag === 'LL'));
    expect(critical.length).toBeGreaterThanOrEqual(4);
    expect(critical.every(({ task }) => task.priority !== 'routine')).toBe(true);
    expect(reports.filter(({ report }) => flags(report).length === 0).length).toBeGreaterThan(30);
    expect(reports.filter(({ report }) => flags(report).some((flag) => flag === 'A')).length).toBeGreaterThan(2);
    expect(
      reports.filter(({ report }) => report && labelsOf(report).some((label) => label === 'SEX' || label === 'HIV')).length,
    ).toBeGreaterThan(1);
    expect(reports.filter(({ report }) => report?.status === 'amended')).toHaveLength(6);
    const earlier = new Set(
      all
        .filter(({ resourceType, part }) => resourceType === 'DiagnosticReport' && part === 'history')
        .map(({ subject, code }) => `${subject?.reference} ${code?.text}`),
    );
    const trended = reports.filter(({ report }) => earlier.has(`${report?.subject?.reference} ${report?.code?.text}`));
    expect(trended.length).toBeGreaterThan(70);
  });

  test('two years of closed work lie behind it, finished, with owner and outcome', () => {
    const closed = all.filter(({ resourceType, status }) => resourceType === 'Task' && (status === 'completed' || status === 'rejected'));
    expect(closed).toHaveLength(3600);
    const oldest = closed.map(({ authoredOn }) => authoredOn ?? '').sort()[0] ?? '';
    expect(oldest < '2024-12-10').toBe(true);
    expect(oldest > '2024-11-15').toBe(true);
    expect(closed.every((task) => task.owner?.reference.startsWith('PractitionerRole/'))).toBe(true);
  });
});
