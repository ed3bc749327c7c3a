import type { Staff } from '../shared/domain/staff.ts';
import type { ItemKey } from '../shared/ids.ts';
import { PatientBanner } from './features/patients/patient-banner.tsx';
import { itemBodies } from './item-bodies.tsx';
import type { ListPosition } from './lists/inbox-pane.tsx';
import { EmptyReading } from './workspace/empty-reading.tsx';
import { ContextPane } from './workspace/item/context-pane.tsx';
import { ReadingPane } from './workspace/item/reading-pane.tsx';

interface ItemSideProps {
  readonly itemKey: ItemKey | null;
  readonly user: Staff;
  readonly position: ListPosition | null;
  readonly onFinished: () => void;
}

/** What stands beside the list, all of the one current item. */
export function itemSide({ itemKey, user, position, onFinished }: ItemSideProps) {
  if (itemKey === null) return { banner: null, reading: <EmptyReading user={user} />, context: null };
  return {
    banner: <PatientBanner itemKey={itemKey} />,
    reading: <ReadingPane itemKey={itemKey} user={user} position={position} onFinished={onFinished} bodies={itemBodies} />,
    context: <ContextPane itemKey={itemKey} user={user} />,
  };
}
