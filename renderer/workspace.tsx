import { useCallback, useEffect, useRef, useState } from 'react';
import type { SessionStatus } from '../shared/domain/session.ts';
import type { Role } from '../shared/domain/staff.ts';
import type { View } from '../shared/domain/work-item.ts';
import { callShell } from './api.ts';
import { AboutSheet } from './features/frame/about-sheet.tsx';
import { DemoStrip } from './features/frame/demo-strip.tsx';
import { EmptyReading } from './features/frame/empty-reading.tsx';
import { Frame } from './features/frame/frame.tsx';
import { OfflineBar } from './features/frame/offline-bar.tsx';
import { focusPane, paneOf } from './features/frame/pane-focus.ts';
import { SettingsSheet } from './features/frame/settings-sheet.tsx';
import { type PaneWidths, paneWidthsOf, useWidthBand, type WidthBand } from './features/frame/width-bands.ts';
import { InboxPane, type ListPosition } from './features/inbox/inbox-pane.tsx';
import { OutboxPage } from './features/outbox/outbox-page.tsx';
import { Palette } from './features/palette/palette.tsx';
import { ShortcutsSheet } from './features/shortcuts/shortcuts-sheet.tsx';
import { FirstRun } from './features/sign-in/first-run.tsx';
import { StatusBar } from './features/status-bar/status-bar.tsx';
import { currentItemId, navigate, useLocation } from './locations.ts';
import { usePreferences, useSavePreferences } from './preferences.ts';
import { useQueryOf } from './queries.ts';
import { useCommands } from './use-commands.ts';
import { type SheetName, workspaceCommands } from './workspace-commands.ts';

type OpenSession = Extract<SessionStatus, { state: 'open' }>;

/** Where a role begins (UI, The first 60 seconds). */
const firstViews: Record<Role, View> = {
  gp: 'mine',
  'nurse-prescriber': 'mine',
  nurse: 'team',
  reception: 'team',
  manager: 'all',
  admin: 'team',
};

/** The open app: puts the features together around the one current item. */
export function Workspace({ session }: { readonly session: OpenSession }) {
  const location = useLocation();
  const preferences = usePreferences();
  const save = useSavePreferences();
  const band = useWidthBand();
  const { data: sync } = useQueryOf('sync.status', {});
  const [sheet, setSheet] = useState<SheetName | null>(null);
  const [position, setPosition] = useState<ListPosition | null>(null);
  const [isDrawerOpen, setDrawerOpen] = useState(false);
  const [isReadingInFront, setReadingInFront] = useState(false);
  const [isSigningIn, setSigningIn] = useState(false);
  const advance = useRef<() => void>(() => {});
  const itemId = currentItemId(location);
  const { user } = session;
  const widths = paneWidthsOf(band, preferences.paneWidths);
  const saveWidths = (change: Partial<PaneWidths>) => save({ paneWidths: { ...preferences.paneWidths, ...keyedBy(band, change) } });
  const hasDrawer = band === 'narrow' || band === 'single';

  useEffect(() => {
    if (window.location.hash === '') navigate({ at: 'inbox', view: firstViews[user.role], itemId: null }, 'replace');
  }, [user.role]);
  const onList = useCallback((next: ListPosition | null, moveOn: () => void) => {
    setPosition(next);
    advance.current = moveOn;
  }, []);
  const onReady = useReadyOnce();

  const openItem = () => {
    setReadingInFront(true);
    // In a single-pane window the reading pane is mounted by this very change.
    setTimeout(() => focusPane('reading'), 0);
  };
  const back = () => {
    if (hasDrawer && isDrawerOpen) setDrawerOpen(false);
    else if (isTextFocused()) focusPane(paneOf(document.activeElement) ?? 'list');
    else {
      setReadingInFront(false);
      setTimeout(() => focusPane('list'), 0);
    }
  };

  useCommands(
    workspaceCommands({
      session,
      preferences,
      save,
      openSheet: setSheet,
      back,
      foldNav: () => saveWidths({ nav: widths.nav < 120 ? 208 : 48 }),
      foldContext: () => (hasDrawer ? setDrawerOpen(!isDrawerOpen) : save({ contextPaneOpen: !preferences.contextPaneOpen })),
    }),
  );

  if (isSigningIn) return <FirstRun />;
  const close = () => setSheet(null);
  return (
    <>
      <Frame
        band={band}
        widths={widths}
        onWidths={saveWidths}
        location={location}
        isContextOpen={itemId !== null && (hasDrawer ? isDrawerOpen : preferences.contextPaneOpen)}
        isReadingInFront={isReadingInFront && itemId !== null}
        top={
          <>
            <DemoStrip session={session} />
            {sync && <OfflineBar sync={sync} />}
          </>
        }
        page={
          location.at === 'outbox' && (
            <OutboxPage which={location.which} onConflict={(opId) => navigate({ at: 'outbox', which: location.which, opId }, 'replace')} />
          )
        }
        list={
          location.at !== 'outbox' && (
            <InboxPane
              location={location}
              staffId={user.id}
              density={preferences.density}
              onList={onList}
              onReady={onReady}
              onOpen={openItem}
            />
          )
        }
        banner={null}
        reading={<EmptyReading user={user} />}
        context={null}
        status={
          <StatusBar sync={sync} user={user} practiceName={session.practiceName} position={position} onSignIn={() => setSigningIn(true)} />
        }
      />
      <Palette isOpen={sheet === 'palette'} onClose={close} />
      <ShortcutsSheet
        isOpen={sheet === 'shortcuts'}
        onClose={close}
        singleKeys={preferences.singleKeyShortcuts}
        onSingleKeys={(singleKeyShortcuts) => save({ singleKeyShortcuts })}
      />
      <SettingsSheet isOpen={sheet === 'settings'} onClose={close} preferences={preferences} onChange={save} />
      <AboutSheet isOpen={sheet === 'about'} onClose={close} />
    </>
  );
}

function keyedBy(band: WidthBand, widths: Partial<PaneWidths>): Record<string, number> {
  return Object.fromEntries(Object.entries(widths).map(([pane, width]) => [`${pane}@${band}`, width]));
}

function isTextFocused(): boolean {
  return document.activeElement?.matches('input,textarea,[contenteditable="true"]') ?? false;
}

/** Tells the shell once that the inbox stands; with `--screenshot` it takes its picture then. */
function useReadyOnce(): () => void {
  const isTold = useRef(false);
  return useCallback(() => {
    if (isTold.current) return;
    isTold.current = true;
    requestAnimationFrame(() => setTimeout(() => void callShell('app.ready-for-screenshot', {}), 300));
  }, []);
}
