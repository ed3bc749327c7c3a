import type { View } from '../../../shared/domain/work-item.ts';
import { defineStatement, type Sql } from '../db.ts';

/** Where a row stands in a list: `at` is when it arrived, in Done when it was closed. Lists that do not order by rank ignore it. */
export interface Position {
  readonly rank: number;
  readonly at: string;
  readonly id: string;
}

export interface ViewSql {
  readonly newestFirst: boolean;
  /** In the list's order, from a position on, itself included. */
  readonly from: Sql;
  /** In reverse order, from just before a position. */
  readonly before: Sql;
}

/**
 * One pair of statements for each list; each reads one index in its order (EXPLAIN is tested). Work queues: the urgent group first, then the oldest;
 * All and Done: the newest first. Team: unowned items of the person's queues, and those that no queue was named for, so that none waits where
 * nobody looks (SAFETY I5).
 */
export const pageSql: Readonly<Record<View, ViewSql>> = {
  mine: {
    newestFirst: false,
    from: defineStatement(`SELECT row FROM work_item WHERE open = 1 AND owner_id = :staffId AND (rank, arrived_at, id) >= (:rank, :at, :id)
      ORDER BY rank, arrived_at, id LIMIT :limit OFFSET :skip`),
    before: defineStatement(`SELECT row FROM work_item WHERE open = 1 AND owner_id = :staffId AND (rank, arrived_at, id) < (:rank, :at, :id)
      ORDER BY rank DESC, arrived_at DESC, id DESC LIMIT :limit OFFSET :skip`),
  },
  team: {
    newestFirst: false,
    from: defineStatement(`SELECT row, rank, arrived_at, id FROM work_item WHERE open = 1 AND owner_id IS NULL AND pool = :pool AND (rank, arrived_at, id) >= (:rank, :at, :id)
      UNION ALL SELECT row, rank, arrived_at, id FROM work_item WHERE open = 1 AND owner_id IS NULL AND pool = :otherPool AND (rank, arrived_at, id) >= (:rank, :at, :id)
      UNION ALL SELECT row, rank, arrived_at, id FROM work_item WHERE open = 1 AND owner_id IS NULL AND pool IS NULL AND (rank, arrived_at, id) >= (:rank, :at, :id)
      ORDER BY rank, arrived_at, id LIMIT :limit OFFSET :skip`),
    before:
      defineStatement(`SELECT row, rank, arrived_at, id FROM work_item WHERE open = 1 AND owner_id IS NULL AND pool = :pool AND (rank, arrived_at, id) < (:rank, :at, :id)
      UNION ALL SELECT row, rank, arrived_at, id FROM work_item WHERE open = 1 AND owner_id IS NULL AND pool = :otherPool AND (rank, arrived_at, id) < (:rank, :at, :id)
      UNION ALL SELECT row, rank, arrived_at, id FROM work_item WHERE open = 1 AND owner_id IS NULL AND pool IS NULL AND (rank, arrived_at, id) < (:rank, :at, :id)
      ORDER BY rank DESC, arrived_at DESC, id DESC LIMIT :limit OFFSET :skip`),
  },
  urgent: {
    newestFirst: false,
    from: defineStatement(`SELECT row FROM work_item WHERE open = 1 AND rank = 0 AND (arrived_at, id) >= (:at, :id)
      ORDER BY arrived_at, id LIMIT :limit OFFSET :skip`),
    before: defineStatement(`SELECT row FROM work_item WHERE open = 1 AND rank = 0 AND (arrived_at, id) < (:at, :id)
      ORDER BY arrived_at DESC, id DESC LIMIT :limit OFFSET :skip`),
  },
  all: {
    newestFirst: true,
    from: defineStatement(`SELECT row FROM work_item WHERE open = 1 AND (arrived_at, id) <= (:at, :id)
      ORDER BY arrived_at DESC, id DESC LIMIT :limit OFFSET :skip`),
    before: defineStatement(`SELECT row FROM work_item WHERE open = 1 AND (arrived_at, id) > (:at, :id)
      ORDER BY arrived_at, id LIMIT :limit OFFSET :skip`),
  },
  messages: {
    newestFirst: false,
    from: defineStatement(`SELECT row FROM work_item WHERE open = 1 AND kind = 'message' AND (rank, arrived_at, id) >= (:rank, :at, :id)
      ORDER BY rank, arrived_at, id LIMIT :limit OFFSET :skip`),
    before: defineStatement(`SELECT row FROM work_item WHERE open = 1 AND kind = 'message' AND (rank, arrived_at, id) < (:rank, :at, :id)
      ORDER BY rank DESC, arrived_at DESC, id DESC LIMIT :limit OFFSET :skip`),
  },
  repeats: {
    newestFirst: false,
    from: defineStatement(`SELECT row FROM work_item WHERE open = 1 AND kind = 'repeat' AND (rank, arrived_at, id) >= (:rank, :at, :id)
      ORDER BY rank, arrived_at, id LIMIT :limit OFFSET :skip`),
    before: defineStatement(`SELECT row FROM work_item WHERE open = 1 AND kind = 'repeat' AND (rank, arrived_at, id) < (:rank, :at, :id)
      ORDER BY rank DESC, arrived_at DESC, id DESC LIMIT :limit OFFSET :skip`),
  },
  results: {
    newestFirst: false,
    from: defineStatement(`SELECT row FROM work_item WHERE open = 1 AND kind = 'result' AND (rank, arrived_at, id) >= (:rank, :at, :id)
      ORDER BY rank, arrived_at, id LIMIT :limit OFFSET :skip`),
    before: defineStatement(`SELECT row FROM work_item WHERE open = 1 AND kind = 'result' AND (rank, arrived_at, id) < (:rank, :at, :id)
      ORDER BY rank DESC, arrived_at DESC, id DESC LIMIT :limit OFFSET :skip`),
  },
  done: {
    newestFirst: true,
    from: defineStatement(`SELECT row FROM work_item WHERE open = 0 AND (closed_at, id) <= (:at, :id)
      ORDER BY closed_at DESC, id DESC LIMIT :limit OFFSET :skip`),
    before: defineStatement(`SELECT row FROM work_item WHERE open = 0 AND (closed_at, id) > (:at, :id)
      ORDER BY closed_at, id LIMIT :limit OFFSET :skip`),
  },
};
