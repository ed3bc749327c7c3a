import type { WorkItem } from '../../shared/domain/work-item.ts';
import { isOverdue } from '../../shared/domain/work-item.ts';
import type { Instant } from '../../shared/ids.ts';
import type { Tone } from '../ui/text/pill.tsx';
import { patientName } from '../words/patient-words.ts';

export interface RowPill {
  readonly tone: Tone;
  readonly words: string;
}

/** At most two pills, in the order Needs you, Critical, Urgent, High/Low, Overdue, owner (UI, List row). */
export function pillsOf(item: WorkItem, now: Instant, staffId: string | null): readonly RowPill[] {
  return [pendingPill(item), ...flagPills(item), ...duePills(item, now), ownerPill(item, staffId)]
    .filter((pill) => pill !== undefined)
    .slice(0, 2);
}

function pendingPill({ pending }: WorkItem): RowPill | undefined {
  switch (pending) {
    case 'conflict':
    case 'rejected':
      return { tone: 'critical', words: 'Needs you' };
    case 'needs-sign-in':
      return { tone: 'offline', words: 'Sign in to send' };
    default:
      return undefined;
  }
}

function flagPills({ flags, priority }: WorkItem): readonly RowPill[] {
  const pills: RowPill[] = [];
  if (flags.includes('critical')) pills.push({ tone: 'critical', words: '!! Critical' });
  if (priority !== 'routine') pills.push({ tone: 'critical', words: priority === 'stat' ? 'Immediate' : 'Urgent' });
  else if (flags.includes('red-flag')) pills.push({ tone: 'critical', words: 'Red flag' });
  if (flags.includes('high')) pills.push({ tone: 'warn', words: '↑ High' });
  if (flags.includes('low')) pills.push({ tone: 'warn', words: '↓ Low' });
  if (flags.includes('abnormal') && !flags.includes('high') && !flags.includes('low')) pills.push({ tone: 'warn', words: '* Abnormal' });
  return pills;
}

function duePills(item: WorkItem, now: Instant): readonly RowPill[] {
  return isOverdue(item, now) ? [{ tone: 'warn', words: 'Overdue' }] : [];
}

function ownerPill({ ownerId, ownerName }: WorkItem, staffId: string | null): RowPill | undefined {
  if (ownerId === null) return undefined;
  return ownerId === staffId ? { tone: 'neutral', words: 'Mine' } : { tone: 'claim', words: ownerName ?? 'Owned' };
}

/** `NGATA, Ngaio`; a sender whom the portal could not match says so. */
export function nameOf(item: Pick<WorkItem, 'familyName' | 'givenNames' | 'patientId'>): string {
  return item.patientId === null && item.familyName === '' ? 'Sender not matched' : patientName(item);
}

/** Where an act of ours on the item stands, for the row's clock sign. */
export function pendingWords({ pending }: Pick<WorkItem, 'pending'>): string | undefined {
  return pending === 'waiting' ? 'Waiting to send' : pending === 'sending' ? 'Sending' : undefined;
}
