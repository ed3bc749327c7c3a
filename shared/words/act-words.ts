import type { ActKind, ChangeMap } from '../changes/changes.ts';
import { clinicalDate, dayOf, type PracticeZone } from '../dates.ts';

interface ActWords<K extends ActKind> {
  /** In the history of an item or a patient: what was done. */
  readonly history: string;
  /** In the outbox, on one line: what it is, and enough of it to tell it from others. */
  readonly summary: (change: ChangeMap[K], zone: PracticeZone) => string;
}

/** What each act is called. An act without words does not compile. */
const actWords: { readonly [K in ActKind]: ActWords<K> } = {
  claim: { history: 'Claimed', summary: () => 'Claim' },
  'release-claim': { history: 'Claim released', summary: () => 'Release claim' },
  assign: {
    history: 'Assigned',
    summary: ({ assignee }) => `Assign to ${assignee.to === 'staff' ? assignee.name : `${assignee.pool} team`}`,
  },
  'set-priority': { history: 'Priority set', summary: ({ priority }) => `Priority: ${priority}` },
  finish: { history: 'Done', summary: () => 'Done' },
  reply: { history: 'Replied', summary: ({ text }) => `Reply: ${oneLine(text)}` },
  note: { history: 'Note added', summary: ({ text }) => `Note: ${oneLine(text)}` },
  'decide-repeat': { history: 'Decided', summary: ({ decisions }) => decisionSummary(decisions) },
  'release-result': {
    history: 'Released',
    summary: ({ reportName, comment }) => `Release ${reportName}${comment === null ? '' : `: ${oneLine(comment, 50)}`}`,
  },
  'hold-result': {
    history: 'Held',
    summary: ({ reportName, untilAt }, zone) => `Hold ${reportName} until ${clinicalDate(dayOf(untilAt, zone))}`,
  },
  'mark-unread': { history: 'Marked unread', summary: () => 'Mark unread' },
  'patient-note': { history: 'Note on the patient', summary: ({ text }) => `Note on the patient: ${oneLine(text)}` },
  'draft-policy': { history: 'Policy drafted', summary: ({ reason }) => `Draft of the practice policy: ${oneLine(reason)}` },
};

function decisionSummary(decisions: ChangeMap['decide-repeat']['decisions']): string {
  const of = (kind: 'approve' | 'decline') => decisions.filter(({ decision }) => decision === kind).map(({ medicineText }) => medicineText);
  return [
    ...(of('approve').length > 0 ? [`Approve ${of('approve').join(', ')}`] : []),
    ...(of('decline').length > 0 ? [`Decline ${of('decline').join(', ')}`] : []),
  ].join('; ');
}

export function summaryOf<K extends ActKind>(kind: K, change: ChangeMap[K], zone: PracticeZone): string {
  return actWords[kind].summary(change, zone);
}

/** What became of an act, in the history. */
const outcomeWords = {
  undone: 'Taken back',
  conflict: 'Not sent: it had changed',
  rejected: 'Not sent: the portal refused',
  done: 'Confirmed by the portal',
} as const;

/** What the history of an item says of an audit row; undefined for what is for the audit log alone. */
export function historyWordsOf(action: string): string | undefined {
  if (action === 'open') return 'Opened here';
  if (isKeyOf(actWords, action)) return actWords[action].history;
  return isKeyOf(outcomeWords, action) ? outcomeWords[action] : undefined;
}

function isKeyOf<T extends object>(table: T, key: string): key is Extract<keyof T, string> {
  return Object.hasOwn(table, key);
}

/** The beginning of a text on one line, cut between characters that belong together. */
function oneLine(text: string, longest = 80): string {
  const line = text.replace(/\s+/gu, ' ').trim();
  const characters = [...new Intl.Segmenter('en-NZ', { granularity: 'grapheme' }).segment(line.slice(0, longest * 8))];
  return characters.length <= longest
    ? line
    : `${characters
        .slice(0, longest - 1)
        .map(({ segment }) => segment)
        .join('')
        .trimEnd()}…`;
}
