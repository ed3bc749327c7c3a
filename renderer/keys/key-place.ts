import type { CommandPlace } from '../commands.ts';

const textInputs = new Set([
  'text',
  'search',
  'url',
  'email',
  'password',
  'tel',
  'number',
  'date',
  'time',
  'datetime-local',
  'month',
  'week',
]);
const textRoles = new Set(['textbox', 'searchbox', 'combobox', 'spinbutton']);
const overlayRoles = '[role="dialog"],[role="alertdialog"],[role="menu"],[role="listbox"],[role="menuitem"]';
const pressable =
  'button,a[href],summary,input,select,[role="button"],[role="checkbox"],[role="switch"],[role="radio"],[role="option"],[role="tab"],[role="separator"]';

/** Whether keys typed there are text. */
export function isTextBox(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement) return textInputs.has(target.type);
  return (
    target instanceof HTMLTextAreaElement ||
    target instanceof HTMLSelectElement ||
    target.isContentEditable ||
    textRoles.has(target.role ?? '')
  );
}

/**
 * The places whose commands count for a key pressed at this element; none inside dialogs, menus and lists of choices.
 * Nothing focused at all (the body) counts as the panes, or keys would die whenever a focused row goes away.
 */
export function placesOf(target: EventTarget | null): readonly CommandPlace[] {
  if (target instanceof Element && target.closest(overlayRoles)) return [];
  if (isTextBox(target)) return ['text'];
  const pane = target instanceof Element ? target.closest<HTMLElement>('[data-pane]')?.dataset.pane : undefined;
  if (pane === 'list') return ['text', 'panes', 'list'];
  if (pane === 'reading' || pane === 'banner' || pane === 'actions' || pane === 'context') return ['text', 'panes', 'reading'];
  return ['text', 'panes'];
}

/** Enter and Space on a button, link or box belong to it. */
export function belongsToControl(event: KeyboardEvent): boolean {
  const isPress = (event.key === 'Enter' || event.key === ' ') && !event.ctrlKey && !event.metaKey && !event.altKey;
  const isArrow =
    event.key.startsWith('Arrow') &&
    event.target instanceof Element &&
    event.target.closest('[role="separator"],[role="radiogroup"]') !== null;
  return isArrow || (isPress && event.target instanceof Element && event.target.closest(pressable) !== null);
}
