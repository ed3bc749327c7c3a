import { describe, expect, test } from 'vitest';
import { portalActs } from '../../electron/fhir/acts/acts.ts';
import { acts, type ItemRules, itemRulesOf, permissionOf } from '../../shared/acts/acts.ts';
import type { ActKind } from '../../shared/changes/changes.ts';
import type { Permission } from '../../shared/domain/permissions.ts';
import type { ItemKind } from '../../shared/domain/work-item.ts';
import { actKinds } from '../support/durable-hashes.ts';

interface Expected {
  readonly livesAt: 'portal' | 'here';
  readonly undoWindowSeconds: number;
  readonly clinical: boolean;
  readonly leavesRecord: boolean;
  readonly permission: Permission | Readonly<Record<ItemKind, Permission>>;
  /** Null: not on an item. */
  readonly onItem: ItemRules | null;
}

// Written out by hand, every act and every fact: a slip in the product's own table must not be copied into its test.

/** What just moves an item about. */
const moves = { livesAt: 'portal', clinical: false, leavesRecord: false, permission: 'triage' } as const;
const onRow = { reachesPatient: false, onClosedItem: 'refuse', requiredVersions: 'row' } as const;
const onAllShown = { ownership: 'free-or-mine', onClosedItem: 'refuse', requiredVersions: 'everything-shown' } as const;
const onAnything = { ownership: 'anyone', reachesPatient: false, onClosedItem: 'allow', requiredVersions: 'none' } as const;
const added = { livesAt: 'portal', undoWindowSeconds: 0, clinical: false, leavesRecord: false } as const;

const expected: Readonly<Record<ActKind, Expected>> = {
  claim: { ...moves, undoWindowSeconds: 0, onItem: { ...onRow, ownership: 'free-or-mine' } },
  'release-claim': { ...moves, undoWindowSeconds: 0, onItem: { ...onRow, ownership: 'mine' } },
  assign: { ...moves, undoWindowSeconds: 10, onItem: { ...onRow, ownership: 'anyone' } },
  'set-priority': { ...moves, undoWindowSeconds: 10, onItem: { ...onRow, ownership: 'anyone' } },
  finish: {
    livesAt: 'portal',
    undoWindowSeconds: 10,
    clinical: false,
    leavesRecord: false,
    permission: { message: 'triage', repeat: 'approve-repeat', result: 'release-result' },
    onItem: { ...onAllShown, reachesPatient: false },
  },
  reply: {
    livesAt: 'portal',
    undoWindowSeconds: 10,
    clinical: false,
    leavesRecord: false,
    permission: 'reply',
    onItem: { ...onAllShown, reachesPatient: true },
  },
  note: { ...added, permission: 'note', onItem: onAnything },
  'decide-repeat': {
    livesAt: 'portal',
    undoWindowSeconds: 10,
    clinical: true,
    leavesRecord: false,
    permission: 'approve-repeat',
    onItem: { ...onAllShown, reachesPatient: true },
  },
  'release-result': {
    livesAt: 'portal',
    undoWindowSeconds: 10,
    clinical: true,
    leavesRecord: true,
    permission: 'release-result',
    onItem: { ...onAllShown, reachesPatient: true },
  },
  'hold-result': {
    livesAt: 'portal',
    undoWindowSeconds: 0,
    clinical: true,
    leavesRecord: true,
    permission: 'release-result',
    onItem: { ...onAllShown, reachesPatient: false },
  },
  'mark-unread': { ...added, livesAt: 'here', permission: 'read', onItem: onAnything },
  'patient-note': { ...added, permission: 'note', onItem: null },
  'draft-policy': { ...added, permission: 'manage', onItem: null },
};

const itemKinds: readonly ItemKind[] = ['message', 'repeat', 'result'];

describe('an act', () => {
  test.each(actKinds)('%s: where it lives, how long it can be taken back, whether it is clinical and leaves a record', (kind) => {
    const { livesAt, undoWindowSeconds, clinical, leavesRecord } = acts[kind];
    const { permission: _permission, onItem: _onItem, ...facts } = expected[kind];
    expect({ livesAt, undoWindowSeconds, clinical, leavesRecord }).toEqual(facts);
  });

  test.each(actKinds)('%s: the right that it takes on each kind of item', (kind) => {
    const { permission } = expected[kind];
    const wanted = typeof permission === 'string' ? { message: permission, repeat: permission, result: permission } : permission;
    expect(Object.fromEntries(itemKinds.map((each) => [each, permissionOf(kind, each)]))).toEqual(wanted);
  });

  test.each(actKinds)('%s: what it asks of its item', (kind) => {
    const rules = itemRulesOf(kind);
    const { onItem } = expected[kind];
    expect(rules === null).toBe(onItem === null);
    expect(rules ?? {}).toMatchObject(onItem ?? {});
  });

  test.each(actKinds.filter((kind) => typeof expected[kind].permission === 'string' && expected[kind].onItem === null))(
    '%s: the right that it takes where there is no item',
    (kind) => {
      expect(permissionOf(kind, null)).toBe(expected[kind].permission);
    },
  );
});

test('what is clinical rests on all that was shown, and on nobody else’s item', () => {
  const clinical = actKinds.filter((kind) => acts[kind].clinical);
  expect(clinical).toEqual(['decide-repeat', 'release-result', 'hold-result']);
  for (const kind of clinical) expect(itemRulesOf(kind)).toMatchObject({ requiredVersions: 'everything-shown', ownership: 'free-or-mine' });
});

test('whatever lives at the portal, and nothing else, has its writes there', () => {
  expect(Object.keys(portalActs).sort()).toEqual(actKinds.filter((kind) => expected[kind].livesAt === 'portal').sort());
});
