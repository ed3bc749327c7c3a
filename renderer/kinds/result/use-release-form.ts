import { useState } from 'react';
import { messageTextLimit } from '../../../shared/domain/thread.ts';
import type { RefusalReason } from '../../../shared/errors.ts';
import type { DetailOf } from '../../acts/item-body.ts';
import { useDraft } from '../../data/use-draft.ts';
import { refusalMessage } from '../../words/error-message.ts';
import { contactOf, emptyContact } from './contact-fields.tsx';
import type { Release } from './use-result-decision.ts';

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
  const draft = useDraft(detail.item.id, 'release-comment');
  const [noComment, setNoComment] = useState(false);
  const [contact, setContact] = useState(emptyContact);
  const [missing, setMissing] = useState<string>();
  const needsContact = needs.includes('contact-recorded') || needs.includes('discussion-recorded');

  function release() {
    const text = draft.text.trim();
    const comment = text === '' ? null : text;
    const given: Release = { comment, noComment: comment === null && noComment, contact: contactOf(contact) };
    const reason = missingOf(given, needs, mustComment);
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
function missingOf(
  { comment, noComment, contact }: Release,
  needs: DetailOf<'result'>['result']['gate']['needs'],
  mustComment: boolean,
): RefusalReason | undefined {
  if (needs.includes('contact-recorded') && contact === null) return 'contact-not-recorded';
  if (needs.includes('discussion-recorded') && contact === null) return 'discussion-not-recorded';
  if (mustComment && comment === null) return 'empty-text';
  if (needs.includes('comment-or-explicit-none') && comment === null && !noComment) return 'comment-or-explicit-none-needed';
  if (comment !== null && comment.length > messageTextLimit) return 'text-too-long';
  return undefined;
}
