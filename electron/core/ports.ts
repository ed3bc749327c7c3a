import type { ToShell } from '../../shared/core-messages.ts';

/** Time as a value: milliseconds since 1970 (SAFETY D11). */
export interface Clock {
  readonly now: () => number;
}

export interface Random {
  readonly uuid: () => string;
  readonly bytes: (count: number) => Buffer;
  /** In [0, 1). */
  readonly number: () => number;
}

export type Fetch = (url: string, init?: RequestInit) => Promise<Response>;

/** One window's end of a MessagePort; Electron's MessagePortMain and Node's MessagePort both fit. */
export interface WindowPort {
  readonly post: (message: unknown) => void;
  readonly onMessage: (listener: (message: unknown) => void) => void;
  readonly onClose: (listener: () => void) => void;
}

/** The way to the shell: Electron's parentPort in the app, the process's IPC channel in tests. */
export interface ShellPort {
  readonly post: (message: ToShell) => void;
  readonly onMessage: (listener: (message: unknown, windows: readonly WindowPort[]) => void) => void;
}

export interface CorePorts {
  readonly shell: ShellPort;
  readonly clock: Clock;
  readonly random: Random;
  /** To a practice's portal: the system's proxy and certificates in the app. */
  readonly fetch: Fetch;
  /** To the demonstration portal on this computer's loopback. */
  readonly loopbackFetch: Fetch;
  readonly exit: (code: number) => void;
}

type LogFields = Readonly<Record<string, string | number | boolean | null>>;

/** Codes, counts and random ids only: never a name, a text, an NHI or a URL with its query (SAFETY I17). */
export type Log = (level: 'info' | 'warn' | 'error', code: string, fields?: LogFields) => void;
