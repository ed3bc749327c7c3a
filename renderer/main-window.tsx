import { type ComponentProps, useCallback, useEffect, useRef, useState } from 'react';
import type { SessionStatus } from '../shared/domain/session.ts';
import type { Preferences } from '../shared/domain/settings.ts';
import type { Role, Staff } from '../shared/domain/staff.ts';
import type { SyncStatus } from '../shared/domain/sync-status.ts';
import type { ItemKey } from '../shared/ids.ts';
import type { ItemBodies } from './acts/item-body.ts';
import { callShell } from './data/api.ts';
import { currentItemId, firstLocationOf, type Location, navigate, useLocation } from './data/locations.ts';
import { usePreferences, useSavePreferences } from './data/preferences.ts';
import { useQueryOf } from './data/queries.ts';
import { Palette } from './features/palette/palette.tsx';
import { PatientBanner } from './features/patients/patient-banner.tsx';
import { AboutSheet } from './features/settings/about-sheet.tsx';
import { SettingsSheet } from './features/settings/settings-sheet.tsx';
import { ShortcutsSheet } from './features/shortcuts/shortcuts-sheet.tsx';
import { signInAgain } from './features/sign-in/sign-in-again.ts';
import { StatusBar } from './features/status-bar/status-bar.tsx';
import { useCommands } from './keys/use-commands.ts';
import { MessageBody } from './kinds/message/message-body.tsx';
import { RepeatBody } from './kinds/repeat/repeat-body.tsx';
import { ResultBody } from './kinds/result/result-body.tsx';
import { InboxPane, type ListPosition } from './lists/inbox-pane.tsx';
import { ConflictSheet } from './pages/outbox/conflict-sheet.tsx';
import { OutboxPage } from './pages/outbox/outbox-page.tsx';
import { DemoStrip } from './workspace/demo-strip.tsx';
import { EmptyReading } from './workspace/empty-reading.tsx';
import { Frame } from './workspace/frame.tsx';
import { ContextPane } from './workspace/item/context-pane.tsx';
import { ReadingPane } from './workspace/item/reading-pane.tsx';
import { OfflineBar } from './workspace/offline-bar.tsx';
import { type SheetName, workspaceCommands } from './workspace/workspace-commands.ts';
import { useWorkspaceLayout } from './workspace/workspace-layout.ts';

type OpenSession = Extract<SessionStatus, { state: 'open' }>;

/** The open app: puts the features together around the one current item. */
export function Workspace({ session }: { readonly session: OpenSession }) {
  const location = useLocation();
  const preferences = usePreferences();
  const save = useSavePreferences();
  const layout = useWorkspaceLayout(preferences, save);
  const [sheet, setSheet] = useState<SheetName | null>(null);
  const list = useListNews();
  const { data: sync } = useQueryOf('sync.status', {});
  const itemKey = currentItemId(location);
  useFirstView(session.user.role);
  useCommands(workspaceCommands({ ...layout, session, preferences, save, openSheet: setSheet }));

  return (
    <>
      <Frame
        {...layout}
        {...itemSide({ itemKey, user: session.user, position: list.position, onFinished: list.advance })}
        onWidths={layout.saveWidths}
        location={location}
        isContextOpen={itemKey !== null && layout.isContextOpen}
        isReadingInFront={itemKey !== null && layout.isReadingInFront}
        top={<TopBars session={session} sync={sync} />}
        page={location.at === 'outbox' && <Outbox location={location} />}
        list={
          location.at !== 'outbox' && (
            <InboxPane
              location={location}
              staffId={session.user.id}
              density={preferences.density}
              onList={list.onList}
              onReady={list.onReady}
              onOpen={layout.openItem}
            />
          )
        }
        status={<Status session={session} sync={sync} position={itemKey === null ? null : list.position} />}
      />
      <WorkspaceSheets open={sheet} onClose={() => setSheet(null)} user={session.user} preferences={preferences} save={save} />
    </>
  );
}

function Status({ session, ...rest }: Omit<ComponentProps<typeof StatusBar>, 'onSignIn' | 'session'> & { readonly session: OpenSession }) {
  return <StatusBar {...rest} session={session} onSignIn={() => void signInAgain(session.server)} />;
}

function TopBars({ session, sync }: { readonly session: OpenSession; readonly sync: SyncStatus | undefined }) {
  return (
    <>
      <DemoStrip session={session} />
      {sync && <OfflineBar sync={sync} />}
    </>
  );
}

function Outbox({ location: { which, opId } }: { readonly location: Extract<Location, { at: 'outbox' }> }) {
  return (
    <>
      <OutboxPage which={which} onConflict={(conflictId) => navigate({ at: 'outbox', which, opId: conflictId }, 'replace')} />
      {opId && <ConflictSheet key={opId} opId={opId} onClose={() => navigate({ at: 'outbox', which, opId: null }, 'replace')} />}
    </>
  );
}

function useFirstView(role: Role): void {
  useEffect(() => {
    if (window.location.hash === '') navigate(firstLocationOf(role), 'replace');
  }, [role]);
}

/** What the list tells the rest: place of the current item, how to move on, and, once, that it stands. */
function useListNews() {
  const [position, setPosition] = useState<ListPosition | null>(null);
  const moveOn = useRef<() => void>(() => {});
  const [stands, setStands] = useState(false);
  const onList = useCallback((next: ListPosition | null, advance: () => void) => {
    setPosition(next);
    moveOn.current = advance;
  }, []);
  const onReady = useCallback(() => {
    setStands(true);
  }, []);
  // With `--screenshot` the shell takes its picture now.
  useEffect(() => {
    if (!stands) return;
    const timer = setTimeout(() => void callShell('app.ready-for-screenshot', {}), 300);
    return () => clearTimeout(timer);
  }, [stands]);
  const advance = useCallback(() => moveOn.current(), []);
  return { position, onList, onReady, advance };
}

interface ItemSideProps {
  readonly itemKey: ItemKey | null;
  readonly user: Staff;
  readonly position: ListPosition | null;
  readonly onFinished: () => void;
}

/** What stands beside the list, all of the one current item. */
function itemSide({ itemKey, user, position, onFinished }: ItemSideProps) {
  if (itemKey === null) return { banner: null, reading: <EmptyReading user={user} />, context: null };
  return {
    banner: <PatientBanner itemKey={itemKey} />,
    reading: <ReadingPane itemKey={itemKey} user={user} position={position} onFinished={onFinished} bodies={itemBodies} />,
    context: <ContextPane itemKey={itemKey} user={user} />,
  };
}

/** Kind of item → what shows it. A new kind does not compile until it stands here. */
export const itemBodies: ItemBodies = { message: MessageBody, repeat: RepeatBody, result: ResultBody };

interface WorkspaceSheetsProps {
  readonly open: SheetName | null;
  readonly onClose: () => void;
  readonly user: Staff;
  readonly preferences: Preferences;
  readonly save: (change: Partial<Preferences>) => void;
}

/** The dialogs of the main window; at most one is open. */
function WorkspaceSheets({ open, onClose, user, preferences, save }: WorkspaceSheetsProps) {
  return (
    <>
      <Palette isOpen={open === 'palette'} onClose={onClose} />
      <ShortcutsSheet
        isOpen={open === 'shortcuts'}
        onClose={onClose}
        singleKeys={preferences.singleKeyShortcuts}
        onSingleKeys={(singleKeyShortcuts) => save({ singleKeyShortcuts })}
      />
      <SettingsSheet isOpen={open === 'settings'} onClose={onClose} user={user} preferences={preferences} onChange={save} />
      <AboutSheet isOpen={open === 'about'} onClose={onClose} />
    </>
  );
}
