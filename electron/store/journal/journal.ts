import { z } from 'zod';
import { QueuedChange } from '../../../shared/changes/changes.ts';
import type { StorageProblem } from '../../../shared/errors.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import type { AppendFile, Disk } from '../disk.ts';
import { type FrameKey, fileHeadBytes, firstTag, frameKeyOf, newFileHead, readFrames, sealFrame } from './journal-frames.ts';

/**
 * The second, independent record of what a person did (SAFETY D5): one flipped bit in SQLite's WAL can silently undo committed rows, and then only
 * this file still knows. Sealed, numbered, chained; a record is on the disk before the act is called saved.
 */
export interface Journal {
  /** Number of the last record. */
  lastNumber(): number;
  /** Returns when the record is on the disk. Throws when it is not: then the act must not be called saved. */
  append(change: QueuedChange, bases: readonly KeptBase[]): void;
  /** The server's effect has been read, or the change was taken back: its record may go. */
  retire(opId: string): void;
  /** Changes that are not retired, oldest first. */
  entries(): readonly JournalEntry[];
  /** Whether the file still knows that the change was over. */
  wasRetired(opId: string): boolean;
  /** How the file was found. */
  readonly condition: 'new' | 'whole' | 'torn' | 'damaged';
  close(): void;
}

interface JournalOptions {
  readonly path: string;
  /** The store's key. Stays the caller's to zero. */
  readonly key: Buffer;
  readonly disk: Disk;
}

const Base = z.object({ ref: z.string(), versionId: z.string(), body: z.string() });
/** A resource as the author saw it: what a request is made of, also after the database was lost. */
export type KeptBase = Readonly<z.infer<typeof Base>>;

export interface JournalEntry {
  readonly change: QueuedChange;
  readonly bases: readonly KeptBase[];
}

const JournalRecord = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('start') }),
  z.object({ kind: z.literal('intent'), change: QueuedChange, bases: z.array(Base) }),
  z.object({ kind: z.literal('retire'), opId: z.string() }),
]);
type JournalRecord = z.infer<typeof JournalRecord>;

interface Content {
  readonly frameKey: FrameKey;
  readonly live: Map<string, JournalEntry>;
  readonly retired: Set<string>;
  readonly number: number;
  readonly tag: Buffer;
  readonly size: number;
  readonly condition: Journal['condition'];
}

/** Below this a file full of retired records is not worth rewriting. */
const compactAbove = 1024 * 1024;

/** Reads what is there. Nothing is written when the key does not fit; a file that was cut off before its first record counts as none. */
function readContent({ path, key, disk }: JournalOptions): Result<Content | undefined, StorageProblem> {
  const bytes = disk.read(path);
  if (bytes === undefined || bytes.length <= fileHeadBytes) return ok(undefined);
  const frameKey = frameKeyOf(key, bytes);
  if (!frameKey) return err('damaged');
  const { frames, condition } = readFrames(frameKey, bytes);
  const last = frames.at(-1);
  if (!last) return err('wrong-key');
  const live = new Map<string, JournalEntry>();
  const retired = new Set<string>();
  for (const { text } of frames) {
    const record = JournalRecord.parse(JSON.parse(text));
    if (record.kind === 'intent') live.set(record.change.opId, { change: record.change, bases: record.bases });
    if (record.kind === 'retire' && live.delete(record.opId)) retired.add(record.opId);
  }
  return ok({ frameKey, live, retired, number: last.number, tag: last.tag, size: last.end, condition });
}

/** A new file with one start record and the live changes, put in the place of the old one in a single step. */
function writeAnew(
  { path, key, disk }: JournalOptions,
  live: Map<string, JournalEntry>,
  after: number,
  condition: Journal['condition'],
): Content {
  const fileHead = newFileHead();
  const frameKey = frameKeyOf(key, fileHead);
  if (!frameKey) throw new Error('A journal head that cannot be read');
  const parts = [fileHead];
  let number = after;
  let tag: Buffer = firstTag;
  const records: JournalRecord[] = [
    { kind: 'start' },
    ...[...live.values()].map((entry) => ({ kind: 'intent' as const, change: entry.change, bases: [...entry.bases] })),
  ];
  for (const record of records) {
    number += 1;
    const frame = sealFrame(frameKey, number, tag, JSON.stringify(record));
    parts.push(frame.bytes);
    tag = frame.tag;
  }
  const bytes = Buffer.concat(parts);
  disk.replace(path, bytes);
  return { frameKey, live, retired: new Set(), number, tag, size: bytes.length, condition };
}

/** A damaged file is kept beside the new one: it may still tell a specialist something. */
function openContent(options: JournalOptions): Result<Content, StorageProblem> {
  const found = readContent(options);
  if (!found.ok) return found;
  if (found.value === undefined) return ok(writeAnew(options, new Map(), 0, 'new'));
  if (found.value.condition !== 'damaged') return ok(found.value);
  options.disk.rename(options.path, `${options.path}.damaged-${found.value.number}`);
  return ok(writeAnew(options, found.value.live, found.value.number, 'damaged'));
}

/** Opens or begins the journal. */
export function openJournal(options: JournalOptions): Result<Journal, StorageProblem> {
  const opened = openContent(options);
  return opened.ok ? ok(toJournal(options, opened.value)) : opened;
}

function openFile({ path, disk }: JournalOptions, size: number): AppendFile {
  const file = disk.openToAppend(path);
  if (file.size() > size) file.truncate(size);
  return file;
}

/** The record's frame, and the content once it is in the file. */
function sealNext(content: Content, record: JournalRecord) {
  const number = content.number + 1;
  const frame = sealFrame(content.frameKey, number, content.tag, JSON.stringify(record));
  return { frame, after: { ...content, number, tag: frame.tag, size: content.size + frame.bytes.length } };
}

function toJournal(options: JournalOptions, found: Content): Journal {
  let content = found;
  let file: AppendFile | undefined = openFile(options, content.size);

  /** After a failed write or fsync nobody knows what is on the disk: close, read it again, go on from what is really there. */
  function reopen(): AppendFile {
    const again = openContent(options);
    if (!again.ok) throw new Error(`The intent journal cannot be read again: ${again.error}`);
    content = again.value;
    return openFile(options, content.size);
  }

  function write(record: JournalRecord, isDurable: boolean): void {
    file ??= reopen();
    const { frame, after } = sealNext(content, record);
    try {
      file.append(frame.bytes);
      if (isDurable) file.sync();
    } catch (error) {
      closeQuietly(file);
      file = undefined;
      throw error;
    }
    content = after;
  }

  function compact(): void {
    file?.close();
    file = undefined;
    content = writeAnew(options, content.live, content.number, content.condition);
    file = openFile(options, content.size);
  }

  return {
    condition: found.condition,
    lastNumber: () => content.number,
    append: (change, bases) => {
      write({ kind: 'intent', change, bases: [...bases] }, true);
      content.live.set(change.opId, { change, bases });
    },
    retire: (opId) => {
      if (!content.live.has(opId)) return;
      write({ kind: 'retire', opId }, false);
      content.live.delete(opId);
      content.retired.add(opId);
      if (content.live.size === 0 && content.size > compactAbove) compact();
    },
    entries: () => [...content.live.values()],
    wasRetired: (opId) => content.retired.has(opId),
    close: () => {
      file?.close();
      file = undefined;
    },
  };
}

function closeQuietly(file: AppendFile): void {
  try {
    file.close();
  } catch {
    // It has just failed in a way that was reported; a second error adds nothing.
  }
}
