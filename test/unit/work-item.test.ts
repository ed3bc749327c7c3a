import { describe, expect, test } from 'vitest';
import { type ItemFlag, type ItemStatus, isOpen, isOverdue, isPinned, type Priority } from '../../shared/domain/work-item.ts';

describe('the urgent group', () => {
  test.each<[Priority, boolean]>([
    ['routine', false],
    ['urgent', true],
    ['asap', true],
    ['stat', true],
  ])('an item of %s priority and without flags is pinned: %s', (priority, pinned) => {
    expect(isPinned({ priority, flags: [] })).toBe(pinned);
  });

  test.each<[ItemFlag, boolean]>([
    ['critical', true],
    ['red-flag', true],
    ['abnormal', false],
    ['high', false],
    ['low', false],
    ['controlled', false],
    ['proxy', false],
    ['restricted', false],
    ['sensitive', false],
    ['amended', false],
    ['unmatched', false],
  ])('a routine item with the flag %s is pinned: %s', (flag, pinned) => {
    expect(isPinned({ priority: 'routine', flags: [flag] })).toBe(pinned);
    expect(isPinned({ priority: 'routine', flags: ['abnormal', flag, 'amended'] })).toBe(pinned);
  });
});

test.each<[ItemStatus, boolean]>([
  ['requested', true],
  ['accepted', true],
  ['in-progress', true],
  ['on-hold', true],
  ['completed', false],
  ['cancelled', false],
  ['rejected', false],
])('an item that is %s is open: %s', (status, open) => {
  expect(isOpen({ status })).toBe(open);
});

test('an open item is overdue after its due time, and a closed one or one without a due time never', () => {
  const [before, due, after] = ['2026-11-20T00:00:00.000Z', '2026-11-20T01:00:00.000Z', '2026-11-20T02:00:00.000Z'] as const;
  expect(isOverdue({ status: 'on-hold', dueAt: due }, before)).toBe(false);
  expect(isOverdue({ status: 'on-hold', dueAt: due }, after)).toBe(true);
  expect(isOverdue({ status: 'completed', dueAt: due }, after)).toBe(false);
  expect(isOverdue({ status: 'requested', dueAt: null }, after)).toBe(false);
});
