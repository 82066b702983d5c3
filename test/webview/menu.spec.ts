/** What VS Code's own menu is told when it opens on the diagram. */
import assert from 'node:assert/strict';
import { openDiagram } from './diagramPage.ts';
import type { DiagramPage } from './diagramPage.ts';
import { shopModel } from './models.ts';
import { shared } from './shared.ts';

describe('the menu of the diagram', () => {
  let diagram: DiagramPage;

  beforeEach(async () => {
    const { browser, site } = await shared();
    diagram = await openDiagram(browser, site, { model: shopModel() });
  });
  afterEach(async () => {
    await diagram.close();
  });

  const told = async () => {
    const context = await diagram.page.locator('.canvas').getAttribute('data-vscode-context');
    return JSON.parse(context ?? 'null') as Readonly<Record<string, unknown>> | null;
  };

  it('opens on the table under the pointer', async () => {
    const { page } = diagram;
    await diagram.send({ type: 'reveal', table: 'brand' });
    await diagram.settled();
    const box = (await page.locator('[data-table="brand"]').boundingBox())!;
    await page.mouse.click(box.x + box.width / 2, box.y + 8, { button: 'right' });
    const { webviewSection, table, label, at } = (await told())!;
    assert.deepEqual({ webviewSection, table, label }, { webviewSection: 'entity', table: 'brand', label: 'brand' });
    assert.equal(typeof (at as { file: unknown }).file, 'string');
  });

  it('opens on the diagram beside the tables, with the project', async () => {
    const { page } = diagram;
    const canvas = (await page.locator('.canvas').boundingBox())!;
    await page.mouse.click(canvas.x + 3, canvas.y + canvas.height - 3, { button: 'right' });
    const context = (await told())!;
    assert.equal(context.webviewSection, 'diagram');
    assert.equal(context.id, context.project);
    assert.equal('table' in context, false);
  });

  it('opens on the table that has the keyboard, wherever the pointer rests', async () => {
    const { page } = diagram;
    await diagram.send({ type: 'reveal', table: 'brand' });
    await diagram.settled();
    await page.locator('[data-table="brand"]').focus();
    await page.locator('[data-table="brand"]').dispatchEvent('contextmenu', { bubbles: true, clientX: 1, clientY: 1 });
    assert.equal((await told())!.table, 'brand');
  });
});
