/**
 * `npm run bench:diagram [-- 100 300 1000 3000] [--schema <folder>] [--ours]`: our diagram and Liam ERD's of the same schema in
 * one run of one headless browser, as a table with ratios. Nothing is asserted: machines differ and share their cores.
 * `--schema` adds a project of one's own (its largest schema), `--ours` leaves the peer out. Pictures of both go to
 * test-results/diagram-*.png. The peer is installed into a temporary folder (LIAM_FOLDER keeps it for the next run).
 */
import { mkdirSync } from 'node:fs';
import { availableParallelism, loadavg } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { Browser } from 'playwright-core';
import { buildDiagram } from '../../../src/core/diagram/build.ts';
import type { DiagramModel } from '../../../src/core/diagram/model.ts';
import { atOrigin } from '../../../src/core/layout/atOrigin.ts';
import type { DiagramLayout } from '../../../src/core/layout/layout.ts';
import { layoutQuality } from '../../../src/core/layout/quality.ts';
import { alignRows } from '../../../src/core/report/style.ts';
import { renderSvg } from '../../../src/core/report/svg.ts';
import { launchBrowser } from '../../support/browser.ts';
import { generateDiagram } from '../../support/generateDiagram.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';
import { openDiagram } from '../diagramPage.ts';
import { largeModel, shopModel, smallModel } from '../models.ts';
import { repository, startSite } from '../site.ts';
import type { Site } from '../site.ts';
import type { ThemeName } from '../themes.ts';
import { ddlOf } from './ddl.ts';
import { installLiam, serveFolder } from './liam.ts';
import type { Liam } from './liam.ts';
import { frames, measurePage, untilStable } from './measure.ts';
import type { PageMeasures } from './measure.ts';
import { peerLines } from './peerLines.ts';
import { watchPage, watchTasks } from './pageProbe.ts';
import type { ProbeWindow, TasksWindow } from './pageProbe.ts';

/** Longer than this nobody waits for a diagram. */
const limitMs = 60_000;
/** Beyond this the peer has not ended within the limit on any machine tried. */
const mostForPeer = 1000;

interface Measured extends PageMeasures {
  readonly layoutMs: number | null;
  readonly crossings: number | null;
  readonly edgeLength: number | null;
  readonly svgMb: number | null;
  /** Until the picture no longer changes, where the same diagram was laid out before. */
  readonly again: number | null;
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { schema: { type: 'string' }, ours: { type: 'boolean' } },
});
const sizes = positionals.length > 0 ? positionals.map(Number) : [100, 300, 1000, 3000];
const results = join(repository, 'test-results');
mkdirSync(results, { recursive: true });
const scratch = temporaryFolder();
const browser = await launchBrowser();
const site = await startSite();
try {
  const peer = values.ours === true ? null : await peerOrNone();
  console.log(`${availableParallelism()} cores, load ${loadavg()[0]?.toFixed(1)}, Chromium ${browser.version()}`);
  const empty = await emptyPage(browser);
  console.log(`an empty page: frames p50 ${empty.p50.toFixed(1)} ms, p95 ${empty.p95.toFixed(1)} ms\n`);
  const cases = sizes.map((tables) => generateDiagram({ tables }));
  if (values.schema !== undefined) cases.push(await schemaOf(resolve(values.schema)));
  for (const model of cases) {
    const ours = await measureOurs(browser, site, model);
    const theirs = peer === null || model.tables.length > mostForPeer ? null : await measurePeer(browser, peer, model);
    print(model, ours, theirs, peer);
  }
  await pictures(browser, site, peer);
} finally {
  await browser.close();
  await site.close();
  scratch.remove();
}

async function peerOrNone(): Promise<Liam | null> {
  const folder = process.env.LIAM_FOLDER ?? join(scratch.path, 'liam');
  return installLiam(folder).catch((error: unknown) => {
    console.log(`Without the peer: ${error instanceof Error ? error.message : String(error)}`);
    return null;
  });
}

/** The largest schema of a project on disk. */
async function schemaOf(directory: string): Promise<DiagramModel> {
  const { createEngine } = await import('../../../src/server/engine.ts');
  const engine = await createEngine({
    directory,
    wasmDirectory: join(repository, 'node_modules/@vscode/tree-sitter-wasm/wasm'),
    cacheDirectory: null,
    exclude: [],
    maxFileSizeKb: 4096,
    rules: {},
  });
  try {
    const { snapshot } = await engine.analyze();
    const [largest] = [...snapshot.projects].sort((a, b) => b.schema.tables.length - a.schema.tables.length);
    if (largest === undefined) throw new Error(`No schema was found in ${directory}.`);
    return buildDiagram({ project: '', title: directory, schema: largest.schema, findings: [] });
  } finally {
    engine.dispose();
  }
}

async function emptyPage(browser: Browser) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const page = await context.newPage();
  await page.setContent('<p>Nothing</p>');
  const measured = await frames(page, (step) => page.mouse.move(600 + 100 * Math.sin(step / 8), 400));
  await context.close();
  return measured;
}

async function measureOurs(browser: Browser, site: Site, model: DiagramModel): Promise<Measured | null> {
  const opened = await measureOpened(browser, site, model);
  if (opened === null) return null;
  const { kept, ...measured } = opened;
  return {
    ...measured,
    longestTask: await longestTask(browser, site, model),
    again: await openedAgain(browser, site, model, kept),
  };
}

async function measureOpened(browser: Browser, site: Site, model: DiagramModel) {
  const diagram = await openDiagram(browser, site, { model, eager: true, reducedMotion: false, watch: watchPage });
  const { page } = diagram;
  try {
    const idle = () => page.locator('.status-notice').evaluate(({ textContent }) => textContent === '');
    if (!(await untilStable(page, limitMs, idle))) return null;
    const { layoutMs, layout } = await page.evaluate(() => {
      const { probe } = window as unknown as ProbeWindow;
      return { layoutMs: probe.layout, layout: probe.answer };
    });
    const measured = await measurePage(page, null, () =>
      diagram.send({ type: 'reveal', table: model.tables[Math.floor(model.tables.length / 2)]?.id ?? '' }),
    );
    const drawn = layout as DiagramLayout;
    const { crossings, edgeLength } = layoutQuality(model, drawn);
    const svgMb = renderSvg(model, atOrigin(drawn), 'light').length / 1e6;
    const { text } = await diagram.message('laid');
    return { ...measured, layoutMs, crossings, edgeLength, svgMb, kept: text };
  } finally {
    await diagram.close();
  }
}

/** Of three openings that nobody looks at; the peer's page is looked at by its elements, which costs little. */
async function longestTask(browser: Browser, site: Site, model: DiagramModel): Promise<number> {
  const longest: number[] = [];
  for (let round = 0; round < 3; round++) longest.push(await longestTaskOnce(browser, site, model));
  return Math.max(...longest);
}

async function longestTaskOnce(browser: Browser, site: Site, model: DiagramModel): Promise<number> {
  const diagram = await openDiagram(browser, site, { model, reducedMotion: false, watch: watchTasks });
  try {
    return Math.max(0, ...(await diagram.page.evaluate(() => (window as unknown as TasksWindow).tasks)));
  } finally {
    await diagram.close();
  }
}

/** The median of three: a single opening may fall into what the browser still does for the one before. */
async function openedAgain(browser: Browser, site: Site, model: DiagramModel, kept: string): Promise<number | null> {
  const times: (number | null)[] = [];
  for (let round = 0; round < 3; round++) times.push(await openedOnceAgain(browser, site, model, kept));
  return times.sort((a, b) => (a ?? Infinity) - (b ?? Infinity))[1] ?? null;
}

async function openedOnceAgain(
  browser: Browser,
  site: Site,
  model: DiagramModel,
  kept: string,
): Promise<number | null> {
  const options = { model, kept, eager: true, reducedMotion: false, watch: watchPage };
  const diagram = await openDiagram(browser, site, options);
  try {
    await untilStable(diagram.page, limitMs, () => Promise.resolve(true));
    return await diagram.page.evaluate(() => (window as unknown as ProbeWindow).probe.stable);
  } finally {
    await diagram.close();
  }
}

async function measurePeer(browser: Browser, peer: Liam, model: DiagramModel): Promise<Measured | null> {
  const { folder, milliseconds } = await peer.build(`case-${model.tables.length}`, ddlOf(model));
  if (milliseconds === null) return null;
  const served = await serveFolder(folder);
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  context.setDefaultTimeout(limitMs);
  try {
    const page = await context.newPage();
    await page.addInitScript(watchPage, 'liam' as const);
    await page.goto(`${served.url}?showMode=ALL_FIELDS`);
    const loaded = await untilStable(page, limitMs, () => Promise.resolve(true)).catch(() => false);
    if (!loaded) return null;
    const lines = await peerLines(page);
    const measured = await measurePage(page, 'Control', async () => {
      await page.keyboard.down('Control');
      for (let step = 0; step < 30; step++) await page.mouse.wheel(0, -60);
      await page.keyboard.up('Control');
    });
    return { ...measured, layoutMs: null, ...lines, svgMb: null, again: null };
  } catch (error) {
    console.log(`The peer failed: ${error instanceof Error ? error.message.split('\n')[0] : String(error)}`);
    return null;
  } finally {
    await context.close();
    await served.close();
  }
}

function print(model: DiagramModel, ours: Measured | null, theirs: Measured | null, peer: Liam | null): void {
  const tables = model.tables.length;
  const asked = peer !== null && tables <= mostForPeer;
  const rows: string[][] = [['', 'ours', asked ? `Liam ERD ${peer.version}` : '', asked ? 'ratio' : '', 'target']];
  const late = `not within ${limitMs / 1000} s`;
  const add = (what: string, value: (each: Measured) => number | null, unit: string, target = '') => {
    const [a, b] = [ours, theirs].map((each) => (each === null ? undefined : value(each)));
    const cell = (number: number | null | undefined) =>
      number === undefined
        ? late
        : number === null
          ? ''
          : `${number.toFixed(number < 100 && unit !== '' ? 1 : 0)}${unit}`;
    const comparable = typeof a === 'number' && typeof b === 'number' && a > 0;
    rows.push([what, cell(a), asked ? cell(b) : '', comparable ? `${(b / a).toFixed(1)}×` : '', target]);
  };
  add('something useful on screen', ({ useful }) => useful, ' ms', tables === 1000 ? '< 300 ms' : '');
  add('readable, nothing changes any more', ({ stable }) => stable, ' ms', { 1000: '< 2 s', 3000: '< 8 s' }[tables]);
  add('readable when it is opened again', ({ again }) => again, ' ms');
  add('layout in the worker', ({ layoutMs }) => layoutMs, ' ms');
  add('longest task of the page, opening', ({ longestTask }) => longestTask, ' ms', '≤ 50 ms');
  add('longest task of the page, moving', ({ longestTaskMoving }) => longestTaskMoving, ' ms', '≤ 50 ms');
  for (const [name, what] of [
    ['pan', 'pan, everything in sight'],
    ['zoom', 'zoom'],
    ['near', 'pan, rows in sight'],
  ] as const) {
    add(`${what}: frame p50`, (each) => each[name].p50, ' ms');
    add(`${what}: frame p95`, (each) => each[name].p95, ' ms', '< 17 ms');
  }
  add('JavaScript heap of the page', ({ heapMb }) => heapMb, ' MB');
  add('DOM nodes', ({ nodes }) => nodes, '');
  add('crossings of lines', ({ crossings }) => crossings, '');
  add('mean length of a line', ({ edgeLength }) => edgeLength, ' px');
  add('SVG', ({ svgMb }) => svgMb, ' MB', tables === 1000 ? '< 5 MB' : '');
  const title = model.title === `${tables} tables` ? model.title : `${tables} tables of a real schema`;
  console.log(`${title}, ${model.edges.length} relations`);
  console.log(`${alignRows(rows.map((row) => row.map((text) => ({ text })))).join('\n')}\n`);
}

/** The same three schemas drawn by both, for the eye. */
async function pictures(browser: Browser, site: Site, peer: Liam | null): Promise<void> {
  for (const model of [smallModel(), shopModel(), largeModel(300)]) {
    const tables = model.tables.length;
    for (const theme of ['light', 'dark', 'high-contrast'] satisfies ThemeName[]) {
      const diagram = await openDiagram(browser, site, { model, theme });
      await diagram.page.screenshot({ path: join(results, `diagram-ours-${tables}-${theme}.png`) });
      await diagram.close();
    }
    if (peer === null) continue;
    const served = await serveFolder((await peer.build(`picture-${tables}`, ddlOf(model))).folder);
    for (const colorScheme of ['light', 'dark'] as const) {
      const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, colorScheme });
      const page = await context.newPage();
      await page.addInitScript(watchPage, 'liam' as const);
      await page.goto(`${served.url}?showMode=ALL_FIELDS`);
      await untilStable(page, limitMs, () => Promise.resolve(true));
      await page.screenshot({ path: join(results, `diagram-liam-${tables}-${colorScheme}.png`) });
      await context.close();
    }
    await served.close();
  }
  console.log('Pictures: test-results/diagram-*.png');
}
