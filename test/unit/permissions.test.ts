import { describe, expect, test } from 'vitest';
import { type CoreChannel, coreChannels } from '../../shared/channels.ts';
import { contract } from '../../shared/contract.ts';
import { may, type Permission } from '../../shared/domain/permissions.ts';
import { type Pool, poolsOf, type Role } from '../../shared/domain/staff.ts';

type Answers = Readonly<Record<Permission, boolean>>;

// Written out by hand, every role and every permission: a slip in the product's own table must not be copied into its test.
const common = { read: true, triage: true, reply: true, note: true };
const clinician: Answers = { ...common, 'approve-repeat': true, 'release-result': true, manage: false };
const others: Answers = { ...common, 'approve-repeat': false, 'release-result': false, manage: false };
const runsThePractice: Answers = { ...others, manage: true };
const matrix: Readonly<Record<Role, Answers>> = {
  gp: clinician,
  'nurse-prescriber': clinician,
  nurse: others,
  reception: others,
  manager: runsThePractice,
  admin: runsThePractice,
};
const permissions: readonly Permission[] = ['read', 'triage', 'reply', 'note', 'approve-repeat', 'release-result', 'manage'];
const roles: readonly Role[] = ['gp', 'nurse-prescriber', 'nurse', 'reception', 'manager', 'admin'];

describe('who may do what', () => {
  test.each(roles.flatMap((role) => permissions.map((permission) => ({ role, permission, allowed: matrix[role][permission] }))))(
    '$role, $permission: $allowed',
    ({ role, permission, allowed }) => {
      expect(may(role, permission)).toBe(allowed);
    },
  );

  test.each<Role>(['nurse', 'reception', 'manager', 'admin'])('a %s may neither approve a repeat nor release a result', (role) => {
    expect(may(role, 'approve-repeat')).toBe(false);
    expect(may(role, 'release-result')).toBe(false);
  });
});

test.each<[Role, readonly Pool[]]>([
  ['gp', ['gp']],
  ['nurse-prescriber', ['nurse']],
  ['nurse', ['nurse']],
  ['reception', ['reception']],
  ['manager', ['manager', 'reception']],
  ['admin', ['reception']],
])('the team work of a %s is that of %s', (role, pools) => {
  expect(poolsOf(role)).toEqual(pools);
});

/** What each call takes; whatever is not named here takes only the right to read. */
const needs: Partial<Record<CoreChannel, Permission | 'nothing'>> = {
  'session.status': 'nothing',
  'session.sign-in': 'nothing',
  'session.cancel-sign-in': 'nothing',
  'session.sign-out': 'nothing',
  'session.start-demo': 'nothing',
  'session.leave-demo': 'nothing',
  'session.choose-passphrase': 'nothing',
  'session.unlock': 'nothing',
  'session.try-again': 'nothing',
  'session.start-again': 'nothing',
  'demo.switch-staff': 'nothing',
  'demo.set-network': 'nothing',
  'sync.status': 'nothing',
  // Each act has a right of its own, which perform asks: acts-table.test.ts and features/rights-of-acts.test.ts.
  'acts.perform': 'nothing',
};

test.each(coreChannels)('the call %s takes the permission that it should', (channel) => {
  expect(contract[channel].needs).toBe(needs[channel] ?? 'read');
});
