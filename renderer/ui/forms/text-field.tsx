import { FieldError } from 'react-aria-components/FieldError';
import { Input } from 'react-aria-components/Input';
import { Label } from 'react-aria-components/Label';
import { Text } from 'react-aria-components/Text';
import { TextArea as AriaTextArea } from 'react-aria-components/TextArea';
import { TextField as AriaTextField } from 'react-aria-components/TextField';
import { cx } from '../cx.ts';
import { VisuallyHidden } from '../text/visually-hidden.tsx';
import styles from './field.module.css';

interface FieldProps {
  readonly label: string;
  /** Keep the label for screen readers only, where the place already says it. */
  readonly hideLabel?: boolean;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly hint?: string | undefined;
  readonly problem?: string | undefined;
  readonly autoFocus?: boolean;
  readonly isDisabled?: boolean;
  readonly placeholder?: string;
}

interface TextFieldProps extends FieldProps {
  readonly type?: 'text' | 'password' | 'url' | 'date';
  readonly onSubmit?: () => void;
}

/** One line of text. Enter calls `onSubmit`. */
export function TextField({ type = 'text', onSubmit, placeholder, ...field }: TextFieldProps) {
  return (
    <Field {...field}>
      <Input
        className={styles.input ?? ''}
        type={type}
        spellCheck={false}
        autoComplete="off"
        {...(placeholder ? { placeholder } : {})}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && !event.nativeEvent.isComposing) onSubmit?.();
        }}
      />
    </Field>
  );
}

interface TextAreaProps extends FieldProps {
  readonly rows?: number;
  readonly onBlur?: () => void;
}

/** Several lines of text, 14/21 px as the patient will read it. */
export function TextArea({ rows = 5, onBlur, placeholder, ...field }: TextAreaProps) {
  return (
    <Field {...field}>
      <AriaTextArea
        className={cx(styles.input, styles.area)}
        rows={rows}
        {...(placeholder ? { placeholder } : {})}
        {...(onBlur ? { onBlur } : {})}
      />
    </Field>
  );
}

function Field(props: FieldProps & { readonly children: React.ReactNode }) {
  const label = <Label className={styles.label ?? ''}>{props.label}</Label>;
  return (
    <AriaTextField
      className={styles.field ?? ''}
      value={props.value}
      onChange={props.onChange}
      isInvalid={props.problem !== undefined}
      isDisabled={props.isDisabled ?? false}
      autoFocus={props.autoFocus ?? false}
    >
      {props.hideLabel ? <VisuallyHidden>{label}</VisuallyHidden> : label}
      {props.children}
      {props.hint && (
        <Text slot="description" className={styles.hint ?? ''}>
          {props.hint}
        </Text>
      )}
      <FieldError className={styles.problem ?? ''}>{props.problem}</FieldError>
    </AriaTextField>
  );
}
