import type { CoreChannel } from '../../shared/channels.ts';
import type { Input, Reply } from '../../shared/contract.ts';
import { performAct } from './acts/perform.ts';
import { findItemDraft, saveItemDraft } from './marks/drafts.ts';
import { openItem } from './marks/reading.ts';
import { confirmRecovered, discardEntry, outboxEntries, requeueFailed, undoEntry } from './outbox/outbox.ts';
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
import type { UseCaseContext, ViewContext } from './use-case-context.ts';
import { inboxPage, searchInbox, viewCounts } from './views/inbox.ts';
import { itemDetail } from './views/item-detail.ts';
import { practicePolicy } from './views/practice-policy.ts';
import { staffWithLoad } from './views/staff.ts';
import { conservationByType, quarantined, syncNow, syncStatus } from './views/sync-view.ts';

type Answered<C extends CoreChannel> = Reply<C> | Promise<Reply<C>>;

/** Served with or without an open store. */
type SessionChannel = Extract<CoreChannel, `session.${string}` | `demo.${string}` | 'sync.status'>;
/** What writes: acts, marks and the outbox. All else is handed a connection that can only read. */
type WriteChannel = Extract<
  CoreChannel,
  | 'acts.perform'
  | 'items.open'
  | 'drafts.save'
  | 'outbox.undo'
  | 'outbox.try-again'
  | 'outbox.discard'
  | 'outbox.resolve-conflict'
  | 'outbox.confirm-recovered'
>;
type ViewChannel = Exclude<CoreChannel, SessionChannel | WriteChannel>;

type SessionHandlers = { readonly [C in SessionChannel]: (control: SessionControl, input: Input<C>) => Answered<C> };
type WriteHandlers = { readonly [C in WriteChannel]: (context: UseCaseContext, input: Input<C>) => Answered<C> };
type ViewHandlers = { readonly [C in ViewChannel]: (context: ViewContext, input: Input<C>) => Answered<C> };

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

const writeHandlers: WriteHandlers = {
  'acts.perform': performAct,
  'items.open': openItem,
  'drafts.save': saveItemDraft,
  'outbox.undo': undoEntry,
  'outbox.try-again': requeueFailed,
  'outbox.discard': discardEntry,
  'outbox.resolve-conflict': resolveConflict,
  'outbox.confirm-recovered': confirmRecovered,
};

const viewHandlers: ViewHandlers = {
  'inbox.page': inboxPage,
  'inbox.counts': viewCounts,
  'inbox.search': searchInbox,
  'items.detail': itemDetail,
  'drafts.find': findItemDraft,
  'outbox.list': outboxEntries,
  'outbox.conflict': conflictView,
  'staff.list': staffWithLoad,
  'practice.policy': practicePolicy,
  'sync.now': syncNow,
  'sync.quarantine': quarantined,
  'sync.conservation': conservationByType,
};

export function isSessionChannel(channel: CoreChannel): channel is SessionChannel {
  return Object.hasOwn(sessionHandlers, channel);
}

export function isWriteChannel(channel: CoreChannel): channel is WriteChannel {
  return Object.hasOwn(writeHandlers, channel);
}

export function callSession<C extends SessionChannel>(channel: C, control: SessionControl, input: Input<C>): Answered<C> {
  return sessionHandlers[channel](control, input);
}

export function callWriting<C extends WriteChannel>(channel: C, context: UseCaseContext, input: Input<C>): Answered<C> {
  return writeHandlers[channel](context, input);
}

export function callView<C extends ViewChannel>(channel: C, context: UseCaseContext, input: Input<C>): Answered<C> {
  return viewHandlers[channel]({ ...context, db: context.reader }, input);
}
