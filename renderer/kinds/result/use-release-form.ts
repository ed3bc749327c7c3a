import { useState } from 'react';
import { missingForRelease, type Release } from '../../../shared/domain/release-rules.ts';
import type { ReleaseGate } from '../../../shared/domain/test-result.ts';
import { messageTextLimit } from '../../../shared/domain/thread.ts';
import type { RefusalReason } from '../../../shared/errors.ts';
import type { DetailOf } from '../../acts/item-body.ts';
import { useDraft } from '../../data/use-draft.ts';
import { refusalMessage } from '../../words/error-message.ts';
import { contactOf, emptyContact } from './contact-fields.tsx';

export interface ReleaseFormProps {
  readonly detail: DetailOf<'result'>;
  /** Opened to write: an empty comment is not sent. */
  readonly mustComment: boolean;
  readonly problem: string | undefined;
  readonly onRelease: (release: Release) => void;
}

/** The comment and the record of the talk as they are typed, and what the gate still asks for. */
export function useReleaseForm({ detail, mustComment, problem, onRelease }: ReleaseFormProps) {
  const { needs } = detail.result.gate;
  const draft = useDraft(detail.item.key, 'release-comment');
  const [noComment, setNoComment] = useState(false);
  const [contact, setContact] = useState(emptyContact);
  const [missing, setMissing] = useState<string>();
  const needsContact = needs.includes('contact-recorded') || needs.includes('discussion-recorded');

  function release() {
    const text = draft.text.trim();
    const comment = text === '' ? null : text;
    const given: Release = { comment, noComment: comment === null && noComment, contact: contactOf(contact) };
    const reason = missingOf(given, detail.result.gate, mustComment);
    setMissing(reason && refusalMessage(reason));
    if (reason === undefined) onRelease(given);
  }
  function setComment(text: string) {
    draft.setText(text);
    setMissing(undefined);
  }
  return {
    comment: draft.text,
    setComment,
    noComment,
    setNoComment,
    needsContact,
    contact,
    setContact,
    problem: missing ?? problem,
    release,
  };
}

/** What the gate asks for that is not given; the core asks the same and decides. */
function missingOf(given: Release, gate: ReleaseGate, mustComment: boolean): RefusalReason | undefined {
  const { comment } = given;
  if (mustComment && comment === null) return 'empty-text';
  if (comment !== null && comment.length > messageTextLimit) return 'text-too-long';
  return missingForRelease(gate, given) ?? undefined;
}
