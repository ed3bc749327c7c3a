import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { type ServeContext, serveCall } from '../../electron/core/serve.ts';
import type { UseCaseContext } from '../../electron/features/use-case-context.ts';
import { defineStatement } from '../../electron/store/db.ts';
import { discard } from '../../electron/store/outbox/outbox.ts';
import { markRejected } from '../../electron/store/outbox/outbox-send.ts';
import { isPortalAct } from '../../shared/acts/acts.ts';
import { ActRequest } from '../../shared/changes/changes.ts';
import { type CoreChannel, coreChannels } from '../../shared/channels.ts';
import { contract, type Reply } from '../../shared/contract.ts';
import type { Role } from '../../shared/domain/staff.ts';
import { openPracticeDesk, type PracticeDesk } from '../features/practice-desk.ts';
import { idleControl } from './idle-control.ts';
import { actKinds, actsOf, examples, peoplePractice } from './random-acts.ts';
import { mutated, textsOf } from './random-inputs.ts';

/** SAFETY F24 asks for 100,000 a channel: set PORTAL_DESK_RANDOM_CALLS for a long run. */
const calls = Number(process.env.PORTAL_DESK_RANDOM_CALLS ?? 2000);

const practice = openPracticeDesk();
const people = openPracticeDesk();
afterAll(() => {
  practice.close();
  people.close();
});
let bugs = 0;

function servedTo(context: UseCaseContext): ServeContext {
  return {
    control: idleControl(),
    context: () => context,
    log: (level) => {
      if (level === 'error') bugs += 1;
    },
    newReference: () => 'REF',
  };
}

/** Calls; an answer has the contract's shape, and a bug is none. */
async function call<C extends CoreChannel>(channel: C, input: string, context: UseCaseContext): Promise<Reply<C>> {
  const answer = await serveCall({ id: 1, channel, input }, servedTo(context));
  if (answer?.kind !== 'reply') throw new Error('No reply');
  const reply: Reply<C> = JSON.parse(answer.reply);
  if (reply.ok) contract[channel].output.parse(reply.value);
  else if (reply.error.kind === 'unexpected') throw new Error(`A bug: ${input}`);
  return reply;
}

const itemKey = 'message|Communication/nobody-knows';
const opId = '3f0c2f9e-0d3a-4b6e-8f57-1f7a4d1c9a11';
const otherChannels = coreChannels.filter((channel) => channel !== 'acts.perform');

/** A well-formed input of each channel but that of acts, that names nothing that is here: what a random change of it leaves is as near to valid as can be. */
const nearlyValid: Readonly<Record<Exclude<CoreChannel, 'acts.perform'>, object>> = {
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
  'inbox.page': { view: 'all', offset: 0, limit: 50, anchor: { offset: 3, key: itemKey } },
  'inbox.counts': {},
  'inbox.search': { text: 'rash "OR" *', limit: 50 },
  'items.detail': { itemKey },
  'items.open': { itemKey },
  'drafts.find': { itemKey, kind: 'reply' },
  'drafts.save': { itemKey, kind: 'reply', text: 'Kia ora' },
  'outbox.list': { which: 'waiting', limit: 50 },
  'outbox.undo': { opId },
  'outbox.try-again': { opId },
  'outbox.discard': { opId },
  'outbox.conflict': { opId },
  'outbox.resolve-conflict': { opId, choice: 'do-mine-again', newOpId: opId, seen: {} },
  'outbox.confirm-recovered': { opId, send: true },
  'staff.list': {},
  'practice.policy': {},
  'sync.status': {},
  'sync.now': {},
  'sync.quarantine': {},
  'sync.conservation': {},
};

const Counts = z.object({ changes: z.number(), outbox: z.number(), audit: z.number() });
const countsSql = defineStatement(
  'SELECT total_changes() AS changes, (SELECT count(*) FROM outbox) AS outbox, (SELECT count(*) FROM audit_event) AS audit',
  { wholeTable: 'a test counts' },
);
const countsOf = ({ desk }: PracticeDesk) => Counts.parse(desk.db.read(countsSql).get());

test.each(otherChannels)('%s: random calls are answered, change nothing and find no bug', async (channel) => {
  const before = countsOf(practice);
  await fc.assert(
    fc.asyncProperty(textsOf(mutated(nearlyValid[channel])), async (input) => {
      await call(channel, input, practice.desk);
    }),
    { numRuns: calls },
  );
  expect(bugs).toBe(0);
  expect(countsOf(practice)).toEqual(before);
});

describe('acts.perform', () => {
  const here = peoplePractice(people);
  const made = new Set<string>(here.opIds);

  test.each(actKinds)(
    '%s: a refused act writes nothing; one that is done is on record once, and queued once if it leaves',
    async (kind) => {
      const by = fc.oneof(
        { weight: 4, arbitrary: fc.constant(examples[kind].by) },
        { weight: 1, arbitrary: fc.constantFrom<Role>('reception', 'nurse', 'manager') },
      );
      let done = 0;
      await fc.assert(
        fc.asyncProperty(actsOf(kind, people, here), by, async (input, role) => {
          const before = countsOf(people);
          const reply = await call('acts.perform', input, people.as(role));
          const after = countsOf(people);
          // An operation that was made already is answered as it was then.
          if (!reply.ok || made.has(reply.value.opId)) {
            expect(after).toEqual(before);
            return;
          }
          const leaves = isPortalAct(ActRequest.parse(JSON.parse(input)).kind);
          expect(after).toMatchObject({ outbox: before.outbox + (leaves ? 1 : 0), audit: before.audit + 1 });
          done += 1;
          made.add(reply.value.opId);
          if (leaves) giveUp(reply.value.opId);
        }),
        { numRuns: Math.ceil(calls / actKinds.length), endOnFailure: true },
      );
      expect(bugs).toBe(0);
      expect(done).toBeGreaterThan(0);
    },
  );
});

/** So that the next act finds its item as it was. */
function giveUp(opId: string): void {
  const { db } = people.desk;
  markRejected(db, opId, 'Not wanted', '2026-11-20T01:00:00Z');
  discard(db, opId, '2026-11-20T01:00:00Z');
}
