import { expect, test } from 'vitest';
import { nameOf, pillsOf } from '../../renderer/lists/row-words.ts';
import { StaffId } from '../../shared/ids.schema.ts';
import { aWorkItem } from './work-items.ts';

const now = '2026-11-22T03:00:00Z';
const owner = StaffId.parse('s2');
const words = (change: Parameters<typeof aWorkItem>[1]) => pillsOf(aWorkItem(1, change), now, 's1').map((pill) => pill.words);

test('a row shows at most two pills, the gravest first', () => {
  expect(
    words({ flags: ['critical', 'high'], priority: 'urgent', dueAt: '2026-11-21T00:00:00Z', ownerId: owner, ownerName: 'Dr Rangi' }),
  ).toEqual(['!! Critical', 'Urgent']);
  expect(words({ flags: ['low'], dueAt: '2026-11-21T00:00:00Z', ownerId: owner, ownerName: 'Dr Rangi' })).toEqual(['↓ Low', 'Overdue']);
  expect(words({ ownerId: owner, ownerName: 'Dr Rangi' })).toEqual(['Dr Rangi']);
  expect(words({ ownerId: StaffId.parse('s1'), ownerName: 'Me' })).toEqual(['Mine']);
  expect(words({})).toEqual([]);
});

test('a change that needs a person comes before everything else', () => {
  expect(words({ pending: 'conflict', flags: ['critical'], priority: 'stat' })).toEqual(['Needs you', '!! Critical']);
});

test('a red-flag phrase shows on a routine item and is not said twice on an urgent one', () => {
  expect(words({ flags: ['red-flag'] })).toEqual(['Red flag']);
  expect(words({ flags: ['red-flag'], priority: 'urgent' })).toEqual(['Urgent']);
});

test('what is closed is never overdue', () => {
  expect(words({ dueAt: '2026-11-21T00:00:00Z', status: 'completed' })).toEqual([]);
});

test('a name is the family name in capitals, with its macrons, and an unmatched sender says so', () => {
  expect(nameOf({ familyName: 'Māhaki', givenNames: 'Hēmi', patientId: aWorkItem(1).patientId })).toBe('MĀHAKI, Hēmi');
  expect(nameOf({ familyName: '', givenNames: '', patientId: null })).toBe('Sender not matched');
});
