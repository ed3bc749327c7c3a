import type { ComponentProps } from 'react';
import { ReadingPane as AnyReadingPane } from './features/item/reading-pane.tsx';
import { itemBodies } from './item-bodies.tsx';

export { ConflictSheet } from './features/conflict/conflict-sheet.tsx';
export { DemoStrip } from './features/frame/demo-strip.tsx';
export { ContextPane } from './features/item/context-pane.tsx';
export { OutboxPage } from './features/outbox/outbox-page.tsx';
export { PatientBanner } from './features/patients/patient-banner.tsx';
export { WorkspaceSheets } from './workspace-sheets.tsx';

/** With what shows each kind of item. */
export function ReadingPane(props: Omit<ComponentProps<typeof AnyReadingPane>, 'bodies'>) {
  return <AnyReadingPane {...props} bodies={itemBodies} />;
}
