import type Database from 'better-sqlite3';

type SqlValue = string | number | bigint | Buffer | null;
export type SqlParameters = Readonly<Record<string, SqlValue>>;
/** Columns by name, unparsed: each query's row schema gives them their types. */
export type Row = Readonly<Record<string, unknown>>;

export interface Statement {
  get(parameters?: SqlParameters): Row | undefined;
  all(parameters?: SqlParameters): Row[];
  iterate(parameters?: SqlParameters): IterableIterator<Row>;
  run(parameters?: SqlParameters): { readonly changes: number };
}

export interface ReadDb {
  /** Compiled once per connection and text: call it where the query stands. */
  prepare(sql: string): Statement;
}

export interface WriteDb extends ReadDb {
  /** All or nothing. The outermost call begins IMMEDIATE and commits durably; inner calls join it, so an error anywhere undoes everything. */
  transaction<T>(work: () => T): T;
}

function toStatement(statement: Database.Statement<unknown[], Row>): Statement {
  return {
    get: (parameters) => (parameters === undefined ? statement.get() : statement.get(parameters)),
    all: (parameters) => (parameters === undefined ? statement.all() : statement.all(parameters)),
    iterate: (parameters) => (parameters === undefined ? statement.iterate() : statement.iterate(parameters)),
    run: (parameters) => (parameters === undefined ? statement.run() : statement.run(parameters)),
  };
}

/** The one writer connection as the rest of the store sees it. */
export function toWriteDb(connection: Database.Database): WriteDb {
  const statements = new Map<string, Statement>();
  const prepare = (sql: string): Statement => {
    const known = statements.get(sql);
    if (known) return known;
    const made = toStatement(connection.prepare<unknown[], Row>(sql));
    statements.set(sql, made);
    return made;
  };
  return {
    prepare,
    transaction: (work) => (connection.inTransaction ? work() : connection.transaction(work).immediate()),
  };
}
