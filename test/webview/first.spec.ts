import assert from 'node:assert/strict';
import type { DiagramModel } from '../../src/core/diagram/model.ts';
import { inParts } from '../../src/host/features/diagram/parts.ts';
import { outlineMessage } from '../../src/host/features/diagram/outlineMessage.ts';
import { modelMessage, openDiagram, projects, savedNothing } from './diagramPage.ts';
import type { DiagramPage } from './diagramPage.ts';
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

  it('shows the boxes of a large diagram before its model has come', async () => {
    const { browser, site } = await shared();
    const model = largeModel(300);
    const outline = outlineMessage(model, savedNothing, null);
    assert.ok(outline !== null);
    const early = await openDiagram(browser, site, { model: null, before: [outline], eager: true });
    await early.page.locator('.first-picture').waitFor({ state: 'attached' });
    await early.page.waitForFunction(() => {
      const drawn = document.querySelector<HTMLCanvasElement>('.first-picture > canvas:nth-of-type(2)');
      const pixels = drawn?.getContext('2d')?.getImageData(0, 0, drawn.width, drawn.height).data ?? [];
      const colours = new Set<number>();
      for (let at = 0; at + 2 < pixels.length; at += 4)
        colours.add((pixels[at]! << 16) | (pixels[at + 1]! << 8) | pixels[at + 2]!);
      return colours.size > 20;
    });
    // It stays until the model is there, and the app's own picture takes its place.
    await early.page.locator('.toolbar').waitFor();
    assert.equal(await early.page.locator('.first-picture').count(), 1);
    for (const part of inParts(modelMessage(model))) await early.send(part);
    await early.page.waitForFunction(() => document.querySelector('.first-picture') === null);
    await early.settled();
    assert.ok((await early.page.locator('[data-table]').count()) > 0);
    await early.close();
  });

  it('draws what was laid out before as it was, without laying it out again', async () => {
    const { browser, site } = await shared();
    for (const model of [shopModel(), largeModel(300)]) {
      const once = await openDiagram(browser, site, { model });
      const { text, project, name } = await once.message('laid');
      assert.deepEqual([project, name], [projects[0]!.id, 'default']);
      const before = await headers(once, model);
      await once.close();

      const again = await openDiagram(browser, site, { model, kept: text, watch: countRequests });
      assert.deepEqual(await headers(again, model), before);
      const asked = () => again.page.evaluate(() => (window as unknown as { requests: number }).requests);
      assert.equal(await asked(), 0);
      // What has changed since is laid out.
      const [first, ...others] = model.tables;
      const changed = { ...model, tables: [{ ...first!, columns: first!.columns.slice(1) }, ...others] };
      const messages = (await again.messages()).length;
      for (const part of inParts(modelMessage(changed))) await again.send(part);
      await again.page.waitForFunction(() => (window as unknown as { requests: number }).requests > 0);
      await again.settled();
      assert.notEqual((await again.message('laid', messages)).text, text);
      await again.close();
    }
  });
});

async function headers(diagram: DiagramPage, { tables }: DiagramModel): Promise<readonly (readonly number[])[]> {
  const places = await Promise.all(tables.slice(0, 12).map(({ id }) => diagram.header(id)));
  return places.map(({ x, y }) => [Math.round(x), Math.round(y)]);
}

/** Requests to the layout's workers. */
function countRequests(): void {
  const counted = window as unknown as { requests: number };
  counted.requests = 0;
  const Original = window.Worker;
  window.Worker = class extends Original {
    override postMessage(message: unknown): void {
      counted.requests++;
      super.postMessage(message);
    }
  };
}
