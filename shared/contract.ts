import { z } from 'zod';
import { ActRequest } from './changes/changes.ts';
import { type CoreChannel, pageLimit, type ShellChannel } from './channels.ts';
import { DraftKind } from './domain/draft.schema.ts';
import { ItemDetail } from './domain/item-detail.schema.ts';
import { ConflictView, OutboxEntry, OutboxState } from './domain/outbox.schema.ts';
import type { Permission } from './domain/permissions.ts';
import { DemoRole, SessionStatus } from './domain/session.schema.ts';
import { About, Preferences } from './domain/settings.schema.ts';
import { Pool, Staff } from './domain/staff.schema.ts';
import { Conservation, QuarantinedResource, SyncStatus } from './domain/sync-status.schema.ts';
import { messageTextLimit } from './domain/thread.ts';
import { View, WorkItem } from './domain/work-item.schema.ts';
import type { AppError } from './errors.ts';
import { Instant, ItemKey, OpId, Seen } from './ids.schema.ts';
import { PracticePolicy } from './policy/practice-policy.schema.ts';
import type { Result } from './result.ts';

const nothing = z.strictObject({});
const done = z.object({});
const text = z.string().max(messageTextLimit);

/** What an act answers: it is durable, and when it will be sent. `sendsAt` is the end of the undo window. */
const performed = z.object({ opId: OpId, sendsAt: Instant });
export type Performed = z.infer<typeof performed>;

type Entry = { readonly input: z.ZodType; readonly output: z.ZodType; readonly needs: 'nothing' | Permission };

/** Channel → shapes and the permission it needs. Forget a channel and it does not compile. */
export const contract = {
  'session.status': { input: nothing, output: SessionStatus, needs: 'nothing' },
  /** `server`: FHIR base URL, e.g. https://portal.example.nz/fhir. Answers when the browser sign-in has begun. */
  'session.sign-in': { input: z.object({ server: z.url({ protocol: /^https?$/ }) }), output: done, needs: 'nothing' },
  'session.cancel-sign-in': { input: nothing, output: done, needs: 'nothing' },
  'session.sign-out': { input: nothing, output: done, needs: 'nothing' },
  'session.start-demo': { input: z.object({ role: DemoRole }), output: done, needs: 'nothing' },
  'session.leave-demo': { input: nothing, output: done, needs: 'nothing' },
  'session.choose-passphrase': { input: z.object({ passphrase: z.string().max(1000) }), output: done, needs: 'nothing' },
  'session.unlock': { input: z.object({ passphrase: z.string().max(1000) }), output: done, needs: 'nothing' },
  /** The store can't be opened, but perhaps now: asks once more and changes nothing. The app may be started anew for it. */
  'session.try-again': { input: nothing, output: done, needs: 'nothing' },
  /** The store can't be opened: sets it aside (never deletes it) and begins a new one from the server. */
  'session.start-again': { input: nothing, output: done, needs: 'nothing' },
  'demo.switch-staff': { input: z.object({ staffId: z.string() }), output: done, needs: 'nothing' },
  'demo.set-network': { input: z.object({ network: z.enum(['on', 'off']) }), output: done, needs: 'nothing' },

  /** A window of rows. `anchor` is a row the caller already has; the nearer it is to `offset`, the cheaper the page. */
  'inbox.page': {
    input: z.object({
      view: View,
      offset: z.number().int().min(0),
      limit: z.number().int().min(1).max(pageLimit),
      anchor: z.object({ offset: z.number().int().min(0), key: ItemKey }).nullable(),
    }),
    output: z.object({ total: z.number().int(), offset: z.number().int(), rows: z.array(WorkItem) }),
    needs: 'read',
  },
  'inbox.counts': {
    input: nothing,
    output: z.object({
      views: z.record(View, z.object({ items: z.number().int(), unread: z.number().int() })),
      outbox: z.number().int(),
      needsAttention: z.number().int(),
    }),
    needs: 'read',
  },
  /** Newest first. Words and prefixes of names, NHI, subject and text; macrons don't matter. */
  'inbox.search': {
    input: z.object({ text: z.string().min(1).max(200), limit: z.number().int().min(1).max(pageLimit) }),
    output: z.object({ rows: z.array(WorkItem), more: z.boolean() }),
    needs: 'read',
  },

  /** Every act. Its right is asked by `perform`, which knows the item. */
  'acts.perform': { input: ActRequest, output: performed, needs: 'nothing' },
  'items.detail': { input: z.object({ itemKey: ItemKey }), output: ItemDetail, needs: 'read' },
  /** Records that this person looked at the item (audit) and marks it read. */
  'items.open': { input: z.object({ itemKey: ItemKey }), output: done, needs: 'read' },

  'drafts.find': {
    input: z.object({ itemKey: ItemKey, kind: DraftKind }),
    output: z.object({ text: z.string(), savedAt: Instant.nullable() }),
    needs: 'read',
  },
  'drafts.save': { input: z.object({ itemKey: ItemKey, kind: DraftKind, text }), output: z.object({ savedAt: Instant }), needs: 'read' },

  'outbox.list': {
    input: z.object({ which: z.enum(['waiting', 'needs-you', 'sent']), limit: z.number().int().min(1).max(pageLimit) }),
    output: z.object({ entries: z.array(OutboxEntry), total: z.number().int() }),
    needs: 'read',
  },
  /** Takes an act back while it is held; `too-late` afterwards. */
  'outbox.undo': { input: z.object({ opId: OpId }), output: done, needs: 'read' },
  'outbox.try-again': { input: z.object({ opId: OpId }), output: done, needs: 'read' },
  /** Gives up on a change in conflict or rejected; its text stays as a draft. */
  'outbox.discard': { input: z.object({ opId: OpId }), output: done, needs: 'read' },
  'outbox.conflict': { input: z.object({ opId: OpId }), output: ConflictView, needs: 'read' },
  /** `keep-theirs` gives up ours (text becomes a draft); `do-mine-again` re-decides against the version now shown, as a new intent. */
  'outbox.resolve-conflict': {
    input: z.object({ opId: OpId, choice: z.enum(['keep-theirs', 'do-mine-again']), newOpId: OpId, seen: Seen }),
    output: done,
    needs: 'read',
  },
  /** An act found only in the intent journal after damage: send it, or not. */
  'outbox.confirm-recovered': { input: z.object({ opId: OpId, send: z.boolean() }), output: done, needs: 'read' },

  'staff.list': {
    input: nothing,
    output: z.object({
      staff: z.array(Staff.extend({ openItems: z.number().int() })),
      pools: z.array(z.object({ pool: Pool, openItems: z.number().int() })),
    }),
    needs: 'read',
  },
  /** What the practice decided for itself, and the newest draft of a change that was made on this computer: null for who may not make one. */
  'practice.policy': {
    input: nothing,
    output: z.object({
      inForce: PracticePolicy,
      draft: z.object({ policy: PracticePolicy, reason: z.string(), by: z.string(), at: Instant, state: OutboxState }).nullable(),
    }),
    needs: 'read',
  },
  'sync.status': { input: nothing, output: SyncStatus, needs: 'nothing' },
  'sync.now': { input: nothing, output: done, needs: 'read' },
  'sync.quarantine': {
    input: nothing,
    output: z.object({ resources: z.array(QuarantinedResource), total: z.number().int() }),
    needs: 'read',
  },
  'sync.conservation': { input: nothing, output: z.object({ types: z.array(Conservation) }), needs: 'read' },
} as const satisfies Record<CoreChannel, Entry>;

/** Calls that the shell answers: windows and display, no patient data. */
export const shellContract = {
  'app.about': { input: nothing, output: About },
  'app.preferences': { input: nothing, output: Preferences },
  'app.save-preferences': { input: Preferences.partial(), output: Preferences },
  'app.copy-text': { input: z.object({ text: z.string().max(2000) }), output: done },
  /** The screen stands: with `--screenshot` the shell now takes its picture. */
  'app.ready-for-screenshot': { input: nothing, output: done },
} as const satisfies Record<ShellChannel, Omit<Entry, 'needs'>>;

type Contract = typeof contract & typeof shellContract;
export type Input<C extends keyof Contract> = z.infer<Contract[C]['input']>;
export type Output<C extends keyof Contract> = z.infer<Contract[C]['output']>;
export type Reply<C extends keyof Contract> = Result<Output<C>, AppError>;
