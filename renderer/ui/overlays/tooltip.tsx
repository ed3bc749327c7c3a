import type { ReactNode } from 'react';
import { Tooltip, TooltipTrigger } from 'react-aria-components/Tooltip';
import { KeyHint } from '../text/key-hint.tsx';
import styles from './tooltip.module.css';

interface HintProps {
  readonly text?: string | undefined;
  readonly keys?: string | undefined;
  readonly placement?: 'top' | 'bottom' | 'right' | 'left';
  /** One focusable React Aria element. */
  readonly children: ReactNode;
}

/** Tooltip with a few words and the key that does the same. */
export function Hint({ text, keys, placement = 'bottom', children }: HintProps) {
  return (
    <TooltipTrigger delay={500} closeDelay={0}>
      {children}
      <Tooltip className={styles.tooltip ?? ''} placement={placement} offset={6}>
        {text}
        {keys && <KeyHint keys={keys} />}
      </Tooltip>
    </TooltipTrigger>
  );
}
