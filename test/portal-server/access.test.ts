import { expect, test } from 'vitest';
import type { Principal } from '../../electron/demo/fhir-server/access.ts';
import { readEffects } from '../../electron/demo/fhir-server/database.ts';
import type { PortalServer } from '../../electron/demo/fhir-server/server.ts';
import { aPortal, idsIn, reasonIn, send } from './portal-under-test.ts';

const staff = (...roles: Extract<Principal, { kind: 'staff' }>['roles']): Principal => ({
  kind: 'staff',
  roles,
  practitionerRole: `PractitionerRole/${roles.join('-')}`,
  organization: 'Organization/gp1',
});

const principals: Readonly<Record<string, Principal>> = {
  gp: staff('gp'),
  prescriber: staff('nurse-prescriber'),
  nurse: staff('nurse'),
  reception: staff('reception'),
  p1: { kind: 'patient', patient: 'Patient/p1' },
  parent: { kind: 'proxy', patient: 'Patient/p1', relatedPerson: 'RelatedPerson/rp1' },
};

const label = (code: string) => ({ meta: { security: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code }] } });
const about = (id: string) => ({ subject: { reference: `Patient/${id}` } });
const code = (value: string) => ({ code: { coding: [{ system: 'urn:portaldesk:task-code', code: value }] } });
const toPatient = { sender: { reference: 'PractitionerRole/gp' }, recipient: [{ reference: 'Patient/p1' }] };

async function practice(): Promise<PortalServer> {
  const portal = await aPortal({ authorise: ({ token }) => principals[token ?? ''] ?? 'unauthenticated' });
  portal.load([
    { resourceType: 'Patient', id: 'p1' },
    { resourceType: 'Patient', id: 'p2' },
    { resourceType: 'Organization', id: 'gp1' },
    { resourceType: 'DiagnosticReport', id: 'released', ...about('p1'), result: [{ reference: 'Observation/held' }] },
    { resourceType: 'DiagnosticReport', id: 'held', ...label('NOPAT'), ...about('p1') },
    { resourceType: 'DiagnosticReport', id: 'restricted', ...label('R'), ...about('p1') },
    { resourceType: 'DiagnosticReport', id: 'other', ...about('p2') },
    { resourceType: 'Observation', id: 'held', ...label('NOPAT'), ...about('p1') },
    { resourceType: 'Task', id: 'review', status: 'requested', ...code('result-review'), for: { reference: 'Patient/p1' } },
    { resourceType: 'Communication', id: 'answer', ...about('p1'), ...toPatient },
    { resourceType: 'Communication', id: 'note', ...about('p1'), sender: { reference: 'PractitionerRole/gp' } },
    { resourceType: 'Provenance', id: 'why', target: [{ reference: 'Patient/p1' }] },
  ]);
  return portal;
}

function as(who: string, more: Readonly<Record<string, string>> = {}) {
  return { headers: { Authorization: `Bearer ${who}`, ...more } };
}

function sending(who: string, body: object, more: Readonly<Record<string, string>> = {}) {
  return { body, ...as(who, more) };
}

test('without a token there is nothing but the capability statement', async () => {
  const portal = await practice();
  const reply = await send(portal, 'GET', '/Patient');
  expect([reply.status, reply.headers.get('www-authenticate')]).toEqual([401, 'Bearer']);
  expect((await send(portal, 'GET', '/metadata')).status).toBe(200);
});

test.each(['p1', 'parent'])(
  '%s finds their own record and the practice, but nothing held, restricted, internal or about others',
  async (who) => {
    const portal = await practice();
    const found = async (path: string) => idsIn((await send(portal, 'GET', path, as(who))).json);
    expect(await found('/Patient')).toEqual(['p1']);
    expect(await found('/Organization')).toEqual(['gp1']);
    expect(await found('/DiagnosticReport?_include=DiagnosticReport:result')).toEqual(['released']);
    expect(await found('/Observation')).toEqual([]);
    expect(await found('/Task')).toEqual([]);
    expect(await found('/Communication')).toEqual(['answer']);
    expect(await found('/Provenance')).toEqual([]);
    expect((await send(portal, 'GET', '/DiagnosticReport?_summary=count', as(who))).json.total).toBe(1);
    expect((await found('/_history')).toSorted()).toEqual(['answer', 'gp1', 'p1', 'released']);
  },
);

test('what a patient may not see is not there for them: read, version, history, patch', async () => {
  const portal = await practice();
  for (const path of ['/DiagnosticReport/held', '/DiagnosticReport/held/_history/1', '/Patient/p2', '/DiagnosticReport/never']) {
    expect((await send(portal, 'GET', path, as('p1'))).status).toBe(404);
  }
  expect((await send(portal, 'GET', '/DiagnosticReport/held/_history', as('p1'))).json.entry).toBeUndefined();
  const headers = { 'If-Match': '1', 'Content-Type': 'application/json-patch+json' };
  expect((await send(portal, 'PATCH', '/DiagnosticReport/held', sending('p1', [], headers))).status).toBe(404);
});

test('a result that is put back on hold is hidden with its released past', async () => {
  const portal = await practice();
  await send(
    portal,
    'PUT',
    '/DiagnosticReport/released',
    sending('gp', { resourceType: 'DiagnosticReport', id: 'released', ...label('NOPAT'), ...about('p1') }, { 'If-Match': '1' }),
  );
  expect((await send(portal, 'GET', '/DiagnosticReport/released/_history/1', as('p1'))).status).toBe(404);
  expect((await send(portal, 'GET', '/DiagnosticReport/released/_history', as('p1'))).json.entry).toBeUndefined();
});

test('a result that is released is seen from its release on, not as it was while it was held', async () => {
  const portal = await practice();
  const headers = { 'If-Match': '1', 'Content-Type': 'application/json-patch+json' };
  await send(portal, 'PATCH', '/DiagnosticReport/held', sending('gp', [{ op: 'remove', path: '/meta/security/0' }], headers));
  expect((await send(portal, 'GET', '/DiagnosticReport/held', as('p1'))).status).toBe(200);
  expect((await send(portal, 'GET', '/DiagnosticReport/held/_history/1', as('p1'))).status).toBe(404);
  expect((await send(portal, 'GET', '/DiagnosticReport/held/_history', as('p1'))).json.entry).toHaveLength(1);
});

const patientActs: readonly (readonly [string, object, number])[] = [
  ['write a message', { resourceType: 'Communication', ...about('p1'), sender: { reference: 'Patient/p1' } }, 201],
  ['write in another name', { resourceType: 'Communication', ...about('p1'), sender: { reference: 'PractitionerRole/gp' } }, 403],
  ['write about another', { resourceType: 'Communication', ...about('p2'), sender: { reference: 'Patient/p1' } }, 403],
  [
    'ask for a medicine',
    { resourceType: 'MedicationRequest', status: 'draft', intent: 'proposal', ...about('p1'), requester: { reference: 'Patient/p1' } },
    201,
  ],
  [
    'prescribe',
    { resourceType: 'MedicationRequest', status: 'active', intent: 'order', ...about('p1'), requester: { reference: 'Patient/p1' } },
    403,
  ],
  [
    'ask for an appointment',
    { resourceType: 'Appointment', status: 'proposed', participant: [{ actor: { reference: 'Patient/p1' }, status: 'accepted' }] },
    201,
  ],
  [
    'book',
    { resourceType: 'Appointment', status: 'booked', participant: [{ actor: { reference: 'Patient/p1' }, status: 'accepted' }] },
    403,
  ],
  [
    'put a task on the list',
    {
      resourceType: 'Task',
      status: 'requested',
      ...code('repeat-rx'),
      for: { reference: 'Patient/p1' },
      requester: { reference: 'Patient/p1' },
    },
    201,
  ],
  [
    'put a review on the list',
    {
      resourceType: 'Task',
      status: 'requested',
      ...code('result-review'),
      for: { reference: 'Patient/p1' },
      requester: { reference: 'Patient/p1' },
    },
    403,
  ],
  ['make a condition', { resourceType: 'Condition', ...about('p1') }, 403],
];

test.each(patientActs)('a patient can or cannot %s', async (_act, resource, status) => {
  const portal = await practice();
  const { resourceType } = JSON.parse(JSON.stringify(resource));
  expect((await send(portal, 'POST', `/${resourceType}`, sending('p1', resource))).status).toBe(status);
});

test('a patient changes and deletes nothing', async () => {
  const portal = await practice();
  const before = readEffects(portal.database).length;
  const update = sending('p1', { resourceType: 'Patient', id: 'p1', active: true }, { 'If-Match': '1' });
  expect((await send(portal, 'PUT', '/Patient/p1', update)).status).toBe(403);
  expect((await send(portal, 'DELETE', '/Patient/p1', as('p1'))).status).toBe(403);
  expect(readEffects(portal.database)).toHaveLength(before);
});

const order = { resourceType: 'MedicationRequest', status: 'active', intent: 'order', ...about('p1') };
const removeLabel = [{ op: 'remove', path: '/meta/security/0' }];

test.each([
  ['gp', 201, 200],
  ['prescriber', 201, 200],
  ['nurse', 403, 403],
  ['reception', 403, 403],
])('%s: an active prescription answers %i, taking a hold off %i', async (who, ordering, releasing) => {
  const portal = await practice();
  const ordered = await send(portal, 'POST', '/MedicationRequest', sending(who, order));
  expect(ordered.status).toBe(ordering);
  if (ordering === 403) expect(reasonIn(ordered)).toBe('Only a prescriber may make a prescription active.');
  const patch = { 'If-Match': '1', 'Content-Type': 'application/json-patch+json' };
  expect((await send(portal, 'PATCH', '/DiagnosticReport/held', sending(who, removeLabel, patch))).status).toBe(releasing);
});

test('reception cannot release through the side doors either: a bundled patch, a replacement, a delete, a review closed or renamed', async () => {
  const portal = await practice();
  const before = readEffects(portal.database).length;
  const data = Buffer.from(JSON.stringify(removeLabel)).toString('base64');
  const entry = {
    request: { method: 'PATCH', url: 'DiagnosticReport/held', ifMatch: 'W/"1"' },
    resource: { resourceType: 'Binary', contentType: 'application/json-patch+json', data },
  };
  const bundled = await send(portal, 'POST', '', sending('reception', { resourceType: 'Bundle', type: 'transaction', entry: [entry] }));
  expect([bundled.status, reasonIn(bundled)]).toEqual([
    403,
    'Bundle.entry[0] (PATCH DiagnosticReport/held): Only a clinician who may sign results can release this to the patient.',
  ]);
  const seen = { 'If-Match': '1' };
  const bare = { resourceType: 'DiagnosticReport', id: 'held', ...about('p1') };
  const review = { resourceType: 'Task', id: 'review', for: { reference: 'Patient/p1' } };
  const replies = [
    await send(portal, 'PUT', '/DiagnosticReport/held', sending('reception', bare, seen)),
    await send(portal, 'DELETE', '/DiagnosticReport/held', as('reception')),
    await send(portal, 'PUT', '/Task/review', sending('reception', { ...review, status: 'completed', ...code('result-review') }, seen)),
    await send(portal, 'PUT', '/Task/review', sending('reception', { ...review, status: 'requested', ...code('call-back') }, seen)),
  ];
  expect(replies.map((reply) => reply.status)).toEqual([403, 403, 403, 403]);
  expect(readEffects(portal.database)).toHaveLength(before);
});

test('reception may claim, hand over and answer, and the history says who did it and in which request', async () => {
  const portal = await practice();
  const claim = { resourceType: 'Task', id: 'review', status: 'accepted', ...code('result-review'), for: { reference: 'Patient/p1' } };
  const headers = { 'If-Match': '1', 'X-Request-Id': 'request-1' };
  const reply = await send(portal, 'PUT', '/Task/review', sending('reception', claim, headers));
  expect([reply.status, reply.headers.get('x-request-id')]).toEqual([200, 'request-1']);
  expect(readEffects(portal.database).at(-1)).toMatchObject({
    type: 'Task',
    id: 'review',
    version: 2,
    method: 'PUT',
    author: 'PractitionerRole/reception',
    requestId: 'request-1',
  });
});
