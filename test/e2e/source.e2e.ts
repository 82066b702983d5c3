/** Between the diagram and the code, both ways, each gesture once: what is clicked opens, and where the cursor stands is shown. */
import assert from 'node:assert/strict';
import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, afterEach, before, describe, it } from 'mocha';
import type { Locator, Page } from 'playwright-core';
import { repository } from '../support/folders.ts';
import {
  activeTab,
  chooseInContextMenu,
  openFileByName,
  openWorkbench,
  runPaletteCommand,
  tab,
  treeRow,
  webview,
} from '../support/workbench.ts';
import {
  chooseInDiagramDropdown,
  chooseInDiagramMenu,
  clickTable,
  diagramReady,
  restingTable,
  rowPoint,
  searchDiagram,
  shownTables,
  sidePanelTitle,
  tableElement,
} from './diagram.ts';
import { openSession } from './session.ts';
import type { Session } from './session.ts';
import { until } from './until.ts';

const refund = 'src/payments/entities/refund.entity.ts';
const brand = 'src/catalog/entities/brand.entity.ts';

describe('the diagram and the code, as a user', function () {
  // Machines that run such tests may be five times slower than those that write them.
  this.timeout(150_000);
  let session: Session;
  let page: Page;
  const diagram = () => webview(page);
  const panel = (): Locator => diagram().locator('.side-panel');

  before(async function () {
    this.timeout(240_000);
    session = await openSession();
    page = session.page;
    // A second project in the same folder, of another ORM.
    cpSync(join(repository, 'test/workspaces/prisma-blog'), join(session.workspace, 'blog'), { recursive: true });
    await openWorkbench(page, session.server.url(session.workspace));
  });

  after(async () => {
    // Null when the set-up itself has failed.
    await (session as Session | undefined)?.close();
  });

  afterEach(async function () {
    if (this.currentTest?.state !== 'failed') return;
    await session
      .picture(`failed-source-${this.currentTest.title.replaceAll(/\W+/g, '-').toLowerCase()}`)
      .then(() => page.keyboard.press('Escape'))
      .catch(() => undefined);
  });

  const lineOf = (file: string, text: string): number =>
    readFileSync(join(session.workspace, file), 'utf8')
      .slice(0)
      .split('\n')
      .findIndex((line) => line.includes(text)) + 1;

  /** Where the cursor stands in the editor that has the keyboard. */
  async function cursorLine(): Promise<number> {
    const text = await page
      .locator('[id="status.editor.selection"]')
      .innerText({ timeout: 2000 })
      .catch(() => '');
    return Number(/Ln (\d+)/.exec(text)?.[1] ?? 0);
  }

  async function untilCursor(file: string, line: number): Promise<void> {
    await activeTab(page)
      .getByText(file.split('/').at(-1) ?? file, { exact: true })
      .waitFor();
    await until(async () => (await cursorLine()) === line, `the cursor in line ${line} of ${file}`);
  }

  async function backToDiagram(): Promise<void> {
    await tab(page, 'ER Diagram').first().click();
    await diagramReady(page);
  }

  async function select(name: string): Promise<void> {
    await searchDiagram(page, name);
    await page.keyboard.press('Enter');
    await sidePanelTitle(page).getByText(name, { exact: true }).waitFor();
    await restingTable(page, name);
  }

  async function selectNothing(): Promise<void> {
    const selected = diagram().locator('[data-table][aria-selected="true"]');
    if ((await selected.count()) > 0) {
      await selected.first().focus();
      await page.keyboard.press('Escape');
    }
    await panel().getByText('Marks', { exact: true }).waitFor();
  }

  it('leads from the code lens above an entity to its table', async () => {
    await openFileByName(page, refund);
    await page
      .locator('.codelens-decoration a', { hasText: /columns/ })
      .first()
      .click();
    await sidePanelTitle(page).getByText('refunds', { exact: true }).waitFor();
    await runPaletteCommand(page, 'View: Close Primary Side Bar').catch(() => undefined);
  });

  it('leads from the menu of the editor to the table of the entity', async () => {
    await openFileByName(page, brand);
    const name = page
      .locator('.editor-group-container.active .view-line', { hasText: 'export class Brand' })
      .locator('span', { hasText: /^Brand$/ })
      .last();
    await name.click({ button: 'right' });
    await chooseInContextMenu(page, 'Show in ER Diagram');
    await sidePanelTitle(page).getByText('brands', { exact: true }).waitFor();
  });

  it('leads from a row of the schema tree to its table', async () => {
    await page.getByRole('tab', { name: 'Data Engineer' }).first().click();
    await treeRow(page, 'orders', 2).first().click();
    await treeRow(page, 'orders', 3).first().click({ button: 'right' });
    await chooseInContextMenu(page, 'Show in ER Diagram');
    await sidePanelTitle(page).getByText('orders', { exact: true }).waitFor();
    await runPaletteCommand(page, 'View: Close Primary Side Bar');
    await runPaletteCommand(page, 'View: Close All Editors');
    await runPaletteCommand(page, 'Data Engineer: Show ER Diagram');
    await diagramReady(page);
    await chooseInDiagramDropdown(page, 'Level of detail', 'All columns');
    await diagramReady(page);
  });

  it('shows the card of the column under the pointer', async () => {
    await select('refunds');
    const point = await rowPoint(page, 'refunds', 'reason', 'name');
    await page.mouse.move(point.x, point.y);
    const card = diagram().locator('.hover-card');
    await card.getByText('refunds.reason', { exact: true }).waitFor();
    assert.match(await card.innerText(), /varchar\(300\) · not null/);
    const key = await rowPoint(page, 'refunds', 'payment_id', 'name');
    await page.mouse.move(key.x, key.y);
    await card.getByText('→ payments.id').waitFor();
    await session.picture('diagram-card');
  });

  it('opens the source on a double click on a row, at the line of the column and with the keyboard there', async () => {
    await select('refunds');
    const point = await rowPoint(page, 'refunds', 'settled_at', 'name');
    await page.mouse.dblclick(point.x, point.y);
    await untilCursor(refund, lineOf(refund, 'settledAt!'));
  });

  it('goes to the key in the code on a double click on a line', async () => {
    await backToDiagram();
    await select('refunds');
    // Lines end at the rows they join, and leave their tables level.
    const { y } = await rowPoint(page, 'refunds', 'payment_id', 'name');
    const box = await restingTable(page, 'refunds');
    const card = diagram().locator('.hover-card', { hasText: 'refunds.payment_id' });
    const beside = 7;
    for (const x of [box.x - beside, box.x + box.width + beside]) {
      await page.mouse.move(x, y - 60);
      await page.mouse.move(x, y);
      const isLine = await card.waitFor({ timeout: 5000 }).then(
        () => true,
        () => false,
      );
      if (!isLine) continue;
      await card.getByText('payments.id').first().waitFor();
      await page.mouse.dblclick(x, y);
      break;
    }
    await until(async () => {
      const line = await cursorLine();
      return line >= lineOf(refund, '@ManyToOne') && line <= lineOf(refund, 'payment!');
    }, 'the cursor at the relation');
  });

  it('opens a finding in the code on a click on its sign', async () => {
    await backToDiagram();
    await select('refunds');
    const sign = await rowPoint(page, 'refunds', 'amount', 'sign');
    await page.mouse.click(sign.x, sign.y);
    // The keyboard stays in the diagram: going there shows what was opened.
    await tab(page, 'refund.entity.ts').first().click();
    await untilCursor(refund, lineOf(refund, 'amount!'));
  });

  it('opens a finding in the code on a click on it in the list', async () => {
    await select('refunds');
    const finding = panel().locator('.side-finding', { hasText: 'missing-foreign-key-index' }).first();
    await finding.click();
    await tab(page, 'refund.entity.ts').first().click();
    await until(async () => {
      const line = await cursorLine();
      return line >= lineOf(refund, '@ManyToOne') && line <= lineOf(refund, 'payment!');
    }, 'the cursor at the relation');
  });

  it('marks the table under the cursor of the editor, and brings it into sight', async () => {
    // With the cursor above all entities of the file nothing is marked.
    const importLine = page.locator('.editor-group-container.active .view-line', { hasText: 'import' }).first();
    await tab(page, 'refund.entity.ts').first().click();
    await importLine.click();
    await select('brands');
    for (let closer = 0; closer < 6; closer++) await diagram().getByRole('button', { name: 'Zoom in' }).first().click();
    const canvas = await diagram().locator('.canvas').boundingBox();
    assert.ok(canvas);
    const isInSight = async () => {
      const box = await tableElement(page, 'refunds').boundingBox();
      return (
        box !== null &&
        box.x + box.width > canvas.x &&
        box.x < canvas.x + canvas.width &&
        box.y + box.height > canvas.y &&
        box.y < canvas.y + canvas.height
      );
    };
    await until(async () => !(await isInSight()), 'refunds out of sight');
    await tab(page, 'refund.entity.ts').first().click();
    const line = page.locator('.editor-group-container.active .view-line', { hasText: 'reason' }).first();
    await line.click();
    await until(isInSight, 'refunds in sight');
    const box = await restingTable(page, 'refunds');
    await page.mouse.move(2, 2);
    // The ring is drawn outside the table: at its left edge, over what was the background.
    const clip = { x: Math.max(canvas.x, box.x - 4), y: Math.max(canvas.y, box.y - 4), width: 60, height: 30 };
    const marked = await page.screenshot({ clip });
    await session.picture('diagram-followed');
    await importLine.click();
    await until(async () => !(await page.screenshot({ clip })).equals(marked), 'the mark gone');
  });

  it('shows one table in more or less detail than the others', async () => {
    await diagram().getByRole('button', { name: 'Show everything' }).first().click();
    await select('refunds');
    const height = async () =>
      (await restingTable(page, 'refunds')).height / (await restingTable(page, 'payments')).height;
    const all = await height();
    await chooseInDiagramDropdown(page, 'Level of detail of this table', 'Name only');
    await until(async () => (await height()) < all / 2, 'one lower box');
    await chooseInDiagramDropdown(page, 'Level of detail of this table', 'All columns');
    await until(async () => Math.abs((await height()) - all) < 0.05, 'the box as before');
  });

  it('shows the tables of one database schema', async () => {
    await selectNothing();
    const all = (await shownTables(page)).length;
    await chooseInDiagramDropdown(page, 'Tables by database schema', 'audit');
    await until(async () => (await shownTables(page)).join() === 'audit.audit_entries', 'the tables of the schema');
    await diagram().getByRole('button', { name: 'Show hidden tables again' }).first().click();
    await until(async () => (await shownTables(page)).length === all, 'all tables');
  });

  it('draws join tables as lines, and arranges in other ways', async () => {
    await chooseInDiagramMenu(page, 'View', 'Top to bottom');
    await diagramReady(page);
    const down = await restingTable(page, 'orders');
    await chooseInDiagramMenu(page, 'View', 'Compact');
    await diagramReady(page);
    await until(async () => {
      const box = await tableElement(page, 'orders').boundingBox();
      return box !== null && (box.x !== down.x || box.y !== down.y);
    }, 'another arrangement');
    const all = (await shownTables(page)).length;
    await chooseInDiagramMenu(page, 'View', 'Join tables as lines');
    await until(async () => (await shownTables(page)).length < all, 'fewer tables');
    await session.picture('diagram-folded');
    await chooseInDiagramMenu(page, 'View', 'Join tables as lines');
    await until(async () => (await shownTables(page)).length === all, 'all tables');
    await chooseInDiagramMenu(page, 'View', 'Left to right');
    await diagramReady(page);
  });

  it('shows another project of the folder', async () => {
    await chooseInDiagramDropdown(page, 'Project', 'blog');
    await until(async () => !(await shownTables(page)).includes('refunds'), 'the tables of the other project');
    await diagramReady(page);
    assert.ok((await shownTables(page)).length > 2);
    await clickTable(page, (await shownTables(page))[0] ?? '');
    await tab(page, 'schema.prisma').first().waitFor();
  });
});
