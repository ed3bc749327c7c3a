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
  /** `lastRow`: row number of the last INSERT. */
  run(parameters?: SqlParameters): { readonly changes: number; readonly lastRow: number };
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
  /**
   * The same for what the server can be asked for again, together with the mark that says how far it was asked: not on the disk when it returns,
   * and after a power cut as if it had not been. Never for what a person did (SAFETY D1).
   */
  refetchable<T>(work: () => T): T;
  /** Since somebody last acted or looked: how long the next one may have to wait is nobody's loss meanwhile. */
  quietMs(): number;
  /** Something to do at the end of the transaction that is open now. Throws when none is. */
  atEnd(end: TransactionEnd): void;
}

export interface TransactionEnd {
  /** The last that is done before the commit, once. */
  readonly write: () => void;
  /** Committed or undone: what was gathered counts no more. */
  readonly over: () => void;
}

export interface Gathering<T> {
  /** To be added to. Only inside a transaction. */
  of(db: WriteDb): T;
  /** What the open transaction has gathered and not yet written, for whoever reads on the same connection. */
  soFar(db: ReadDb): T | undefined;
}

/** What a transaction gathers in memory and writes once, at its end. When it is undone, it is gone. */
export function gatherUntilEnd<T extends object>(begin: () => T, write: (db: WriteDb, gathered: T) => void): Gathering<T> {
  const open = new WeakMap<ReadDb, T>();
  return {
    of(db) {
      const known = open.get(db);
      if (known) return known;
      const gathered = begin();
      const over = () => open.delete(db);
      db.atEnd({
        write: () => {
          over();
          write(db, gathered);
        },
        over,
      });
      open.set(db, gathered);
      return gathered;
    },
    soFar: (db) => open.get(db),
  };
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

/** When somebody last used the store, by `performance.now()`; shared by its connections. */
export interface LastUse {
  at: number;
}

/** A connection that only reads: opened `query_only`, so that SQLite refuses what the compiler could not see. */
export function toReadDb(connection: Database.Database, lastUse: LastUse): ReadDb {
  const prepared = preparer(connection);
  const query = once((sql: Sql) => toQuery(prepared(sql)));
  return {
    read(sql) {
      lastUse.at = performance.now();
      return query(sql);
    },
  };
}

/** The one writer connection as the rest of the store sees it. */
export function toWriteDb(connection: Database.Database, lastUse: LastUse): WriteDb {
  const prepared = preparer(connection);
  const ends = new Set<TransactionEnd>();
  function outermost<T>(work: () => T): T {
    try {
      return connection
        .transaction(() => {
          const result = work();
          for (const end of ends) end.write();
          return result;
        })
        .immediate();
    } finally {
      for (const end of ends) end.over();
      ends.clear();
    }
  }
  return {
    read: once((sql: Sql) => toQuery(prepared(sql))),
    write: once((sql: Sql) => {
      const statement = prepared(sql);
      return {
        run(parameters) {
          const { changes, lastInsertRowid } = parameters === undefined ? statement.run() : statement.run(parameters);
          return { changes, lastRow: Number(lastInsertRowid) };
        },
      };
    }),
    transaction(work) {
      if (connection.inTransaction) return work();
      lastUse.at = performance.now();
      return outermost(work);
    },
    refetchable(work) {
      if (connection.inTransaction) return work();
      // SQLite takes this setting only between transactions, and syncs the whole log at the next commit that is FULL.
      connection.pragma('synchronous=NORMAL');
      try {
        return outermost(work);
      } finally {
        connection.pragma('synchronous=FULL');
      }
    },
    quietMs: () => performance.now() - lastUse.at,
    atEnd(end) {
      if (!connection.inTransaction) throw new Error('No transaction is open');
      ends.add(end);
    },
  };
}
