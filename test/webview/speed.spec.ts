/** Times for the eye, printed and never asserted: the machine decides them. */
import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { openDiagram } from './diagramPage.ts';
import { largeModel } from './models.ts';
import { canvasInk } from './pixels.ts';
import { shared } from './shared.ts';

async function frames(page: Page, seconds: number, act: (step: number) => Promise<void>): Promise<string> {
  await page.evaluate(() => {
    const times: number[] = [];
    (window as unknown as { frameTimes: number[] }).frameTimes = times;
    const tick = (now: number) => {
      times.push(now);
      if ((window as unknown as { frameTimes: number[] }).frameTimes === times) requestAnimationFrame(tick);
    };
    requestAnimationFrame(tick);
  });
  const until = Date.now() + seconds * 1000;
  for (let step = 0; Date.now() < until; step++) await act(step);
  const times = await page.evaluate(() => {
    const seen = (window as unknown as { frameTimes: number[] }).frameTimes;
    (window as unknown as { frameTimes: number[] }).frameTimes = [];
    return seen;
  });
  const deltas = times
    .slice(1)
    .map((time, index) => time - times[index]!)
    .sort((a, b) => a - b);
  assert.ok(deltas.length > 10, `only ${deltas.length} frames`);
  const at = (share: number) => (deltas[Math.floor(deltas.length * share)] ?? 0).toFixed(1);
  return `p50 ${at(0.5)} p95 ${at(0.95)} max ${deltas.at(-1)!.toFixed(1)} ms over ${deltas.length} frames`;
}

describe('speed', () => {
  for (const count of [300, 1000])
    it(`pans and zooms ${count} tables`, async () => {
      const { browser, site } = await shared();
      const started = Date.now();
      const diagram = await openDiagram(browser, site, { model: largeModel(count), eager: true, reducedMotion: false });
      await diagram.page.evaluate(() => {
        const tasks: number[] = [];
        (window as unknown as { longTasks: number[] }).longTasks = tasks;
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries()) tasks.push(Math.round(entry.duration));
        }).observe({ type: 'longtask', buffered: true });
      });
      await diagram.page.locator('[data-table]').first().waitFor({ state: 'attached' });
      const first = Date.now() - started;
      assert.ok((await canvasInk(diagram.page)).share > 0.02);
      await diagram.settled();
      console.log(
        `      first picture ${first} ms, final layout ${Date.now() - started} ms after the page was asked for`,
      );
      const { page } = diagram;
      const tasks = await page.evaluate(() => (window as unknown as { longTasks: number[] }).longTasks);
      console.log(
        `      page blocked by ${tasks.length === 0 ? 'no task over 50' : `tasks of ${tasks.join(', ')}`} ms`,
      );
      await page.mouse.move(500, 400);
      await page.mouse.down();
      const pan = await frames(page, 3, async (step) => {
        await page.mouse.move(500 + 150 * Math.sin(step / 8), 400 + 100 * Math.cos(step / 8));
      });
      await page.mouse.up();
      console.log(`      pan, everything in sight: ${pan}`);
      await page.mouse.move(500, 400);
      const zoom = await frames(page, 3, async (step) => {
        await page.mouse.wheel(0, step % 40 < 20 ? -120 : 120);
        await page.waitForTimeout(8);
      });
      console.log(`      zoom by wheel: ${zoom}`);
      await diagram.send({ type: 'reveal', table: 'billing_ledger' });
      await page.waitForTimeout(500);
      await page.mouse.move(500, 400);
      await page.mouse.down();
      const near = await frames(page, 3, async (step) => {
        await page.mouse.move(500 + 150 * Math.sin(step / 8), 400 + 100 * Math.cos(step / 8));
      });
      await page.mouse.up();
      console.log(`      pan, rows in sight: ${near}`);
      await diagram.close();
    }).timeout(120_000);
});
