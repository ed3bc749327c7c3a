import { expect, type Locator, type Page } from '@playwright/test';
import { type JourneyPerson, rowName } from './journey-practice.ts';

/** Steps that several journeys take, as a person at the keyboard takes them. */

/** A sequence such as `g i`, key by key. */
export async function press(window: Page, keys: string): Promise<void> {
  for (const key of keys.split(' ')) await window.keyboard.press(key);
}

export function rowOf(window: Page, person: JourneyPerson, subject: string): Locator {
  return window
    .getByRole('row')
    .filter({ hasText: rowName(person) })
    .filter({ hasText: subject });
}

/** Chooses the item in the list of all and goes into it; the banner says whose it is. */
export async function openItem(window: Page, person: JourneyPerson, subject: string): Promise<void> {
  await press(window, 'g i');
  await rowOf(window, person, subject).click();
  await window.keyboard.press('Enter');
  await expect(window.getByRole('region', { name: 'Patient', exact: true })).toContainText(rowName(person));
  await expect(window.getByRole('toolbar', { name: 'Acts on this item' })).toBeVisible();
}

/** The line at the lower edge that tells what was done, with its Undo. */
export function notice(window: Page, text: string | RegExp): Locator {
  return window.getByRole('region', { name: 'Notifications' }).getByText(text);
}

export async function openOutbox(window: Page, list: 'Waiting' | 'Needs you' | 'Sent'): Promise<Locator> {
  await press(window, 'g o');
  await window.getByRole('main').getByRole('button', { name: list }).click();
  return window.getByRole('list', { name: list });
}

export async function expectNothingWaits(window: Page): Promise<void> {
  await expect(window.getByRole('region', { name: 'Status' }).getByRole('button', { name: /waiting to send|needs? you/ })).toHaveCount(0);
}

/** The demonstration's practice is made and fetched anew at each start; on a busy machine that takes a while. */
export async function expectDemoInbox(window: Page): Promise<void> {
  await expect(window.getByRole('grid').getByRole('row').first()).toBeVisible();
}
