import type { Section } from './bench-run.ts';
export const portSection: Section = async () => [{ section: 'port', skipped: 'not yet' }];
export const startSection: Section = async () => [{ section: 'start', skipped: 'not yet' }];
export const memorySection: Section = async () => [{ section: 'memory', skipped: 'not yet' }];
