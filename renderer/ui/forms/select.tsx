import { useState } from 'react';
import { Button } from 'react-aria-components/Button';
import { FieldError } from 'react-aria-components/FieldError';
import { Label } from 'react-aria-components/Label';
import { ListBox, ListBoxItem } from 'react-aria-components/ListBox';
import { Popover } from 'react-aria-components/Popover';
import { Select as AriaSelect, SelectValue } from 'react-aria-components/Select';
import { cx } from '../cx.ts';
import menuStyles from '../overlays/menu.module.css';
import { useOverlay } from '../overlays/overlay-stack.ts';
import { VisuallyHidden } from '../text/visually-hidden.tsx';
import fieldStyles from './field.module.css';
import styles from './select.module.css';

interface SelectProps<T extends string> {
  readonly label: string;
  readonly hideLabel?: boolean;
  readonly value: T | null;
  readonly onChange: (value: T) => void;
  readonly options: readonly { readonly value: T; readonly title: string; readonly detail?: string }[];
  readonly placeholder?: string;
  readonly problem?: string | undefined;
  readonly autoFocus?: boolean;
}

/** Chooses one of a few. */
export function Select<T extends string>(props: SelectProps<T>) {
  const { label, hideLabel = false, value, onChange, options, placeholder = 'Choose', problem, autoFocus = false } = props;
  const [isOpen, setOpen] = useState(false);
  useOverlay(isOpen);
  const labelElement = <Label className={fieldStyles.label ?? ''}>{label}</Label>;
  return (
    <AriaSelect
      className={fieldStyles.field ?? ''}
      value={value}
      isOpen={isOpen}
      onOpenChange={setOpen}
      placeholder={placeholder}
      isInvalid={problem !== undefined}
      autoFocus={autoFocus}
      onChange={(key) => {
        const chosen = options.find((option) => option.value === key);
        if (chosen) onChange(chosen.value);
      }}
    >
      {hideLabel ? <VisuallyHidden>{labelElement}</VisuallyHidden> : labelElement}
      <Button className={cx(fieldStyles.input, styles.trigger)}>
        <SelectValue className={styles.value ?? ''} />
        <span aria-hidden="true">▾</span>
      </Button>
      <FieldError className={fieldStyles.problem ?? ''}>{problem}</FieldError>
      <Popover className={menuStyles.popover ?? ''} offset={4}>
        <ListBox className={menuStyles.menu ?? ''}>
          {options.map((option) => (
            <ListBoxItem key={option.value} id={option.value} textValue={option.title} className={menuStyles.item ?? ''}>
              <span className={menuStyles.text}>{option.title}</span>
              {option.detail && <span className={menuStyles.detail}>{option.detail}</span>}
            </ListBoxItem>
          ))}
        </ListBox>
      </Popover>
    </AriaSelect>
  );
}
