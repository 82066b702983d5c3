import assert from 'node:assert/strict';
import { openDiagram } from './diagramPage.ts';
import { largeModel, shopModel } from './models.ts';
import { shared } from './shared.ts';

describe('the first picture', () => {
  it('needs neither React nor the controls', async () => {
    const { browser, site } = await shared();
    const diagram = await openDiagram(browser, site, {
      model: largeModel(300),
      eager: true,
      broken: /\/toolkit-[^/]*\.js$/,
    });
    diagram.expectFailures(/toolkit|Failed to load|ERR_FAILED/);
    const { page } = diagram;
    const canvas = page.locator('.first-picture > canvas:nth-of-type(2)');
    await canvas.waitFor({ state: 'attached', timeout: 20_000 });
    await page.waitForFunction(() => {
      const drawn = document.querySelector<HTMLCanvasElement>('.first-picture > canvas:nth-of-type(2)');
      const pixels = drawn?.getContext('2d')?.getImageData(0, 0, drawn.width, drawn.height).data ?? [];
      const colours = new Set<number>();
      for (let at = 0; at + 2 < pixels.length; at += 4)
        colours.add((pixels[at]! << 16) | (pixels[at + 1]! << 8) | pixels[at + 2]!);
      return colours.size > 50;
    });
    assert.equal(await page.locator('.toolbar').count(), 0);
    // Whoever keeps the log learns why nothing else came.
    assert.match((await diagram.message('error')).message, /toolkit/);
    await diagram.close();
  });

  it('stands where the app puts its own, and goes when that is there', async () => {
    const { browser, site } = await shared();
    const diagram = await openDiagram(browser, site, {
      model: shopModel(),
      watch: () => {
        const seen = window as unknown as { first: DOMRect | null };
        seen.first = null;
        new MutationObserver(() => {
          seen.first ??= document.querySelector('.first-picture')?.getBoundingClientRect() ?? null;
        }).observe(document, { childList: true, subtree: true });
      },
    });
    const { page } = diagram;
    await page.waitForFunction(() => document.querySelector('.first-picture') === null);
    const [first, last] = await page.evaluate(() => {
      const box = ({ x, y, width, height }: DOMRect) => [x, y, width, height].map(Math.round);
      const seen = window as unknown as { first: DOMRect };
      return [box(seen.first), box(document.querySelector('.canvas')!.getBoundingClientRect())];
    });
    assert.deepEqual(first, last);
    await diagram.close();
  });
});
