import { useState } from 'react';
import type { ItemDetail } from '../../../shared/domain/item-detail.ts';
import { messageTextLimit } from '../../../shared/domain/thread.ts';
import { keysOf } from '../../commands.ts';
import { errorMessage } from '../../error-message.ts';
import { cautionsOf, patientLine, plainName } from '../../patient-words.ts';
import { Button } from '../../ui/button.tsx';
import { Checkbox } from '../../ui/checkbox.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import { TextArea } from '../../ui/text-field.tsx';
import { useDraft } from '../../use-draft.ts';
import { ContactFields, contactOf, emptyContact } from './contact-fields.tsx';
import { flagWords } from './measurement-words.ts';
import styles from './result-sheets.module.css';
import type { Release } from './use-result-decision.ts';

interface ReleaseSheetProps {
  readonly detail: Extract<ItemDetail, { kind: 'result' }>;
  readonly isOpen: boolean;
  /** Opened to write: an empty comment is not sent. */
  readonly mustComment: boolean;
  readonly isBusy: boolean;
  readonly problem: string | undefined;
  readonly onClose: () => void;
  readonly onRelease: (release: Release) => void;
}

/** Releasing a result that is more than a normal number: whose, what, with which words, and how the patient heard (PRODUCT 30, 32). */
export function ReleaseSheet({ isOpen, ...props }: ReleaseSheetProps) {
  return isOpen ? <OpenSheet {...props} /> : null;
}

function OpenSheet({ detail, mustComment, isBusy, problem, onClose, onRelease }: Omit<ReleaseSheetProps, 'isOpen'>) {
  const { result } = detail;
  const { needs, reasons } = result.gate;
  const draft = useDraft(detail.item.id, 'release-comment');
  const [noComment, setNoComment] = useState(false);
  const [contact, setContact] = useState(emptyContact);
  const [missing, setMissing] = useState<string>();
  const name = plainName(detail.patient ?? detail.item);
  const needsContact = needs.includes('contact-recorded') || needs.includes('discussion-recorded');
  const needsWord = needs.includes('comment-or-explicit-none');
  // The gate already says which category is sensitive.
  const cautions = cautionsOf(detail).filter((caution) => caution !== 'Sensitive' || result.labels.length === 0);

  function release() {
    const comment = draft.text.trim() === '' ? null : draft.text.trim();
    const told = contactOf(contact);
    if (needsContact && told === null)
      return setMissing(needs.includes('contact-recorded') ? refused('contact-not-recorded') : refused('discussion-not-recorded'));
    if (mustComment && comment === null) return setMissing(refused('empty-text'));
    if (needsWord && comment === null && !noComment) return setMissing(refused('comment-or-explicit-none-needed'));
    if (comment !== null && comment.length > messageTextLimit) return setMissing(refused('text-too-long'));
    setMissing(undefined);
    return onRelease({ comment, noComment: comment === null && noComment, contact: told });
  }
  return (
    <Sheet
      isOpen
      onClose={onClose}
      title={`Release ${result.name} to ${name}`}
      patientLine={patientLine(detail)}
      onConfirm={isBusy ? undefined : release}
      actions={
        <>
          <Button onPress={onClose}>Back to the result</Button>
          <Button look="primary" keys={keysOf('message.send')} isBusy={isBusy} onPress={release}>
            {`Release to ${name}`}
          </Button>
        </>
      }
    >
      <div className={styles.form}>
        {[...reasons, ...cautions].length > 0 && (
          <ul className={styles.cautions}>
            {[...reasons, ...cautions].map((reason) => (
              <li key={reason}>▲ {reason}</li>
            ))}
          </ul>
        )}
        <ul>
          {result.measurements
            .filter(({ flag }) => flag !== null)
            .map(({ id, name: test, value, unit, flag }) => (
              <li key={id}>
                {test} <strong>{value}</strong> {unit} {flag && flagWords[flag]}
              </li>
            ))}
        </ul>
        {needsContact && (
          <ContactFields
            title={needs.includes('contact-recorded') ? 'How the patient was told' : 'How it was discussed'}
            value={contact}
            onChange={setContact}
          />
        )}
        <TextArea
          label={`Comment that ${name} will read`}
          rows={4}
          autoFocus={!needsContact}
          value={draft.text}
          onChange={(text) => {
            draft.setText(text);
            setMissing(undefined);
          }}
          problem={missing ?? problem}
        />
        {needsWord && !mustComment && (
          <Checkbox isSelected={noComment} onChange={setNoComment} isDisabled={draft.text.trim() !== ''}>
            No comment is needed
          </Checkbox>
        )}
      </div>
    </Sheet>
  );
}

function refused(
  reason: 'contact-not-recorded' | 'discussion-not-recorded' | 'empty-text' | 'comment-or-explicit-none-needed' | 'text-too-long',
): string {
  return errorMessage({ kind: 'refused', reason, detail: null });
}
