/** The exported page in a browser that has no network. */
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Page } from 'playwright-core';
import { renderDiagram } from '../../src/core/report/renderDiagram.ts';
import { nastyDiagram } from '../support/nastyDiagram.ts';
import { shopModel } from './models.ts';
import { shared } from './shared.ts';
import { repository } from './site.ts';

describe('the exported page', () => {
  let page: Page;
  let folder: string;
  let requests: string[];
  let errors: string[];

  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'diagram-page-'));
  });

  after(() => {
    rmSync(folder, { recursive: true });
  });

  async function open(model = shopModel()): Promise<void> {
    const file = join(folder, 'diagram.html');
    writeFileSync(file, await renderDiagram(model, 'html', { theme: 'light', arrangement: 'right' }));
    const { browser } = await shared();
    page = await (await browser.newContext({ offline: true, viewport: { width: 1200, height: 800 } })).newPage();
    requests = [];
    errors = [];
    page.on('request', (request) => requests.push(request.url()));
    page.on('pageerror', (error) => errors.push(error.message));
    page.on('console', (entry) => {
      if (entry.type() === 'error') errors.push(entry.text());
    });
    await page.goto(pathToFileURL(file).href);
  }

  afterEach(async () => {
    await page.context().close();
    assert.deepEqual(errors, []);
    assert.equal(requests.length, 1, 'it loads nothing but itself');
  });

  const viewBox = async () =>
    ((await page.locator('svg').getAttribute('viewBox')) ?? '').split(' ').map(Number) as [
      number,
      number,
      number,
      number,
    ];

  it('finds tables and columns, and goes there', async () => {
    await open();
    const all = await viewBox();
    await page.keyboard.press('Control+f');
    await page.keyboard.type('refund');
    assert.equal(await page.getByRole('option').count(), 1);
    await page.keyboard.press('Enter');
    assert.ok((await viewBox())[2] < all[2]);
    assert.equal(await page.locator('#said').textContent(), 'refund');
    const found = (await page.locator('.found').boundingBox())!;
    assert.ok(found.x > 0 && found.x + found.width < 1200 && found.y > 30 && found.y + found.height < 800);
    await page.screenshot({ path: join(repository, 'test-results', 'page-found.png') });
    await page.locator('#search').fill('loyalty_account');
    await page.getByRole('option').first().waitFor();
    await page.locator('#search').fill('tracking_number');
    assert.match((await page.getByRole('option').first().textContent()) ?? '', /tracking_number shipment/);
    await page.keyboard.press('Escape');
    assert.equal(await page.getByRole('option').count(), 0);
  });

  it('pans with the pointer and the arrows, zooms with the wheel, buttons and keys, and fits again', async () => {
    await open();
    const all = await viewBox();
    await page.mouse.move(600, 400);
    await page.mouse.down();
    await page.mouse.move(500, 350, { steps: 3 });
    await page.mouse.up();
    const panned = await viewBox();
    assert.ok(panned[0] > all[0] && panned[1] > all[1] && panned[2] === all[2]);
    await page.mouse.wheel(0, -300);
    await page.waitForTimeout(100);
    assert.ok((await viewBox())[2] < all[2]);
    await page.getByRole('button', { name: 'Fit' }).click();
    assert.deepEqual(await viewBox(), all);
    await page.getByRole('button', { name: 'Zoom in' }).click();
    assert.ok((await viewBox())[2] < all[2]);
    await page.locator('#frame').focus();
    await page.keyboard.press('0');
    await page.keyboard.press('ArrowRight');
    assert.ok((await viewBox())[0] > all[0]);
  });

  it('changes its colours, and prints nothing but the picture', async () => {
    await open();
    const colour = () => page.evaluate(() => getComputedStyle(document.querySelector('.bg')!).fill);
    const light = await colour();
    await page.getByRole('button', { name: 'Theme' }).click();
    assert.notEqual(await colour(), light);
    await page.screenshot({ path: join(repository, 'test-results', 'page-dark.png') });
    await page.emulateMedia({ media: 'print' });
    assert.equal(await page.locator('header').isVisible(), false);
    assert.ok(await page.locator('svg').isVisible());
  });

  it('holds any name, and lets none of them out of its text', async () => {
    const model = nastyDiagram();
    const [table, ...others] = model.tables;
    await open({
      ...model,
      tables: [{ ...table!, entity: '</script><img src=x onerror=alert(1)>' }, ...others],
      title: '</title><script>alert(1)</script>',
    });
    assert.equal(await page.locator('img').count(), 0);
    assert.equal(await page.title(), '</title><script>alert(1)</script>');
  });

  it('has nothing for axe to find', async () => {
    await open();
    await page.evaluate(readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8'));
    const found = await page.evaluate(
      async () =>
        (
          await (
            window as unknown as {
              axe: {
                run: () => Promise<{ violations: { id: string; nodes: { html: string; failureSummary: string }[] }[] }>;
              };
            }
          ).axe.run()
        ).violations,
    );
    assert.deepEqual(
      found.map(
        ({ id, nodes }) =>
          `${id}: ${nodes.map(({ html, failureSummary }) => html.slice(0, 200) + failureSummary).join()}`,
      ),
      [],
    );
  });
});
