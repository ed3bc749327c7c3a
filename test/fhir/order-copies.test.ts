import { describe, expect, test } from 'vitest';
import { toEntries } from '../../electron/fhir/acts/to-request.ts';
import { repeat } from './act-cases.ts';
import { queued } from './portal-client.ts';

/** What an order takes over from its proposal; the odd spaces, order and digits are part of it. */
const copied: Readonly<Record<string, string>> = {
  extension: '[{"url":"http://other.example/x", "valueDecimal":2.500}]',
  medicationCodeableConcept: '{"text":"warfarin 1 mg tablet","coding":[ {"system":"http://nzmt.org.nz","code":"44358011000117108"} ]}',
  medicationReference: '{ "reference":"Medication/m-1","display":"warfarin" }',
  subject: '{"reference":"Patient/p-1", "display":"Aroha Ngata"}',
  groupIdentifier: '{"system":"urn:portaldesk:group","value":"g-007"}',
  courseOfTherapyType: '{"coding":[{"code":"continuous"}]}',
  dosageInstruction: '[{"text":"as directed","doseAndRate":[{"doseQuantity":{"value":1.50,"unit":"mg"}}]}]',
  dispenseRequest: '{"numberOfRepeatsAllowed":2,"quantity":{"value":90.0},"performer":{"reference":"Organization/pharmacy"}}',
  substitution: '{"allowedBoolean":false , "reason":{"text":"Stays on this brand"}}',
  priorPrescription: '{"reference":"MedicationRequest/order-0"}',
};

/** What is the proposal's own and not the order's. */
const left: Readonly<Record<string, string>> = {
  note: '[{"text":"I lost the last box"}]',
  reasonCode: '[{"text":"asked by the patient"}]',
  encounter: '{"reference":"Encounter/e-1"}',
  statusReason: '{"text":"waits"}',
};

const proposalWith = (elements: Readonly<Record<string, string>>, meta = '{"versionId":"3"}') =>
  `{"resourceType":"MedicationRequest","id":"asked","meta":${meta},"status":"draft","intent":"proposal","authoredOn":"2026-11-01","requester":{"reference":"Patient/p-1"},${Object.entries(
    elements,
  )
    .map(([name, text]) => `"${name}":${text}`)
    .join(',')}}`;

/** The order that an approval of this proposal makes, as the text that is sent. */
function orderOf(proposal: string): string {
  const base = new Map([
    [
      'Task/t1',
      { versionId: '1', body: '{"resourceType":"Task","id":"t1","status":"requested","focus":{"reference":"MedicationRequest/asked"}}' },
    ],
    ['MedicationRequest/asked', { versionId: '3', body: proposal }],
  ]);
  const change = repeat(() => 'approve')({ refs: ['MedicationRequest/asked'] });
  const entries = toEntries(queued('t1', 'p-1', change), base, { organisationRef: 'Organization/gp1', acceptsClientIds: () => true });
  const order = entries.ok
    ? entries.value.find(({ method, ref }) => method === 'create' && ref.startsWith('MedicationRequest/'))
    : undefined;
  return order?.body ?? '';
}

describe('an order', () => {
  const order = orderOf(proposalWith({ ...copied, ...left }));

  test.each(Object.entries(copied))('has the proposal’s own %s, byte for byte', (name, text) => {
    expect(order).toContain(`"${name}":${text}`);
  });

  test.each(Object.keys(left))('does not take over its %s', (name) => {
    expect(JSON.parse(order)).not.toHaveProperty(name);
  });

  test('says for itself what it is, who ordered it and on what', () => {
    expect(JSON.parse(order)).toMatchObject({
      resourceType: 'MedicationRequest',
      status: 'active',
      intent: 'order',
      requester: { reference: 'PractitionerRole/role-dr-rangi', display: 'Dr Rangi Parata' },
      basedOn: [{ reference: 'MedicationRequest/asked' }],
    });
    expect(JSON.parse(order).authoredOn).not.toBe('2026-11-01');
    expect(JSON.parse(order)).not.toHaveProperty('meta');
  });

  test('has nothing that its proposal has not', () => {
    const names = Object.keys(JSON.parse(orderOf(proposalWith({ medicationCodeableConcept: '{"text":"losartan"}' }))));
    expect(names.sort()).toEqual(
      ['authoredOn', 'basedOn', 'id', 'identifier', 'intent', 'medicationCodeableConcept', 'requester', 'resourceType', 'status'].sort(),
    );
  });

  test('of a restricted proposal is restricted too', () => {
    const security = '[{"system":"http://terminology.hl7.org/CodeSystem/v3-Confidentiality","code":"R"}]';
    const restricted = orderOf(proposalWith({ subject: '{"reference":"Patient/p-1"}' }, `{"versionId":"3","security":${security}}`));
    expect(restricted).toContain(`"meta":{"security":${security}}`);
  });
});
