/**
 * What a user does in the diagram, each gesture once and looked at, in one window from start to end. What only the page itself
 * can show (crow's feet, marks, pixels, the editor's cursor followed) is tested in test/webview.
 */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, afterEach, before, describe, it } from 'mocha';
import type { Locator, Page } from 'playwright-core';
import { activeTab, openWorkbench, runPaletteCommand, tab, webview } from '../support/workbench.ts';
import {
  chooseInDiagramDropdown,
  chooseInDiagramMenu,
  cornerOf,
  diagramReady,
  restingTable,
  searchDiagram,
  shownTables,
  sidePanelTitle,
  tableElement,
} from './diagram.ts';
import { exportFormats } from './exportFormats.ts';
import { openSession } from './session.ts';
import type { Session } from './session.ts';
import { until } from './until.ts';

const views = '.data-engineer/diagrams';

describe('the diagram, as a user', function () {
  // Machines that run such tests may be five times slower than those that write them.
  this.timeout(150_000);
  let session: Session;
  let page: Page;
  const diagram = () => webview(page);
  const button = (name: string): Locator => diagram().getByRole('button', { name, exact: true }).first();
  const row = (text: string): Locator =>
    page.locator('.quick-input-widget .monaco-list-row', { hasText: text }).first();
  const shown = () => shownTables(page);
  const restingBox = (id: string) => restingTable(page, id);
  const chooseInMenu = (menu: string, item: string) => chooseInDiagramMenu(page, menu, item);
  const chooseInDropdown = (label: string, option: string) => chooseInDiagramDropdown(page, label, option);
  const savedText = (name: string): string => {
    const path = join(session.workspace, views, `${name}.json`);
    return existsSync(path) ? readFileSync(path, 'utf8') : '';
  };

  before(async function () {
    this.timeout(240_000);
    session = await openSession();
    page = session.page;
    // A repository whose only commit lacks nothing but what the test adds.
    const git = (...args: string[]) => execFileSync('git', args, { cwd: session.workspace, stdio: 'ignore' });
    git('init', '-b', 'main');
    git('add', '-A');
    git('-c', 'user.name=test', '-c', 'user.email=test@example.com', 'commit', '-m', 'The shop as it was');
    await openWorkbench(page, session.server.url(session.workspace));
    await runPaletteCommand(page, 'Data Engineer: Show ER Diagram');
    await diagramReady(page);
    await runPaletteCommand(page, 'View: Close Primary Side Bar').catch(() => undefined);
  });

  after(async () => {
    // Null when the set-up itself has failed.
    await (session as Session | undefined)?.close();
  });

  afterEach(async function () {
    if (this.currentTest?.state !== 'failed') return;
    await session
      .picture(`failed-diagram-${this.currentTest.title.replaceAll(/\W+/g, '-').toLowerCase()}`)
      .then(() => page.keyboard.press('Escape'))
      .catch(() => undefined);
  });

  /** Selects a table by the search, which brings it into sight. */
  async function select(name: string, title = name): Promise<void> {
    await searchDiagram(page, name);
    await page.keyboard.press('Enter');
    await sidePanelTitle(page).getByText(title, { exact: true }).waitFor();
  }

  /** Clears what is selected: the side panel tells of the whole then. */
  async function selectNothing(): Promise<void> {
    const selected = diagram().locator('[data-table][aria-selected="true"]');
    if ((await selected.count()) > 0) {
      await selected.first().focus();
      await page.keyboard.press('Escape');
    }
    await diagram().locator('.side-panel').getByText('Marks', { exact: true }).waitFor();
  }

  async function selectedTable(): Promise<string> {
    return (await diagram().locator('[data-table][aria-selected="true"]').first().getAttribute('data-table')) ?? '';
  }

  async function focusTable(id: string): Promise<void> {
    await tableElement(page, id).focus();
  }

  const zoom = async () => Number(/([\d.,]+)\s*%/.exec(await diagram().locator('.status-zoom').innerText())?.[1]);

  it('is searched by a column, and jumps to it', async () => {
    await searchDiagram(page, 'customer_id');
    const hit = diagram().locator('.search-popup button', { hasText: 'customer_id' }).first();
    await hit.waitFor();
    await page.keyboard.press('Enter');
    await diagram().locator('.side-column.selected', { hasText: 'customer_id' }).waitFor();
    assert.ok(await tableElement(page, await selectedTable()).isVisible());
  });

  it('is focused on a table and its neighbours, to as many steps as are wanted', async () => {
    await select('refunds');
    const all = (await shown()).length;
    await button('Focus on it and its neighbours').click();
    await until(async () => (await shown()).length < all, 'fewer tables');
    const near = await shown();
    assert.ok(near.includes('refunds') && near.includes('payments'), near.join());
    await button('One step more').click();
    await until(async () => (await shown()).length > near.length, 'more tables');
    await session.picture('diagram-focus');
    await button('Clear the focus').click();
    await until(async () => (await shown()).length === all, 'all tables');
  });

  it('shows the path between two tables', async () => {
    await select('refunds');
    await button('Path to another table').click();
    await diagram().locator('.filter-chip', { hasText: 'choose a table' }).waitFor();
    await searchDiagram(page, 'customers');
    await page.keyboard.press('Enter');
    await diagram().locator('.filter-chip', { hasText: 'Path from refunds to customers' }).waitFor();
    await until(async () => (await shown()).length < 10, 'the tables of the path');
    const way = await shown();
    for (const table of ['refunds', 'payments', 'customers'])
      assert.ok(way.includes(table), `${table} in ${way.join()}`);
    await button('Clear the path').click();
    await until(async () => (await shown()).length > 20, 'all tables');
  });

  it('leaves out a module, and tables without findings', async () => {
    await selectNothing();
    const all = await shown();
    await button('Hide catalog').click();
    await until(async () => !(await shown()).includes('brands'), 'no table of the catalogue');
    assert.ok((await shown()).includes('orders'));
    await button('Show hidden tables again').click();
    await until(async () => (await shown()).length === all.length, 'all tables');
    await chooseInDropdown('Tables by findings', 'With errors');
    await diagram().locator('.filter-chip', { hasText: 'with errors' }).waitFor();
    await until(async () => (await shown()).length < all.length, 'only tables with errors');
    await button('Show tables without findings as well').click();
    await until(async () => (await shown()).length === all.length, 'all tables');
  });

  it('shows a module as one box, and its tables again', async () => {
    await button('Show catalog as one box').click();
    await until(async () => !(await shown()).includes('brands'), 'no table of the catalogue');
    await session.picture('diagram-collapsed');
    await button('Show the tables of catalog').click();
    await until(async () => (await shown()).includes('brands'), 'the tables of the catalogue');
  });

  it('shows names alone, and all columns again', async () => {
    const before = await restingBox('orders');
    const tall = before.height / before.width;
    await chooseInDropdown('Level of detail', 'Names only');
    await diagramReady(page);
    await until(async () => {
      const box = await tableElement(page, 'orders').boundingBox();
      return box !== null && box.height / box.width < tall / 2;
    }, 'low boxes');
    await chooseInDropdown('Level of detail', 'All columns');
    await until(async () => {
      const box = await tableElement(page, 'orders').boundingBox();
      return box !== null && box.height / box.width > tall / 2;
    }, 'boxes with rows');
    await diagramReady(page);
  });

  it('has a minimap that leads to where it is clicked', async () => {
    await select('orders');
    const map = diagram().locator('.minimap');
    if ((await map.count()) === 0) await chooseInMenu('View', 'Minimap');
    for (let closer = 0; closer < 3; closer++) await button('Zoom in').click();
    // With everything in sight it is hidden.
    await map.waitFor();
    const before = await restingBox('orders');
    const box = await map.boundingBox();
    assert.ok(box);
    await page.mouse.click(box.x + 8, box.y + 8);
    await until(async () => {
      const now = await tableElement(page, 'orders').boundingBox();
      return now !== null && Math.hypot(now.x - before.x, now.y - before.y) > 20;
    }, 'another part of the diagram');
  });

  it('zooms in and out, to the selection and to everything', async () => {
    await select('orders');
    await restingBox('orders');
    const before = await zoom();
    await button('Zoom in').click();
    await until(async () => (await zoom()) > before, 'a closer look');
    const closer = await zoom();
    await button('Show everything').click();
    await until(async () => (await zoom()) < closer, 'everything');
    const whole = await zoom();
    await button('Zoom to the selected table and its neighbours').click();
    await until(async () => (await zoom()) > whole, 'the selection closer than everything');
    await button('Show everything').click();
    await until(async () => (await zoom()) === whole, 'everything again');
  });

  it('is walked by keyboard along relations', async () => {
    await select('refunds');
    await restingBox('refunds');
    await focusTable('refunds');
    const seen = new Set(['refunds']);
    for (const key of ['ArrowLeft', 'ArrowLeft', 'ArrowRight', 'ArrowDown']) {
      const from = await selectedTable();
      await page.keyboard.press(key);
      // Where nothing lies in that direction the selection stays.
      await until(async () => (await selectedTable()) !== from, 'another table', 4).catch(() => undefined);
      seen.add(await selectedTable());
    }
    assert.ok(seen.size >= 2, [...seen].join());
    assert.ok(seen.has('payments'), `${[...seen].join()}: refunds refer to payments alone`);
    const focused = await diagram().locator('[data-table]:focus').getAttribute('data-table');
    assert.equal(focused, await selectedTable());
  });

  it('has all tables as text in the side panel', async () => {
    await selectNothing();
    const rows = diagram().locator('.side-panel .side-row .side-name');
    const names = await rows.allInnerTexts();
    for (const id of await shown()) {
      const table = id.slice(id.lastIndexOf('.') + 1);
      assert.ok(names.includes(table), `${table} in ${names.join()}`);
    }
    await rows.getByText('coupons', { exact: true }).first().click();
    await sidePanelTitle(page).getByText('coupons', { exact: true }).waitFor();
  });

  it('keeps a table where it was put, takes it back and does it again', async () => {
    await select('refunds');
    await restingBox('refunds');
    await focusTable('refunds');
    for (let step = 0; step < 3; step++) await page.keyboard.press('Alt+Shift+ArrowDown');
    await until(() => savedText('default').includes('"refunds"'), 'the place in the file of the view');
    const moved = await placeOf('refunds');
    // The file follows after a pause.
    await until(async () => keptPlace() === (await shownPlace()), 'the last step in the file');
    const file = savedText('default');
    await page.keyboard.press('ControlOrMeta+Z');
    await until(async () => (await placeOf('refunds')) !== moved, 'the place before');
    await until(() => savedText('default') !== file, 'the place before in the file');
    await page.keyboard.press('ControlOrMeta+Shift+Z');
    await until(async () => (await placeOf('refunds')) === moved, 'the place again');
    await until(() => savedText('default') === file, 'the place again in the file');
  });

  /** Top left corner of refunds, as the file has it. */
  const keptPlace = () => /"refunds": \[\s*(-?\d+),\s*(-?\d+)/.exec(savedText('default'))?.slice(1).join();
  const shownPlace = () => cornerOf(page, 'refunds');

  /** Where the page has put it within the diagram. */
  async function placeOf(id: string): Promise<string> {
    return (await tableElement(page, id).getAttribute('style')) ?? '';
  }

  it('has the moved table in its place after the window is reloaded', async () => {
    const place = await shownPlace();
    const file = savedText('default');
    await page.reload();
    await page.locator('.monaco-workbench').waitFor();
    await tab(page, 'ER Diagram').first().click();
    // The extension starts anew, beside everything else that does.
    await tableElement(page, 'refunds').waitFor({ state: 'attached', timeout: 100_000 });
    await diagramReady(page);
    await until(async () => (await shownPlace()) === place, 'the same place');
    assert.equal(savedText('default'), file);
  });

  it('saves a view by a name, and goes from one to the other', async () => {
    // A second try must not find the view of the first.
    const name = existsSync(join(session.workspace, views, 'money.json')) ? 'money again' : 'money';
    await chooseInMenu('Saved views', 'Save as New View');
    const input = page.locator('.quick-input-widget input').first();
    await input.waitFor();
    await input.fill(name);
    await page.keyboard.press('Enter');
    await until(() => savedText(name) !== '', 'the file of the view');
    // What is chosen from now on is its own.
    const chosen = diagram().getByRole('combobox', { name: 'Saved view', exact: true });
    await until(async () => (await chosen.getAttribute('current-value')) === name, 'the new view');
    await select('refunds');
    await button('Focus on it and its neighbours').click();
    await until(() => savedText(name).includes('"focus"'), 'the focus in the file');
    await session.picture('diagram-view');
    await chooseInDropdown('Saved view', 'Default view');
    await until(async () => (await shown()).length > 20, 'all tables');
    assert.doesNotMatch(savedText('default'), /"focus"/);
    await chooseInDropdown('Saved view', name);
    await until(async () => (await shown()).length < 10, 'the tables of the view');
    await chooseInDropdown('Saved view', 'Default view');
    await until(async () => (await shown()).length > 20, 'all tables');
    assert.ok(readdirSync(join(session.workspace, views)).includes(`${name}.json`));
  });

  it('shows what has changed since a commit, with a list', async () => {
    const file = join(session.workspace, 'src/catalog/entities/brand.entity.ts');
    const text = readFileSync(file, 'utf8');
    const changed = text.includes('motto')
      ? `${text}\n`
      : text.replace(/(\n {2}@Column)/, '\n  @Column({ nullable: true })\n  motto: string | null;\n$1');
    assert.notEqual(changed, text);
    writeFileSync(file, changed);
    await button('What changed since…').click();
    await row('main').click();
    await diagramReady(page);
    await selectNothing().catch(() => undefined);
    const change = diagram().locator('.side-change', { hasText: 'motto' }).first();
    await change.waitFor();
    await session.picture('diagram-changes');
    await change.click();
    await sidePanelTitle(page).getByText('brands', { exact: true }).waitFor();
    await button('What changed since…').click();
    await row('Hide the changes').click();
    await until(async () => (await diagram().locator('.side-change').count()) === 0, 'no changes');
  });

  for (const { label, extension, begins, coloured } of exportFormats)
    it(`is exported as ${label}`, async () => {
      const target = join(session.workspace, `exported.${extension}`);
      await chooseInMenu('Export diagram', label);
      if (coloured) await row('Light').click();
      const dialog = page.locator('.quick-input-widget', { hasText: 'Export Diagram' });
      await dialog.waitFor();
      const input = dialog.locator('input').first();
      await until(async () => (await input.inputValue()).includes('er-diagram'), 'a proposed name');
      await input.fill(target);
      await until(async () => (await input.inputValue()) === target, 'the name');
      await page.keyboard.press('Enter');
      await until(() => existsSync(target) && statSync(target).size > 0, 'the file');
      assert.match(readFileSync(target, 'latin1'), begins);
    });

  it('is copied as an image', async () => {
    await chooseInMenu('Export diagram', 'Copy as Image');
    await diagram().locator('.status-notice', { hasText: 'The diagram was copied as an image.' }).waitFor();
    const types = await page.evaluate(
      async () =>
        (await (navigator as unknown as { clipboard: { read(): Promise<{ types: string[] }[]> } }).clipboard.read())[0]
          ?.types,
    );
    assert.deepEqual(types, ['image/png']);
  });

  it('becomes a data dictionary', async () => {
    await runPaletteCommand(page, 'Data Engineer: Create Data Dictionary...');
    await row('HTML').click();
    await page.locator('.editor-group-container.active .view-line', { hasText: /html/i }).first().waitFor();
    assert.match(await activeTab(page).innerText(), /Untitled/);
  });
});
