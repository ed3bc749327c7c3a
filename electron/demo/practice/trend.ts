import type { Resource } from './fhir-parts.ts';
import { reportResources } from './laboratory.ts';
import type { OpenItem } from './open-item.ts';
import type { PracticeContext } from './practice-context.ts';
import { DAY, HOUR, MINUTE, nextOpen } from './practice-time.ts';
import { randomFor } from './random.ts';
import { carryOut, planOpenResult } from './results.ts';

/** Up to three released reports of the same test from before, so that the open one has a trend. One in six is the first of its kind. */
export function earlierReports(context: PracticeContext, item: OpenItem): Resource[] {
  const random = randomFor(context.seed, 'trend', item.place);
  const { test, finding } = planOpenResult(context, item);
  const count = random.chance(1 / 6) ? 0 : random.between(1, 3);
  return Array.from({ length: count }, (_, place) => {
    const collectedAt = nextOpen(item.at - (place + 1) * random.between(85, 190) * DAY) + random.between(1, 90) * MINUTE;
    const issuedAt = collectedAt + random.between(5, 30) * HOUR;
    const before = finding === 'abnormal' && random.chance(0.4) ? 'abnormal' : 'normal';
    const content = carryOut(context, item.person, test, before, random);
    const id = `report-earlier-${String(item.place).padStart(6, '0')}-${place + 1}`;
    return reportResources({ ...content, id, person: item.person, status: 'final', collectedAt, issuedAt, updatedAt: issuedAt + 4 * HOUR });
  }).flat();
}
