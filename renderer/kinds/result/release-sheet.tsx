import { keysOf } from '../../commands.ts';
import { Button } from '../../ui/forms/button.tsx';
import { Checkbox } from '../../ui/forms/checkbox.tsx';
import { TextArea } from '../../ui/forms/text-field.tsx';
import { Sheet } from '../../ui/overlays/sheet.tsx';
import { cautionsOf, patientLine, plainName } from '../../words/patient-words.ts';
import { ContactFields } from './contact-fields.tsx';
import { flagWords } from './measurement-words.ts';
import styles from './result-sheets.module.css';
import { type ReleaseFormProps, useReleaseForm } from './use-release-form.ts';

interface ReleaseSheetProps extends ReleaseFormProps {
  readonly isOpen: boolean;
  readonly isBusy: boolean;
  readonly onClose: () => void;
}

type OpenSheetProps = Omit<ReleaseSheetProps, 'isOpen'>;

/** Releasing a result that is more than a normal number: whose, what, with which words, and how the patient heard (PRODUCT 30, 32). */
export function ReleaseSheet({ isOpen, ...props }: ReleaseSheetProps) {
  return isOpen ? <OpenSheet {...props} /> : null;
}

function OpenSheet(props: OpenSheetProps) {
  const { detail, mustComment, isBusy, onClose } = props;
  const form = useReleaseForm(props);
  const { needs } = detail.result.gate;
  const name = plainName(detail.patient ?? detail.item);
  return (
    <Sheet
      isOpen
      onClose={onClose}
      title={`Release ${detail.result.name} to ${name}`}
      patientLine={patientLine(detail)}
      onConfirm={isBusy ? undefined : form.release}
      actions={
        <>
          <Button onPress={onClose}>Back to the result</Button>
          <Button look="primary" keys={keysOf('message.send')} isBusy={isBusy} onPress={form.release}>
            {`Release to ${name}`}
          </Button>
        </>
      }
    >
      <div className={styles.form}>
        <WhatToKnow detail={detail} />
        {form.needsContact && (
          <ContactFields
            title={needs.includes('contact-recorded') ? 'How the patient was told' : 'How it was discussed'}
            value={form.contact}
            onChange={form.setContact}
          />
        )}
        <TextArea
          label={`Comment that ${name} will read`}
          rows={4}
          autoFocus={!form.needsContact}
          value={form.comment}
          onChange={form.setComment}
          problem={form.problem}
        />
        {needs.includes('comment-or-explicit-none') && !mustComment && (
          <Checkbox isSelected={form.noComment} onChange={form.setNoComment} isDisabled={form.comment.trim() !== ''}>
            No comment is needed
          </Checkbox>
        )}
      </div>
    </Sheet>
  );
}

/** Why it takes this sheet, and the values that are out of range. */
function WhatToKnow({ detail }: Pick<ReleaseSheetProps, 'detail'>) {
  const { gate, labels, measurements } = detail.result;
  // The gate already says which category is sensitive.
  const cautions = cautionsOf(detail).filter((caution) => caution !== 'Sensitive' || labels.length === 0);
  const reasons = [...gate.reasons, ...cautions];
  return (
    <>
      {reasons.length > 0 && (
        <ul className={styles.cautions}>
          {reasons.map((reason) => (
            <li key={reason}>▲ {reason}</li>
          ))}
        </ul>
      )}
      <ul>
        {measurements
          .filter(({ flag }) => flag !== null)
          .map(({ id, name, value, unit, flag }) => (
            <li key={id}>
              {name} <strong>{value}</strong> {unit} {flag && flagWords[flag]}
            </li>
          ))}
      </ul>
    </>
  );
}
