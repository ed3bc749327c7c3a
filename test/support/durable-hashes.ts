import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import { readSqlFiles } from '../../electron/store/schema/bundle-sql.ts';
import { type ActKind, changes, QueuedChange } from '../../shared/changes/changes.ts';

const file = new URL('../fixtures/durable-hashes.json', import.meta.url);

export const actKinds = Object.keys(changes).filter((key): key is ActKind => Object.hasOwn(changes, key));

/** The versions of an act's change that this app reads. */
export function versionsOf(kind: ActKind): readonly number[] {
  return [...changes[kind].change.shape.v.values];
}

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const hashOfShape = (shape: z.ZodType) => sha256(JSON.stringify(z.toJSONSchema(shape)));

/** What outlives the version of the app that wrote it, by name: the shape of each change, what it travels in, and the tables that are never rebuilt. */
export function durableHashes(): Readonly<Record<string, string>> {
  const shapes = actKinds.map((kind) => [`${kind}.v${Math.max(...versionsOf(kind))}`, hashOfShape(changes[kind].change)]);
  const tables = readSqlFiles().migrations.map(({ name, sql }) => [name, sha256(sql)]);
  return Object.fromEntries([...shapes, ['queued-change', hashOfShape(QueuedChange.omit({ change: true }))], ...tables]);
}

/** As they were when somebody last said so. */
export function keptHashes(): Readonly<Record<string, string>> {
  return z.record(z.string(), z.string()).parse(JSON.parse(readFileSync(file, 'utf8')));
}

/** `node test/support/durable-hashes.ts` says that what is there now is meant. Only until the first release: after it, desks hold the old shapes. */
if (import.meta.main) writeFileSync(file, `${JSON.stringify(durableHashes(), null, 2)}\n`);
