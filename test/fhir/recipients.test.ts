import { describe, expect, test } from 'vitest';
import type { BaseBodies } from '../../electron/fhir/acts/request-entry.ts';
import { toEntries } from '../../electron/fhir/acts/to-request.ts';
import { type Change, QueuedChange } from '../../shared/changes/changes.ts';

const context = { organisationRef: 'Organization/kauri-street', acceptsClientIds: () => true };
const uuid = '3f0f7a86-52a5-4f3b-9d0b-6a1f5d0c1e01';

function recipientOf(change: Change, bodies: Readonly<Record<string, object>>): unknown {
  const queued = QueuedChange.parse({
    ...{
      opId: uuid,
      subject: { of: 'item', itemKey: 'message|Communication/c1', taskId: 't1' },
      patientId: 'p1',
      authorId: 'r1',
      authorName: 'Dr Rangi Parata',
      authorSubject: 's1',
      seen: {},
      change,
    },
    createdAt: '2026-11-20T01:00:00.000Z',
  });
  const base: BaseBodies = new Map(Object.entries(bodies).map(([ref, body]) => [ref, { versionId: '1', body: JSON.stringify(body) }]));
  const entries = toEntries(queued, base, context);
  if (!entries.ok) throw new Error(entries.error.reason);
  const message = entries.value.find(({ ref }) => ref.startsWith('Communication/'));
  return JSON.parse(message?.body ?? '{}').recipient;
}

const reply: Change = {
  ...{ kind: 'reply', v: 1, threadId: 'c1', inResponseTo: null, messageId: 'c2', text: 'Kia ora', finish: false, outcome: null },
};
const task = { resourceType: 'Task', id: 't1', status: 'requested', intent: 'order' };
const threadFrom = (reference: string) => ({
  'Task/t1': task,
  'Communication/c1': { resourceType: 'Communication', sender: { reference } },
});

describe('whom a reply is addressed to', () => {
  test('whoever wrote for the patient', () => {
    expect(recipientOf(reply, threadFrom('RelatedPerson/mother'))).toEqual([{ reference: 'RelatedPerson/mother' }]);
    expect(recipientOf(reply, threadFrom('Patient/p1'))).toEqual([{ reference: 'Patient/p1' }]);
  });

  test('never another patient, whatever the conversation says of its sender', () => {
    expect(recipientOf(reply, threadFrom('Patient/p2'))).toEqual([{ reference: 'Patient/p1' }]);
    expect(recipientOf(reply, threadFrom('https://portal.example.nz/fhir/Patient/p2'))).toEqual([{ reference: 'Patient/p1' }]);
  });
});
