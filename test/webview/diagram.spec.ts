import assert from 'node:assert/strict';
import type { DiagramModel } from '../../src/core/diagram/model.ts';
import { modelMessage, openDiagram, projects } from './diagramPage.ts';
import type { DiagramPage, OpenOptions } from './diagramPage.ts';
import { largeModel, shopModel, smallModel } from './models.ts';
import { canvasInk } from './pixels.ts';
import { shared } from './shared.ts';

describe('diagram', () => {
  let diagram: DiagramPage;

  async function open(options: OpenOptions): Promise<DiagramPage> {
    const { browser, site } = await shared();
    diagram = await openDiagram(browser, site, options);
    return diagram;
  }

  afterEach(async () => {
    await diagram.close();
  });

  it('waits for the host, then draws before the layout is ready', async () => {
    // Without the workers' scripts only the quick placement can be on the screen.
    const { page } = await open({ model: null, broken: /Worker\.js$/ });
    assert.deepEqual(await diagram.messages(), [{ type: 'ready' }]);
    await page.locator('vscode-progress-ring').waitFor();
    await diagram.send(modelMessage(largeModel(300)));
    await page.locator('[data-table]').first().waitFor({ state: 'attached' });
    await page.waitForTimeout(100);
    assert.ok((await canvasInk(page)).share > 0.02);
    await page.locator('.status-notice', { hasText: 'could not be arranged' }).waitFor();
    // The aborted request itself is reported by the browser; that is this test's doing.
    diagram.expectFailures(/ERR_FAILED/);
  });

  it('lays out with the other worker where the first cannot be had', async () => {
    const { page } = await open({ model: largeModel(300), broken: /layoutWorker\.js$/ });
    diagram.expectFailures(/ERR_FAILED/);
    // It settles with nothing to tell only where there is a layout.
    assert.equal(await page.locator('.status-notice').textContent(), '');
    assert.ok((await canvasInk(page)).share > 0.02);
  });

  it('draws what comes into sight while panning as it draws the whole', async () => {
    const { page } = await open({ model: shopModel() });
    await diagram.send({ type: 'reveal', table: 'order' });
    await diagram.settled();
    const ground = (await page.locator('.canvas > canvas').boundingBox())!;
    await page.mouse.move(ground.x + 30, ground.y + 30);
    const take = () =>
      page.evaluate(async () => {
        await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
        const canvas = document.querySelector<HTMLCanvasElement>('.canvas > canvas')!;
        const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
        const kept = window as unknown as { before: Uint8ClampedArray | undefined };
        const { before } = kept;
        kept.before = data;
        if (before === undefined) return null;
        let differing = 0;
        for (let at = 0; at < data.length; at += 4)
          if ([0, 1, 2].some((channel) => Math.abs(data[at + channel]! - before[at + channel]!) > 40)) differing++;
        return differing / (data.length / 4);
      });
    await page.mouse.down();
    await page.mouse.move(ground.x + 260, ground.y + 190, { steps: 12 });
    // In mid-movement, and once it rests.
    await take();
    await page.mouse.up();
    await page.waitForTimeout(500);
    const differing = (await take())!;
    // The press clears the hover; edges of letters may be off by a fraction of a pixel.
    assert.ok(differing < 0.01, `${differing} of the picture differs`);
  });

  it('moves the picture of many tables while zooming, and draws it when it rests', async () => {
    const { page } = await open({ model: largeModel(300) });
    const canvas = page.locator('.canvas > canvas');
    await canvas.evaluate((element) => {
      const seen: string[] = [];
      (window as unknown as { transforms: string[] }).transforms = seen;
      new MutationObserver(() => seen.push((element as HTMLElement).style.transform)).observe(element, {
        attributes: true,
        attributeFilter: ['style'],
      });
    });
    const { x, y } = await diagram.header('billing_ledger');
    await page.mouse.move(x, y);
    // A machine that takes longer for a frame than a picture needs to rest draws at once: then once more.
    for (let attempt = 0; ; attempt++) {
      await page.mouse.wheel(0, attempt % 2 === 0 ? -120 : 120);
      const moved = await page
        .waitForFunction(
          () => {
            const { transforms } = window as unknown as { transforms: string[] };
            return transforms.some((transform) => transform.includes('scale')) && transforms.at(-1) === '';
          },
          null,
          { timeout: 3000 },
        )
        .catch((error: unknown) => {
          if (attempt === 9) throw error;
          return null;
        });
      if (moved !== null) break;
    }
  });

  it('says why there is nothing to draw', async () => {
    const { page } = await open({ model: null });
    await diagram.send({ type: 'empty', message: 'No entities were found in packages/api.' });
    await page.getByText('No entities were found in packages/api.').waitFor();
  });

  it('selects a table on a click and shows its source; a double click goes there', async () => {
    const { page } = await open({ model: smallModel() });
    const { x, y } = await diagram.header('order');
    await page.mouse.click(x, y);
    const look = await diagram.message('openSource');
    assert.equal(look.at.file, 'file:///shop/src/orders/order.entity.ts');
    assert.equal(look.at.line, 8);
    assert.equal(look.preserveFocus, true);
    assert.equal(await page.locator('.side-panel h2').textContent(), 'order');
    assert.equal((await diagram.savedState())?.selected, 'order');
    const before = (await diagram.messages()).length;
    await page.mouse.dblclick(x, y);
    await page.waitForTimeout(200);
    const last = await diagram.message('openSource', before);
    assert.equal(last.preserveFocus, false);
  });

  it('opens the source of the column whose row is clicked', async () => {
    const { page } = await open({ model: smallModel() });
    const box = await page.locator('[data-table="order"]').boundingBox();
    assert.ok(box);
    // Header 32, rows 22 high at zoom 1: the third row is customer_id.
    const scale = box.height / (32 + 10 * 22);
    await page.mouse.click(box.x + 60 * scale, box.y + (32 + 2.5 * 22) * scale);
    assert.equal((await diagram.message('openSource')).at.line, 12 + 2 * 4);
    await page.locator('.side-column.selected', { hasText: 'customer_id' }).waitFor();
  });

  it('clears the selection on a click beside the tables, and does not take a drag for a click', async () => {
    const { page } = await open({ model: smallModel() });
    const { x } = await diagram.header('order');
    const ground = (await page.locator('.canvas > canvas').boundingBox())!;
    await page.mouse.move(ground.x + 6, ground.y + ground.height - 6);
    await page.mouse.down();
    await page.mouse.move(ground.x - 84, ground.y + ground.height - 46, { steps: 4 });
    await page.mouse.up();
    await page.waitForTimeout(400);
    assert.equal((await diagram.messages()).filter(({ type }) => type === 'openSource').length, 0);
    const moved = await diagram.header('order');
    assert.ok(Math.abs(moved.x - (x - 90)) < 2, `the table is at ${moved.x}, not at ${x - 90}`);
    await page.mouse.click(moved.x, moved.y);
    await page.locator('.side-panel h2', { hasText: 'order' }).waitFor();
    const canvas = await page.locator('.canvas > canvas').boundingBox();
    await page.mouse.click(canvas!.x + 6, canvas!.y + canvas!.height - 6);
    await page.locator('.side-panel h2', { hasText: 'shop' }).waitFor();
  });

  it('zooms at the pointer with the wheel, and by buttons', async () => {
    const { page } = await open({ model: shopModel() });
    const before = await diagram.header('order');
    await page.mouse.move(before.x, before.y);
    await page.mouse.wheel(0, -500);
    await page.waitForTimeout(500);
    const after = await diagram.header('order');
    assert.ok(
      Math.abs(after.x - before.x) < 25 && Math.abs(after.y - before.y) < 25,
      'the point under the pointer stays',
    );
    const zoom = async () => Number.parseInt((await page.locator('.status-zoom').textContent()) ?? '', 10);
    const near = await zoom();
    await page.getByRole('button', { name: 'Zoom out' }).click();
    await page.waitForTimeout(400);
    assert.ok((await zoom()) < near);
    await page.getByRole('button', { name: 'Show everything' }).click();
    await page.waitForTimeout(400);
    const canvas = await page.locator('.canvas > canvas').boundingBox();
    for (const id of ['customer', 'shipment_line', 'refund']) {
      const point = await diagram.header(id);
      assert.ok(point.x > canvas!.x && point.x < canvas!.x + canvas!.width, `${id} is on the screen`);
    }
  });

  it('jumps from the search to a table and to a column', async () => {
    const { page } = await open({ model: largeModel(300) });
    await page.keyboard.press('Control+f');
    await page.keyboard.type('reporting_ticket');
    await page.locator('.search-popup button').first().waitFor();
    await page.keyboard.press('Enter');
    await page.locator('.side-panel h2', { hasText: 'reporting_ticket' }).waitFor();
    await page.waitForTimeout(400);
    const canvas = (await page.locator('.canvas > canvas').boundingBox())!;
    const found = await diagram.header('reporting_ticket');
    assert.ok(Math.abs(found.x - (canvas.x + canvas.width / 2)) < 5, 'the table is in the middle');
    assert.equal(await page.evaluate(() => (document.activeElement as HTMLElement).dataset.table), 'reporting_ticket');

    await page.keyboard.press('Control+f');
    await page.keyboard.type('search_plan.status');
    await page.locator('.search-popup button', { hasText: 'status' }).first().waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.locator('.side-column.selected', { hasText: 'status' }).waitFor();
    assert.equal(await page.locator('.side-panel h2').textContent(), 'search_plan');
  });

  it('says so when nothing is found, and Escape empties the field', async () => {
    const { page } = await open({ model: smallModel() });
    await page.keyboard.press('Control+f');
    await page.keyboard.type('zebra');
    await page.getByText('No table, column or value is called “zebra”.').waitFor();
    await page.keyboard.press('Escape');
    await page.locator('.search-popup').waitFor({ state: 'detached' });
    assert.equal(await page.locator('vscode-text-field').evaluate((field) => (field as HTMLInputElement).value), '');
  });

  it('lists columns, relations and findings of the selected table; a relation leads to the other table', async () => {
    const { page } = await open({ model: shopModel() });
    await diagram.send({ type: 'reveal', table: 'order' });
    await page.locator('.side-panel h2', { hasText: 'order' }).waitFor();
    assert.equal(await page.locator('.side-column').count(), 10);
    await page.locator('.side-finding').first().click();
    assert.equal((await diagram.message('openSource')).at.line, 12 + 2 * 4);
    await page.locator('.side-relation', { hasText: 'payment' }).first().click();
    await page.locator('.side-panel h2', { hasText: 'payment' }).waitFor();
  });

  it('opens with keys only where all columns would make names too small to read', async () => {
    const { page } = await open({ model: shopModel() });
    assert.equal(await page.locator('.toolbar-detail').evaluate((list) => (list as HTMLSelectElement).value), 'keys');
    const zoom = Number.parseInt((await page.locator('.status-zoom').textContent()) ?? '', 10);
    assert.ok(zoom >= 35, `30 tables are shown at ${zoom} %`);
    assert.equal((await diagram.savedState())?.detail, undefined);
  });

  it('shows keys or names only, and lays the smaller tables out anew', async () => {
    const { page } = await open({ model: smallModel() });
    const height = async () => (await page.locator('[data-table="order"]').boundingBox())!.height;
    const all = await height();
    const choose = async (label: string) => {
      await page.getByRole('combobox', { name: 'Level of detail' }).click();
      await page.getByRole('option', { name: label, exact: true }).click();
      await diagram.settled();
    };
    await choose('Keys');
    const keys = await height();
    assert.ok(keys < all, `${keys} < ${all}`);
    await choose('Names only');
    assert.ok((await height()) < keys);
    assert.equal((await diagram.savedState())?.detail, 'names');
  });

  it('asks the host for exports and another project', async () => {
    const { page } = await open({ model: smallModel() });
    await page.getByRole('button', { name: 'Export diagram' }).click();
    await page.getByRole('menuitem', { name: 'Mermaid' }).click();
    assert.equal((await diagram.message('export')).format, 'mermaid');
    await page.getByRole('combobox', { name: 'Project' }).click();
    await page.getByRole('option', { name: 'packages/jobs' }).click();
    assert.equal((await diagram.message('selectProject')).project, projects[1]!.id);
  });

  it('draws the whole diagram as a PNG', async () => {
    const { page } = await open({ model: shopModel() });
    await diagram.send({ type: 'export', format: 'png', theme: 'editor' });
    const { data } = await diagram.message('exported');
    const bytes = Buffer.from(data, 'base64');
    assert.deepEqual([...bytes.subarray(0, 8)], [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
    const [width, height] = [bytes.readUInt32BE(16), bytes.readUInt32BE(20)];
    assert.ok(width > 1500 && height > 500, `${width} × ${height}`);
    const ink = await page.evaluate(async (base64) => {
      const picture = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
      const bitmap = await createImageBitmap(new Blob([picture], { type: 'image/png' }), { resizeWidth: 400 });
      const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
      const context = canvas.getContext('2d')!;
      context.drawImage(bitmap, 0, 0);
      return new Set(new Uint32Array(context.getImageData(0, 0, bitmap.width, bitmap.height).data.buffer)).size;
    }, data);
    assert.ok(ink > 50, `${ink} colours`);
  });

  it('keeps a PNG of a thousand tables within what a canvas can hold, and says so', async () => {
    const saved = { project: projects[0]!.id, zoom: null, selected: null, detail: 'all' as const };
    const { page } = await open({ model: largeModel(1000), saved });
    await diagram.send({ type: 'export', format: 'png', theme: 'editor' });
    await page.waitForFunction(
      () => (window as unknown as { messages: { type: string }[] }).messages.some(({ type }) => type === 'exported'),
      null,
      { timeout: 45_000 },
    );
    const { data } = await diagram.message('exported');
    const bytes = Buffer.from(data.slice(0, 64), 'base64');
    assert.ok(bytes.readUInt32BE(16) * bytes.readUInt32BE(20) <= 64_000_000);
    await page.locator('.status-notice', { hasText: 'SVG keeps every detail' }).waitFor();
  }).timeout(120_000);

  it('is as it was after a reload: place, selection, detail', async () => {
    const { page } = await open({ model: shopModel() });
    await diagram.send({ type: 'reveal', table: 'payment' });
    await page.waitForTimeout(600);
    await page.getByRole('button', { name: 'Hide details' }).first().click();
    await page.waitForTimeout(400);
    const before = await diagram.savedState();
    assert.equal(before?.selected, 'payment');
    assert.ok(before.zoom);
    const at = await diagram.header('payment');
    await page.reload();
    await diagram.settled();
    const after = await diagram.header('payment');
    assert.ok(Math.hypot(after.x - at.x, after.y - at.y) < 2, `${JSON.stringify(at)} → ${JSON.stringify(after)}`);
    assert.equal(await page.locator('[data-table="payment"]').getAttribute('aria-selected'), 'true');
    assert.equal(await page.locator('.side-panel').count(), 0);
    assert.deepEqual((await diagram.savedState())?.zoom, before.zoom);
  });

  it('takes an edit in without moving what is unchanged', async () => {
    const { page } = await open({ model: shopModel() });
    await diagram.send({ type: 'reveal', table: 'warehouse' });
    await page.waitForTimeout(600);
    const at = await diagram.header('warehouse');

    const words = edit(shopModel(), 'warehouse', (columns) =>
      columns.map((column) => (column.name === 'name' ? { ...column, nullable: true } : column)),
    );
    await diagram.send(modelMessage(words));
    await page.waitForTimeout(500);
    assert.deepEqual(await diagram.header('warehouse'), at);
    await page.locator('.side-column', { hasText: 'varchar(120)?' }).waitFor();

    const added = edit(shopModel(), 'brand', (columns) => [
      ...columns,
      { ...columns[1]!, name: 'founded_in', badges: [] },
    ]);
    await diagram.send(modelMessage(added));
    await diagram.settled();
    const after = await diagram.header('warehouse');
    assert.ok(Math.hypot(after.x - at.x, after.y - at.y) < 2, 'the selected table stays where it is on the screen');
    assert.equal(await page.locator('[data-table="warehouse"]').getAttribute('aria-selected'), 'true');
  });

  it('follows the theme without a reload', async () => {
    const { page } = await open({ model: smallModel(), theme: 'dark' });
    const corner = () =>
      page
        .locator('.canvas > canvas')
        .evaluate((canvas: HTMLCanvasElement) => [
          ...canvas.getContext('2d')!.getImageData(2, 2, 1, 1).data.slice(0, 3),
        ]);
    assert.deepEqual(await corner(), [0x1f, 0x1f, 0x1f]);
    await page.evaluate(() => {
      document.documentElement.style.setProperty('--vscode-editor-background', '#ffffff');
      document.body.className = 'vscode-light';
    });
    await page.waitForTimeout(300);
    assert.deepEqual(await corner(), [255, 255, 255]);
  });

  it('tells what is under a resting pointer', async () => {
    const { page } = await open({ model: smallModel() });
    const { x, y } = await diagram.header('order_line');
    await page.mouse.move(x - 3, y);
    await page.mouse.move(x, y);
    const card = page.locator('.hover-card');
    await card.waitFor();
    assert.match((await card.textContent()) ?? '', /order_line/);
    await page.keyboard.press('Escape');
    await card.waitFor({ state: 'detached' });
  });
});

type Columns = DiagramModel['tables'][number]['columns'];

function edit(model: DiagramModel, id: string, change: (columns: Columns) => Columns): DiagramModel {
  return {
    ...model,
    tables: model.tables.map((table) => (table.id === id ? { ...table, columns: change(table.columns) } : table)),
  };
}
