import { z } from 'zod';

/** Window and display preferences only: nothing secret, nothing clinical (issue: electron-store). Kept by the shell. */
export const Preferences = z.object({
  theme: z.enum(['system', 'light', 'dark']),
  density: z.enum(['compact', 'standard', 'comfortable']),
  singleKeyShortcuts: z.boolean(),
  /** Pane widths in px, remembered per width band (UI, Panes). */
  paneWidths: z.record(z.string(), z.number()),
  contextPaneOpen: z.boolean(),
  coachMarksDone: z.array(z.string()),
});
export type Preferences = z.infer<typeof Preferences>;

export const About = z.object({
  version: z.string(),
  electron: z.string(),
  chromium: z.string(),
  node: z.string(),
  /** Which runtime this is: the pinned Electron, or the stand-in for machines that can't fetch it. */
  runtime: z.enum(['electron', 'stand-in']),
  packaged: z.boolean(),
});
export type About = z.infer<typeof About>;
