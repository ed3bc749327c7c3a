import type { KeyboardEvent, ReactNode } from 'react';
import { Dialog } from 'react-aria-components/Dialog';
import { Heading } from 'react-aria-components/Heading';
import { Modal, ModalOverlay } from 'react-aria-components/Modal';
import { cx } from '../cx.ts';
import { useOverlay } from './overlay-stack.ts';
import styles from './sheet.module.css';

interface SheetProps {
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly title: string;
  /** The patient repeated: "NGATA, Ngaio · NHI ZFK0255". Every sheet about a patient has it. */
  readonly patientLine?: ReactNode;
  readonly children: ReactNode;
  /** Buttons, the safe one first, the act last. */
  readonly actions?: ReactNode;
  /** Ctrl+Enter anywhere in the sheet. Auto-repeat and untrusted events don't count. */
  readonly onConfirm?: (() => void) | undefined;
  readonly size?: 'small' | 'medium' | 'large';
  /** `top` for pickers such as the palette, so that the field doesn't move as the list shrinks. */
  readonly place?: 'centre' | 'top';
}

/** Modal dialog: Esc or a press outside closes it, focus goes back to where it was. */
export function Sheet({
  isOpen,
  onClose,
  title,
  patientLine,
  children,
  actions,
  onConfirm,
  size = 'medium',
  place = 'centre',
}: SheetProps) {
  useOverlay(isOpen);
  function onKeyDown(event: KeyboardEvent) {
    const isConfirm = event.key === 'Enter' && (event.ctrlKey || event.metaKey) && !event.shiftKey;
    if (!onConfirm || !isConfirm || event.repeat || !event.nativeEvent.isTrusted) return;
    event.preventDefault();
    event.stopPropagation();
    onConfirm();
  }
  return (
    <ModalOverlay
      className={cx(styles.scrim, place === 'top' && styles.top)}
      isOpen={isOpen}
      isDismissable
      onOpenChange={(next) => {
        if (!next) onClose();
      }}
    >
      <Modal className={cx(styles.sheet, styles[size])}>
        <Dialog className={styles.dialog ?? ''}>
          <div className={styles.column} onKeyDownCapture={onKeyDown}>
            <header className={styles.header}>
              <Heading slot="title" className={styles.title ?? ''}>
                {title}
              </Heading>
              {patientLine && <p className={styles.patient}>{patientLine}</p>}
            </header>
            <div className={styles.body}>{children}</div>
            {actions && <footer className={styles.actions}>{actions}</footer>}
          </div>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
