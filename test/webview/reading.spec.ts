/** What one reads off the diagram: findings, cards, composite keys, folded join tables. */
import assert from 'node:assert/strict';
import type { DiagramModel } from '../../src/core/diagram/model.ts';
import { openDiagram } from './diagramPage.ts';
import type { DiagramPage, OpenOptions } from './diagramPage.ts';
import { shopModel, smallModel } from './models.ts';
import { shared } from './shared.ts';

describe('reading the diagram', () => {
  let diagram: DiagramPage;

  async function open(options: OpenOptions): Promise<DiagramPage> {
    const { browser, site } = await shared();
    diagram = await openDiagram(browser, site, options);
    return diagram;
  }

  afterEach(async () => {
    await diagram.close();
  });

  /** A point of a table drawn in full, in its own pixels at zoom 1. */
  async function at(table: string, model: DiagramModel, x: number | 'right', y: number) {
    const box = (await diagram.page.locator(`[data-table="${table}"]`).boundingBox())!;
    const columns = model.tables.find(({ id }) => id === table)!.columns.length;
    const scale = box.height / (32 + columns * 22);
    return { x: x === 'right' ? box.x + box.width - 15 * scale : box.x + x * scale, y: box.y + y * scale };
  }

  it('opens the finding in the code on a click on its sign', async () => {
    const model = smallModel();
    const order = model.tables.find(({ id }) => id === 'order')!;
    const moved = { ...order.findings[0]!, at: { ...order.at, line: 77 } };
    const marked = {
      ...model,
      tables: model.tables.map((table) => (table === order ? { ...order, findings: [moved] } : table)),
    };
    const { page } = await open({ model: marked });
    const row = order.columns.findIndex(({ name }) => name === moved.column);
    const sign = await at('order', model, 'right', 32 + (row + 0.5) * 22);
    await page.mouse.click(sign.x, sign.y);
    assert.equal((await diagram.message('openSource')).at.line, 77);
    const name = await at('order', model, 60, 32 + (row + 0.5) * 22);
    const before = (await diagram.messages()).length;
    await page.mouse.click(name.x, name.y);
    assert.equal((await diagram.message('openSource', before)).at.line, order.columns[row]!.at.line);
  });

  it('shows a card with type, default, values of the enum, comment and keys of the column under the pointer', async () => {
    const model = smallModel();
    const told = {
      ...model,
      tables: model.tables.map((table) => ({
        ...table,
        columns: table.columns.map((column) =>
          column.name === 'status' && table.id === 'order'
            ? { ...column, default: "'draft'", comment: 'Where it stands.' }
            : column,
        ),
      })),
    };
    const { page } = await open({ model: told });
    const card = page.locator('.hover-card');
    const status = await at('order', model, 60, 32 + 5.5 * 22);
    await page.mouse.move(status.x, status.y);
    await card.waitFor();
    const words = await card.innerText();
    for (const part of [
      'order.status',
      'order_status',
      "default 'draft'",
      'draft, placed, shipped',
      'Where it stands.',
    ])
      assert.ok(words.includes(part), `${part} in ${words}`);
    const key = await at('order', model, 60, 32 + 2.5 * 22);
    await page.mouse.move(key.x, key.y);
    await card.getByText('→ customer.id').waitFor();
  });

  it('goes to the key in the code on a double click on a line', async () => {
    const { page } = await open({ model: smallModel() });
    const from = (await page.locator('[data-table="category"]').boundingBox())!;
    const to = (await page.locator('[data-table="product"]').boundingBox())!;
    const before = (await diagram.messages()).length;
    let found = false;
    // Somewhere between the two boxes the line is: tried from top to bottom, as an eye would follow it.
    const x = (from.x + from.width + to.x) / 2;
    for (let y = Math.min(from.y, to.y); y < Math.max(from.y + from.height, to.y + to.height) && !found; y += 6) {
      await page.mouse.move(x, y);
      found = await page
        .locator('.canvas.over')
        .count()
        .then((count) => count > 0);
      if (found) await page.mouse.dblclick(x, y);
    }
    assert.ok(found, 'no line between the tables');
    const message = await diagram.message('openSource', before);
    assert.equal(message.preserveFocus, false);
    assert.match(message.at.file, /src\/product\.ts$/);
  });

  it('joins the rows of a composite key by a brace', async () => {
    const model = smallModel();
    const edge = model.edges.find(({ id }) => id === 'order_line.order_id')!;
    const picture = async (columns: readonly string[]) => {
      const composite = { ...edge, from: { ...edge.from, columns } };
      const changed = { ...model, edges: model.edges.map((other) => (other === edge ? composite : other)) };
      const { page } = await open({ model: changed });
      const box = (await page.locator('[data-table="order_line"]').boundingBox())!;
      return page.screenshot({ clip: { x: box.x - 12, y: box.y, width: 11, height: box.height } });
    };
    const single = await picture(['order_id']);
    await diagram.close();
    assert.notDeepEqual(await picture(['order_id', 'quantity']), single);
  });

  it('folds join tables into lines and unfolds them again', async () => {
    const { page } = await open({ model: shopModel() });
    await page.locator('[data-table="order_coupon"]').waitFor({ state: 'attached' });
    const fold = async () => {
      await page.getByRole('button', { name: 'View', exact: true }).click();
      await page.getByRole('menuitemcheckbox', { name: 'Join tables as lines' }).click();
      await diagram.settled();
    };
    await fold();
    await page.locator('[data-table="order_coupon"]').waitFor({ state: 'detached' });
    assert.equal((await diagram.savedState())?.view?.foldJoins, true);
    await fold();
    await page.locator('[data-table="order_coupon"]').waitFor({ state: 'attached' });
  });

  it('arranges from top to bottom and compactly', async () => {
    const { page } = await open({ model: shopModel() });
    const places = async () => {
      const boxes = ['customer', 'order', 'order_line'].map((id) => page.locator(`[data-table="${id}"]`).boundingBox());
      return JSON.stringify((await Promise.all(boxes)).map((box) => [Math.round(box!.x), Math.round(box!.y)]));
    };
    const seen = [await places()];
    for (const name of ['Top to bottom', 'Compact']) {
      await page.getByRole('button', { name: 'View', exact: true }).click();
      await page.getByRole('menuitemradio', { name }).click();
      // The transition to the other arrangement begins some time after the click.
      const deadline = Date.now() + 20_000;
      let now = await places();
      for (; seen.includes(now) && Date.now() < deadline; now = await places()) await page.waitForTimeout(100);
      assert.ok(!seen.includes(now), name);
      await diagram.settled();
      seen.push(await places());
    }
    assert.equal(new Set(seen).size, 3);
  });
});
