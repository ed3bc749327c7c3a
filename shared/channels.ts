/** Names of all calls into the core and the shell, and of all topics it announces. No imports: the preload stays tiny. Queries are nouns, commands verbs. */
export const coreChannels = [
  'session.status',
  'session.sign-in',
  'session.cancel-sign-in',
  'session.sign-out',
  'session.start-demo',
  'session.leave-demo',
  'session.choose-passphrase',
  'session.unlock',
  'session.try-again',
  'session.start-again',
  'demo.switch-staff',
  'demo.set-network',
  'inbox.page',
  'inbox.counts',
  'inbox.search',
  'acts.perform',
  'items.detail',
  'items.open',
  'drafts.find',
  'drafts.save',
  'outbox.list',
  'outbox.undo',
  'outbox.try-again',
  'outbox.discard',
  'outbox.conflict',
  'outbox.resolve-conflict',
  'outbox.confirm-recovered',
  'staff.list',
  'practice.policy',
  'sync.status',
  'sync.now',
  'sync.quarantine',
  'sync.conservation',
] as const;
export type CoreChannel = (typeof coreChannels)[number];

export const shellChannels = ['app.about', 'app.preferences', 'app.save-preferences', 'app.copy-text', 'app.ready-for-screenshot'] as const;
export type ShellChannel = (typeof shellChannels)[number];

/** What a `changed` push can name; the renderer refetches the queries that hang on it. */
export const topics = ['session', 'inbox', 'item', 'outbox', 'sync', 'preferences'] as const;
export type Topic = (typeof topics)[number];

/** At most this many rows cross in one page. */
export const pageLimit = 200;
