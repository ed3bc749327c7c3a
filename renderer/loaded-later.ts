import { lazy } from 'react';

/** One chunk for all that the first screen does not show, so that the list stands sooner. The workspace has it fetched as soon as it does. */
const load = () => import('./later-screens.tsx');

export const ConflictSheet = lazy(async () => ({ default: (await load()).ConflictSheet }));
export const ContextPane = lazy(async () => ({ default: (await load()).ContextPane }));
export const DemoStrip = lazy(async () => ({ default: (await load()).DemoStrip }));
export const OutboxPage = lazy(async () => ({ default: (await load()).OutboxPage }));
export const PatientBanner = lazy(async () => ({ default: (await load()).PatientBanner }));
export const ReadingPane = lazy(async () => ({ default: (await load()).ReadingPane }));
export const WorkspaceSheets = lazy(async () => ({ default: (await load()).WorkspaceSheets }));
