import { describe, expect, test } from 'vitest';
import { defineStatement } from '../../electron/store/db.ts';
import { findItemOfTask } from '../../electron/store/lists/work-item.ts';
import { findCursor } from '../../electron/store/mirror/cursors.ts';
import { findResource } from '../../electron/store/mirror/mirror.ts';
import { countQuarantined, listQuarantine } from '../../electron/store/mirror/quarantine.ts';
import { findLastConsultation } from '../../electron/store/record/consultations.ts';
import { findPatient } from '../../electron/store/record/patients.ts';
import { patient, pullPlace } from '../support/pull-place.ts';
import { look, pull } from '../support/sync-run.ts';

const here = pullPlace();

describe('what a pull brings', () => {
  test('the first look alone makes the newest open work usable and moves no cursor', async () => {
    expect(await look(here.desk)).toEqual({ ok: true, value: undefined });
    const item = findItemOfTask(here.desk.store.db, here.practice.free.message[0] ?? '');
    expect(item?.familyName).not.toBe('Not known');
    expect(item?.preview).not.toBe('');
    expect(findCursor(here.desk.store.db, 'Task', 'all')).toBeUndefined();
  });

  test('the first look brings all that the banner and the rules say of a person', async () => {
    await look(here.desk);
    const patientId = findItemOfTask(here.desk.store.db, here.practice.free.repeat[0] ?? '')?.patientId ?? '';
    const early = { patient: findPatient(here.desk.store.db, patientId), seenOn: findLastConsultation(here.desk.store.db, patientId) };
    await pull(here.desk);
    expect(early).toEqual({
      patient: findPatient(here.desk.store.db, patientId),
      seenOn: findLastConsultation(here.desk.store.db, patientId),
    });
    expect(early.patient?.allergies.status).not.toBe('not-recorded');
  });

  test('one resource that cannot be read spoils only itself, is counted, and is shown once it can be read', async () => {
    await pull(here.desk);
    const task = {
      resourceType: 'Task',
      id: 'odd',
      status: 'dancing',
      intent: 'order',
      code: { coding: [{ system: 'urn:portaldesk:task-code', code: 'triage-message' }] },
      focus: { reference: 'Communication/x' },
      authoredOn: '2026-11-20T00:00:00Z',
    };
    here.time += 1_000;
    await here.put(task);
    await here.put(patient('fine'));
    await pull(here.desk);
    expect(listQuarantine(here.desk.store.db, 10)).toMatchObject([{ ref: 'Task/odd' }]);
    expect(findResource(here.desk.store.db, 'Patient', 'fine')).toBeDefined();
    here.time += 1_000;
    await here.put({ ...task, status: 'requested' }, '1');
    await pull(here.desk);
    expect(countQuarantined(here.desk.store.db).total).toBe(0);
    expect(findItemOfTask(here.desk.store.db, 'odd')).toMatchObject({ status: 'requested' });
  });

  test('what arrives before the things it refers to is completed when they arrive', async () => {
    await pull(here.desk);
    const item = {
      status: 'requested',
      intent: 'order',
      code: { coding: [{ system: 'urn:portaldesk:task-code', code: 'triage-message' }] },
      authoredOn: '2026-11-20T00:00:00Z',
    };
    here.time += 1_000;
    await here.put({
      resourceType: 'Task',
      id: 'early',
      ...item,
      focus: { reference: 'Communication/th' },
      for: { reference: 'Patient/pp' },
      owner: { reference: 'PractitionerRole/new-role' },
    });
    await pull(here.desk);
    expect(findItemOfTask(here.desk.store.db, 'early')).toMatchObject({ familyName: 'Not known', ownerName: 'Someone', preview: '' });
    here.time += 1_000;
    const category = [{ coding: [{ system: 'urn:portaldesk:thread', code: 'message' }] }];
    await here.put({
      resourceType: 'Communication',
      id: 'm1',
      status: 'completed',
      partOf: [{ reference: 'Communication/th' }],
      subject: { reference: 'Patient/pp' },
      sender: { reference: 'Patient/pp' },
      sent: '2026-11-20T00:00:00Z',
      payload: [{ contentString: 'I have chest pain' }],
    });
    await here.put({
      resourceType: 'Communication',
      id: 'th',
      status: 'in-progress',
      category,
      topic: { text: 'Worried' },
      subject: { reference: 'Patient/pp' },
    });
    await here.put(patient('pp'));
    await here.put({
      resourceType: 'PractitionerRole',
      id: 'new-role',
      practitioner: { reference: 'Practitioner/new-one' },
      code: [{ coding: [{ system: 'urn:portaldesk:role', code: 'gp' }] }],
    });
    await pull(here.desk);
    here.time += 1_000;
    await here.put({ resourceType: 'Practitioner', id: 'new-one', name: [{ family: 'Tane', given: ['Mere'] }] });
    await pull(here.desk);
    expect(findItemOfTask(here.desk.store.db, 'early')).toMatchObject({
      familyName: 'Ngata',
      subject: 'Worried',
      preview: 'I have chest pain',
      flags: ['red-flag'],
      ownerName: expect.stringContaining('Tane'),
    });
    const message = here.desk.store.db
      .read(defineStatement('SELECT from_name AS name FROM message JOIN resource_ref USING (number) WHERE id = :id'))
      .get({ id: 'm1' });
    expect(message?.name).toBe('Hana Ngata');
  });
});
