import type { ComponentType, ReactNode } from 'react';
import type { ItemDetail } from '../../shared/domain/item-detail.ts';
import type { Staff } from '../../shared/domain/staff.ts';
import type { ItemKind } from '../../shared/domain/work-item.ts';

export type DetailOf<K extends ItemKind> = Extract<ItemDetail, { kind: K }>;

export interface BodyProps<K extends ItemKind> {
  readonly detail: DetailOf<K>;
  readonly user: Staff;
  /** The item changed while it was looked at, and the user has not said that they saw it: why nothing may be decided yet. */
  readonly unseenChange: string | undefined;
  /** Heading, pending acts and notes: stands above what the body shows, and scrolls with it. */
  readonly intro: ReactNode;
  /** After send, release or decide: the list moves on. */
  readonly onFinished: () => void;
}

/** What shows each kind of item. Handed in, because features don't know each other. */
export type ItemBodies = { readonly [K in ItemKind]: ComponentType<BodyProps<K>> };
