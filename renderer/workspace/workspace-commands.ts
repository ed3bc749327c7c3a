import type { SessionStatus } from '../../shared/domain/session.ts';
import type { Preferences } from '../../shared/domain/settings.ts';
import type { View } from '../../shared/domain/work-item.ts';
import type { AppError } from '../../shared/errors.ts';
import type { Result } from '../../shared/result.ts';
import { forgetActs, undoLatest } from '../acts/perform.ts';
import { call } from '../data/api.ts';
import { navigate, presentLocation } from '../data/locations.ts';
import { tellOutcome } from '../data/tell.ts';
import type { CommandHandlers } from '../keys/use-commands.ts';
import { focusNextPane, focusPane } from './pane-focus.ts';

export type SheetName = 'palette' | 'shortcuts' | 'settings' | 'about';

interface WorkspaceContext {
  readonly session: Extract<SessionStatus, { state: 'open' }>;
  readonly preferences: Preferences;
  readonly save: (change: Partial<Preferences>) => void;
  readonly openSheet: (name: SheetName) => void;
  readonly foldNav: () => void;
  readonly foldContext: () => void;
  readonly back: () => void;
}

/** The commands that are there whatever item is open. */
export function workspaceCommands(ports: WorkspaceContext): CommandHandlers {
  const { session, preferences, save, openSheet, foldNav, foldContext, back } = ports;
  return {
    ...goCommands,
    'app.back': back,
    'frame.fold-nav': foldNav,
    'frame.fold-context': foldContext,
    'frame.next-pane': () => focusNextPane(1),
    'frame.previous-pane': () => focusNextPane(-1),
    'history.back': () => window.history.back(),
    'history.forward': () => window.history.forward(),
    'app.palette': () => openSheet('palette'),
    'app.shortcuts': () => openSheet('shortcuts'),
    'app.settings': () => openSheet('settings'),
    'app.about': () => openSheet('about'),
    'app.undo': () => void undoLatest(),
    'app.theme': () => save({ theme: isDark(preferences.theme) ? 'light' : 'dark' }),
    'app.density': () => save({ density: nextDensity[preferences.density] }),
    'sync.now': () => void tellOutcome(call('sync.now', {})),
    ...(session.demo ? demoCommands(session.demo.network) : { 'app.sign-out': () => leave(call('session.sign-out', {})) }),
  };
}

/** The list has the focus then, so that arrows and Home work in it at once. */
function goTo(view: View): void {
  navigate({ at: 'inbox', view, itemKey: null });
  setTimeout(() => focusPane('list'), 0);
}

const goCommands: CommandHandlers = {
  'go.all': () => goTo('all'),
  'go.mine': () => goTo('mine'),
  'go.team': () => goTo('team'),
  'go.urgent': () => goTo('urgent'),
  'go.messages': () => goTo('messages'),
  'go.repeats': () => goTo('repeats'),
  'go.results': () => goTo('results'),
  'go.done': () => goTo('done'),
  'go.outbox': () => {
    if (presentLocation().at !== 'outbox') navigate({ at: 'outbox', which: 'waiting', opId: null });
  },
};

function demoCommands(network: 'on' | 'off'): CommandHandlers {
  return {
    'demo.network': () => void tellOutcome(call('demo.set-network', { network: network === 'on' ? 'off' : 'on' })),
    'demo.leave': () => leave(call('session.leave-demo', {})),
  };
}

function leave(reply: Promise<Result<unknown, AppError>>): void {
  forgetActs();
  void tellOutcome(reply);
}

const nextDensity = { compact: 'standard', standard: 'comfortable', comfortable: 'compact' } as const;

function isDark(theme: Preferences['theme']): boolean {
  return theme === 'dark' || (theme === 'system' && window.matchMedia('(prefers-color-scheme: dark)').matches);
}
