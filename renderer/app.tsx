import { QueryClientProvider, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { SessionStatus } from '../shared/domain/session.ts';
import type { CommandId } from './commands.ts';
import { callShell, onRestarted } from './data/api.ts';
import { usePreferences, useSavePreferences } from './data/preferences.ts';
import { createQueryClient, followChanges, useQueryOf } from './data/queries.ts';
import { ChoosePassphrase } from './features/sign-in/choose-passphrase.tsx';
import { FirstRun } from './features/sign-in/first-run.tsx';
import { SigningIn } from './features/sign-in/signing-in.tsx';
import { Starting } from './features/sign-in/starting.tsx';
import { StorageTrouble } from './features/sign-in/storage-trouble.tsx';
import { Unlock } from './features/sign-in/unlock.tsx';
import { coachMarksAfter } from './features/status-bar/coach-mark-list.ts';
import { listenForKeys } from './keys/listen-for-keys.ts';
import { runCommand } from './keys/use-commands.ts';
import { Workspace } from './main-window.tsx';
import { showToast } from './ui/overlays/toast.tsx';
import { errorMessage } from './words/error-message.ts';

/** The page of the session's state, and what is true on every page: theme, keys, news of changes. */
export function App() {
  useChanges();
  useTheme();
  useKeys();
  const { data: session, error } = useQueryOf('session.status', {});
  useScreenshotOfFrontPage(session !== undefined && standing.has(session.state));
  if (error) return <p role="alert">{errorMessage(error)}</p>;
  if (!session) return null;
  switch (session.state) {
    case 'starting':
      return <Starting />;
    case 'first-run':
      return <FirstRun />;
    case 'signing-in':
      return <SigningIn server={session.server} />;
    case 'choose-passphrase':
      return <ChoosePassphrase minimumLength={session.minimumLength} />;
    case 'locked':
      return <Unlock practiceName={session.practiceName} userName={session.userName} />;
    case 'storage-problem':
      return <StorageTrouble problem={session.problem} waitingChanges={session.waitingChanges} />;
    case 'open':
      return <OpenSession key={session.user.id} session={session} />;
  }
}

/** Each user's answers live in a store of their own that ends with the session: no row of one is ever shown to the next (SAFETY I14). */
function OpenSession({ session }: { readonly session: Extract<SessionStatus, { state: 'open' }> }) {
  const [client] = useState(createQueryClient);
  useEffect(() => {
    const stop = followChanges(client);
    return () => {
      stop();
      client.clear();
    };
  }, [client]);
  return (
    <QueryClientProvider client={client}>
      <Workspace session={session} />
    </QueryClientProvider>
  );
}

function useChanges(): void {
  const client = useQueryClient();
  useEffect(() => followChanges(client), [client]);
  useEffect(
    () =>
      onRestarted(() =>
        showToast({
          id: 'restarted',
          text: 'We restarted after a problem. Your drafts are safe.',
          tone: 'info',
          until: Date.now() + 12_000,
        }),
      ),
    [],
  );
}

function useTheme(): void {
  const { theme } = usePreferences();
  useEffect(() => {
    if (theme === 'system') delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = theme;
  }, [theme]);
}

function useKeys(): void {
  const { singleKeyShortcuts, coachMarksDone } = usePreferences();
  const save = useSavePreferences();
  useEffect(() => {
    const run = (id: CommandId) => {
      const outcome = runCommand(id);
      if (outcome === 'absent') return;
      if (typeof outcome === 'object') {
        showToast({ id: 'unavailable', text: outcome.unavailable, tone: 'warn', until: Date.now() + 6000 });
        return;
      }
      const done = coachMarksAfter(coachMarksDone, id);
      if (done !== coachMarksDone) save({ coachMarksDone: [...done] });
    };
    return listenForKeys(window, { run, singleKeys: () => singleKeyShortcuts });
  }, [singleKeyShortcuts, coachMarksDone, save]);
}

/** Pages that stand until the person does something. */
const standing: ReadonlySet<SessionStatus['state']> = new Set(['first-run', 'locked', 'storage-problem']);

/** Only when it stays: on the way into the demonstration practice it is passed in a moment. */
function useScreenshotOfFrontPage(stands: boolean): void {
  useEffect(() => {
    if (!stands) return;
    const timer = setTimeout(() => void callShell('app.ready-for-screenshot', {}), 1500);
    return () => clearTimeout(timer);
  }, [stands]);
}
