/** Finding the way: focus, paths, filters, collapsed modules, the minimap, the editor's cursor. */
import assert from 'node:assert/strict';
import { openDiagram } from './diagramPage.ts';
import type { DiagramPage, OpenOptions } from './diagramPage.ts';
import { largeModel, shopModel } from './models.ts';
import { shared } from './shared.ts';

describe('finding the way', () => {
  let diagram: DiagramPage;

  async function open(options: OpenOptions): Promise<DiagramPage> {
    const { browser, site } = await shared();
    diagram = await openDiagram(browser, site, options);
    return diagram;
  }

  afterEach(async () => {
    await diagram.close();
  });

  const count = (tables: number) =>
    diagram.page.waitForFunction((wanted) => document.querySelectorAll('[data-table]').length === wanted, tables);

  it('focuses on a table, goes further and less far, and shows everything again', async () => {
    const { page } = await open({ model: shopModel() });
    await diagram.send({ type: 'reveal', table: 'brand' });
    await page.getByRole('button', { name: 'Focus on it and its neighbours' }).click();
    await count(2);
    await page.getByText('2 of 30 tables').waitFor();
    await page.getByRole('button', { name: 'One step more' }).click();
    await page.locator('[data-table="product_variant"]').waitFor({ state: 'attached' });
    assert.equal((await diagram.savedState())?.view?.focus?.hops, 2);
    await page.getByRole('button', { name: 'One step less' }).click();
    await count(2);
    await page.getByRole('button', { name: 'Clear the focus' }).click();
    await count(30);
    assert.equal(await page.locator('.filter-bar').count(), 0);
  });

  it('shows the path between two tables, the second chosen by a search', async () => {
    const { page } = await open({ model: shopModel() });
    await diagram.send({ type: 'reveal', table: 'brand' });
    await page.getByRole('button', { name: 'Path to another table' }).click();
    await page.getByText('Path from brand: choose a table').waitFor();
    await page.keyboard.press('Control+f');
    await page.keyboard.type('order');
    await page.keyboard.press('Enter');
    await page.getByText('Path from brand to order').waitFor();
    await count(5);
    await page.getByRole('button', { name: 'Clear the path' }).click();
    await count(30);
  });

  it('hides a module, finds a hidden table by a search, and shows it then', async () => {
    const { page } = await open({ model: shopModel() });
    await page.getByRole('button', { name: 'Hide payments' }).click();
    await count(26);
    await page.getByText('1 group hidden').waitFor();
    await page.keyboard.press('Control+f');
    await page.keyboard.type('refund');
    await page.keyboard.press('Enter');
    await page.locator('[data-table="refund"][aria-selected="true"]').waitFor({ state: 'attached' });
    assert.deepEqual((await diagram.savedState())?.view?.hiddenModules, []);
  });

  it('shows a module as one box, and its tables again on a click on it', async () => {
    const { page } = await open({ model: shopModel() });
    await page.getByRole('button', { name: 'Show orders as one box' }).click();
    await count(24);
    await diagram.settled();
    const box = (await page.locator('[data-table*="module"]').boundingBox())!;
    await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
    await count(30);
  });

  it('filters by findings', async () => {
    const model = shopModel();
    const { page } = await open({ model });
    const found = model.tables.filter(({ findings }) => findings.length > 0).length;
    await page.locator('vscode-dropdown[aria-label="Tables by findings"]').click();
    await page.getByRole('option', { name: 'With warnings or errors' }).click();
    await count(found);
    await page.getByRole('button', { name: 'Show tables without findings as well' }).click();
    await count(30);
  });

  it('filters by ORM where there are several', async () => {
    const model = shopModel();
    const tables = model.tables.map((table) => ({ ...table, orm: table.module === 'payments' ? 'Prisma' : 'TypeORM' }));
    const { page } = await open({ model: { ...model, tables } });
    await page.locator('vscode-dropdown[aria-label="Tables by ORM"]').click();
    await page.getByRole('option', { name: 'Prisma' }).click();
    await count(tables.filter(({ orm }) => orm === 'Prisma').length);
    await page.getByRole('button', { name: 'Show hidden tables again' }).click();
    await count(30);
  });

  it('shows one table in more detail than the others', async () => {
    const { page } = await open({ model: shopModel() });
    // Against a table that stays as it is: the zoom may change.
    const height = async () =>
      (await page.locator('[data-table="order"]').boundingBox())!.height /
      (await page.locator('[data-table="brand"]').boundingBox())!.height;
    await diagram.send({ type: 'reveal', table: 'order' });
    await page.waitForTimeout(400);
    const before = await height();
    await page.locator('vscode-dropdown[aria-label="Level of detail of this table"]').click();
    await page.locator('.side-panel').getByRole('option', { name: 'All columns' }).click();
    await page.waitForFunction(
      (least) => {
        const of = (table: string) => document.querySelector(`[data-table="${table}"]`)!.getBoundingClientRect().height;
        return of('order') / of('brand') > least;
      },
      before * 1.3,
      { timeout: 10_000 },
    );
    assert.deepEqual((await diagram.savedState())?.view?.tableDetails, { order: 'all' });
  });

  it('finds the values of enums', async () => {
    const { page } = await open({ model: shopModel() });
    await page.keyboard.press('Control+f');
    await page.keyboard.type('authoris');
    await page
      .locator('.search-popup button', { hasText: 'authorised' })
      .filter({ hasText: 'payment.status' })
      .waitFor();
    await page.keyboard.press('Enter');
    await page.locator('.side-column.selected', { hasText: 'status' }).waitFor();
  });

  it('goes where the minimap is clicked, and hides it when everything is in sight', async () => {
    const { page } = await open({ model: largeModel(300) });
    const minimap = page.locator('.minimap');
    assert.equal(await minimap.isVisible(), false);
    await diagram.send({ type: 'reveal', table: 'billing_ledger' });
    await minimap.waitFor({ state: 'visible' });
    await page.waitForTimeout(400);
    const before = await diagram.header('billing_ledger');
    const box = (await minimap.boundingBox())!;
    await page.mouse.click(box.x + box.width - 4, box.y + box.height - 4);
    await page.waitForTimeout(500);
    const after = await diagram.header('billing_ledger');
    assert.ok(Math.hypot(after.x - before.x, after.y - before.y) > 300);
    // Wherever it is clicked, what lies below it is not.
    for (const [right, down] of [
      [0.2, 0.3],
      [0.5, 0.5],
      [0.7, 0.4],
    ] as const) {
      await page.mouse.click(box.x + box.width * right, box.y + box.height * down);
      await page.mouse.dblclick(box.x + box.width * right, box.y + box.height * down);
    }
    await page.waitForTimeout(300);
    assert.deepEqual(
      (await diagram.messages()).filter(({ type }) => type === 'openSource'),
      [],
    );
    await page.getByRole('button', { name: 'View', exact: true }).click();
    await page.getByRole('menuitemcheckbox', { name: 'Minimap' }).click();
    await minimap.waitFor({ state: 'detached' });
  });

  it('zooms to the selected table and its neighbours', async () => {
    const { page } = await open({ model: shopModel() });
    const button = page.getByRole('button', { name: 'Zoom to the selected table and its neighbours' });
    await diagram.send({ type: 'reveal', table: 'invoice' });
    await page.waitForTimeout(300);
    await button.click();
    await page.waitForTimeout(500);
    const canvas = (await page.locator('.canvas > canvas').boundingBox())!;
    for (const id of ['invoice', 'order']) {
      const box = (await page.locator(`[data-table="${id}"]`).boundingBox())!;
      assert.ok(box.x >= canvas.x - 1 && box.x + box.width <= canvas.x + canvas.width + 1, id);
      assert.ok(box.y >= canvas.y - 1 && box.y + box.height <= canvas.y + canvas.height + 1, id);
    }
  });

  it("marks the table under the editor's cursor and brings it into sight", async () => {
    const model = shopModel();
    const { page } = await open({ model });
    await diagram.send({ type: 'reveal', table: 'brand' });
    await page.waitForTimeout(500);
    const refund = model.tables.find(({ id }) => id === 'refund')!;
    await diagram.send({ type: 'cursor', at: { file: refund.at.file, line: refund.at.line + 3 } });
    await page.waitForTimeout(600);
    const box = (await page.locator('[data-table="refund"]').boundingBox())!;
    assert.ok(box.x > 0 && box.x < 900 && box.y > 0 && box.y < 780, JSON.stringify(box));
    const marked = await page.locator('.canvas > canvas').screenshot();
    await diagram.send({ type: 'cursor', at: null });
    await page.waitForTimeout(200);
    assert.notDeepEqual(await page.locator('.canvas > canvas').screenshot(), marked);
  });

  it('selects the column that it is told to show', async () => {
    const { page } = await open({ model: shopModel() });
    await diagram.send({ type: 'reveal', table: 'order', column: 'customer_id' });
    await page.locator('.side-panel h2', { hasText: 'order' }).waitFor();
    await page.locator('.side-column.selected', { hasText: 'customer_id' }).waitFor();
  });
});
