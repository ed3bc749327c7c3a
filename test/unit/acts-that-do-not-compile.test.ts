import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { deciders } from '../../electron/features/acts/acts.ts';
import { portalActs } from '../../electron/fhir/acts/acts.ts';
import { acts, type HereActKind, type PortalActKind } from '../../shared/acts/acts.ts';
import { defineAct } from '../../shared/acts/define-act.ts';
import { markUnread } from '../../shared/acts/mark-unread.ts';
import { ActRequest } from '../../shared/changes/changes.ts';
import { OpId, PatientId } from '../../shared/ids.schema.ts';
import { itemKeyOf } from '../../shared/ids.ts';

/*
 * These are tests of the types: a line below "@ts-expect-error" must not compile, or the type check fails. What runs is there to hold it, and to
 * show that the shapes refuse at run time what the types refuse before.
 */

const factsOf = (table: typeof acts) => Object.keys(table);
const rulesOf = (table: typeof deciders) => Object.keys(table);
const writesOf = (table: typeof portalActs) => Object.keys(table);
const isRequest = (request: ActRequest) => ActRequest.safeParse(request).success;

const opId = OpId.parse(randomUUID());
const patientId = PatientId.parse('p1');
const onItem = { opId, subject: { itemKey: itemKeyOf('message', 'Communication/t1'), patientId }, seen: {} };

test('an act without its facts does not compile', () => {
  const { finish: _finish, ...others } = acts;
  // @ts-expect-error The facts of finish are missing.
  expect(factsOf(others)).not.toEqual(factsOf(acts));
});

test('an act without its rules does not compile', () => {
  const { finish: _finish, ...others } = deciders;
  // @ts-expect-error The rules of finish are missing.
  expect(rulesOf(others)).not.toEqual(rulesOf(deciders));
});

test('an act that goes to the portal and has no writes there does not compile', () => {
  const { finish: _finish, ...others } = portalActs;
  // @ts-expect-error The writes of finish are missing.
  expect(writesOf(others)).not.toEqual(writesOf(portalActs));
});

test('the rules of one act in the place of another’s do not compile', () => {
  // @ts-expect-error A reply's rules are not those of a claim.
  expect(rulesOf({ ...deciders, claim: deciders.reply })).toEqual(rulesOf(deciders));
  // @ts-expect-error A reply's writes are not those of a claim.
  expect(writesOf({ ...portalActs, claim: portalActs.reply })).toEqual(writesOf(portalActs));
  // @ts-expect-error A reply's facts are not those of a claim.
  expect(factsOf({ ...acts, claim: acts.reply })).toEqual(factsOf(acts));
});

test('an act that lives here has no writes at the portal', () => {
  // @ts-expect-error A read mark stays on this computer.
  expect(writesOf({ ...portalActs, 'mark-unread': portalActs.note })).toContain('mark-unread');
  // @ts-expect-error The same, said of its kind.
  const portal: PortalActKind = 'mark-unread';
  // @ts-expect-error And a reply does not stay here.
  const here: HereActKind = 'reply';
  expect([acts[portal].livesAt, acts[here].livesAt]).toEqual(['here', 'portal']);
});

test('an act says where it lives, in one of two places, and all that is asked of its item', () => {
  // @ts-expect-error There is no such place.
  expect(defineAct({ ...markUnread, livesAt: 'cloud' })).toHaveProperty('livesAt', 'cloud');
  const { ownership: _ownership, ...others } = markUnread;
  // @ts-expect-error Whose the item may be is not said.
  expect(defineAct(others)).not.toHaveProperty('ownership');
});

test('a request holds the input of its own act, on what that act is on', () => {
  expect(isRequest({ ...onItem, kind: 'note', input: { text: 'Rang her.' } })).toBe(true);
  // @ts-expect-error A priority is not what a note is made of.
  expect(isRequest({ ...onItem, kind: 'note', input: { priority: 'asap' } })).toBe(false);
  // @ts-expect-error A claim takes no words.
  expect(isRequest({ ...onItem, kind: 'claim', input: { text: 'Mine.' } })).toBe(false);
  // @ts-expect-error A note on a patient names one.
  expect(isRequest({ ...onItem, subject: {}, kind: 'patient-note', input: { text: 'Rang her.' } })).toBe(false);
  // @ts-expect-error And one on an item names the item.
  expect(isRequest({ ...onItem, subject: { patientId }, kind: 'note', input: { text: 'Rang her.' } })).toBe(false);
  // @ts-expect-error There is no such act.
  expect(isRequest({ ...onItem, kind: 'shred', input: {} })).toBe(false);
});
