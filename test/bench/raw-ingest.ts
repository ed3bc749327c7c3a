import { z } from 'zod';
import type { ReadDb } from '../../electron/store/db.ts';
import { defineStatement } from '../../electron/store/db.ts';
import { openStore } from '../../electron/store/open/open.ts';

const StoredValue = z.union([z.string(), z.number(), z.instanceof(Buffer), z.null()]);
const StoredRows = z.array(z.record(z.string(), StoredValue));

/** What one table holds after a sync. */
export interface Content {
  readonly insert: string;
  readonly rows: z.infer<typeof StoredRows>;
}

const Name = z.object({ name: z.string() });

/** All that a sync has put into a store, as rows ready to be written. */
export function contentOf(db: ReadDb): readonly Content[] {
  const projected = db
    .read(defineStatement("SELECT name FROM projection_object WHERE type = 'table' AND name <> 'item_words' ORDER BY name"))
    .all()
    .map((row) => Name.parse(row).name);
  const tables = ['resource_ref', 'resource', ...projected].map((table) => {
    const rows = StoredRows.parse(db.read(defineStatement(`SELECT * FROM ${table}`)).all());
    const columns = Object.keys(rows[0] ?? { none: null });
    return {
      insert: `INSERT INTO ${table} (${columns.map((name) => `"${name}"`).join(', ')}) VALUES (${columns.map((name) => `:${name}`).join(', ')})`,
      rows,
    };
  });
  const words = db
    .read(
      defineStatement(`SELECT w.row, w.given_names || ' ' || w.family_name || ' ' || w.subject || ' ' || coalesce(
         (SELECT group_concat(m.body, ' ') FROM message m JOIN resource_ref r ON r.number = m.thread
           WHERE r.type = 'Communication' AND r.id = substr(w.focus_ref, 15)), '') AS words FROM work_item w`),
    )
    .all();
  const index = { insert: 'INSERT INTO item_words (rowid, words) VALUES (:row, :words)', rows: StoredRows.parse(words) };
  return [...tables, index].filter(({ rows }) => rows.length > 0);
}

/**
 * What SQLite itself takes to come to the same end: the JSON parsed, and the very rows of a sync written into the same tables with the same cipher,
 * in one transaction. Nothing is checked, decided, looked up or interrupted.
 */
export function rawIngest(path: string, key: Buffer, content: readonly Content[]): void {
  const store = openStore({ path, key });
  if (!store.ok) throw new Error(store.error);
  const { db } = store.value;
  db.transaction(() => {
    for (const { insert, rows } of content) {
      const statement = db.write(defineStatement(insert));
      for (const row of rows) {
        if (row.body instanceof Buffer) JSON.parse(row.body.toString('utf8'));
        statement.run(row);
      }
    }
  });
  store.value.close();
}
