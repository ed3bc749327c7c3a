import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { type Served, serveCall } from '../../electron/core/serve.ts';
import { defineStatement } from '../../electron/store/db.ts';
import { type CoreChannel, coreChannels } from '../../shared/channels.ts';
import { contract } from '../../shared/contract.ts';
import { openPracticeDesk } from '../features/practice-desk.ts';
import { idleControl } from './idle-control.ts';

/** SAFETY F24 asks for 100,000 a channel: set PORTAL_DESK_RANDOM_CALLS for a long run. */
const calls = Number(process.env.PORTAL_DESK_RANDOM_CALLS ?? 2000);

const practice = openPracticeDesk();
afterAll(() => practice.close());
let bugs = 0;
const served: Served = {
  control: idleControl(),
  desk: () => practice.desk,
  log: (level) => {
    if (level === 'error') bugs += 1;
  },
  newReference: () => 'REF',
};

const act = { opId: '3f0c2f9e-0d3a-4b6e-8f57-1f7a4d1c9a11', itemId: 'nobody-knows', patientId: 'p9', seen: { 'Task/x': '1' } };
const opId = act.opId;
const itemId = act.itemId;

/** A well-formed input of each channel that names nothing that is here: what a random change of it leaves is as near to valid as can be. */
const nearlyValid: Readonly<Record<CoreChannel, object>> = {
  'session.status': {},
  'session.sign-in': { server: 'https://portal.example.nz/fhir' },
  'session.cancel-sign-in': {},
  'session.sign-out': {},
  'session.start-demo': { role: 'gp' },
  'session.leave-demo': {},
  'session.choose-passphrase': { passphrase: 'a long enough passphrase' },
  'session.unlock': { passphrase: 'a long enough passphrase' },
  'session.try-again': {},
  'session.start-again': {},
  'demo.switch-staff': { staffId: 'role-gp' },
  'demo.set-network': { network: 'off' },
  'inbox.page': { view: 'all', offset: 0, limit: 50, anchor: { offset: 3, id: 'nobody-knows' } },
  'inbox.counts': {},
  'inbox.search': { text: 'rash "OR" *', limit: 50 },
  'items.detail': { itemId },
  'items.open': { itemId },
  'items.mark-unread': { itemId },
  'items.claim': act,
  'items.release-claim': act,
  'items.assign': { ...act, assignee: { to: 'pool', pool: 'gp' } },
  'items.set-priority': { ...act, priority: 'urgent' },
  'items.finish': { ...act, outcome: 'advice' },
  'messages.reply': { ...act, text: 'Kia ora', finish: true, outcome: null },
  'notes.add': { ...act, text: 'Rang' },
  'repeats.decide': { ...act, decisions: [{ decision: 'approve', medicineId: 'losartan', acknowledged: [] }], message: null },
  'results.release': { ...act, comment: null, noComment: true, contact: null },
  'results.hold': { ...act, reason: 'other', reasonText: 'x', untilOn: '2026-12-01' },
  'drafts.find': { itemId, kind: 'reply' },
  'drafts.save': { itemId, kind: 'reply', text: 'Kia ora' },
  'outbox.list': { which: 'waiting', limit: 50 },
  'outbox.undo': { opId },
  'outbox.try-again': { opId },
  'outbox.discard': { opId },
  'outbox.conflict': { opId },
  'outbox.resolve-conflict': { opId, choice: 'do-mine-again', newOpId: opId, seen: {} },
  'outbox.confirm-recovered': { opId, send: true },
  'staff.list': {},
  'sync.status': {},
  'sync.now': {},
  'sync.quarantine': {},
  'sync.conservation': {},
};

const hostileValue = fc.oneof(
  fc.anything(),
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.constantFrom(
    '',
    'no-such-item',
    '__proto__',
    '../../etc/passwd',
    "'; DROP TABLE work_item; --",
    '\u202e',
    null,
    -1,
    1e308,
    Number.MAX_SAFE_INTEGER + 1,
    [],
    {},
  ),
);

function mutated(valid: object): fc.Arbitrary<object> {
  const keys = [...Object.keys(valid), 'extra', '__proto__'];
  return fc
    .array(fc.tuple(fc.constantFrom(...keys), fc.boolean(), hostileValue), { minLength: 0, maxLength: 3 })
    .map((changes) => changes.reduce((input, [key, drops, value]) => change(input, key, drops, value), valid));
}

function change(input: object, key: string, drops: boolean, value: unknown): object {
  const entries = Object.entries(input).filter(([name]) => name !== key);
  return Object.fromEntries(drops ? entries : [...entries, [key, value]]);
}

function inputTo(channel: CoreChannel): fc.Arbitrary<string> {
  const asText = (value: unknown) =>
    JSON.stringify(value, (_key, inner) => (typeof inner === 'bigint' ? String(inner) : inner)) ?? 'undefined';
  return fc.oneof(
    { weight: 1, arbitrary: fc.string({ maxLength: 100 }) },
    { weight: 1, arbitrary: fc.json() },
    { weight: 6, arbitrary: mutated(nearlyValid[channel]).map(asText) },
  );
}

const changesSoFar = () => practice.desk.db.read(defineStatement('SELECT total_changes() AS changes')).get()?.changes;

test.each(coreChannels)('%s: random calls are answered, change nothing and find no bug', async (channel) => {
  const before = changesSoFar();
  await fc.assert(
    fc.asyncProperty(inputTo(channel), async (input) => {
      const answer = await serveCall({ id: 1, channel, input }, served);
      if (answer?.kind !== 'reply') throw new Error('No reply');
      const reply = JSON.parse(answer.reply);
      if (reply.ok) contract[channel].output.parse(reply.value);
      else if (reply.error.kind === 'unexpected') throw new Error(`A bug: ${input}`);
    }),
    { numRuns: calls },
  );
  expect(bugs).toBe(0);
  expect(changesSoFar()).toBe(before);
});
