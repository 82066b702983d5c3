import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';
import { nothingSaved } from '../../src/core/diagram/saved.ts';
import { openDiagram, projects } from './diagramPage.ts';
import type { DiagramPage, OpenOptions } from './diagramPage.ts';
import { changedModel, largeModel, shopModel, smallModel } from './models.ts';
import { shared } from './shared.ts';
import { themes } from './themes.ts';
import type { ThemeName } from './themes.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface Violation {
  readonly id: string;
  readonly help: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[];
}

async function violations(page: Page): Promise<string> {
  await page.evaluate(axe);
  const found = await page.evaluate(
    async () =>
      (await (window as unknown as { axe: { run: () => Promise<{ violations: unknown[] }> } }).axe.run()).violations,
  );
  return (found as Violation[])
    .map(
      ({ id, help, nodes }) =>
        `${id}: ${help}\n${nodes.map((node) => `  ${node.html}\n  ${node.failureSummary}`).join('\n')}`,
    )
    .join('\n');
}

describe('accessibility', () => {
  let diagram: DiagramPage;

  async function open(options: OpenOptions): Promise<Page> {
    const { browser, site } = await shared();
    diagram = await openDiagram(browser, site, options);
    return diagram.page;
  }

  afterEach(async () => {
    await diagram.close();
  });

  for (const theme of Object.keys(themes) as ThemeName[])
    it(`has nothing for axe to find in the ${theme} theme`, async () => {
      const page = await open({ model: shopModel(), theme });
      assert.equal(await violations(page), '');
      await diagram.send({ type: 'reveal', table: 'order', column: 'customer_id' });
      await page.locator('.side-column.selected').waitFor();
      await page.getByRole('button', { name: 'Export diagram' }).click();
      assert.equal(await violations(page), '');
      await page.keyboard.press('Escape');
      await page.keyboard.press('Control+f');
      await page.keyboard.type('order');
      await page.locator('.search-popup button').first().waitFor();
      assert.equal(await violations(page), '');
    });

  for (const theme of ['light', 'high-contrast'] as const)
    it(`has nothing for axe to find in menus, filters, cards and changes in the ${theme} theme`, async () => {
      const page = await open({ model: changedModel(), theme });
      const project = projects[0]!.id;
      const saved = { type: 'saved', project, name: 'money', names: ['default', 'money'], exists: true } as const;
      await diagram.send({ ...saved, saved: nothingSaved, problem: null });
      await page.getByText('Changes since main').waitFor();
      for (const menu of ['Saved views', 'View']) {
        await page.getByRole('button', { name: menu, exact: true }).click();
        await page.locator('[role^=menuitem]').first().waitFor();
        assert.equal(await violations(page), '', menu);
        await page.keyboard.press('Escape');
      }
      await diagram.send({ type: 'reveal', table: 'order' });
      await page.getByRole('button', { name: 'Edit entity' }).click();
      await page.getByRole('menuitem', { name: 'Delete Index…' }).waitFor();
      assert.equal(await violations(page), '', 'Edit entity');
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: 'Focus on it and its neighbours' }).click();
      await page.getByRole('button', { name: 'One step more' }).waitFor();
      await page.getByRole('button', { name: 'Path to another table' }).click();
      await page.getByText('Path from order: choose a table').waitFor();
      await diagram.settled();
      const head = await diagram.header('order');
      await page.mouse.move(head.x, head.y);
      await page.locator('.hover-card').waitFor();
      assert.equal(await violations(page), '', 'filters and a card');
      await page.locator('vscode-dropdown[aria-label="Level of detail of this table"]').click();
      await page.locator('.side-panel').getByRole('option', { name: 'Name only' }).waitFor();
      assert.equal(await violations(page), '', 'a list of choices');
    });

  it('is clean with nothing to draw', async () => {
    const page = await open({ model: null });
    await diagram.send({ type: 'empty', message: 'Nothing here.' });
    await page.getByText('Nothing here.').waitFor();
    assert.equal(await violations(page), '');
  });

  it('names every table with its columns, relations and findings', async () => {
    const page = await open({ model: smallModel() });
    const names = await page
      .getByRole('option')
      .evaluateAll((elements) =>
        elements
          .filter((element) => element.hasAttribute('data-table'))
          .map((element) => element.getAttribute('aria-label')),
      );
    assert.equal(names.length, 5);
    assert.ok(
      names.includes('order, table, 10 columns, related to customer, order_line, 2 findings'),
      names.join('\n'),
    );
  });

  it('holds every one of 300 tables, with a single tab stop', async () => {
    const page = await open({ model: largeModel(300) });
    await page.waitForFunction(() => document.querySelectorAll('[data-table]').length === 300);
    assert.equal(await page.locator('[data-table][tabindex="0"]').count(), 1);
  });

  it('goes along relations with the arrow keys, opens the source with Enter, and keeps the table in sight', async () => {
    const page = await open({ model: smallModel() });
    const focused = () => page.evaluate(() => (document.activeElement as HTMLElement).dataset.table ?? null);
    await diagram.send({ type: 'reveal', table: 'customer' });
    await page.waitForTimeout(300);
    await page.locator('[data-table="customer"]').focus();
    await page.keyboard.press('ArrowRight');
    assert.equal(await focused(), 'order');
    await page.keyboard.press('ArrowRight');
    assert.equal(await focused(), 'order_line');
    await page.keyboard.press('Enter');
    const message = await diagram.message('openSource');
    assert.equal(message.at.file, 'file:///shop/src/orders/order-line.entity.ts');
    assert.equal(message.preserveFocus, false);
    await page.waitForTimeout(400);
    const canvas = (await page.locator('.canvas > canvas').boundingBox())!;
    const box = (await page.locator('[data-table="order_line"]').boundingBox())!;
    assert.ok(box.x >= canvas.x && box.x + box.width <= canvas.x + canvas.width, 'the table is on the screen');
    await page.keyboard.press('ArrowLeft');
    assert.equal(await focused(), 'order');
    await page.keyboard.press('Home');
    const first = await focused();
    await page.keyboard.press('End');
    assert.notEqual(await focused(), first);
    await page.keyboard.press('Escape');
    assert.equal(await page.locator('[aria-selected="true"][data-table]').count(), 0);
  });

  it('draws a ring around the table the keyboard is on', async () => {
    const page = await open({ model: smallModel() });
    await diagram.send({ type: 'reveal', table: 'order' });
    await page.waitForTimeout(500);
    const without = await page.locator('.canvas > canvas').screenshot();
    await page.keyboard.press('Control+f');
    await page.keyboard.press('Escape');
    await page.waitForTimeout(300);
    assert.equal(await page.evaluate(() => (document.activeElement as HTMLElement).dataset.table), 'order');
    assert.notDeepEqual(await page.locator('.canvas > canvas').screenshot(), without);
  });

  it('zooms and pans by keys', async () => {
    const page = await open({ model: smallModel() });
    await page.locator('[data-table][tabindex="0"]').focus();
    const zoom = async () => Number.parseInt((await page.locator('.status-zoom').textContent()) ?? '', 10);
    await page.waitForTimeout(300);
    const before = await zoom();
    await page.keyboard.press('+');
    await page.waitForTimeout(400);
    assert.ok((await zoom()) > before);
    const at = await diagram.header('order');
    await page.keyboard.press('Shift+ArrowRight');
    await page.waitForTimeout(400);
    const panned = await diagram.header('order');
    assert.ok(panned.x < at.x - 50, `${panned.x} < ${at.x}`);
    await page.keyboard.press('0');
    await page.waitForTimeout(400);
    assert.equal(await zoom(), before);
  });

  it('is usable at 200 %: half the room', async () => {
    const page = await open({ model: shopModel(), width: 640, height: 400, pixelRatio: 2 });
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    assert.ok(overflow <= 0, `${overflow} px too wide`);
    for (const name of ['Zoom in', 'Export diagram', 'Hide details']) {
      const box = await page.getByRole('button', { name }).first().boundingBox();
      assert.ok(box !== null && box.x >= 0 && box.x + box.width <= 640, `${name} is on the screen`);
    }
    await diagram.send({ type: 'reveal', table: 'order' });
    for (const menu of ['Edit entity', 'View', 'Export diagram']) {
      await page.getByRole('button', { name: menu, exact: true }).first().click();
      const list = (await page.locator('.menu-list').boundingBox())!;
      const place = JSON.stringify(list);
      assert.ok(list.x >= 0 && list.x + list.width <= 640 && list.y >= 0 && list.y + list.height <= 400, place);
      await page.keyboard.press('Escape');
    }
  });
});
