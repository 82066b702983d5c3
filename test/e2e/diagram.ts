/** The diagram's panel as seen from outside: frames, named elements, coordinates. */
import assert from 'node:assert/strict';
import type { Locator, Page } from 'playwright-core';
import { webview } from '../support/workbench.ts';

const layoutMs = 40_000;

/** Waits until the tables are drawn in their final places. */
export async function diagramReady(page: Page): Promise<void> {
  const diagram = webview(page);
  await diagram.locator('[data-table]').first().waitFor({ state: 'attached', timeout: layoutMs });
  await diagram.locator('.status-notice', { hasText: 'Arranging' }).waitFor({ state: 'detached', timeout: layoutMs });
  // The camera moves to its place in an animation.
  await page.waitForTimeout(500);
}

export function tableElement(page: Page, id: string): Locator {
  return webview(page).locator(`[data-table="${id}"]`);
}

/** Clicks on the head of a table, where it is drawn. */
export async function clickTable(
  page: Page,
  id: string,
  options: { readonly button?: 'left' | 'right' } = {},
): Promise<void> {
  const box = await tableElement(page, id).boundingBox();
  assert.ok(box, `the table ${id} is not in the diagram`);
  await page.mouse.click(box.x + box.width / 2, box.y + Math.min(6, box.height / 4), options);
}

/** Types into the search field of the diagram, over what it holds, and waits for hits. Enter takes the first. */
export async function searchDiagram(page: Page, text: string): Promise<void> {
  const field = webview(page).getByRole('search').locator('input').first();
  await field.click();
  await page.keyboard.press('ControlOrMeta+A');
  await field.pressSequentially(text, { delay: 15 });
  await webview(page).locator('.search-popup button').first().waitFor();
}

export function sidePanelTitle(page: Page): Locator {
  return webview(page).locator('.side-panel h2');
}
