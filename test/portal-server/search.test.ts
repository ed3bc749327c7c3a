import { expect, test } from 'vitest';
import type { PortalServer } from '../../electron/demo/fhir-server/server.ts';
import { aPortal, idsIn, linkIn, reasonIn, send } from './portal-under-test.ts';

const strict = { Prefer: 'handling=strict' };
const nopat = { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'NOPAT' };
const role = (code: string) => ({ coding: [{ system: 'urn:portaldesk:role', code }] });

async function practice(): Promise<PortalServer> {
  const portal = await aPortal();
  portal.load([
    { resourceType: 'Patient', id: 'p1', name: [{ family: 'Ngāio', given: ['Hēmi'] }], birthDate: '1980-05-17', active: true },
    { resourceType: 'Patient', id: 'p2', name: [{ family: "O'Neill", given: ['Ann'] }], birthDate: '1980-06-01', active: false },
    { resourceType: 'Organization', id: 'gp1', name: 'Kauri Street' },
    { resourceType: 'Practitioner', id: 'x', name: [{ family: 'Rangi' }] },
    {
      resourceType: 'PractitionerRole',
      id: 'r1',
      active: true,
      practitioner: { reference: 'Practitioner/x' },
      organization: { reference: 'Organization/gp1' },
      code: [role('gp')],
    },
    {
      resourceType: 'Task',
      id: 't1',
      meta: { lastUpdated: '2026-11-20T10:00:00.000Z', tag: [{ system: 'a', code: 'b' }] },
      status: 'requested',
      for: { reference: 'Patient/p1' },
      performerType: [role('nurse')],
      identifier: [{ system: 'urn:portaldesk:op', value: 'a,b' }],
      executionPeriod: { start: '2026-11-20' },
    },
    {
      resourceType: 'Task',
      id: 't2',
      meta: { lastUpdated: '2026-11-20T10:00:00.001Z', security: [nopat] },
      status: 'accepted',
      for: { reference: 'Patient/p2' },
      owner: { reference: 'PractitionerRole/r1' },
      performerType: [role('gp')],
      lastModified: '2026-11-19T23:30:00+13:00',
    },
    {
      resourceType: 'Task',
      id: 't3',
      meta: { lastUpdated: '2026-11-21T10:00:00.000Z' },
      status: 'completed',
      for: { reference: 'Patient/p1' },
      lastModified: '2026-11-19T10:29:59Z',
    },
    {
      resourceType: 'AuditEvent',
      id: 'a1',
      recorded: '2026-11-20T10:00:00Z',
      entity: [{ what: { identifier: { system: 'urn:portaldesk:op', value: 'op9' } } }],
    },
    { resourceType: 'Immunization', id: 'i1', patient: { reference: 'Patient/p1' } },
  ]);
  return portal;
}

const cases: readonly (readonly [string, string, readonly string[]])[] = [
  ['a token by code', '/Task?status=requested', ['t1']],
  ['a comma means or', '/Task?status=requested,accepted', ['t1', 't2']],
  ['a repeated parameter means and', '/Task?status=requested,accepted&status=accepted', ['t2']],
  ['a token by system and code', '/Task?performer=urn:portaldesk:role|gp', ['t2']],
  ['a token by code of no system does not match one that has a system', '/Task?performer=|gp', []],
  ['a token by its system', '/Task?identifier=urn:portaldesk:op|', ['t1']],
  ['an escaped comma belongs to the value', '/Task?identifier=urn:portaldesk:op|a\\,b', ['t1']],
  ['a boolean token', '/Patient?active=false', ['p2']],
  ['not', '/Task?status:not=completed', ['t1', 't2']],
  ['a security label', '/Task?_security=NOPAT', ['t2']],
  ['no such security label', '/Task?_security:not=http://terminology.hl7.org/CodeSystem/v3-ActCode|NOPAT', ['t1', 't3']],
  ['a tag', '/Task?_tag=a|b', ['t1']],
  ['a reference by type and id', '/Task?patient=Patient/p1', ['t1', 't3']],
  ['a reference by id', '/Task?patient=p1', ['t1', 't3']],
  ['a reference by type as modifier', '/Task?subject:Patient=p2', ['t2']],
  ['an identifier inside a reference', '/AuditEvent?entity:identifier=urn:portaldesk:op|op9', ['a1']],
  ['absence', '/Task?owner:missing=true', ['t1', 't3']],
  ['presence', '/Task?owner:missing=false', ['t2']],
  ['a name without its macrons', '/Patient?name=ngaio', ['p1']],
  ['the beginning of a given name', '/Patient?given=he', ['p1']],
  ['an exact name', '/Patient?family:exact=ngaio', []],
  ['a part of a name', "/Patient?name:contains='neill", ['p2']],
  ['a day', '/Patient?birthdate=1980-05-17', ['p1']],
  ['a month', '/Patient?birthdate=1980-05', ['p1']],
  ['before a day', '/Patient?birthdate=lt1980-06-01', ['p1']],
  ['from a day', '/Patient?birthdate=ge1980-06-01', ['p2']],
  ['after a day', '/Patient?birthdate=gt1980-05-17', ['p2']],
  ['at most a day', '/Patient?birthdate=le1980-05-17', ['p1']],
  ['starting after', '/Patient?birthdate=sa1980-05-17', ['p2']],
  ['ending before', '/Patient?birthdate=eb1980-06-01', ['p1']],
  ['an instant is compared across offsets', '/Task?modified=2026-11-19T10:30:00Z', ['t2']],
  ['a later instant', '/Task?modified=ge2026-11-19T10:30:00Z', ['t2']],
  ['an open period', '/Task?period=ge2030-01-01', ['t1']],
  ['lastUpdated at its own millisecond', '/Task?_lastUpdated=ge2026-11-20T10:00:00.001Z', ['t2', 't3']],
  ['lastUpdated on a day', '/Task?_lastUpdated=2026-11-20', ['t1', 't2']],
  ['lastUpdated between', '/Task?_lastUpdated=gt2026-11-20T10:00:00.000Z&_lastUpdated=lt2026-11-21', ['t2']],
  ['ids', '/Task?_id=t3,t1', ['t1', 't3']],
  ['newest first', '/Task?_sort=-_lastUpdated', ['t3', 't2', 't1']],
  ['by id backwards', '/Task?_sort=-_id', ['t3', 't2', 't1']],
  ['by a date, those without it last', '/Task?_sort=modified', ['t3', 't2', 't1']],
  ['by a date backwards and then forwards by id', '/Task?_sort=-modified,_id', ['t2', 't3', 't1']],
  ['a type without a table of its own', '/Immunization?patient=Patient/p1', ['i1']],
];

test.each(cases)('search: %s', async (_what, path, expected) => {
  const portal = await practice();
  const reply = await send(portal, 'GET', path.replaceAll('|', '%7C'), { headers: strict });
  expect(reply.status).toBe(200);
  expect(idsIn(reply.json)).toEqual(expected);
});

test('strict handling refuses an unknown parameter, lenient ignores it and leaves it out of the self link', async () => {
  const portal = await practice();
  const refused = await send(portal, 'GET', '/Task?nonsense=1', { headers: strict });
  expect([refused.status, reasonIn(refused)]).toEqual([400, 'Unknown search parameter "nonsense" for Task']);
  const { json } = await send(portal, 'GET', '/Task?nonsense=1&status=accepted');
  expect(idsIn(json)).toEqual(['t2']);
  expect(linkIn(json, 'self')).toBe(`${portal.baseUrl}/Task?status=accepted`);
});

test('what the server cannot do is refused rather than left out: modifiers, prefixes, sort keys, chains', async () => {
  const portal = await practice();
  for (const query of ['status:in=x', 'modified=ap2026', 'modified=soon', '_sort=status', '_count=many', '_include=Task:nothing']) {
    expect([query, (await send(portal, 'GET', `/Task?${query}`)).status]).toEqual([query, 400]);
  }
  expect((await send(portal, 'GET', '/Task?patient.name=x', { headers: strict })).status).toBe(400);
});

test('a role is found with its person and organisation included', async () => {
  const portal = await practice();
  const include = '_include=PractitionerRole:practitioner&_include=PractitionerRole:organization';
  const { json } = await send(portal, 'GET', `/PractitionerRole?practitioner=Practitioner/x&active=true&${include}`, { headers: strict });
  expect(json.entry).toMatchObject([
    { resource: { id: 'r1' }, search: { mode: 'match' } },
    { resource: { id: 'x' }, search: { mode: 'include' } },
    { resource: { id: 'gp1' }, search: { mode: 'include' } },
  ]);
});

test('the total is counted only when asked for, and a count alone carries no entries', async () => {
  const portal = await practice();
  expect((await send(portal, 'GET', '/Task?_count=1&_total=none')).json.total).toBeUndefined();
  expect((await send(portal, 'GET', '/Task?_count=1&_total=accurate')).json.total).toBe(3);
  const counted = (await send(portal, 'GET', '/Task?_summary=count')).json;
  expect([counted.total, counted.entry]).toEqual([3, undefined]);
});

test('asked for elements come alone and marked as a part', async () => {
  const portal = await practice();
  const { json } = await send(portal, 'GET', '/Task?_id=t1&_elements=id,meta');
  expect(json.entry).toMatchObject([{ resource: { id: 't1', meta: { versionId: '1', tag: [{ code: 'b' }, { code: 'SUBSETTED' }] } } }]);
  expect(json.entry).not.toMatchObject([{ resource: { status: 'requested' } }]);
});

test('a search by POST finds the same, and its next link holds nothing of what was searched for', async () => {
  const portal = await practice();
  const headers = { 'Content-Type': 'application/x-www-form-urlencoded' };
  const { json } = await send(portal, 'POST', '/Patient/_search', { body: 'birthdate=ge1980-05-17&_count=1', headers });
  expect(idsIn(json)).toEqual(['p1']);
  const next = linkIn(json, 'next') ?? '';
  expect(next).not.toContain('1980');
  expect(Buffer.from(next.split('_page=')[1] ?? '', 'base64url').toString('latin1')).not.toContain('1980');
  expect(idsIn((await send(portal, 'GET', next)).json)).toEqual(['p2']);
});
