/** Code around an entity, as a user has it written: asked for at the cursor, looked at in the refactor preview, applied, undone. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, afterEach, before, describe, it } from 'mocha';
import type { Locator, Page } from 'playwright-core';
import { openFileByName, openWorkbench, runPaletteCommand } from '../support/workbench.ts';
import { openSession } from './session.ts';
import type { Session } from './session.ts';

const entity = 'src/catalog/entities/brand.entity.ts';
const repository = 'src/catalog/brands.repository.ts';
const module = 'src/catalog/catalog.module.ts';

describe('code around an entity, as a user', () => {
  let session: Session;
  let page: Page;

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
    const before = readFileSync(onDisk(module), 'utf8');
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
    assert.ok(text.length > before.length);
    await session.picture('generated');
  });
});
