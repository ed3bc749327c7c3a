import { Suspense } from 'react';
import type { Staff } from '../shared/domain/staff.ts';
import type { ItemId } from '../shared/ids.ts';
import { EmptyReading } from './features/frame/empty-reading.tsx';
import type { ListPosition } from './features/inbox/inbox-pane.tsx';
import { ContextPane, PatientBanner, ReadingPane } from './loaded-later.ts';

interface ItemSideProps {
  readonly itemId: ItemId | null;
  readonly user: Staff;
  readonly position: ListPosition | null;
  readonly onFinished: () => void;
}

/** What stands beside the list, all of the one current item. */
export function itemSide({ itemId, user, position, onFinished }: ItemSideProps) {
  if (itemId === null) return { banner: null, reading: <EmptyReading user={user} />, context: null };
  return {
    banner: (
      <Suspense>
        <PatientBanner itemId={itemId} />
      </Suspense>
    ),
    reading: (
      <Suspense>
        <ReadingPane itemId={itemId} user={user} position={position} onFinished={onFinished} />
      </Suspense>
    ),
    context: (
      <Suspense>
        <ContextPane itemId={itemId} user={user} />
      </Suspense>
    ),
  };
}
