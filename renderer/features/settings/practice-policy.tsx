import { useEffect, useRef, useState } from 'react';
import type { Output } from '../../../shared/contract.ts';
import { clinicalDateTime } from '../../../shared/dates.ts';
import { may } from '../../../shared/domain/permissions.ts';
import type { Staff } from '../../../shared/domain/staff.ts';
import type { OpId } from '../../../shared/ids.ts';
import { holdDays, type PracticePolicy } from '../../../shared/policy/practice-policy.ts';
import { performAct } from '../../acts/perform.ts';
import { newOpId } from '../../data/api.ts';
import { useQueryOf } from '../../data/queries.ts';
import { Button } from '../../ui/forms/button.tsx';
import { TextArea, TextField } from '../../ui/forms/text-field.tsx';
import { errorMessage, refusalMessage } from '../../words/error-message.ts';
import { practiceZone } from '../../words/practice-zone.ts';
import styles from './sheets.module.css';

type View = Output<'practice.policy'>;
type Draft = NonNullable<View['draft']>;

/** What the practice decided, for everybody to read; who manages it drafts changes. No draft is in force. */
export function PracticePolicySection({ user }: { readonly user: Staff }) {
  const { data, error } = useQueryOf('practice.policy', {});
  const mayDraft = may(user.role, 'manage');
  return (
    <section className={styles.section} aria-labelledby="practice-policy">
      <h3 id="practice-policy" className={styles.heading}>
        Practice policy
      </h3>
      {error && <p role="alert">{errorMessage(error)}</p>}
      {data && <Values policy={data.inForce} />}
      {data?.draft && <LatestDraft draft={data.draft} />}
      {data && mayDraft && <Drafting view={data} />}
      {!mayDraft && <p className={styles.hint}>Your practice manager can draft changes.</p>}
    </section>
  );
}

function Values({ policy: { longestHoldDays } }: { readonly policy: PracticePolicy }) {
  return (
    <dl className={styles.values}>
      <div className={styles.value}>
        <dt>Longest hold on a result</dt>
        <dd>{daysWords(longestHoldDays)}</dd>
      </div>
    </dl>
  );
}

function daysWords(days: number): string {
  return days === 1 ? '1 day' : `${days} days`;
}

function LatestDraft({ draft: { policy, reason, by, at, state } }: { readonly draft: Draft }) {
  return (
    <section className={styles.draft} aria-label="Latest draft, not in force">
      <p className={styles.draftTitle}>Latest draft, not in force</p>
      <Values policy={policy} />
      <p className={styles.reason}>{reason}</p>
      <p className={styles.hint}>
        {by} · <time dateTime={at}>{clinicalDateTime(at, practiceZone)}</time> · {stateWords[state]}
      </p>
    </section>
  );
}

const stateWords: Record<Draft['state'], string> = {
  queued: 'waiting to reach the portal',
  sending: 'on its way to the portal',
  unknown: 'checking whether it reached the portal',
  done: 'kept on the portal',
  conflict: 'not sent, see the outbox',
  rejected: 'not sent, see the outbox',
  'needs-sign-in': 'waiting for a sign-in',
  undone: 'taken back',
};

/** The button, then the form in its place; afterwards the focus is on the button again. */
function Drafting({ view }: { readonly view: View }) {
  const [isOpen, setOpen] = useState(false);
  const [isSaved, setSaved] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const wasOpen = useRef(false);
  useEffect(() => {
    if (wasOpen.current && !isOpen) button.current?.focus();
    wasOpen.current = isOpen;
  }, [isOpen]);

  function close(saved: boolean) {
    setSaved(saved);
    setOpen(false);
  }
  if (isOpen) return <DraftForm start={view.draft?.policy ?? view.inForce} onClose={close} />;
  return (
    <div className={styles.drafting}>
      <Button ref={button} onPress={() => setOpen(true)}>
        Draft a change…
      </Button>
      <p role="status" className={styles.hint}>
        {isSaved && 'Draft saved. What is in force has not changed.'}
      </p>
    </div>
  );
}

interface DraftFormProps {
  readonly start: PracticePolicy;
  readonly onClose: (saved: boolean) => void;
}

function DraftForm({ start, onClose }: DraftFormProps) {
  const form = useDraftForm(start, () => onClose(true));
  return (
    <section className={styles.form} aria-label="Draft a change of the practice policy">
      <p className={styles.hint}>
        A draft is not in force, and Portal Desk cannot put it in force yet. Drafts made on other computers are not shown here.
      </p>
      <TextField
        label={`Longest hold on a result, ${holdDays.least} to ${holdDays.most} days`}
        autoFocus
        value={form.days}
        onChange={form.setDays}
        problem={form.problems.days}
        onSubmit={form.save}
      />
      <TextArea label="Reason for the change" rows={3} value={form.reason} onChange={form.setReason} problem={form.problems.reason} />
      {form.problems.other && (
        <p role="alert" className={styles.problem}>
          {form.problems.other}
        </p>
      )}
      <div className={styles.acts}>
        <Button onPress={() => onClose(false)}>Discard</Button>
        <Button look="primary" isBusy={form.isBusy} onPress={form.save}>
          Save draft
        </Button>
      </div>
    </section>
  );
}

interface Problems {
  readonly days?: string | undefined;
  readonly reason?: string | undefined;
  readonly other?: string;
}

const longestReason = 500;

function problemsOf(days: number | undefined, reason: string): Problems {
  const tooLong = `Shorten the reason to ${longestReason} characters or fewer.`;
  return {
    days: days === undefined ? `Enter whole days, from ${holdDays.least} to ${holdDays.most}.` : undefined,
    reason: reason === '' ? refusalMessage('reason-needed') : reason.length > longestReason ? tooLong : undefined,
  };
}

/** Undefined: not a number of days that a policy can have. */
function typedDays(typed: string): number | undefined {
  const days = /^\d{1,3}$/.test(typed.trim()) ? Number(typed) : 0;
  return days >= holdDays.least && days <= holdDays.most ? days : undefined;
}

function useDraftForm(start: PracticePolicy, onSaved: () => void) {
  const [days, setDays] = useState(String(start.longestHoldDays));
  const [reason, setReason] = useState('');
  const [problems, setProblems] = useState<Problems>({});
  const [isBusy, setBusy] = useState(false);
  const failed = useRef<{ readonly content: string; readonly opId: OpId }>(undefined);

  async function save() {
    const longestHoldDays = typedDays(days);
    const given = reason.trim();
    const found = problemsOf(longestHoldDays, given);
    setProblems(found);
    if (longestHoldDays === undefined || found.reason !== undefined || isBusy) return;
    const input = { policy: { ...start, longestHoldDays }, reason: given };
    const content = JSON.stringify(input);
    // Asked again with the same content it is the same draft, and not a second one.
    const opId = failed.current?.content === content ? failed.current.opId : newOpId();
    setBusy(true);
    const reply = await performAct({ kind: 'draft-policy', opId, subject: {}, seen: {}, input }, 'Draft of the practice policy saved', {
      quiet: true,
    });
    setBusy(false);
    failed.current = reply.ok ? undefined : { content, opId };
    if (reply.ok) onSaved();
    else setProblems({ other: errorMessage(reply.error) });
  }
  return { days, setDays, reason, setReason, problems, isBusy, save: () => void save() };
}
