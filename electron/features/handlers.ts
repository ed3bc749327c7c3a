import type { CoreChannel } from '../../shared/channels.ts';
import type { Input, Reply } from '../../shared/contract.ts';
import { assignItem, claimItem, finishItem, releaseClaim, setPriority } from './acts/items.ts';
import { replyToThread } from './acts/messages.ts';
import { addNote } from './acts/notes.ts';
import { decideRepeat } from './acts/repeats.ts';
import { holdResult, releaseResult } from './acts/results.ts';
import { findItemDraft, saveItemDraft } from './marks/drafts.ts';
import { markItemUnread, openItem } from './marks/reading.ts';
import { confirmRecovered, discardEntry, outboxEntries, tryAgain, undoEntry } from './outbox/outbox.ts';
import { conflictView, resolveConflict } from './outbox/outbox-conflict.ts';
import { setNetwork, switchStaff } from './session/demo.ts';
import {
  cancelSignIn,
  choosePassphrase,
  leaveDemo,
  sessionStatus,
  signIn,
  signOut,
  startAgain,
  startDemo,
  tryAgainToOpen,
  unlock,
} from './session/session.ts';
import type { SessionControl } from './session/session-control.ts';
import type { Desk } from './use-case-context.ts';
import { inboxPage, searchInbox, viewCounts } from './views/inbox.ts';
import { itemDetail } from './views/item-detail.ts';
import { staffWithLoad } from './views/staff.ts';
import { conservationByType, quarantined, syncNow, syncStatus } from './views/sync-view.ts';

type Answered<C extends CoreChannel> = Reply<C> | Promise<Reply<C>>;

/** Served with or without an open store. */
type SessionChannel = Extract<CoreChannel, `session.${string}` | `demo.${string}` | 'sync.status'>;
type DeskChannel = Exclude<CoreChannel, SessionChannel>;

type SessionHandlers = { readonly [C in SessionChannel]: (control: SessionControl, input: Input<C>) => Answered<C> };
type DeskHandlers = { readonly [C in DeskChannel]: (desk: Desk, input: Input<C>) => Answered<C> };

const sessionHandlers: SessionHandlers = {
  'session.status': sessionStatus,
  'session.sign-in': signIn,
  'session.cancel-sign-in': cancelSignIn,
  'session.sign-out': signOut,
  'session.start-demo': startDemo,
  'session.leave-demo': leaveDemo,
  'session.choose-passphrase': choosePassphrase,
  'session.unlock': unlock,
  'session.try-again': tryAgainToOpen,
  'session.start-again': startAgain,
  'demo.switch-staff': switchStaff,
  'demo.set-network': setNetwork,
  'sync.status': syncStatus,
};

const deskHandlers: DeskHandlers = {
  'inbox.page': inboxPage,
  'inbox.counts': viewCounts,
  'inbox.search': searchInbox,
  'items.detail': itemDetail,
  'items.open': openItem,
  'items.mark-unread': markItemUnread,
  'items.claim': claimItem,
  'items.release-claim': releaseClaim,
  'items.assign': assignItem,
  'items.set-priority': setPriority,
  'items.finish': finishItem,
  'messages.reply': replyToThread,
  'notes.add': addNote,
  'repeats.decide': decideRepeat,
  'results.release': releaseResult,
  'results.hold': holdResult,
  'drafts.find': findItemDraft,
  'drafts.save': saveItemDraft,
  'outbox.list': outboxEntries,
  'outbox.undo': undoEntry,
  'outbox.try-again': tryAgain,
  'outbox.discard': discardEntry,
  'outbox.conflict': conflictView,
  'outbox.resolve-conflict': resolveConflict,
  'outbox.confirm-recovered': confirmRecovered,
  'staff.list': staffWithLoad,
  'sync.now': syncNow,
  'sync.quarantine': quarantined,
  'sync.conservation': conservationByType,
};

export function isSessionChannel(channel: CoreChannel): channel is SessionChannel {
  return Object.hasOwn(sessionHandlers, channel);
}

export function callSession<C extends SessionChannel>(channel: C, control: SessionControl, input: Input<C>): Answered<C> {
  return sessionHandlers[channel](control, input);
}

export function callDesk<C extends DeskChannel>(channel: C, desk: Desk, input: Input<C>): Answered<C> {
  return deskHandlers[channel](desk, input);
}
