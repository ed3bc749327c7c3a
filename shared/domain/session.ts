export type { DemoRole, SessionStatus } from './session.schema.ts';
