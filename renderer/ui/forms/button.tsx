import { type ReactNode, type Ref, useId } from 'react';
import { Button as AriaButton } from 'react-aria-components/Button';
import { cx } from '../cx.ts';
import { Hint } from '../overlays/tooltip.tsx';
import { VisuallyHidden } from '../text/visually-hidden.tsx';
import styles from './button.module.css';

interface ButtonProps {
  readonly children: ReactNode;
  readonly onPress: () => void;
  /** `primary` is the one act a sheet or pane is for; `quiet` has no edge until hovered; `danger` gives something up. */
  readonly look?: 'primary' | 'plain' | 'quiet' | 'danger';
  readonly icon?: ReactNode;
  /** Key binding shown in the tooltip, in tinykeys' spelling. */
  readonly keys?: string | undefined;
  /** Why it can't be pressed now. The button stays focusable and says the reason. */
  readonly disabledBecause?: string | undefined;
  /** The act is on its way: focus stays, presses are ignored. */
  readonly isBusy?: boolean;
  readonly autoFocus?: boolean;
  readonly ref?: Ref<HTMLButtonElement>;
}

/** A button with a verb on it. 28 px high. */
export function Button({
  children,
  onPress,
  look = 'plain',
  icon,
  keys,
  disabledBecause,
  isBusy = false,
  autoFocus = false,
  ref,
}: ButtonProps) {
  const reasonId = useId();
  const button = (
    <AriaButton
      {...(ref ? { ref } : {})}
      className={cx(styles.button, styles[look])}
      autoFocus={autoFocus}
      isPending={isBusy}
      {...(disabledBecause ? { 'aria-disabled': true, 'aria-describedby': reasonId } : {})}
      onPress={() => {
        if (!disabledBecause) onPress();
      }}
    >
      {icon}
      {children}
      {disabledBecause && (
        <VisuallyHidden>
          <span id={reasonId}>{disabledBecause}</span>
        </VisuallyHidden>
      )}
    </AriaButton>
  );
  return disabledBecause || keys ? (
    <Hint text={disabledBecause} keys={keys}>
      {button}
    </Hint>
  ) : (
    button
  );
}

interface IconButtonProps {
  /** Read aloud and shown as tooltip. */
  readonly label: string;
  readonly icon: ReactNode;
  readonly onPress: () => void;
  readonly keys?: string | undefined;
  readonly isPressed?: boolean;
  readonly disabledBecause?: string | undefined;
}

/** A button that shows only an icon; its label is the tooltip. */
export function IconButton({ label, icon, onPress, keys, isPressed, disabledBecause }: IconButtonProps) {
  return (
    <Hint text={disabledBecause ? `${label}: ${disabledBecause}` : label} keys={keys}>
      <AriaButton
        className={cx(styles.button, styles.icon)}
        aria-label={label}
        {...(isPressed === undefined ? {} : { 'aria-pressed': isPressed })}
        {...(disabledBecause ? { 'aria-disabled': true } : {})}
        onPress={() => {
          if (!disabledBecause) onPress();
        }}
      >
        {icon}
      </AriaButton>
    </Hint>
  );
}
