/** Code around an entity, as a user has it written: asked for at the cursor, looked at in the refactor preview, applied, undone. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, afterEach, before, describe, it } from 'mocha';
import type { Locator, Page } from 'playwright-core';
import { chooseInSubmenu, openFileByName, openWorkbench, runPaletteCommand } from '../support/workbench.ts';
import { clickTable, diagramReady } from './diagram.ts';
import { openSession } from './session.ts';
import type { Session } from './session.ts';

const entity = 'src/catalog/entities/brand.entity.ts';
const repository = 'src/catalog/brands.repository.ts';
const module = 'src/catalog/catalog.module.ts';

describe('code around an entity, as a user', () => {
  let session: Session;
  let page: Page;
  let beforeApplied = '';

  before(async function () {
    this.timeout(180_000);
    session = await openSession();
    page = session.page;
    await openWorkbench(page, session.server.url(session.workspace));
  });

  after(async () => {
    // Null when the set-up itself has failed.
    await (session as Session | undefined)?.close();
  });

  afterEach(async function () {
    if (this.currentTest?.state === 'failed')
      await session.picture(`failed-${this.currentTest.title.replaceAll(/\W+/g, '-').toLowerCase()}`);
  });

  const preview = (): Locator => page.locator('.refactor-preview, .bulk-edit-panel').first();
  const onDisk = (path: string) => join(session.workspace, path);

  it('is shown in the refactor preview first, everything ticked, and nothing is written', async () => {
    await openFileByName(page, entity);
    await runPaletteCommand(page, 'Data Engineer: Create Repository');
    await preview().waitFor();
    const rows = preview().locator('.monaco-list-row');
    await rows.filter({ hasText: 'brands.repository.ts' }).first().waitFor();
    await rows.filter({ hasText: 'catalog.module.ts' }).first().waitFor();
    await rows.filter({ hasText: 'brands.repository.ts' }).first().click();
    await page.waitForTimeout(1500);
    await session.picture('refactor-preview');
    assert.ok(!existsSync(onDisk(repository)));
    const boxes = await rows
      .filter({ hasText: /brands\.repository\.ts|catalog\.module\.ts/ })
      .locator('.edit-checkbox')
      .all();
    assert.ok(boxes.length >= 2);
    for (const box of boxes) assert.equal(await box.getAttribute('aria-checked'), 'true');
  });

  it('is not written where the preview is discarded', async () => {
    const untouched = readFileSync(onDisk(module), 'utf8');
    await page.getByRole('button', { name: 'Discard' }).first().click();
    await preview().locator('.monaco-list-row').first().waitFor({ state: 'hidden' });
    await page.waitForTimeout(1000);
    assert.ok(!existsSync(onDisk(repository)));
    assert.equal(readFileSync(onDisk(module), 'utf8'), untouched);
  });

  it('is written where it is applied, beside what is there', async () => {
    beforeApplied = readFileSync(onDisk(module), 'utf8');
    await runPaletteCommand(page, 'Data Engineer: Create Repository');
    await preview().locator('.monaco-list-row').first().waitFor();
    await page.getByRole('button', { name: 'Apply' }).first().click();
    await page
      .locator('.notification-list-item', { hasText: /created/ })
      .first()
      .waitFor();
    assert.match(readFileSync(onDisk(repository), 'utf8'), /export class BrandsRepository/);
    const text = readFileSync(onDisk(module), 'utf8');
    assert.match(text, /BrandsRepository/);
    assert.ok(text.length > beforeApplied.length);
    await session.picture('generated');
  });

  it('is taken back in one step, wherever it was written', async () => {
    await openFileByName(page, module);
    await page.locator('.monaco-editor .view-lines').first().click();
    await page.keyboard.press('ControlOrMeta+Z');
    await until(() => !existsSync(onDisk(repository)));
    await page.keyboard.press('ControlOrMeta+S');
    await until(() => readFileSync(onDisk(module), 'utf8') === beforeApplied);
  });

  it('is offered in the menu of the diagram', async () => {
    await runPaletteCommand(page, 'Data Engineer: Show ER Diagram');
    await diagramReady(page);
    await clickTable(page, 'brands', { button: 'right' });
    await chooseInSubmenu(page, 'Create Code', 'Create DTOs');
    await preview().waitFor();
    await preview()
      .locator('.monaco-list-row', { hasText: /brand\.dto\.ts|brand/ })
      .first()
      .waitFor();
    await page.getByRole('button', { name: 'Discard' }).first().click();
  });
});

/** Files are written a moment after the editor has said so. */
async function until(holds: () => boolean): Promise<void> {
  for (let attempt = 0; attempt < 50 && !holds(); attempt++) await new Promise((resolve) => setTimeout(resolve, 200));
  assert.ok(holds());
}
