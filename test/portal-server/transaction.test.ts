import { expect, test } from 'vitest';
import { readEffects } from '../../electron/demo/fhir-server/database.ts';
import { valuesAt } from '../../electron/demo/fhir-server/json.ts';
import { aPortal, reasonIn, send } from './portal-under-test.ts';

const op = (value: string) => [{ system: 'urn:portaldesk:op', value }];
const nopat = { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'NOPAT' };

function post(type: string, resource: object, more: object = {}, fullUrl?: string) {
  return {
    ...(fullUrl ? { fullUrl } : {}),
    request: { method: 'POST', url: type, ...more },
    resource: { resourceType: type, ...resource },
  };
}

function put(type: string, id: string, version: number | undefined, resource: object) {
  const ifMatch = version === undefined ? {} : { ifMatch: `W/"${version}"` };
  return { request: { method: 'PUT', url: `${type}/${id}`, ...ifMatch }, resource: { resourceType: type, id, ...resource } };
}

function patch(type: string, id: string, version: number, operations: object) {
  const data = Buffer.from(JSON.stringify(operations)).toString('base64');
  return {
    request: { method: 'PATCH', url: `${type}/${id}`, ifMatch: `W/"${version}"` },
    resource: { resourceType: 'Binary', contentType: 'application/json-patch+json', data },
  };
}

function bundle(entry: readonly object[], type = 'transaction') {
  return { body: { resourceType: 'Bundle', type, entry } };
}

/** Approving a repeat, as the app sends it: the order, the proposal, the task, the answer to the patient, who and why. */
function approval(taskVersion: number) {
  return bundle([
    post(
      'MedicationRequest',
      { status: 'active', intent: 'order', basedOn: [{ reference: 'MedicationRequest/m1' }], identifier: op('op1') },
      { ifNoneExist: 'identifier=urn:portaldesk:op|op1' },
      'urn:uuid:11111111-1111-4111-8111-111111111111',
    ),
    put('MedicationRequest', 'm1', 1, { status: 'completed', intent: 'proposal' }),
    put('Task', 't1', taskVersion, {
      status: 'completed',
      output: [{ type: { text: 'order' }, valueReference: { reference: 'urn:uuid:11111111-1111-4111-8111-111111111111' } }],
    }),
    post('Communication', { status: 'completed', identifier: op('op2') }, { ifNoneExist: 'identifier=urn:portaldesk:op|op2' }),
    post('Provenance', { recorded: '2026-11-20T21:03:11Z', target: [{ reference: 'urn:uuid:11111111-1111-4111-8111-111111111111' }] }),
  ]);
}

async function portalWithRequest() {
  const portal = await aPortal();
  portal.load([
    { resourceType: 'MedicationRequest', id: 'm1', status: 'draft', intent: 'proposal' },
    { resourceType: 'Task', id: 't1', status: 'requested' },
  ]);
  return portal;
}

test('an approval is stored as a whole, its references pointing at the new order', async () => {
  const portal = await portalWithRequest();
  const reply = await send(portal, 'POST', '', approval(1));
  expect(reply.status).toBe(200);
  expect(valuesAt(reply.json, 'entry.response.status')).toEqual(['201 Created', '200 OK', '200 OK', '201 Created', '201 Created']);
  const order = String(valuesAt(reply.json, 'entry.response.location')[0]).replace(/\/_history\/1$/, '');
  expect((await send(portal, 'GET', '/Task/t1')).json).toMatchObject({ output: [{ valueReference: { reference: order } }] });
  expect((await send(portal, 'GET', `/Provenance?target=${order}`)).json.entry).toHaveLength(1);
  const instants = new Set(readEffects(portal.database, 2).map((effect) => effect.lastUpdated));
  expect(instants.size).toBe(1);
});

test('one stale entry undoes all of it, and the outcome names the entry', async () => {
  const portal = await portalWithRequest();
  const reply = await send(portal, 'POST', '', approval(7));
  expect(reply.status).toBe(412);
  expect(reasonIn(reply)).toContain('Bundle.entry[2] (PUT Task/t1)');
  expect(valuesAt(reply.json, 'issue.expression')).toEqual(['Bundle.entry[2]']);
  expect(readEffects(portal.database)).toHaveLength(2);
  expect((await send(portal, 'GET', '/MedicationRequest?status=active')).json.entry).toBeUndefined();
});

test('the same approval sent twice has its effect once', async () => {
  const portal = await portalWithRequest();
  await send(portal, 'POST', '', approval(1));
  const effects = readEffects(portal.database).length;
  expect((await send(portal, 'POST', '', approval(1))).status).toBe(412);
  expect(readEffects(portal.database)).toHaveLength(effects);
});

test('a release takes the label off a report and its results together, by patches that keep the digits', async () => {
  const portal = await aPortal();
  portal.load([
    JSON.stringify({ resourceType: 'DiagnosticReport', id: 'r1', meta: { security: [nopat] }, status: 'final' }),
    `{"resourceType":"Observation","id":"o1","meta":{"security":[${JSON.stringify(nopat)}]},"valueQuantity":{"value":5.60}}`,
  ]);
  const off = [{ op: 'remove', path: '/meta/security/0' }];
  const reply = await send(portal, 'POST', '', bundle([patch('DiagnosticReport', 'r1', 1, off), patch('Observation', 'o1', 1, off)]));
  expect(reply.status).toBe(200);
  expect((await send(portal, 'GET', '/Observation?_security=NOPAT&_summary=count')).json.total).toBe(0);
  expect((await send(portal, 'GET', '/Observation/o1')).text).toContain('"value":5.60');
});

test('deletes come first, reads last, wherever they stand in the bundle', async () => {
  const portal = await portalWithRequest();
  const reply = await send(portal, 'POST', '', {
    ...bundle([
      { request: { method: 'GET', url: 'Task?status=requested' } },
      { request: { method: 'GET', url: 'Task/t2' } },
      put('Task', 't2', undefined, { status: 'requested' }),
      { request: { method: 'DELETE', url: 'Task/t1' } },
    ]),
    headers: { Prefer: 'return=representation' },
  });
  expect(valuesAt(reply.json, 'entry.resource.entry.resource.id')).toEqual(['t2']);
  expect(valuesAt(reply.json, 'entry.response.status')).toEqual(['200 OK', '200 OK', '201 Created', '204 No Content']);
  expect(valuesAt(reply.json, 'entry.resource.id')).toContain('t2');
});

test('a conditional reference is resolved, and one that matches nothing or several refuses the bundle', async () => {
  const portal = await aPortal();
  const reference = { for: { reference: 'Patient?identifier=urn:portaldesk:op|p' } };
  const task = bundle([post('Task', { status: 'requested', ...reference })]);
  expect((await send(portal, 'POST', '', task)).status).toBe(412);
  portal.load([{ resourceType: 'Patient', id: 'p1', identifier: op('p') }]);
  expect((await send(portal, 'POST', '', task)).status).toBe(200);
  expect((await send(portal, 'GET', '/Task?patient=Patient/p1')).json.entry).toHaveLength(1);
  portal.load([{ resourceType: 'Patient', id: 'p2', identifier: op('p') }]);
  expect((await send(portal, 'POST', '', task)).status).toBe(412);
});

test('two entries with the same condition make one resource, and both names lead to it', async () => {
  const portal = await aPortal();
  const organisation = { identifier: op('org'), name: 'Kauri Street' };
  const condition = { ifNoneExist: 'identifier=urn:portaldesk:op|org' };
  const reply = await send(
    portal,
    'POST',
    '',
    bundle([
      post('Organization', organisation, condition, 'urn:uuid:a'),
      post('Organization', organisation, condition, 'urn:uuid:b'),
      post('Task', { owner: { reference: 'urn:uuid:b' }, identifier: [{ system: 'urn:ietf:rfc:3986', value: 'urn:uuid:b' }] }),
    ]),
  );
  expect(valuesAt(reply.json, 'entry.response.status')).toEqual(['201 Created', '200 OK', '201 Created']);
  const { text, json } = await send(portal, 'GET', '/Task?_include=Task:owner');
  expect(valuesAt(json, 'entry.resource.name')).toEqual(['Kauri Street']);
  expect(text).toContain('"value":"urn:uuid:b"');
});

test('a transaction that writes one resource twice, or names what the server cannot do, is refused whole', async () => {
  const portal = await portalWithRequest();
  const twice = bundle([put('Task', 't1', 1, { status: 'accepted' }), { request: { method: 'DELETE', url: 'Task/t1' } }]);
  const conditional = bundle([{ request: { method: 'PUT', url: 'Task?identifier=x' }, resource: { resourceType: 'Task' } }]);
  const unknown = bundle([post('Nonsense', {})]);
  const noRequest = bundle([{ resource: { resourceType: 'Task' } }]);
  const statuses = [];
  for (const sending of [twice, conditional, unknown, noRequest]) statuses.push((await send(portal, 'POST', '', sending)).status);
  expect(statuses).toEqual([400, 400, 404, 400]);
  expect(readEffects(portal.database)).toHaveLength(2);
});

test('a batch stores what it can and tells of each entry what became of it', async () => {
  const portal = await portalWithRequest();
  const reply = await send(
    portal,
    'POST',
    '',
    bundle(
      [
        put('Task', 't1', 9, { status: 'accepted' }),
        post('AuditEvent', { action: 'R' }),
        { request: { method: 'GET', url: 'Task/none' } },
        { request: { method: 'BREW' } },
      ],
      'batch',
    ),
  );
  expect(valuesAt(reply.json, 'entry.response.status')).toEqual(['412', '201 Created', '404', '400']);
  expect(valuesAt(reply.json, 'entry.response.outcome.resourceType')).toHaveLength(3);
});
