import fs from 'node:fs';

/** @typedef {{ passed: number, failed: number }} Counts */

/**
 * Reads Vitest's JSON report. A file that could not even be loaded counts as one failure.
 * @param {string} report
 * @param {number} code Vitest's exit code
 * @returns {Counts}
 */
export function vitestCounts(report, code) {
  if (!fs.existsSync(report)) return noReport(code);
  const { numPassedTests, numFailedTests, testResults } = JSON.parse(fs.readFileSync(report, 'utf8'));
  const unloaded = testResults.filter(
    (/** @type {{ status: string, assertionResults: unknown[] }} */ file) => file.status === 'failed' && file.assertionResults.length === 0,
  );
  return neverSilent({ passed: numPassedTests, failed: numFailedTests + unloaded.length }, code);
}

/**
 * Reads Playwright's JSON report.
 * @param {string} report
 * @param {number} code Playwright's exit code
 * @returns {Counts}
 */
export function playwrightCounts(report, code) {
  if (!fs.existsSync(report)) return noReport(code);
  const { stats, errors } = JSON.parse(fs.readFileSync(report, 'utf8'));
  return neverSilent({ passed: stats.expected, failed: stats.unexpected + stats.flaky + errors.length }, code);
}

/** @param {Counts} one @param {Counts} other @returns {Counts} */
export function addCounts(one, other) {
  return { passed: one.passed + other.passed, failed: one.failed + other.failed };
}

/** @param {number} code @returns {Counts} */
const noReport = (code) => neverSilent({ passed: 0, failed: 0 }, code);

/** A runner that failed for a reason outside any test must not end in "0 failed". @param {Counts} counts @param {number} code @returns {Counts} */
function neverSilent(counts, code) {
  return code !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
}
