/**
 * Entities edited from the diagram, as a user has it: asked for by the menu, the side panel or a key, looked at in the refactor
 * preview, applied, and taken back in one step.
 */
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, afterEach, before, describe, it } from 'mocha';
import type { Locator, Page } from 'playwright-core';
import {
  activeTab,
  chooseInContextMenu,
  chooseInSubmenu,
  openFileByName,
  openWorkbench,
  runPaletteCommand,
  tab,
  webview,
} from '../support/workbench.ts';
import {
  chooseInDiagramMenu,
  openTableMenu,
  diagramReady,
  restingTable,
  searchDiagram,
  shownTables,
  sidePanelTitle,
  tableElement,
} from './diagram.ts';
import { openSession } from './session.ts';
import type { Session } from './session.ts';
import { until } from './until.ts';

const brand = 'src/catalog/entities/brand.entity.ts';
const coupon = 'src/promotions/entities/coupon.entity.ts';

describe('entities edited from the diagram, as a user', function () {
  // Machines that run such tests may be five times slower than those that write them.
  this.timeout(150_000);
  let session: Session;
  let page: Page;

  const textOf = (file: string): string => {
    const path = join(session.workspace, file);
    return existsSync(path) ? readFileSync(path, 'utf8') : '';
  };
  const panel = (): Locator => webview(page).locator('.side-panel');
  const row = (text: string | RegExp): Locator =>
    page.locator('.quick-input-widget .monaco-list-row', { hasText: text }).first();
  const preview = (): Locator => page.locator('.refactor-preview, .bulk-edit-panel').first();

  before(async function () {
    this.timeout(240_000);
    session = await openSession();
    page = session.page;
    // What is applied and undone in a file that is open is on the disk at once.
    const settings = { 'files.autoSave': 'afterDelay', 'files.autoSaveDelay': 100 };
    mkdirSync(join(session.workspace, '.vscode'));
    writeFileSync(join(session.workspace, '.vscode/settings.json'), JSON.stringify(settings));
    await openWorkbench(page, session.server.url(session.workspace));
    // The code on the left, the diagram on the right.
    await openFileByName(page, brand);
    await page
      .locator('.codelens-decoration a', { hasText: /columns/ })
      .first()
      .click();
    await sidePanelTitle(page).getByText('brands', { exact: true }).waitFor();
    await runPaletteCommand(page, 'View: Close Primary Side Bar');
    await diagramReady(page);
  });

  after(async () => {
    // Null when the set-up itself has failed.
    await (session as Session | undefined)?.close();
  });

  afterEach(async function () {
    if (this.currentTest?.state !== 'failed') return;
    await session
      .picture(`failed-editing-${this.currentTest.title.replaceAll(/\W+/g, '-').toLowerCase()}`)
      .then(() => page.keyboard.press('Escape'))
      .catch(() => undefined);
  });

  /** Selects a table, or a column of one, by the search: the keyboard is on it then. */
  async function select(words: string, title: string): Promise<void> {
    await searchDiagram(page, words);
    const hits = webview(page).locator('.search-popup button', { hasText: words });
    await hits.filter({ hasText: title }).first().click();
    await sidePanelTitle(page).getByText(title, { exact: true }).waitFor();
    if (words !== title) await panel().locator('.side-column.selected', { hasText: words }).waitFor();
    await restingTable(page, title);
    await tableElement(page, title).focus();
  }

  /** Answers what is asked for in a field. */
  async function enter(prompt: RegExp, answer: string): Promise<void> {
    const widget = page.locator('.quick-input-widget', { hasText: prompt });
    await widget.waitFor();
    const input = widget.locator('input.input').first();
    await input.fill(answer);
    await until(async () => (await input.inputValue()) === answer, 'the answer in the field');
    await page.keyboard.press('Enter');
    await widget.waitFor({ state: 'hidden' });
  }

  async function pick(entry: string | RegExp): Promise<void> {
    await row(entry).click();
  }

  /** Applies what the preview shows, of which nothing is written before. */
  async function apply(file: string, expected: RegExp, before = textOf(file)): Promise<void> {
    await preview().locator('.monaco-list-row').first().waitFor();
    assert.equal(textOf(file), before, 'nothing is written before it is applied');
    await page.getByRole('button', { name: 'Apply' }).first().click();
    await until(() => expected.test(textOf(file)) && textOf(file) !== before, `${String(expected)} in ${file}`);
  }

  /** One step back, from the editor of the file: everything is as it was. */
  async function takeBack(states: Readonly<Record<string, string>>): Promise<void> {
    const [file = ''] = Object.keys(states);
    const name = file.split('/').at(-1) ?? file;
    if ((await activeTab(page).innerText()).trim() !== name) await tab(page, name).first().click();
    await activeTab(page).getByText(name, { exact: true }).waitFor();
    await page.locator('.editor-group-container.active .monaco-editor .view-lines').first().click();
    await page.keyboard.press('ControlOrMeta+Z');
    // Of several files VS Code asks whether all are meant.
    const all = page.locator('.monaco-dialog-box').getByRole('button', { name: /Undo in \d+ Files/ });
    await until(async () => {
      if (await all.isVisible()) await all.click();
      return Object.entries(states).every(([path, text]) => textOf(path) === text);
    }, 'everything as it was');
  }

  it('adds a column, after a preview that may be discarded', async () => {
    const before = textOf(brand);
    const ask = async () => {
      await openTableMenu(page, 'brands', 'Edit Entity');
      await chooseInSubmenu(page, 'Edit Entity', 'Add Column...');
      await enter(/Name of the column/, 'motto');
      await pick(/^varchar|^character varying/);
      await enter(/Most characters/, '40');
      await pick('Rows that are there stay as they are');
      await preview().locator('.monaco-list-row', { hasText: 'brand.entity.ts' }).first().waitFor();
    };
    await ask();
    await session.picture('edit-preview');
    await page.getByRole('button', { name: 'Discard' }).first().click();
    await preview().locator('.monaco-list-row').first().waitFor({ state: 'hidden' });
    assert.equal(textOf(brand), before);
    await ask();
    await apply(brand, /length: 40, nullable: true \}\)\s+motto!: string \| null;/, before);
    await select('motto', 'brands');
    await takeBack({ [brand]: before });
    await panel().locator('.side-column', { hasText: 'motto' }).waitFor({ state: 'detached' });
  });

  it('renames a column in the code by a key', async () => {
    const before = textOf(brand);
    await select('website_url', 'brands');
    await page.keyboard.press('F2');
    await pick('In the code only');
    await enter(/New name/, 'homepage');
    await apply(brand, /name: 'website_url'[^}]*\}\)\s+homepage!: string \| null;/);
    await takeBack({ [brand]: before });
  });

  it('changes a type from the side panel', async () => {
    const before = textOf(brand);
    await select('website_url', 'brands');
    await chooseInDiagramMenu(page, 'Edit entity', 'Change Type…');
    await pick(/^text/);
    await apply(brand, /type: 'text'/);
    await takeBack({ [brand]: before });
  });

  it('makes a column required', async () => {
    const before = textOf(brand);
    await select('website_url', 'brands');
    await chooseInDiagramMenu(page, 'Edit entity', 'Make Nullable or Required');
    await apply(brand, /length: 500 \}\)\s+websiteUrl!: string;/);
    await takeBack({ [brand]: before });
  });

  const indexMark = () => panel().locator('.side-column', { hasText: 'website_url' }).locator('.mark-index');

  it('adds an index and deletes it, each a step of its own', async () => {
    const before = textOf(brand);
    await select('website_url', 'brands');
    await chooseInDiagramMenu(page, 'Edit entity', 'Add Index…');
    await row('website_url').waitFor();
    await page.keyboard.press('Enter');
    await pick(/^Index/);
    await apply(brand, /@Index\(\)\s+@Column\(\{ type: 'varchar', length: 500/);
    const indexed = textOf(brand);
    await indexMark().waitFor();
    await chooseInDiagramMenu(page, 'Edit entity', 'Delete Index…');
    await pick('website_url');
    await apply(brand, /^(?![\s\S]*@Index)/, indexed);
    assert.equal(textOf(brand), before);
    await indexMark().waitFor({ state: 'detached' });
    await takeBack({ [brand]: indexed });
    await takeBack({ [brand]: before });
  });

  it('adds a relation on both sides, and deletes it', async () => {
    const before = { [brand]: textOf(brand), [coupon]: textOf(coupon) };
    await select('coupons', 'coupons');
    await chooseInDiagramMenu(page, 'Edit entity', 'Add Relation…');
    await pick('Brand');
    await pick('Many to one');
    await enter(/Name of the relation in Coupon/, 'brand');
    await enter(/Name of the other side in Brand/, 'coupons');
    await pick('Rows that are there stay as they are');
    await apply(coupon, /@ManyToOne\(\(\) => Brand, \(brand\) => brand\.coupons[\s\S]+brand!?: Brand \| null;/);
    assert.match(textOf(brand), /@OneToMany\(\(\) => Coupon, \(coupon\) => coupon\.brand\)\s+coupons!: Coupon\[\];/);
    const related = { [brand]: textOf(brand), [coupon]: textOf(coupon) };
    const relation = panel().locator('.side-relation', { hasText: 'brands' });
    await relation.waitFor();
    await session.picture('edit-relation');
    await select('brand_id', 'coupons');
    await page.keyboard.press('Delete');
    await apply(coupon, /^(?![\s\S]*Brand)/);
    assert.doesNotMatch(textOf(brand), /Coupon/);
    await relation.waitFor({ state: 'detached' });
    await takeBack(related);
    await takeBack(before);
  });

  it('deletes a column by a key', async () => {
    const before = textOf(brand);
    await select('website_url', 'brands');
    await page.keyboard.press('Delete');
    await apply(brand, /^(?![\s\S]*websiteUrl)/);
    await panel().locator('.side-column', { hasText: 'website_url' }).waitFor({ state: 'detached' });
    await takeBack({ [brand]: before });
  });

  it('renames a table', async () => {
    const before = textOf(brand);
    await select('brands', 'brands');
    await page.keyboard.press('F2');
    await pick('In the database');
    await enter(/Name in the database/, 'makers');
    await apply(brand, /@Entity\('makers'\)\s+export class Brand /);
    await tableElement(page, 'makers').waitFor({ state: 'attached' });
    await takeBack({ [brand]: before });
    await tableElement(page, 'brands').waitFor({ state: 'attached' });
  });

  it('renames an entity wherever the code uses it, and leaves its table alone', async () => {
    const product = 'src/catalog/entities/product.entity.ts';
    const before = { [brand]: textOf(brand), [product]: textOf(product) };
    assert.match(before[product], /\bBrand\b/);
    await select('brands', 'brands');
    await page.keyboard.press('F2');
    await pick('In the code only');
    await enter(/New name of Brand/, 'Maker');
    await apply(brand, /@Entity\('brands'\)\s+export class Maker /);
    await until(() => /\bMaker\b/.test(textOf(product)) && !/\bBrand\b/.test(textOf(product)), 'the other uses');
    await panel().getByText('Maker', { exact: false }).first().waitFor();
    await takeBack(before);
  });

  it('adds a table, and deletes it', async () => {
    const files = () =>
      readdirSync(session.workspace, { encoding: 'utf8', recursive: true }).filter((file) =>
        file.endsWith('wish-list.entity.ts'),
      );
    const canvas = await webview(page).locator('.canvas').boundingBox();
    assert.ok(canvas);
    await webview(page).getByRole('button', { name: 'Show everything' }).first().click();
    await restingTable(page, 'brands');
    await page.mouse.click(canvas.x + 4, canvas.y + 4, { button: 'right' });
    await chooseInContextMenu(page, 'Add Table...');
    await enter(/Name of the entity/, 'WishList');
    await preview().locator('.monaco-list-row', { hasText: 'wish-list.entity.ts' }).first().waitFor();
    await page.getByRole('button', { name: 'Apply' }).first().click();
    await until(async () => (await shownTables(page)).includes('wish_lists'), 'the new table in the diagram');
    assert.equal(files().length, 1);
    await select('wish_lists', 'wish_lists');
    await page.keyboard.press('Delete');
    const dialog = page.locator('.monaco-dialog-box', { hasText: 'wish-list.entity.ts' });
    await dialog.waitFor();
    await dialog.getByRole('button', { name: 'Delete File' }).click();
    await until(async () => !(await shownTables(page)).includes('wish_lists'), 'the table gone from the diagram');
    assert.deepEqual(files(), []);
  });
});
