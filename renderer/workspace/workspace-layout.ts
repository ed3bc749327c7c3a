import { useState } from 'react';
import type { Preferences } from '../../shared/domain/settings.ts';
import { focusPane, paneOf } from './pane-focus.ts';
import { type PaneWidths, paneWidthsOf, useWidthBand, type WidthBand } from './width-bands.ts';

export interface WorkspaceLayout {
  readonly band: WidthBand;
  readonly widths: PaneWidths;
  readonly saveWidths: (change: Partial<PaneWidths>) => void;
  readonly isContextOpen: boolean;
  readonly isReadingInFront: boolean;
  readonly openItem: () => void;
  /** One step back: out of the drawer, out of a text box, out of the item. */
  readonly back: () => void;
  readonly foldNav: () => void;
  readonly foldContext: () => void;
}

const foldedNav = 48;
const openNav = 208;

/** Which panes stand, how wide, and how the user moves between them. */
export function useWorkspaceLayout(preferences: Preferences, save: (change: Partial<Preferences>) => void): WorkspaceLayout {
  const band = useWidthBand();
  const [isDrawerOpen, setDrawerOpen] = useState(false);
  const [isReadingInFront, setReadingInFront] = useState(false);
  const hasDrawer = band === 'narrow' || band === 'single';
  const widths = paneWidthsOf(band, preferences.paneWidths);
  const saveWidths = (change: Partial<PaneWidths>) => save({ paneWidths: { ...preferences.paneWidths, ...keyedBy(band, change) } });
  const show = (isReading: boolean) => {
    setReadingInFront(isReading);
    // In a single-pane window the pane is mounted by this very change.
    setTimeout(() => focusPane(isReading ? 'reading' : 'list'), 0);
  };
  return {
    band,
    widths,
    saveWidths,
    isContextOpen: hasDrawer ? isDrawerOpen : preferences.contextPaneOpen,
    isReadingInFront,
    openItem: () => show(true),
    back: () => {
      if (hasDrawer && isDrawerOpen) setDrawerOpen(false);
      else if (isTextFocused()) focusPane(paneOf(document.activeElement) ?? 'list');
      else show(false);
    },
    foldNav: () => saveWidths({ nav: widths.nav > foldedNav ? foldedNav : openNav }),
    foldContext: () => (hasDrawer ? setDrawerOpen(!isDrawerOpen) : save({ contextPaneOpen: !preferences.contextPaneOpen })),
  };
}

function keyedBy(band: WidthBand, widths: Partial<PaneWidths>): Record<string, number> {
  return Object.fromEntries(Object.entries(widths).map(([pane, width]) => [`${pane}@${band}`, width]));
}

function isTextFocused(): boolean {
  return document.activeElement?.matches('input,textarea,[contenteditable="true"]') ?? false;
}
