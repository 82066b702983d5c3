/** A layout that lasts: tables moved by mouse and keys, undone and done again, saved and read back. */
import assert from 'node:assert/strict';
import { nothingSaved } from '../../src/core/diagram/saved.ts';
import type { SavedDiagram } from '../../src/core/diagram/saved.ts';
import type { SavedView } from '../../src/protocol/webview.ts';
import { modelMessage, openDiagram, projects } from './diagramPage.ts';
import type { DiagramPage, OpenOptions } from './diagramPage.ts';
import { shopModel, smallModel } from './models.ts';
import { shared } from './shared.ts';

const project = projects[0]!.id;

function told(change: Partial<SavedView> = {}): SavedView {
  return {
    type: 'saved',
    project,
    name: 'default',
    names: ['default'],
    exists: false,
    saved: nothingSaved,
    problem: null,
    ...change,
  };
}

describe('moving tables', () => {
  let diagram: DiagramPage;

  async function open(options: OpenOptions, view = told()): Promise<DiagramPage> {
    const { browser, site } = await shared();
    diagram = await openDiagram(browser, site, options);
    await diagram.send(view);
    await diagram.page.waitForTimeout(100);
    return diagram;
  }

  afterEach(async () => {
    await diagram.close();
  });

  async function drag(table: string, dx: number, dy: number): Promise<void> {
    const { mouse } = diagram.page;
    const { x, y } = await diagram.header(table);
    await mouse.move(x, y);
    await mouse.down();
    await mouse.move(x + dx / 2, y + dy / 2, { steps: 3 });
    await mouse.move(x + dx, y + dy, { steps: 3 });
    await mouse.up();
    await diagram.settled();
  }

  const saves = async () => (await diagram.messages()).filter((message) => message.type === 'save');

  it('puts a table where it is dragged to, keeps all others where they are, and saves', async () => {
    const { page } = await open({ model: smallModel() });
    const before = await diagram.header('order');
    const other = await diagram.header('customer');
    await page.screenshot({ path: 'test-results/webview-moving-before.png' });
    await drag('order', 0, 260);
    const after = await diagram.header('order');
    assert.ok(
      Math.abs(after.x - before.x) < 6 && Math.abs(after.y - before.y - 260) < 6,
      JSON.stringify({ before, after }),
    );
    assert.deepEqual(await diagram.header('customer'), other);
    const message = await diagram.message('save');
    assert.equal(message.name, 'default');
    assert.equal(Object.keys(message.saved.places).length, 5);
    const [x, y] = message.saved.places.order!;
    assert.ok(x % 8 === 0 && y % 8 === 0);
    await page.screenshot({ path: 'test-results/webview-moving-after.png' });
  });

  it('does not take a press for a drag, nor a drag for a click', async () => {
    await open({ model: smallModel() });
    await drag('order', 2, 1);
    assert.equal((await saves()).length, 0);
    await drag('order', 40, 220);
    const sources = (await diagram.messages()).filter(({ type }) => type === 'openSource');
    assert.equal(sources.length, 1);
  });

  it('finds the nearest free place for a table that is dropped upon another', async () => {
    await open({ model: smallModel() });
    const target = await diagram.header('customer');
    const from = await diagram.header('order');
    await drag('order', target.x - from.x, target.y - from.y);
    const [a, b] = await Promise.all(
      ['order', 'customer'].map((id) => diagram.page.locator(`[data-table="${id}"]`).boundingBox()),
    );
    assert.ok(a && b);
    const apart = a.x >= b.x + b.width || b.x >= a.x + a.width || a.y >= b.y + b.height || b.y >= a.y + a.height;
    assert.ok(apart, JSON.stringify({ a, b }));
  });

  it('lets go of the table on Escape', async () => {
    const { page } = await open({ model: smallModel() });
    const { x, y } = await diagram.header('order');
    await page.mouse.move(x, y);
    await page.mouse.down();
    await page.mouse.move(x + 60, y + 200, { steps: 3 });
    await page.keyboard.press('Escape');
    await page.mouse.up();
    await diagram.settled();
    const after = await diagram.header('order');
    assert.ok(Math.abs(after.x - x) < 2 && Math.abs(after.y - y) < 2);
    assert.equal((await saves()).length, 0);
  });

  it('moves the focused table with Alt and the arrow keys, a series of them as one step', async () => {
    const { page } = await open({ model: smallModel() });
    const before = await diagram.header('product');
    await page.locator('[data-table="product"]').focus();
    for (let press = 0; press < 4; press++) await page.keyboard.press('Alt+ArrowDown');
    await diagram.settled();
    const after = await diagram.header('product');
    assert.ok(after.y - before.y > 20 && Math.abs(after.x - before.x) < 6, JSON.stringify({ before, after }));
    assert.equal(await page.evaluate(() => (document.activeElement as HTMLElement).dataset.table), 'product');
    await page.getByText('product moved').waitFor({ state: 'attached' });
    await page.keyboard.press('Control+z');
    await diagram.settled();
    const back = await diagram.header('product');
    assert.ok(Math.abs(back.y - before.y) < 2);
  });

  it('takes moves and choices back and does them again', async () => {
    const { page } = await open({ model: smallModel() });
    const before = await diagram.header('order');
    await drag('order', 20, 260);
    const moved = await diagram.header('order');
    await page.keyboard.press('Control+z');
    await diagram.settled();
    const undone = await diagram.header('order');
    assert.ok(
      Math.abs(undone.x - before.x) < 2 && Math.abs(undone.y - before.y) < 2,
      JSON.stringify({ before, undone }),
    );
    await page.keyboard.press('Control+Shift+z');
    await diagram.settled();
    const again = await diagram.header('order');
    assert.ok(Math.abs(again.x - moved.x) < 2 && Math.abs(again.y - moved.y) < 2);
    assert.deepEqual((await saves()).at(-1)?.saved.places.order, (await saves())[0]?.saved.places.order);
    await page.getByRole('button', { name: 'Saved views' }).click();
    await page.getByRole('menuitem', { name: 'Arrange All Tables Anew' }).click();
    await diagram.settled();
    assert.deepEqual((await saves()).at(-1)?.saved.places, {});
    await page.keyboard.press('Control+z');
    await diagram.settled();
    assert.equal(Object.keys((await saves()).at(-1)!.saved.places).length, 5);
  });

  it('leaves typing alone when Ctrl+Z is pressed in the search', async () => {
    const { page } = await open({ model: smallModel() });
    await drag('order', 20, 260);
    const moved = (await saves()).length;
    await page.keyboard.press('Control+f');
    await page.keyboard.type('cus');
    await page.keyboard.press('Control+z');
    await page.waitForTimeout(300);
    assert.equal((await saves()).length, moved);
  });

  const arranged: SavedDiagram = {
    view: { detail: 'names' },
    places: { customer: [0, 0], order: [400, 0], order_line: [800, 0], product: [800, 200], category: [0, 200] },
    other: {},
  };

  it('shows a saved view as it was left, and offers the others', async () => {
    const { page } = await open(
      { model: smallModel() },
      told({ name: 'by hand', names: ['default', 'by hand', 'orders'], exists: true, saved: arranged }),
    );
    await diagram.settled();
    const [a, b] = [await diagram.header('customer'), await diagram.header('order')];
    const [c, d] = [await diagram.header('category'), await diagram.header('product')];
    assert.ok(Math.abs(a.y - b.y) < 1 && Math.abs(c.y - d.y) < 1 && c.y > a.y && b.x > a.x);
    assert.equal((await saves()).length, 0, 'what was read is not written');
    const choice = page.locator('vscode-dropdown[aria-label="Saved view"]');
    await choice.click();
    await page.getByRole('option', { name: 'orders' }).click();
    assert.equal((await diagram.message('chooseView')).name, 'orders');
    await page.getByRole('button', { name: 'Saved views' }).click();
    await page.screenshot({ path: 'test-results/webview-views.png' });
    await page.getByRole('menuitem', { name: 'Rename View…' }).click();
    assert.equal((await diagram.message('manageView')).how, 'rename');
  });

  it('follows the file when it changes on disk, and never writes one that it cannot read', async () => {
    const { page } = await open({ model: smallModel() }, told({ exists: true, saved: arranged }));
    await diagram.settled();
    const before = await diagram.header('order');
    const moved = { ...arranged, places: { ...arranged.places, order: [400, 400] as const } };
    await diagram.send(told({ exists: true, saved: moved }));
    await diagram.settled();
    assert.ok((await diagram.header('order')).y - before.y > 200);
    const problem = '.data-engineer/diagrams/default.json is not valid JSON. It is left as it is.';
    await diagram.send(told({ exists: true, problem }));
    await page.getByText(problem).waitFor();
    await page.getByRole('button', { name: 'Dismiss' }).click();
    await drag('order', 0, 80);
    assert.equal((await saves()).length, 0);
  });

  it('places a new table near its neighbours without moving the others', async () => {
    const model = shopModel();
    const without = {
      ...model,
      tables: model.tables.filter(({ id }) => id !== 'refund'),
      edges: model.edges.filter(({ from }) => from.table !== 'refund'),
      modules: model.modules.map((module) => ({ ...module, tables: module.tables.filter((id) => id !== 'refund') })),
    };
    const { page } = await open({ model: without });
    await drag('invoice', -30, 60);
    const boxes = () =>
      page.evaluate(() =>
        Object.fromEntries(
          [...document.querySelectorAll<HTMLElement>('[data-table]')].map((element) => [
            element.dataset.table!,
            `${Math.round(Number.parseFloat(element.style.marginLeft))} ${Math.round(Number.parseFloat(element.style.marginTop))}`,
          ]),
        ),
      );
    const before = await boxes();
    await diagram.send(modelMessage(model));
    await page.locator('[data-table="refund"]').waitFor({ state: 'attached' });
    await diagram.settled();
    const { refund, ...others } = await boxes();
    assert.deepEqual(others, before);
    const [x = 0, y = 0] = refund!.split(' ').map(Number);
    const [px = 0, py = 0] = before.payment!.split(' ').map(Number);
    assert.ok(Math.hypot(x - px, y - py) < 700, `${refund} near ${before.payment}`);
    await page.screenshot({ path: 'test-results/webview-moving-shop.png' });
  });

  it('drops the places with another arrangement, and takes that back', async () => {
    const { page } = await open({ model: smallModel() });
    await drag('order', 20, 260);
    await page.getByRole('button', { name: 'View', exact: true }).click();
    await page.getByRole('menuitemradio', { name: 'Top to bottom' }).click();
    await diagram.settled();
    const last = (await saves()).at(-1)!.saved;
    assert.deepEqual(last.places, {});
    assert.equal(last.view.arrangement, 'down');
    await page.keyboard.press('Control+z');
    await diagram.settled();
    assert.equal(Object.keys((await saves()).at(-1)!.saved.places).length, 5);
  });
});
