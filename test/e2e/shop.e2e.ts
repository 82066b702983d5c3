/** The main job as a user does it, in one window from start to end: each step goes on where the last one stopped. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, afterEach, before, describe, it } from 'mocha';
import type { Page } from 'playwright-core';
import {
  activeTab,
  openFileByName,
  openWorkbench,
  rest,
  runPaletteCommand,
  setTheme,
  tab,
  treeRow,
  visibleText,
  webview,
} from '../support/workbench.ts';
import type { Theme } from '../support/workbench.ts';
import { clickTable, diagramReady, searchDiagram, sidePanelTitle, tableElement } from './diagram.ts';
import { results } from '../support/folders.ts';
import { openSession } from './session.ts';
import type { Session } from './session.ts';

const refund = 'src/payments/entities/refund.entity.ts';

describe('the shop, as a user', () => {
  let session: Session;
  let page: Page;

  before(async function () {
    this.timeout(180_000);
    session = await openSession();
    page = session.page;
    await openWorkbench(page, session.server.url(session.workspace));
  });

  after(async () => {
    // Null when the set-up itself has failed.
    await (session as Session | undefined)?.close();
  });

  afterEach(async function () {
    if (this.currentTest?.state !== 'failed') return;
    const name = this.currentTest.title.replaceAll(/\W+/g, '-').toLowerCase();
    await session.picture(`failed-${name}`);
    await page.keyboard.press('Escape');
  });

  it('opens the ER diagram from the command palette', async () => {
    await runPaletteCommand(page, 'Data Engineer: Show ER Diagram');
    await diagramReady(page);
    const tables = Number(/(\d+) tables/.exec(await webview(page).locator('.status-line').innerText())?.[1]);
    assert.ok(tables >= 20, `${tables} tables`);
    await session.picture('diagram');
  });

  it('opens the source of a table on a click, and leaves the diagram in view', async () => {
    await clickTable(page, 'orders');
    await tab(page, 'order.entity.ts').waitFor();
    await sidePanelTitle(page).getByText('orders', { exact: true }).waitFor();
    assert.ok(await tableElement(page, 'orders').isVisible());
    await session.picture('diagram-and-source');
  });

  it('finds a table in the diagram by its name', async () => {
    await searchDiagram(page, 'refund');
    await session.picture('diagram-search');
    await page.keyboard.press('Enter');
    await sidePanelTitle(page).getByText('refunds', { exact: true }).waitFor();
  });

  it('goes to the source with the keyboard alone', async () => {
    await tableElement(page, 'refunds').focus();
    await page.keyboard.press('Enter');
    await activeTab(page).getByText('refund.entity.ts').waitFor();
  });

  it('offers the quick fix from the light bulb on the squiggle, and shows its effect in the diagram', async () => {
    const findings = webview(page).locator('.side-panel .side-finding');
    await findings.first().waitFor();
    await openFileByName(page, refund);
    await page.locator('.editor-group-container.active .squiggly-warning').first().waitFor();
    const line = page.locator('.editor-group-container.active .view-line', { hasText: 'payment!' }).first();
    const menu = page.locator('.action-widget .monaco-list-row', { hasText: 'Add an index' });
    const bulb = page.locator('.lightBulbWidget, .monaco-editor [class*="codicon-gutter-lightbulb"]');
    // The code lens pushes the lines down when it comes, and TypeScript's own server answers late and moves the bulb under the
    // pointer: then once more from another place in the word, as anyone would.
    await page.locator('.editor-group-container.active .codelens-decoration').first().waitFor();
    for (let attempt = 0; attempt < 6 && !(await menu.first().isVisible()); attempt += 1) {
      await page.keyboard.press('Escape');
      await line.click({ position: { x: 24 + 8 * (attempt % 3), y: 8 } });
      await bulb
        .filter({ visible: true })
        .first()
        .click({ timeout: 4000 })
        .then(() => menu.first().waitFor({ timeout: 4000 }))
        .catch(() => undefined);
    }
    await menu.first().waitFor();
    await session.picture('quick-fix');
    await menu.first().click();
    await page.locator('.editor-group-container.active .view-line', { hasText: '@Index()' }).first().waitFor();
    assert.match(await visibleText(page), /import \{[^}]*\bIndex\b/);
    // Other findings of the file keep their squiggles.
    await findings.filter({ hasText: 'missing-foreign-key-index' }).first().waitFor({ state: 'detached' });
  });

  it('follows edits live: a new table appears while it is typed', async () => {
    await page.keyboard.press('ControlOrMeta+End');
    await page.keyboard.type("\n\n@Entity('refund_notes')\nexport class RefundNote extends BaseEntity {}\n", {
      delay: 2,
    });
    await tableElement(page, 'refund_notes').waitFor({ state: 'attached' });
  });

  it('shows the schema in a tree whose rows lead to the source', async () => {
    await page.getByRole('tab', { name: 'Data Engineer' }).first().click();
    const table = treeRow(page, 'orders', 3).first();
    await treeRow(page, 'orders', 2).first().click();
    await table.click();
    await activeTab(page).getByText('order.entity.ts', { exact: true }).waitFor();
    await table.locator('.monaco-tl-twistie').click();
    await treeRow(page, 'Columns', 4).first().waitFor();
    await session.picture('tree');
  });

  it('counts its findings in the status bar, which leads to the problems', async () => {
    const item = page.locator('[id="data-engineer.data-engineer.dataEngineer.status"]');
    await item.waitFor();
    assert.match(await item.innerText(), /\d+/);
    await item.click();
    await session.picture('status-menu');
    await page.locator('.quick-input-list .monaco-list-row', { hasText: 'Show Problems' }).click();
    // The gravest come first: SQL that holds what a caller says.
    await page.locator('.markers-panel .monaco-list-row', { hasText: 'sql-injection' }).first().waitFor();
    await session.picture('problems');
    await page.keyboard.press('ControlOrMeta+J');
    await page.locator('.markers-panel').waitFor({ state: 'hidden' });
  });

  it('shows the table on hovering an entity', async () => {
    await tab(page, 'order.entity.ts').click();
    await hoverEntity();
  });

  it('has the diagram again after the window is reloaded', async () => {
    await page.reload();
    await page.locator('.monaco-workbench').waitFor();
    await tab(page, 'ER Diagram').waitFor();
    await diagramReady(page);
    await sidePanelTitle(page).waitFor();
  });

  for (const theme of ['light', 'dark', 'high-contrast'] satisfies Theme[]) {
    it(`is legible in the ${theme} theme`, async () => {
      await setTheme(page, theme);
      // The window may come back without the tab that was only looked at.
      await openFileByName(page, 'order.entity.ts');
      await hoverEntity();
      await page.screenshot({ path: join(results, `e2e-${theme}-editor.png`) });
      await rest(page);
      await tab(page, 'ER Diagram').click();
      await runPaletteCommand(page, 'View: Toggle Maximize Editor Group');
      await searchDiagram(page, 'orders');
      await page.keyboard.press('Enter');
      await page.waitForTimeout(1500);
      await session.picture(`${theme}-table`);
      await webview(page).getByLabel('Show everything').first().click();
      await page.waitForTimeout(1000);
      await session.picture(`${theme}-diagram`);
      await runPaletteCommand(page, 'View: Toggle Maximize Editor Group');
    });
  }

  it('starts no later than a user would notice', async () => {
    await runPaletteCommand(page, 'Developer: Show Running Extensions');
    const row = page.locator('.runtime-extensions-editor .monaco-list-row', { hasText: 'Data Engineer' });
    await row.waitFor();
    const milliseconds = Number(/(\d+)\s?ms/.exec(await row.innerText())?.[1]);
    console.log(`      activation beside all other extensions, as VS Code measures it: ${milliseconds} ms`);
    assert.ok(milliseconds < 3000);
  });

  async function hoverEntity(): Promise<void> {
    const line = page.locator('.editor-group-container.active .view-line', { hasText: 'export class Order ' });
    await line
      .locator('span', { hasText: /^Order$/ })
      .last()
      .hover();
    await page.locator('.monaco-hover', { hasText: 'customer_id' }).first().waitFor();
    await page.waitForTimeout(300);
  }
});
