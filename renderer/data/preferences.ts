import { useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { defaultPreferences, type Preferences } from '../../shared/domain/settings.ts';
import { callShell } from './api.ts';
import { useShellQuery } from './queries.ts';

/** Window and display preferences; the defaults until the shell has answered. */
export function usePreferences(): Preferences {
  return useShellQuery('app.preferences', {}).data ?? defaultPreferences;
}

/** Changes some of them, at once on screen; the shell keeps them. */
export function useSavePreferences(): (change: Partial<Preferences>) => void {
  const client = useQueryClient();
  return useCallback(
    (change) => {
      client.setQueryData<Preferences>(['app.preferences', {}], (before) => ({ ...(before ?? defaultPreferences), ...change }));
      void callShell('app.save-preferences', change);
    },
    [client],
  );
}
