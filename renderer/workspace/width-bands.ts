import { useSyncExternalStore } from 'react';

/** Width bands of UI.md, Panes. Sizes in CSS px, so zoom moves a window into a narrower band. */
export type WidthBand = 'wide' | 'medium' | 'narrow' | 'single';

export function bandOf(width: number): WidthBand {
  if (width >= 1600) return 'wide';
  if (width >= 1280) return 'medium';
  return width >= 960 ? 'narrow' : 'single';
}

export interface PaneWidths {
  readonly nav: number;
  readonly list: number;
  readonly context: number;
}

const widthsByBand: Record<WidthBand, PaneWidths> = {
  wide: { nav: 208, list: 440, context: 304 },
  medium: { nav: 48, list: 400, context: 280 },
  narrow: { nav: 48, list: 360, context: 300 },
  single: { nav: 48, list: 0, context: 300 },
};

/** Pane widths of a band: what the user last set there, otherwise UI.md's. */
export function paneWidthsOf(band: WidthBand, saved: Readonly<Record<string, number>>): PaneWidths {
  const usual = widthsByBand[band];
  return {
    nav: saved[`nav@${band}`] ?? usual.nav,
    list: saved[`list@${band}`] ?? usual.list,
    context: saved[`context@${band}`] ?? usual.context,
  };
}

export function useWidthBand(): WidthBand {
  return useSyncExternalStore(
    (listener) => {
      window.addEventListener('resize', listener);
      return () => window.removeEventListener('resize', listener);
    },
    () => bandOf(window.innerWidth),
  );
}
