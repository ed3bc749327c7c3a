import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

/** Every rule of axe, best practices too, on what the window shows now. Legacy mode: an Electron window can't open the page that axe's newer mode needs. */
export async function expectNoViolations(window: Page, screen: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page: window }).setLegacyMode(true).analyze();
  const told = violations.map(({ id, help, nodes }) => ({
    id,
    help,
    where: nodes.map(({ html, failureSummary }) => `${html}\n${failureSummary}`),
  }));
  expect.soft(told, screen).toEqual([]);
}
