/**
 * Every command of the app. Menus, palette, tooltips, key dispatcher, help sheet and tests read this list; logic is elsewhere.
 * `keys` are tinykeys bindings. `where`: the panes in which the keys count; `text` also inside text boxes.
 * `repeats`: holding the key down runs it again; everything else runs once per press.
 */
export const commands = [
  { id: 'list.next', title: 'Next item', group: 'Move', keys: ['j'], where: 'panes', repeats: true },
  { id: 'list.previous', title: 'Previous item', group: 'Move', keys: ['k'], where: 'panes', repeats: true },
  { id: 'list.next-row', title: 'Next row', group: 'Move', keys: ['ArrowDown'], where: 'list', repeats: true },
  { id: 'list.previous-row', title: 'Previous row', group: 'Move', keys: ['ArrowUp'], where: 'list', repeats: true },
  { id: 'list.page-down', title: 'Page down', group: 'Move', keys: ['PageDown'], where: 'list', repeats: true },
  { id: 'list.page-up', title: 'Page up', group: 'Move', keys: ['PageUp'], where: 'list', repeats: true },
  { id: 'list.first', title: 'First item', group: 'Move', keys: ['Home'], where: 'list' },
  { id: 'list.last', title: 'Last item', group: 'Move', keys: ['End'], where: 'list' },
  { id: 'item.open', title: 'Open item', group: 'Move', keys: ['Enter', 'o'], where: 'list' },
  { id: 'thread.next', title: 'Next message', group: 'Move', keys: ['n'], where: 'panes', repeats: true },
  { id: 'thread.previous', title: 'Previous message', group: 'Move', keys: ['p'], where: 'panes', repeats: true },
  { id: 'app.back', title: 'Back', group: 'Move', keys: ['Escape'], where: 'text' },
  { id: 'frame.fold-nav', title: 'Fold navigation', group: 'Move', keys: ['BracketLeft'], where: 'panes' },
  { id: 'frame.fold-context', title: 'Show or hide context', group: 'Move', keys: ['BracketRight', 'i'], where: 'panes' },
  { id: 'frame.next-pane', title: 'Next pane', group: 'Move', keys: ['F6'], where: 'text' },
  { id: 'frame.previous-pane', title: 'Previous pane', group: 'Move', keys: ['Shift+F6'], where: 'text' },
  { id: 'history.back', title: 'Back in history', group: 'Move', keys: ['Alt+ArrowLeft'], where: 'panes' },
  { id: 'history.forward', title: 'Forward in history', group: 'Move', keys: ['Alt+ArrowRight'], where: 'panes' },

  { id: 'go.all', title: 'Go to All', group: 'Go', keys: ['g i', '$mod+1'], where: 'panes' },
  { id: 'go.mine', title: 'Go to Mine', group: 'Go', keys: ['g m', '$mod+2'], where: 'panes' },
  { id: 'go.team', title: 'Go to Team', group: 'Go', keys: ['g t', '$mod+3'], where: 'panes' },
  { id: 'go.urgent', title: 'Go to Urgent', group: 'Go', keys: ['g u', '$mod+4'], where: 'panes' },
  { id: 'go.messages', title: 'Go to Messages', group: 'Go', keys: ['g e', '$mod+5'], where: 'panes' },
  { id: 'go.repeats', title: 'Go to Repeats', group: 'Go', keys: ['g r', '$mod+6'], where: 'panes' },
  { id: 'go.results', title: 'Go to Results', group: 'Go', keys: ['g l', '$mod+7'], where: 'panes' },
  { id: 'go.done', title: 'Go to Done', group: 'Go', keys: ['g d', '$mod+8'], where: 'panes' },
  { id: 'go.outbox', title: 'Go to Outbox', group: 'Go', keys: ['g o', '$mod+9'], where: 'panes' },

  { id: 'item.finish', title: 'Done', group: 'Triage', keys: ['e'], where: 'panes' },
  { id: 'item.claim', title: 'Claim or release claim', group: 'Triage', keys: ['c'], where: 'panes' },
  { id: 'item.assign', title: 'Assign…', group: 'Triage', keys: ['a'], where: 'panes' },
  { id: 'item.urgent', title: 'Urgent on or off', group: 'Triage', keys: ['[Shift]+!'], where: 'panes' },
  { id: 'item.unread', title: 'Mark unread', group: 'Triage', keys: ['u'], where: 'panes' },
  { id: 'patient.copy-nhi', title: 'Copy NHI', group: 'Triage', keys: ['$mod+Shift+c'], where: 'panes' },

  { id: 'message.reply', title: 'Reply', group: 'Write', keys: ['r'], where: 'panes' },
  { id: 'note.add', title: 'Internal note', group: 'Write', keys: ['Shift+n'], where: 'panes' },
  { id: 'note.add-on-patient', title: 'Note on the patient', group: 'Write', keys: [], where: 'panes' },
  { id: 'message.send', title: 'Send', group: 'Write', keys: ['$mod+Enter'], where: 'text' },
  { id: 'message.send-and-finish', title: 'Send and done', group: 'Write', keys: ['$mod+Shift+Enter'], where: 'text' },

  { id: 'item.decide', title: 'Release a normal result, approve an all-green request', group: 'Decide', keys: ['Enter'], where: 'reading' },
  { id: 'repeat.tick', title: 'Tick medicine', group: 'Repeats', keys: ['Space'], where: 'reading' },
  { id: 'repeat.decline', title: 'Decline medicine…', group: 'Repeats', keys: ['d'], where: 'panes' },
  { id: 'repeat.approve', title: 'Approve ticked…', group: 'Repeats', keys: ['v'], where: 'panes' },
  { id: 'result.release', title: 'Release…', group: 'Results', keys: ['l'], where: 'panes' },
  { id: 'result.release-with-comment', title: 'Release with comment…', group: 'Results', keys: ['Shift+l'], where: 'panes' },
  { id: 'result.hold', title: 'Hold…', group: 'Results', keys: ['h'], where: 'panes' },
  { id: 'result.trend', title: 'Trend', group: 'Results', keys: ['b'], where: 'panes' },

  { id: 'app.palette', title: 'Find a command', group: 'App', keys: ['$mod+k'], where: 'text' },
  { id: 'app.search', title: 'Search', group: 'App', keys: ['/'], where: 'panes' },
  { id: 'app.shortcuts', title: 'Keyboard shortcuts', group: 'App', keys: ['[Shift]+?'], where: 'panes' },
  { id: 'app.undo', title: 'Undo', group: 'App', keys: ['z', '$mod+z'], where: 'panes' },
  { id: 'sync.now', title: 'Sync now', group: 'App', keys: ['F5'], where: 'text' },
  { id: 'app.settings', title: 'Settings', group: 'App', keys: ['$mod+Comma'], where: 'text' },
  { id: 'app.about', title: 'About and notices', group: 'App', keys: [], where: 'panes' },
  { id: 'app.theme', title: 'Change between light and dark', group: 'App', keys: [], where: 'panes' },
  { id: 'app.density', title: 'Change row height', group: 'App', keys: [], where: 'panes' },
  { id: 'app.sign-out', title: 'Sign out', group: 'App', keys: [], where: 'panes' },
  { id: 'demo.network', title: 'Pull or plug the demo network', group: 'Demo', keys: [], where: 'panes' },
  { id: 'demo.leave', title: 'Leave the demo practice', group: 'Demo', keys: [], where: 'panes' },
] as const satisfies readonly CommandShape[];

/** `list` and `reading` are panes; `panes` is any of them; `text` is everywhere, text boxes included. */
export type CommandPlace = 'list' | 'reading' | 'panes' | 'text';

interface CommandShape {
  readonly id: string;
  readonly title: string;
  readonly group: 'Move' | 'Go' | 'Triage' | 'Write' | 'Decide' | 'Repeats' | 'Results' | 'App' | 'Demo';
  readonly keys: readonly string[];
  readonly where: CommandPlace;
  readonly repeats?: boolean;
}

export type CommandId = (typeof commands)[number]['id'];
export interface Command extends CommandShape {
  readonly id: CommandId;
}

/** The command with this id; throws on none, which the type forbids. */
export function commandOf(id: CommandId): Command {
  const found = commands.find((command) => command.id === id);
  if (!found) throw new Error(`No command ${id}`);
  return found;
}

/** First key binding of a command, for tooltips. */
export function keysOf(id: CommandId): string | undefined {
  return commandOf(id).keys[0];
}
