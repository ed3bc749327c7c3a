import { z } from 'zod';

/** What the shell tells the core. Keys never pass in argv or the environment. */
export const ToCore = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('start'),
    /** Folder of all encrypted stores and key files of this OS user. */
    dataFolder: z.string(),
    /** Built SQLite addon for a runtime that the prebuilt one does not fit; null for the prebuilt. */
    sqliteBinding: z.string().nullable(),
    appVersion: z.string(),
    /** `--demo=…`: go straight into the demonstration practice. */
    demo: z.enum(['reception', 'gp', 'manager']).nullable(),
    /** What the core last gave to `keep-for-restart`, when it starts again after a fault; null on a first start. */
    resume: z.string().nullable(),
  }),
  /** Comes with one MessagePort: a window's. */
  z.object({ kind: z.literal('window') }),
  z.object({
    kind: z.literal('answer'),
    id: z.number().int(),
    ok: z.boolean(),
    value: z.string().nullable(),
    /** Of an answer that is not ok: it may be later, as with a keychain that is locked now. Nothing may be made anew because of it (SAFETY D4). */
    isTemporary: z.boolean(),
  }),
  /** Whether anybody looks at a window: unattended, the server is asked less often. */
  z.object({ kind: z.literal('focus'), focused: z.boolean() }),
  /** The computer woke or the network changed: look again now. */
  z.object({ kind: z.literal('wake') }),
  /** Finish what is being written, close the store, exit. */
  z.object({ kind: z.literal('stop') }),
]);
export type ToCore = z.infer<typeof ToCore>;

/** What the core asks of the shell; each request is answered by one `answer` with the same id. Binary values are base64. */
export const ToShell = z.discriminatedUnion('kind', [
  /** Answer: the safeStorage backend's name, or null when none may be trusted (`basic_text`, unavailable). */
  z.object({ kind: z.literal('keychain-backend'), id: z.number().int() }),
  z.object({ kind: z.literal('seal'), id: z.number().int(), value: z.string() }),
  /** Answer: JSON of Unsealed. */
  z.object({ kind: z.literal('unseal'), id: z.number().int(), value: z.string() }),
  /** Ends the app and starts it: a process that the keychain did not answer once is never answered. */
  z.object({ kind: z.literal('start-app-anew'), id: z.number().int() }),
  /** Opens the sign-in page in the system browser. */
  z.object({ kind: z.literal('open-browser'), id: z.number().int(), url: z.url() }),
  /** Starts (or restarts from nothing, when `fresh`) the demonstration portal; answer: JSON of DemoPortal. */
  z.object({ kind: z.literal('start-demo-portal'), id: z.number().int(), fresh: z.boolean() }),
  z.object({ kind: z.literal('stop-demo-portal'), id: z.number().int() }),
  /**
   * Held in the shell's memory only, handed back in `start.resume` if the core dies, dropped on lock, sign-out and quit:
   * which store was open and its key, so that a fault costs no passphrase and no demo. `value` empty: forget it.
   */
  z.object({ kind: z.literal('keep-for-restart'), id: z.number().int(), value: z.string() }),
  /** The store is open and calls are served. */
  z.object({ kind: z.literal('ready'), id: z.number().int() }),
  z.object({
    kind: z.literal('log'),
    id: z.number().int(),
    level: z.enum(['info', 'warn', 'error']),
    code: z.string(),
    fields: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
  }),
]);
export type ToShell = z.infer<typeof ToShell>;

/** What the keychain opened; `resealed` when it wants the value sealed anew because its own key has changed. Both base64. */
export const Unsealed = z.object({ secret: z.string(), resealed: z.string().nullable() });
export type Unsealed = z.infer<typeof Unsealed>;

/** The running demonstration portal: where it is, and one bearer token for each of its invented staff. */
export const DemoPortal = z.object({ baseUrl: z.url(), tokens: z.array(z.object({ staffId: z.string(), token: z.string() })) });
export type DemoPortal = z.infer<typeof DemoPortal>;
