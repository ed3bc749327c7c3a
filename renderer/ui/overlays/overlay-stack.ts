import { useEffect } from 'react';

let open = 0;

/** Number of dialogs, menus and pickers now open. Global keys run only when it is 0. */
export function openOverlays(): number {
  return open;
}

/** Counts an overlay as open while `isOpen`; our Sheet, Menu and Select call it themselves. */
export function useOverlay(isOpen: boolean): void {
  useEffect(() => {
    if (!isOpen) return;
    open += 1;
    return () => {
      open -= 1;
    };
  }, [isOpen]);
}
