const order = ['nav', 'list', 'banner', 'reading', 'actions', 'context', 'status'] as const;
export type Pane = (typeof order)[number];

/** No text boxes: whoever goes to a pane by key goes on with keys, and the next letter must not end in the search field. */
const focusable = '[role="grid"],button:not([disabled]),a[href],[tabindex="0"]:not(input,textarea)';

/** Puts the focus into a pane: on the pane itself where it takes focus, otherwise on its first control. False when it isn't on screen. */
export function focusPane(pane: Pane): boolean {
  const element = document.querySelector<HTMLElement>(`[data-pane="${pane}"]`);
  if (!element || element.offsetParent === null) return false;
  const target = element.hasAttribute('tabindex')
    ? element
    : (element.querySelector<HTMLElement>(`[role="grid"],[aria-current]`) ?? element.querySelector<HTMLElement>(focusable));
  target?.focus();
  return target !== null && target !== undefined;
}

export function paneOf(element: Element | null): Pane | undefined {
  const name = element?.closest<HTMLElement>('[data-pane]')?.dataset.pane;
  return order.find((pane) => pane === name);
}

/** F6 and Shift+F6: the next pane on screen, round and round. */
export function focusNextPane(step: 1 | -1): void {
  const from = order.indexOf(paneOf(document.activeElement) ?? 'status');
  for (let tried = 1; tried <= order.length; tried += 1) {
    const pane = order[(from + step * tried + order.length * 2) % order.length];
    if (pane && focusPane(pane)) return;
  }
}
