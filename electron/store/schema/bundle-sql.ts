import { readdirSync, readFileSync, writeFileSync } from 'node:fs';

const folder = new URL('./', import.meta.url);
const read = (name: string) => readFileSync(new URL(name, folder), 'utf8');

/** The text of sql-text.ts for the .sql files as they stand. */
export function sqlText(): string {
  const migrations = readdirSync(new URL('durable/', folder))
    .filter((name) => name.endsWith('.sql'))
    .sort();
  const lines = migrations.map((name) => `  { name: '${name}', sql: ${quoted(read(`durable/${name}`))} },`);
  return [
    "// Written by 'node electron/store/schema/bundle-sql.ts' from the .sql files beside it. Edit those.",
    `export const durableMigrations: readonly { readonly name: string; readonly sql: string }[] = [\n${lines.join('\n')}\n];`,
    `export const projectionsSql = ${quoted(read('projections.sql'))};`,
    '',
  ].join('\n\n');
}

function quoted(text: string): string {
  return `'${JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`;
}

if (import.meta.main) writeFileSync(new URL('sql-text.ts', folder), sqlText());
