import { readdirSync, readFileSync, writeFileSync } from 'node:fs';

const folder = new URL('./', import.meta.url);
const read = (name: string) => readFileSync(new URL(name, folder), 'utf8');

/** The .sql files as they stand: name → text. */
export function readSqlFiles(): {
  readonly migrations: readonly { readonly name: string; readonly sql: string }[];
  readonly projections: string;
} {
  const names = readdirSync(new URL('durable/', folder)).filter((name) => name.endsWith('.sql'));
  return { migrations: names.sort().map((name) => ({ name, sql: read(`durable/${name}`) })), projections: read('projections.sql') };
}

/** SQL stays in .sql files; the app and its tests import this copy, because a bundle has no folder to read them from. */
function writeSqlText(): void {
  const { migrations, projections } = readSqlFiles();
  const lines = migrations.map(({ name, sql }) => `  { name: '${name}', sql: ${JSON.stringify(sql)} },\n`);
  const text = [
    "// Written by 'node electron/store/schema/bundle-sql.ts' from the .sql files beside it. Edit those.\n",
    `export const durableMigrations: readonly { readonly name: string; readonly sql: string }[] = [\n${lines.join('')}];\n`,
    `export const projectionsSql = ${JSON.stringify(projections)};\n`,
  ];
  writeFileSync(new URL('sql-text.ts', folder), text.join('\n'));
}

if (import.meta.main) writeSqlText();
