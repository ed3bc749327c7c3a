import type Database from 'better-sqlite3';

type SqlValue = string | number | bigint | Buffer | null;
export type SqlParameters = Readonly<Record<string, SqlValue>>;
/** Columns by name, unparsed: each query's row schema gives them their types. */
export type Row = Readonly<Record<string, unknown>>;

declare const statementText: unique symbol;
/** A statement that the store knows of. Only `defineStatement` makes one. */
export type Sql = string & { readonly [statementText]: true };

export interface DefinedStatement {
  readonly sql: Sql;
  /** Why it may read a whole table: it stands on no interactive path. */
  readonly wholeTable: string | null;
}

const defined = new Map<string, DefinedStatement>();

/**
 * Registers a statement, once, where its module is loaded: a literal, or composed of the column table. No part of it is ever input.
 * A test walks all of them: each is prepared on the real schema, and its query plan read.
 */
export function defineStatement(text: string, { wholeTable = null }: { readonly wholeTable?: string | null } = {}): Sql {
  const sql = text as Sql;
  defined.set(text, { sql, wholeTable });
  return sql;
}

/** Every statement that the modules loaded so far have defined. */
export function definedStatements(): readonly DefinedStatement[] {
  return [...defined.values()];
}

export interface Query {
  get(parameters?: SqlParameters): Row | undefined;
  all(parameters?: SqlParameters): Row[];
  iterate(parameters?: SqlParameters): IterableIterator<Row>;
}

export interface Command {
  run(parameters?: SqlParameters): { readonly changes: number };
}

/** Reads, and can do nothing else: what decides and what shows is handed this. */
export interface ReadDb {
  read(sql: Sql): Query;
}

/** Held by the few that write: acts (perform), marks, outbox and sync. */
export interface WriteDb extends ReadDb {
  write(sql: Sql): Command;
  /** All or nothing. The outermost call begins IMMEDIATE and commits durably; inner calls join it, so an error anywhere undoes everything. */
  transaction<T>(work: () => T): T;
}

type Prepared = Database.Statement<unknown[], Row>;

function preparer(connection: Database.Database): (sql: Sql) => Prepared {
  const statements = new Map<Sql, Prepared>();
  return (sql) => {
    const made = statements.get(sql) ?? connection.prepare<unknown[], Row>(sql);
    statements.set(sql, made);
    return made;
  };
}

function toQuery(statement: Prepared): Query {
  return {
    get: (parameters) => (parameters === undefined ? statement.get() : statement.get(parameters)),
    all: (parameters) => (parameters === undefined ? statement.all() : statement.all(parameters)),
    iterate: (parameters) => (parameters === undefined ? statement.iterate() : statement.iterate(parameters)),
  };
}

/** Makes a value once for each key. */
function once<K, V>(make: (key: K) => V): (key: K) => V {
  const made = new Map<K, V>();
  return (key) => {
    const value = made.get(key) ?? make(key);
    made.set(key, value);
    return value;
  };
}

/** A connection that only reads: opened `query_only`, so that SQLite refuses what the compiler could not see. */
export function toReadDb(connection: Database.Database): ReadDb {
  const prepared = preparer(connection);
  return { read: once((sql: Sql) => toQuery(prepared(sql))) };
}

/** The one writer connection as the rest of the store sees it. */
export function toWriteDb(connection: Database.Database): WriteDb {
  const prepared = preparer(connection);
  return {
    read: once((sql: Sql) => toQuery(prepared(sql))),
    write: once((sql: Sql) => {
      const statement = prepared(sql);
      return { run: (parameters) => (parameters === undefined ? statement.run() : statement.run(parameters)) };
    }),
    transaction: (work) => (connection.inTransaction ? work() : connection.transaction(work).immediate()),
  };
}
