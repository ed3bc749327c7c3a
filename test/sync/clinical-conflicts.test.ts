import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readEffects } from '../../electron/demo/fhir-server/database.ts';
import { findEntry } from '../../electron/store/outbox/outbox-entries.ts';
import { judge, type Moved } from '../../electron/sync/push/conflict.ts';
import type { ActKind } from '../../shared/changes/changes.ts';
import { createOnServer, editOnServer, readOnServer } from '../support/edit-on-server.ts';
import { type ActName, drPatel, drRangi, kindFor, queueAct } from '../support/sync-acts.ts';
import { openDesk, type SyncDesk } from '../support/sync-desk.ts';
import { type SmallPractice, startSmallPractice } from '../support/sync-practice.ts';
import { pull, push } from '../support/sync-run.ts';

const moved = (ref: string, base: object, current: object, touched: string[] = []): readonly Moved[] => [
  { ref, base: JSON.stringify(base), current: JSON.stringify(current), touched },
];

/** By hand: which acts are decisions about a patient's treatment or record. */
const isClinical: readonly (readonly [ActKind, boolean])[] = [
  ['decide-repeat', true],
  ['release-result', true],
  ['hold-result', true],
  ['claim', false],
  ['release-claim', false],
  ['assign', false],
  ['set-priority', false],
  ['finish', false],
  ['reply', false],
  ['note', false],
];

describe('the judgement of what moved', () => {
  test.each(isClinical)('%s is a clinical decision: %s', (kind, clinical) => {
    const verdict = clinical ? 'conflict' : 'rebase';
    const judged = (what: readonly Moved[]) => judge(kind, what, 0).kind;
    expect(judged(moved('MedicationRequest/m', { dosageInstruction: 'one' }, { dosageInstruction: 'ten' }))).toBe(verdict);
    expect(judged(moved('DiagnosticReport/r', { conclusion: 'well' }, { conclusion: 'ill' }))).toBe(verdict);
    expect(judged(moved('Observation/o', { valueQuantity: 1 }, { valueQuantity: 9 }))).toBe(verdict);
    expect(judged(moved('Task/t', { owner: 'a' }, { owner: 'b' }))).toBe(verdict);
  });

  test.each(isClinical)('%s: whatever it is, it stops where the state or the patient moved, and not where a note did', (kind) => {
    const judged = (what: readonly Moved[]) => judge(kind, what, 0).kind;
    expect(judged(moved('Task/t', { status: 'requested' }, { status: 'completed' }))).toBe('conflict');
    expect(judged(moved('Task/t', { for: 'a' }, { for: 'b' }))).toBe('conflict');
    expect(judged(moved('Task/t', { note: 'a' }, { note: 'b' }))).toBe('rebase');
    expect(judged(moved('Task/t', { note: 'a' }, { note: 'b' }, ['note']))).toBe('conflict');
  });
});

let practice: SmallPractice;
let desk: SyncDesk;

beforeAll(async () => {
  practice = await startSmallPractice({ openItems: 240 });
  desk = openDesk({ baseUrl: practice.server.baseUrl });
  await pull(desk);
});

afterAll(async () => {
  desk.close();
  await practice.server.close();
});

/** The resource that the item is about. */
async function focusOf(itemKey: string): Promise<string> {
  const { focus } = await readOnServer(practice, `Task/${itemKey}`);
  return Object(focus).reference;
}

async function firstValueOf(itemKey: string): Promise<string> {
  const { result } = await readOnServer(practice, await focusOf(itemKey));
  return Array.isArray(result) ? result[0].reference : '';
}

type Move = (itemKey: string) => Promise<void>;
const edit = (ref: string, elements: object) => editOnServer(practice, ref, (resource) => ({ ...resource, ...elements }));
const moveDose: Move = async (itemKey) => edit(await focusOf(itemKey), { dosageInstruction: [{ text: 'Take ten of them' }] });
const moveConclusion: Move = async (itemKey) => edit(await focusOf(itemKey), { conclusion: 'This is another result' });
const moveValue: Move = async (itemKey) => edit(await firstValueOf(itemKey), { valueQuantity: { value: 99 } });
const movePatient: Move = async (itemKey) => {
  const { for: patient } = await readOnServer(practice, `Task/${itemKey}`);
  await edit(Object(patient).reference, { name: [{ family: 'Parata', given: [itemKey] }] });
};
const moveNote: Move = (itemKey) => edit(`Task/${itemKey}`, { note: [{ text: 'Called twice' }] });
const moveOwner: Move = (itemKey) => edit(`Task/${itemKey}`, { owner: { reference: 'PractitionerRole/role-dr-whitcombe' } });
const moveStatus: Move = (itemKey) => edit(`Task/${itemKey}`, { status: 'in-progress' });

const acts = ['decide-repeat', 'decline-repeat', 'release-result', 'hold-result'] as const;

/** Makes the act, lets others write, sends it, and answers with what became of it and what it wrote. */
async function sentAfter(act: ActName, moves: readonly Move[]) {
  const itemKey = practice.free[kindFor(act)].shift() ?? '';
  const opId = queueAct(desk, itemKey, act, drRangi);
  for (const move of moves) await move(itemKey);
  const before = readEffects(practice.server.database).at(-1)?.seq ?? 0;
  await push(desk, drRangi, true);
  const { state, problem } = findEntry(desk.store.db, opId) ?? {};
  return { itemKey, state, problem, written: readEffects(practice.server.database, before).length };
}

const somebodyChanged = (what: string) => ({
  state: 'conflict',
  problem: `Somebody changed ${what} after you decided. Nothing was sent.`,
  written: 0,
});

describe('a clinical decision on its way', () => {
  test.each([
    ['decide-repeat', 'the dose', moveDose],
    ['decline-repeat', 'the dose', moveDose],
    ['release-result', 'the conclusion', moveConclusion],
    ['release-result', 'a value', moveValue],
    ['hold-result', 'the conclusion', moveConclusion],
    ['hold-result', 'a value', moveValue],
  ] as const)('%s: waits for a person where %s changed', async (act, what, move) => {
    expect(await sentAfter(act, [move])).toMatchObject(somebodyChanged(what));
  });

  test.each([
    ['decide-repeat', 'the dose', moveDose],
    ['release-result', 'the conclusion', moveConclusion],
    ['hold-result', 'the conclusion', moveConclusion],
    ['hold-result', 'a value', moveValue],
  ] as const)('%s: is not moved along with a note onto a version in which %s changed', async (act, what, move) => {
    expect(await sentAfter(act, [moveNote, move])).toMatchObject(somebodyChanged(what));
  });

  test.each(acts)('%s: waits for a person where the patient’s record changed, alone or along with a note', async (act) => {
    expect(await sentAfter(act, [movePatient])).toMatchObject(somebodyChanged('the patient’s record'));
    expect(await sentAfter(act, [moveNote, movePatient])).toMatchObject(somebodyChanged('the patient’s record'));
  });

  test('what is no clinical decision goes out all the same', async () => {
    expect(await sentAfter('set-priority', [moveNote, movePatient])).toMatchObject({ state: 'done' });
  });

  test.each(acts)('%s: waits for a person where the item changed hands or state', async (act) => {
    expect(await sentAfter(act, [moveOwner])).toMatchObject(somebodyChanged('who has it'));
    expect(await sentAfter(act, [moveStatus])).toMatchObject(somebodyChanged('its status'));
  });

  test.each(acts)('%s: is moved onto a version of the item in which only a note changed', async (act) => {
    const { itemKey, state } = await sentAfter(act, [moveNote]);
    expect(state).toBe('done');
    expect(await readOnServer(practice, `Task/${itemKey}`)).toMatchObject({ note: [{ text: 'Called twice' }] });
  });
});

describe('what is shown with the patient', () => {
  const patientOf = async (itemKey: string) => Object((await readOnServer(practice, `Task/${itemKey}`)).for);
  const records = {
    'the patient’s allergies': (patient: object) => ({
      resourceType: 'AllergyIntolerance',
      patient,
      clinicalStatus: { coding: [{ code: 'active' }] },
      code: { text: 'Losartan' },
      criticality: 'high',
    }),
    'what the patient is ordered': (subject: object) => ({
      resourceType: 'MedicationRequest',
      status: 'active',
      intent: 'order',
      subject,
      medicationCodeableConcept: { text: 'Spironolactone 25 mg' },
      authoredOn: '2026-11-20',
    }),
    'who can read it': (patient: object) => ({
      resourceType: 'RelatedPerson',
      active: true,
      patient,
      name: [{ text: 'Hemi Parata' }],
      relationship: [{ text: 'Father' }],
    }),
  };
  type Record = keyof typeof records;

  /** A colleague records something; the desk pulls it before it sends. */
  async function sentAfterRecord(act: ActName, record: Record) {
    const itemKey = practice.free[kindFor(act)].shift() ?? '';
    const opId = queueAct(desk, itemKey, act, drRangi);
    await createOnServer(practice, records[record](await patientOf(itemKey)));
    await pull(desk);
    const before = readEffects(practice.server.database).at(-1)?.seq ?? 0;
    await push(desk, drRangi, true);
    const { state, problem } = findEntry(desk.store.db, opId) ?? {};
    return { state, problem, written: readEffects(practice.server.database, before).length };
  }

  test.each<[ActName, Record]>([
    ['decide-repeat', 'the patient’s allergies'],
    ['decide-repeat', 'what the patient is ordered'],
    ['decide-repeat', 'who can read it'],
    ['release-result', 'the patient’s allergies'],
    ['release-result', 'who can read it'],
    ['reply', 'who can read it'],
  ])('%s waits for a person when %s changed after it', async (act, record) => {
    expect(await sentAfterRecord(act, record)).toEqual(somebodyChanged(record));
  });

  test.each<[ActName, Record]>([
    ['release-result', 'what the patient is ordered'],
    ['reply', 'the patient’s allergies'],
    ['claim', 'who can read it'],
  ])('%s goes on when %s changed', async (act, record) => {
    expect(await sentAfterRecord(act, record)).toMatchObject({ state: 'done' });
  });

  test('a second approval for the patient goes out, although the first has made an order since', async () => {
    const first = practice.free.repeat.shift() ?? '';
    const second = await copyOfRequest(first);
    await pull(desk);
    const opIds = [first, second].map((taskId) => queueAct(desk, taskId, 'decide-repeat', drRangi));
    await push(desk, drRangi, true);
    expect(opIds.map((opId) => findEntry(desk.store.db, opId)?.state)).toEqual(['done', 'done']);
  });

  test('a colleague’s approval at the same desk is news to mine, which was decided without it', async () => {
    const first = practice.free.repeat.shift() ?? '';
    const second = await copyOfRequest(first);
    await pull(desk);
    queueAct(desk, first, 'decide-repeat', drPatel);
    const mine = queueAct(desk, second, 'decide-repeat', drRangi);
    await push(desk, drPatel, true);
    await push(desk, drRangi, true);
    expect(findEntry(desk.store.db, mine)).toMatchObject({
      state: 'conflict',
      problem: 'Somebody changed what the patient is ordered after you decided. Nothing was sent.',
    });
  });

  /** The same patient asks for the same once more: another Task, of another proposal. */
  async function copyOfRequest(taskId: string): Promise<string> {
    const { id: _, meta: __, identifier: ___, ...task } = await readOnServer(practice, `Task/${taskId}`);
    const { id: ____, groupIdentifier: _____, ...proposal } = await readOnServer(practice, await focusOf(taskId));
    const reference = await createOnServer(practice, { ...proposal, resourceType: 'MedicationRequest' });
    return (await createOnServer(practice, { ...task, resourceType: 'Task', focus: { reference } })).slice('Task/'.length);
  }
});
