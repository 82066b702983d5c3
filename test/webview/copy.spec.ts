/** Copy as image: what lies in the clipboard then. */
import assert from 'node:assert/strict';
import { openDiagram } from './diagramPage.ts';
import { smallModel } from './models.ts';
import { shared } from './shared.ts';

describe('copying the diagram', () => {
  it('puts the whole diagram into the clipboard as a picture, and says so', async () => {
    const { browser, site } = await shared();
    const diagram = await openDiagram(browser, site, { model: smallModel() });
    const { page } = diagram;
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.getByRole('button', { name: 'Export diagram' }).click();
    await page.getByRole('menuitem', { name: 'Copy as Image' }).click();
    await page.locator('.status-notice', { hasText: 'The diagram was copied as an image.' }).waitFor();
    const size = await page.evaluate(async () => {
      const [item] = await navigator.clipboard.read();
      const bitmap = await createImageBitmap(await item!.getType('image/png'));
      return { width: bitmap.width, height: bitmap.height };
    });
    assert.ok(size.width > 600 && size.height > 300, JSON.stringify(size));
    await diagram.close();
  });

  it('says why where the clipboard is closed to it', async () => {
    const { browser, site } = await shared();
    const diagram = await openDiagram(browser, site, { model: smallModel() });
    const { page } = diagram;
    await page.evaluate(() => {
      navigator.clipboard.write = () => Promise.reject(new Error('Not allowed here.'));
    });
    await page.getByRole('button', { name: 'Export diagram' }).click();
    await page.getByRole('menuitem', { name: 'Copy as Image' }).click();
    await page.locator('.status-notice', { hasText: 'The diagram was not copied: Not allowed here.' }).waitFor();
    await diagram.close();
  });
});
