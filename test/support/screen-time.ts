import { beforeEach, vi } from 'vitest';

/** When a test looks at a screen: that clock stands, so that no notice and no countdown runs out before the test has seen it. */
const now = new Date('2026-11-20T01:00:00Z');

if (typeof document !== 'undefined') {
  const { configure } = await import('@testing-library/react');
  // Only what never comes is waited for to the end.
  configure({ asyncUtilTimeout: 60_000 });
  beforeEach(() => {
    vi.setSystemTime(now);
  });
}
