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
  const box = await stillTable(page, id);
  await page.mouse.click(box.x + box.width / 2, box.y + Math.min(6, box.height / 4), options);
}

/** Opens the menu of a table. A press in the moment in which the picture still moves opens that of the whole, or none: then once more. */
export async function openTableMenu(page: Page, id: string, entry: string): Promise<void> {
  const found = page.locator('.monaco-menu').getByText(entry, { exact: true });
  for (let attempt = 1; ; attempt += 1) {
    await clickTable(page, id, { button: 'right' });
    try {
      await found.waitFor({ timeout: 5000 });
      return;
    } catch (error) {
      if (attempt === 4) throw error;
      await page.keyboard.press('Escape');
    }
  }
}

/** Types into the search field of the diagram, over what it holds, and waits for hits. Enter takes the first. */
export async function searchDiagram(page: Page, text: string): Promise<void> {
  const field = webview(page).getByRole('search').locator('input').first();
  await field.click();
  // Not by Ctrl+A: the keyboard may still be with the editor, which would select all of its text.
  await field.fill('');
  await field.pressSequentially(text, { delay: 15 });
  await webview(page).locator('.search-popup button').first().waitFor();
}

export function sidePanelTitle(page: Page): Locator {
  return webview(page).locator('.side-panel h2');
}

/** Ids of the tables that the diagram shows. */
export function shownTables(page: Page): Promise<readonly string[]> {
  return webview(page)
    .locator('[data-table]')
    .evaluateAll((elements: readonly { getAttribute(name: string): string | null }[]) =>
      elements.map((element) => element.getAttribute('data-table') ?? ''),
    );
}

export interface ScreenBox {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Where a table lies on the screen once it does not move any more. */
export async function restingTable(page: Page, id: string): Promise<ScreenBox> {
  let before = '';
  for (let attempt = 0; attempt < 100; attempt++) {
    const box = await tableElement(page, id).boundingBox();
    const now = JSON.stringify(box);
    if (box !== null && now === before) return box;
    before = now;
    await page.waitForTimeout(250);
  }
  throw new Error(`The table ${id} does not come to rest.`);
}

const stillLooks = 5;
const stillMs = 150;

/** As `restingTable`, and past the pause between a movement of the picture and that of its elements. */
async function stillTable(page: Page, id: string): Promise<ScreenBox> {
  for (let same = 0, before = '', attempt = 0; attempt < 200; attempt++) {
    const box = await tableElement(page, id).boundingBox();
    const now = JSON.stringify(box);
    same = now === before ? same + 1 : 0;
    if (box !== null && same === stillLooks) return box;
    before = now;
    await page.waitForTimeout(stillMs);
  }
  throw new Error(`The table ${id} does not come to rest.`);
}

const headHeight = 32;
const rowHeight = 22;
const signMiddle = 15;

/** A place in the row of a column of a table that is selected and drawn in full: its name, or the sign that it has findings. */
export async function rowPoint(
  page: Page,
  table: string,
  column: string,
  part: 'name' | 'sign',
): Promise<{ readonly x: number; readonly y: number }> {
  const columns = await webview(page).locator('.side-column .side-name').allInnerTexts();
  const row = columns.indexOf(column);
  assert.ok(row >= 0, `${column} in ${columns.join()}`);
  const box = await stillTable(page, table);
  const scale = box.height / (headHeight + columns.length * rowHeight);
  const x = part === 'name' ? box.x + 60 * scale : box.x + box.width - signMiddle * scale;
  return { x, y: box.y + (headHeight + (row + 0.5) * rowHeight) * scale };
}

/** Opens a menu of the diagram's toolbar and takes an entry. A menu closes when the window loses the focus: then once more. */
export async function chooseInDiagramMenu(page: Page, menu: string, item: string): Promise<void> {
  const entry = webview(page).locator('[role^=menuitem]', { hasText: item }).first();
  const button = webview(page).getByRole('button', { name: menu, exact: true }).first();
  await chooseFrom(page, button, entry);
}

export async function chooseInDiagramDropdown(page: Page, label: string, option: string): Promise<void> {
  const entry = webview(page).getByRole('option', { name: option, exact: true }).first();
  await chooseFrom(page, webview(page).getByRole('combobox', { name: label, exact: true }).first(), entry);
}

const openMs = 8000;
const attempts = 5;

async function chooseFrom(page: Page, opener: Locator, entry: Locator): Promise<void> {
  for (let attempt = 1; ; attempt++)
    try {
      if (!(await entry.isVisible())) await opener.click();
      await entry.click({ timeout: openMs });
      return;
    } catch (error) {
      if (attempt === attempts) throw error;
      await page.waitForTimeout(500);
    }
}

/** Where the page has put a table's top left corner within the diagram: `x,y` in whole pixels. */
export async function cornerOf(page: Page, id: string): Promise<string> {
  const style = (await tableElement(page, id).getAttribute('style')) ?? '';
  const [, top, left] = /margin: (-?[\d.]+)px \S+ \S+ (-?[\d.]+)px/.exec(style) ?? [];
  return [left, top].map((pixels) => Math.round(Number(pixels))).join();
}
