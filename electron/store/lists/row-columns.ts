import { z } from 'zod';
import { ItemKind, ItemStatus, PendingState, Priority } from '../../../shared/domain/work-item.schema.ts';
import type { WorkItem } from '../../../shared/domain/work-item.ts';

/**
 * An item's key, made of the row: of the Tasks of one kind about one thing the oldest has the key of that thing, any other that of its Task, so that
 * none is hidden (item-key.ts). A function of the mirror alone, the same on every desk.
 */
const keyColumn = "kind || '|' || iif(holds_key = 1, focus_ref, 'Task/' || id) AS key";

/**
 * SQLite rewrites every index of a column that an UPDATE names, changed or not. So columns are written in groups that share indexes, and only the
 * groups that changed: an act then costs a handful of pages instead of one for each index (PERFORMANCE, WAL pages per action).
 */
type Group =
  /** Never updated. */
  | 'key'
  /** In no index. */
  | 'text'
  | 'owner'
  | 'standing'
  | 'origin';

interface Column {
  readonly sql: string;
  readonly group: Group;
}

const columns = z.registry<Column>();

/** Every field of a list's row stands here, or this does not compile; but its key, which is made of others (item-key.ts). */
export type ShownColumns = Readonly<Record<Exclude<keyof WorkItem, 'key'>, z.ZodType<string | number | null>>>;

/** One line for each column of `work_item` that the lists show. The types, and every statement that names the columns, come from here. */
const shown = {
  taskId: z.string().register(columns, { sql: 'id', group: 'key' }),
  version: z.string().register(columns, { sql: 'version_id', group: 'text' }),
  kind: z.enum(ItemKind.options).register(columns, { sql: 'kind', group: 'origin' }),
  patientId: z.string().nullable().register(columns, { sql: 'patient_id', group: 'origin' }),
  familyName: z.string().register(columns, { sql: 'family_name', group: 'text' }),
  givenNames: z.string().register(columns, { sql: 'given_names', group: 'text' }),
  nhi: z.string().nullable().register(columns, { sql: 'nhi', group: 'text' }),
  subject: z.string().register(columns, { sql: 'subject', group: 'text' }),
  preview: z.string().register(columns, { sql: 'preview', group: 'text' }),
  priority: z.enum(Priority.options).register(columns, { sql: 'priority', group: 'text' }),
  status: z.enum(ItemStatus.options).register(columns, { sql: 'status', group: 'text' }),
  ownerId: z.string().nullable().register(columns, { sql: 'owner_id', group: 'owner' }),
  ownerName: z.string().nullable().register(columns, { sql: 'owner_name', group: 'text' }),
  pool: z.string().nullable().register(columns, { sql: 'pool', group: 'owner' }),
  arrivedAt: z.string().register(columns, { sql: 'arrived_at', group: 'origin' }),
  dueAt: z.string().nullable().register(columns, { sql: 'due_at', group: 'text' }),
  closedAt: z.string().nullable().register(columns, { sql: 'closed_at', group: 'standing' }),
  unread: z.number().register(columns, { sql: 'unread', group: 'text' }),
  /** ItemFlag, space-separated. */
  flags: z.string().register(columns, { sql: 'flags', group: 'text' }),
  pending: z.enum(PendingState.options).register(columns, { sql: 'pending', group: 'text' }),
} satisfies ShownColumns;

/** Those that order, count, search or recompute a row. */
const hidden = {
  open: z.number().register(columns, { sql: 'open', group: 'standing' }),
  rank: z.number().register(columns, { sql: 'rank', group: 'standing' }),
  newestAt: z.string().register(columns, { sql: 'newest_at', group: 'text' }),
  focusRef: z.string().nullable().register(columns, { sql: 'focus_ref', group: 'origin' }),
  holdsKey: z.number().register(columns, { sql: 'holds_key', group: 'text' }),
  identified: z.number().register(columns, { sql: 'identified', group: 'text' }),
  serverState: z.string().nullable().register(columns, { sql: 'server_state', group: 'text' }),
} satisfies Readonly<Record<string, z.ZodType<string | number | null>>>;

/** A row as it is stored, without its number. */
export const RowColumns = z.object({ ...shown, ...hidden });
export type RowColumns = Readonly<z.infer<typeof RowColumns>>;

function columnOf(name: keyof RowColumns): Column {
  const column = columns.get(RowColumns.shape[name]);
  if (!column) throw new Error(`No column of work_item for ${name}`);
  return column;
}

interface Named extends Column {
  readonly name: keyof RowColumns;
}

const named = (names: readonly (keyof RowColumns)[]): readonly Named[] => names.map((name) => ({ name, ...columnOf(name) }));

const all = named(RowColumns.keyof().options);
const selected = (these: readonly Named[]) => these.map(({ name, sql }) => `${sql} AS ${name}`).join(', ');

/** For SELECT: what a list shows, and the whole row. */
export const columnLists = { shown: `${keyColumn}, ${selected(named(z.object(shown).keyof().options))}`, whole: selected(all) } as const;

/** For INSERT: columns and parameters, without `row`. */
export const insertLists = { into: all.map(({ sql }) => sql).join(', '), values: all.map(({ name }) => `:${name}`).join(', ') } as const;

const ofGroup = (wanted: Group) => all.filter(({ group }) => group === wanted);

export const columnsOfGroup = (group: Group): readonly (keyof RowColumns)[] => ofGroup(group).map(({ name }) => name);

/** For UPDATE … SET. */
export const assignmentsOf = (group: Group): string =>
  ofGroup(group)
    .map(({ name, sql }) => `${sql} = :${name}`)
    .join(', ');
