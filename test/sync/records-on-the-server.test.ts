import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readEffects } from '../../electron/demo/fhir-server/database.ts';
import { findChange } from '../../electron/store/outbox/outbox-rows.ts';
import { editOnServer, readOnServer } from '../support/edit-on-server.ts';
import { type ActName, drRangi, kindFor, queueAct } from '../support/sync-acts.ts';
import { openDesk, type SyncDesk } from '../support/sync-desk.ts';
import { type SmallPractice, startSmallPractice } from '../support/sync-practice.ts';
import { pull, push } from '../support/sync-run.ts';

let practice: SmallPractice;
let desk: SyncDesk;

beforeAll(async () => {
  practice = await startSmallPractice({ openItems: 80 });
  desk = openDesk({ baseUrl: practice.server.baseUrl });
  await pull(desk);
});

afterAll(async () => {
  desk.close();
  await practice.server.close();
});

/** Makes an act, sends it, and answers with the Provenance that it left, as received. */
async function recordsOf(act: ActName, itemKey = practice.free[kindFor(act)].shift() ?? '') {
  const { focus } = await readOnServer(practice, `Task/${itemKey}`);
  const before = readEffects(practice.server.database).at(-1)?.seq ?? 0;
  const opId = queueAct(desk, itemKey, act, drRangi);
  const change = findChange(desk.store.db, opId)?.change;
  await push(desk, drRangi, true);
  expect(findChange(desk.store.db, opId)).toMatchObject({ state: 'done' });
  const written = readEffects(practice.server.database, before).filter(({ type }) => type === 'Provenance');
  const records = written.map(({ json }): Record<string, unknown> => JSON.parse(json ?? '{}'));
  return { opId, change, focus: Object(focus).reference, records };
}

const byRangi = [{ who: { reference: 'PractitionerRole/role-dr-rangi', display: 'Dr Rangi Parata' } }];
const dataOperation = (code: string) => ({ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-DataOperation', code }] });
const ours = (code: string) => ({ coding: [{ system: 'urn:portaldesk:activity', code }] });

describe('the record that stays on the server', () => {
  test('a hold says what is held, by whom, when and why', async () => {
    const { opId, change, focus, records } = await recordsOf('hold-result');
    expect(records).toMatchObject([
      {
        id: opId,
        target: [{ reference: focus }],
        recorded: change?.createdAt,
        activity: dataOperation('HOLD'),
        agent: byRangi,
        reason: [{ text: 'To discuss with the patient first' }],
      },
    ]);
  });

  test('a release says what was released, by whom and when', async () => {
    const { opId, change, focus, records } = await recordsOf('release-result');
    expect(records).toMatchObject([
      { id: opId, target: [{ reference: focus }], recorded: change?.createdAt, activity: dataOperation('RELEASE'), agent: byRangi },
    ]);
  });

  test('the release of a critical result says too how the patient was told', async () => {
    const itemKey = practice.free.result.shift() ?? '';
    const { focus } = await readOnServer(practice, `Task/${itemKey}`);
    const { result } = await readOnServer(practice, Object(focus).reference);
    const value = Array.isArray(result) ? result[0].reference : '';
    await editOnServer(practice, value, (observation) => ({ ...observation, interpretation: [{ coding: [{ code: 'HH' }] }] }));
    await pull(desk);
    const { change, records } = await recordsOf('release-result', itemKey);
    expect(records).toMatchObject([
      { activity: dataOperation('RELEASE'), reason: [{ text: `Patient told (phone) at ${change?.createdAt}: She is coming in.` }] },
    ]);
  });

  test('an approval leaves one record for each order, with what was acknowledged', async () => {
    const { change, records } = await recordsOf('decide-repeat');
    const decisions = change?.change.kind === 'decide-repeat' ? change.change.decisions : [];
    expect(decisions.length).toBeGreaterThan(0);
    expect(records).toHaveLength(decisions.length);
    for (const { orderId, findings } of decisions) {
      const target = [{ reference: `MedicationRequest/${orderId}` }];
      const reason = findings.length > 0 && { reason: findings.map(({ text }) => ({ text: `Acknowledged: ${text}` })) };
      expect(records).toContainEqual(expect.objectContaining({ target, activity: ours('approve'), agent: byRangi, ...reason }));
    }
  });

  test('a decline leaves one for each medicine that was asked for, with the reason', async () => {
    const { change, records } = await recordsOf('decline-repeat');
    const decisions = change?.change.kind === 'decide-repeat' ? change.change.decisions : [];
    expect(decisions.length).toBeGreaterThan(0);
    expect(records).toHaveLength(decisions.length);
    for (const { medicineId } of decisions) {
      expect(records).toContainEqual(
        expect.objectContaining({
          target: [{ reference: `MedicationRequest/${medicineId}` }],
          activity: ours('decline'),
          agent: byRangi,
          reason: [{ text: 'your medicines are due for a review, please book an appointment' }],
        }),
      );
    }
  });

  test.each(['claim', 'assign', 'set-priority', 'finish', 'reply', 'note'] as const)(
    '%s leaves none: its Task or message says it',
    async (act) => {
      expect((await recordsOf(act)).records).toEqual([]);
    },
  );
});
