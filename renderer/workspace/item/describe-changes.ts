import type { ItemDetail } from '../../../shared/domain/item-detail.ts';
import type { Patient } from '../../../shared/domain/patient.ts';
import type { Staff } from '../../../shared/domain/staff.ts';
import { isOpen } from '../../../shared/domain/work-item.ts';

/** What differs between two readings of one item, in words, leaving out what the user did here. Empty: nothing that bears on a decision. */
export function describeChanges(before: ItemDetail, after: ItemDetail, user: Staff): readonly string[] {
  return [...itemChanges(before, after, user), ...patientChanges(before.patient, after.patient), ...contentChanges(before, after)];
}

function itemChanges(before: ItemDetail, after: ItemDetail, user: Staff): readonly string[] {
  // While an act of ours is on its way, or has just arrived, the row shows its effect.
  if (before.pending.length > 0 || after.pending.length > 0) return [];
  const was = before.item;
  const is = after.item;
  const words: string[] = [];
  if (is.ownerId !== was.ownerId && is.ownerId !== user.id && was.ownerId !== user.id)
    words.push(is.ownerId === null ? `${was.ownerName ?? 'The owner'} let it go` : `${is.ownerName ?? 'A colleague'} has it now`);
  if (isOpen(was) && !isOpen(is)) words.push('It was closed');
  return words;
}

function patientChanges(before: Patient | null, after: Patient | null): readonly string[] {
  if (before === null || after === null) return before === after ? [] : ['Another patient is linked'];
  const changed = (pick: (patient: Patient) => unknown) => JSON.stringify(pick(before)) !== JSON.stringify(pick(after));
  return [
    ...(changed(({ id, familyName, givenNames, bornOn, nhi }) => [id, familyName, givenNames, bornOn, nhi])
      ? ['The patient’s identity']
      : []),
    ...(changed(({ allergies }) => allergies) ? ['The patient’s allergies'] : []),
    ...(changed(({ deceased }) => deceased.is) ? ['The patient is recorded as having died'] : []),
    ...(changed(({ proxies, restricted }) => [proxies, restricted]) ? ['Who can read it'] : []),
  ];
}

function contentChanges(before: ItemDetail, after: ItemDetail): readonly string[] {
  if (before.kind === 'message' && after.kind === 'message') {
    const known = new Set(before.thread.messages.map(({ id }) => id));
    const more = after.thread.messages.filter(({ id, opId }) => opId === null && !known.has(id)).length;
    return more === 0 ? [] : [more === 1 ? 'A new message' : `${more} new messages`];
  }
  if (before.kind === 'repeat' && after.kind === 'repeat') {
    if (after.pending.length > 0 || before.pending.length > 0) return [];
    return differentById(before.request.medicines, after.request.medicines, ({ genericName }) => genericName);
  }
  if (before.kind === 'result' && after.kind === 'result') {
    if (after.pending.length > 0 || before.pending.length > 0) return [];
    const report = (detail: typeof before) => JSON.stringify({ ...detail.result, measurements: [], gate: [] });
    return [
      ...(report(before) === report(after) ? [] : ['The report']),
      ...differentById(before.result.measurements, after.result.measurements, ({ name }) => name),
    ];
  }
  return [];
}

function differentById<T extends { readonly id: string }>(
  before: readonly T[],
  after: readonly T[],
  nameOf: (each: T) => string,
): readonly string[] {
  const textById = new Map(before.map((each) => [each.id, JSON.stringify(each)]));
  const changed = after.filter((each) => textById.get(each.id) !== JSON.stringify(each)).map(nameOf);
  const gone = before.filter((each) => !after.some(({ id }) => id === each.id)).map(nameOf);
  return [...new Set([...changed, ...gone])];
}
