import type { Preferences } from './settings.schema.ts';

export type { Preferences };

export const defaultPreferences: Preferences = {
  theme: 'system',
  density: 'standard',
  singleKeyShortcuts: true,
  paneWidths: {},
  contextPaneOpen: true,
  coachMarksDone: [],
};
