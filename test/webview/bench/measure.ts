/** One tool's diagram of one schema, measured in the browser: how long until it is there, and how it moves. */
import type { CDPSession, Page } from 'playwright-core';
import type { ProbeWindow } from './pageProbe.ts';

export interface Frames {
  readonly p50: number;
  readonly p95: number;
  readonly longest: number;
}

export interface PageMeasures {
  readonly useful: number | null;
  readonly stable: number | null;
  readonly longestTask: number;
  /** Of what is moved at a time: everything in sight, then one place near by. */
  readonly pan: Frames;
  readonly zoom: Frames;
  readonly near: Frames;
  readonly longestTaskMoving: number;
  readonly heapMb: number;
  readonly nodes: number;
}

/** No change for so long is the end of it. */
const quietMs = 1500;

/** Null: not there within the limit. */
export async function untilStable(page: Page, limitMs: number, done: () => Promise<boolean>): Promise<boolean> {
  const deadline = Date.now() + limitMs;
  let doneSince = Infinity;
  while (Date.now() < deadline) {
    const quiet = await page.evaluate((least) => {
      const { probe } = window as unknown as ProbeWindow;
      return probe.useful !== null && probe.stable !== null && performance.now() - probe.stable > least;
    }, quietMs);
    // A picture may stand still while the next one is being made.
    doneSince = (await done()) ? Math.min(doneSince, Date.now()) : Infinity;
    if (quiet && Date.now() - doneSince > quietMs) return true;
    await page.waitForTimeout(100);
  }
  return false;
}

export async function measurePage(
  page: Page,
  zoomKey: 'Control' | null,
  goNear: () => Promise<void>,
): Promise<PageMeasures> {
  const { useful, stable, tasks } = await page.evaluate(() => {
    const { probe } = window as unknown as ProbeWindow;
    return { useful: probe.useful, stable: probe.stable, tasks: [...probe.tasks] };
  });
  const memory = await memoryOf(page);
  await page.evaluate(() => (window as unknown as ProbeWindow).probe.tasks.splice(0));
  const pan = await drag(page);
  const zoom = await wheel(page, zoomKey);
  await goNear();
  await page.waitForTimeout(500);
  const near = await drag(page);
  const moving = await page.evaluate(() => (window as unknown as ProbeWindow).probe.tasks);
  return {
    useful,
    stable,
    longestTask: Math.max(0, ...tasks),
    pan,
    zoom,
    near,
    longestTaskMoving: Math.max(0, ...moving),
    ...memory,
  };
}

async function drag(page: Page): Promise<Frames> {
  const at = (step: number) => [600 + 150 * Math.sin(step / 8), 420 + 100 * Math.sin(step / 5)] as const;
  await page.mouse.move(...at(0));
  await page.mouse.down();
  const measured = await frames(page, (step) => page.mouse.move(...at(step)));
  await page.mouse.up();
  return measured;
}

async function wheel(page: Page, key: 'Control' | null): Promise<Frames> {
  await page.mouse.move(600, 420);
  if (key !== null) await page.keyboard.down(key);
  const measured = await frames(page, async (step) => {
    await page.mouse.wheel(0, step % 40 < 20 ? -60 : 60);
    await page.waitForTimeout(8);
  });
  if (key !== null) await page.keyboard.up(key);
  return measured;
}

const movingMs = 3000;

type FramesWindow = Window & { frameTimes: number[] };

/** Times between animation frames while something is done again and again. */
export async function frames(page: Page, act: (step: number) => Promise<void>): Promise<Frames> {
  await page.evaluate(() => {
    const times: number[] = [];
    const shared = window as unknown as FramesWindow;
    shared.frameTimes = times;
    const tick = (now: number) => {
      times.push(now);
      if (shared.frameTimes === times) requestAnimationFrame(tick);
    };
    requestAnimationFrame(tick);
  });
  const until = Date.now() + movingMs;
  for (let step = 0; Date.now() < until; step++) await act(step);
  const times = await page.evaluate(() => {
    const shared = window as unknown as FramesWindow;
    const seen = shared.frameTimes;
    shared.frameTimes = [];
    return seen;
  });
  const deltas = times.slice(1).map((time, index) => time - (times[index] ?? time));
  const sorted = deltas.sort((a, b) => a - b);
  const quantile = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  return { p50: quantile(0.5), p95: quantile(0.95), longest: sorted.at(-1) ?? 0 };
}

async function memoryOf(page: Page): Promise<Pick<PageMeasures, 'heapMb' | 'nodes'>> {
  const session: CDPSession = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.collectGarbage');
  await session.send('Performance.enable');
  const { metrics } = await session.send('Performance.getMetrics');
  await session.detach();
  const value = (name: string) => metrics.find((metric) => metric.name === name)?.value ?? 0;
  return { heapMb: value('JSHeapUsedSize') / 1e6, nodes: value('Nodes') };
}
