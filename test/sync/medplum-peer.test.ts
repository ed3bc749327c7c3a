import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { generatePractice } from '../../electron/demo/practice/generate-practice.ts';
import { findItemOfTask } from '../../electron/store/lists/work-item.ts';
import { listQuarantine } from '../../electron/store/mirror/quarantine.ts';
import { conservation } from '../../electron/store/mirror/resource-accounting.ts';
import { findEntry } from '../../electron/store/outbox/outbox-entries.ts';
import { findAtomic } from '../../electron/sync/push/transactions.ts';
import { type MedplumPortal, startMedplumPortal } from '../support/medplum-portal.ts';
import { type ActName, drPatel, drRangi, queueAct } from '../support/sync-acts.ts';
import { openDesk, type SyncDesk } from '../support/sync-desk.ts';
import { freed, isOwned, type Readable } from '../support/sync-practice.ts';
import { pull, push } from '../support/sync-run.ts';

let portal: MedplumPortal;
let desk: SyncDesk;
const free = { message: [] as string[], repeat: [] as string[], result: [] as string[] };

beforeAll(async () => {
  portal = await startMedplumPortal();
  for (const { resources } of generatePractice({ seed: 5, now: '2026-11-20T01:00:00Z', enrolled: 30, openItems: 40, historyItems: 10 })) {
    const plain: Readable[] = JSON.parse(JSON.stringify(resources)).map(freed);
    for (const resource of plain) {
      await portal.put(resource);
      const kind = /^task-(message|repeat|result)-/.exec(resource.id)?.[1];
      if ((kind === 'message' || kind === 'repeat' || kind === 'result') && resource.status === 'requested' && !isOwned(resource))
        free[kind].push(resource.id);
    }
  }
  desk = openDesk({ baseUrl: portal.baseUrl });
}, 120_000);

afterAll(async () => {
  desk.close();
  await portal.close();
});

const withOp = async (type: string, opId: string) =>
  (await portal.all(type)).filter((resource) => JSON.stringify(resource.identifier ?? '').includes(opId));

describe("against Medplum's own router, which gives no next links and is not atomic", () => {
  test('a pull brings everything, and the conservation equation holds', async () => {
    expect(await pull(desk)).toMatchObject({ ok: true });
    expect(listQuarantine(desk.store.db, 5)).toEqual([]);
    for (const { type, server, shown, quarantined, filtered } of conservation(desk.store.db)) {
      expect({ type, here: shown + quarantined + filtered, mirrored: server }).toEqual({
        type,
        here: (await portal.all(type)).length,
        mirrored: (await portal.all(type)).length,
      });
    }
  });

  test('its transactions are found out not to be atomic', async () => {
    expect(await findAtomic(desk.store.db, desk.portal)).toBe(false);
  });

  test.each(['claim', 'note', 'reply', 'decide-repeat', 'decline-repeat', 'release-result', 'hold-result'] as const)(
    '%s reaches it',
    async (act: ActName) => {
      const kind = act.endsWith('repeat') ? 'repeat' : act.endsWith('result') ? 'result' : 'message';
      const itemKey = free[kind].shift() ?? '';
      const opId = queueAct(desk, itemKey, act, drRangi);
      const trace = await push(desk, drRangi);
      expect(trace.bugs).toEqual([]);
      expect(findEntry(desk.store.db, opId)).toMatchObject({ state: 'done', problem: null });
      if (act === 'note' || act === 'reply') expect(await withOp('Communication', opId)).toHaveLength(1);
      await pull(desk);
      expect(findItemOfTask(desk.store.db, itemKey)?.pending).toBe('none');
    },
  );

  test('an approval leaves one active order per medicine, and a Task whose output names it', async () => {
    const itemKey = free.repeat.shift() ?? '';
    const opId = queueAct(desk, itemKey, 'decide-repeat', drRangi);
    await push(desk, drRangi);
    expect(findEntry(desk.store.db, opId)?.state).toBe('done');
    const task = (await portal.all('Task')).find(({ id }) => id === itemKey);
    const orders = (await portal.all('MedicationRequest')).filter((request) =>
      JSON.stringify(task?.output ?? '').includes(`MedicationRequest/${String(request.id)}"`),
    );
    expect(orders.length).toBeGreaterThan(0);
    for (const order of orders) expect(order).toMatchObject({ status: 'active', intent: 'order' });
    expect(JSON.stringify(task)).not.toContain('urn:uuid');
  });

  test('two desktops approve one request: one wins', async () => {
    const other = openDesk({ baseUrl: portal.baseUrl });
    await pull(other);
    await pull(desk);
    const itemKey = free.repeat.shift() ?? '';
    const ops = [queueAct(desk, itemKey, 'decide-repeat', drRangi), queueAct(other, itemKey, 'decide-repeat', drPatel)] as const;
    await Promise.all([push(desk, drRangi), push(other, drPatel)]);
    const states = [findEntry(desk.store.db, ops[0])?.state, findEntry(other.store.db, ops[1])?.state];
    other.close();
    expect([...states].sort()).toEqual(['conflict', 'done']);
  });
});
