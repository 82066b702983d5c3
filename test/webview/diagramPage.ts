/** A diagram in a browser: what the host says to it and what it says to the host. */
import type { Browser, Page } from 'playwright-core';
import type { DiagramModel } from '../../src/core/diagram/model.ts';
import { defaultName, nothingSaved } from '../../src/core/diagram/saved.ts';
import type { ProjectSummary } from '../../src/protocol/server.ts';
import type { FromWebview, SavedView, ToWebview, WebviewState } from '../../src/protocol/webview.ts';
import { outlineMessage } from '../../src/host/features/diagram/outlineMessage.ts';
import { inParts } from '../../src/host/features/diagram/parts.ts';
import { themeStyle } from './site.ts';
import type { Site } from './site.ts';
import type { ThemeName } from './themes.ts';

export interface OpenOptions {
  readonly model: DiagramModel | null;
  readonly theme?: ThemeName;
  readonly width?: number;
  readonly height?: number;
  readonly pixelRatio?: number;
  readonly saved?: WebviewState;
  /** What was `laid` before. */
  readonly kept?: string;
  /** What the host says before the model. */
  readonly before?: readonly ToWebview[];
  readonly reducedMotion?: boolean;
  /** Do not wait for the final layout. */
  readonly eager?: boolean;
  /** Scripts of the layout's workers that cannot be loaded. */
  readonly broken?: RegExp;
  /** Watches the page from its first moment on. */
  readonly watch?: (kind: 'ours') => void;
}

export interface DiagramPage {
  readonly page: Page;
  /** Everything the webview has posted so far. */
  messages(): Promise<readonly FromWebview[]>;
  /** The last message of a type, waiting up to five seconds for it; takes those after `from` only. */
  message<Type extends FromWebview['type']>(type: Type, from?: number): Promise<Extract<FromWebview, { type: Type }>>;
  send(message: ToWebview): Promise<void>;
  savedState(): Promise<WebviewState | null>;
  /** Until the layout is final and nothing moves. */
  settled(): Promise<void>;
  /** Middle of a table's header on the screen, in CSS pixels. */
  header(table: string): Promise<{ x: number; y: number }>;
  /** Errors of this kind are the test's own doing. */
  expectFailures(pattern: RegExp): void;
  close(): Promise<void>;
}

interface StubWindow {
  messages: unknown[];
  acquireVsCodeApi: () => unknown;
}

export const projects: readonly ProjectSummary[] = [
  { id: 'file:///shop/packages/api', label: 'packages/api', tables: 30, relations: 36 },
  { id: 'file:///shop/packages/jobs', label: 'packages/jobs', tables: 4, relations: 2 },
];

/** Of the first project. */
export const savedNothing: SavedView = {
  type: 'saved',
  project: projects[0]!.id,
  name: defaultName,
  names: [defaultName],
  exists: false,
  saved: nothingSaved,
  problem: null,
};

export function modelMessage(model: DiagramModel): ToWebview {
  return { type: 'model', model, projects, project: projects[0]!.id };
}

export async function openDiagram(browser: Browser, site: Site, options: OpenOptions): Promise<DiagramPage> {
  const { model, theme = 'dark', width = 1280, height = 800, pixelRatio = 1, saved, reducedMotion = true } = options;
  const context = await browser.newContext({
    viewport: { width, height },
    deviceScaleFactor: pixelRatio,
    reducedMotion: reducedMotion ? 'reduce' : 'no-preference',
    locale: 'en-US',
  });
  const page = await context.newPage();
  // Not as an argument of the script below: a megabyte of it would be read before the page's own first line.
  const told = model === null ? [] : inParts(modelMessage(model));
  const outline = model === null ? null : outlineMessage(model, savedNothing, options.kept ?? null);
  const before = options.before ?? (outline === null ? [] : [outline]);
  const first = site.publish([...before, ...told].map((part) => JSON.stringify(part)));
  if (options.watch !== undefined) await page.addInitScript(options.watch, 'ours' as const);
  await page.addInitScript(
    ({ style, first, state }) => {
      const stub = window as unknown as StubWindow;
      stub.messages = [];
      const load = (address: string) => fetch(address).then((response) => response.text());
      // As from the host: nothing before the page is ready, and each message in a task of its own.
      const tell = async () => {
        const [opening, ...others] = first;
        if (opening === undefined) return;
        const loaded = [load(opening)];
        for (let at = 0; at < loaded.length; at++) {
          const text = (await loaded[at]) ?? '';
          if (at === 0) loaded.push(...others.map(load));
          window.postMessage(JSON.parse(text), '*');
          await new Promise((resolve) => setTimeout(resolve));
        }
      };
      const key = 'webview-state';
      if (state !== null && sessionStorage.getItem(key) === null) sessionStorage.setItem(key, JSON.stringify(state));
      stub.acquireVsCodeApi = () => ({
        postMessage: (message: { type: string }) => {
          stub.messages.push(message);
          if (message.type === 'ready') void tell();
        },
        getState: () => JSON.parse(sessionStorage.getItem(key) ?? 'null') as unknown,
        setState: (next: unknown) => {
          sessionStorage.setItem(key, JSON.stringify(next));
        },
      });
      const observer = new MutationObserver(() => {
        if (!document.contains(document.documentElement)) return;
        observer.disconnect();
        for (const declaration of style.split('; ')) {
          const colon = declaration.indexOf(': ');
          document.documentElement.style.setProperty(declaration.slice(0, colon), declaration.slice(colon + 2));
        }
      });
      observer.observe(document, { childList: true, subtree: true });
    },
    { style: themeStyle(theme), first, state: saved ?? null },
  );
  const failures: string[] = [];
  let expected: RegExp | null = null;
  page.on('pageerror', (error) => failures.push(error.message));
  page.on('console', (entry) => {
    if (entry.type() === 'error' && !entry.text().includes('favicon')) failures.push(entry.text());
  });
  if (options.broken !== undefined) await page.route(options.broken, (route) => route.abort());
  await page.goto(site.page(theme));

  const read = () => page.evaluate(() => (window as unknown as StubWindow).messages) as Promise<FromWebview[]>;
  const diagram: DiagramPage = {
    page,
    messages: read,
    message: async (type, from = 0) => {
      const deadline = Date.now() + 5000;
      for (;;) {
        const found = (await read()).slice(from).findLast((message) => message.type === type);
        if (found !== undefined) return found as Extract<FromWebview, { type: typeof type }>;
        if (Date.now() > deadline)
          throw new Error(`The webview posted no "${type}"; it posted ${JSON.stringify(await read()).slice(0, 400)}`);
        await page.waitForTimeout(30);
      }
    },
    send: (message) => page.evaluate((data) => window.postMessage(data, '*'), message),
    savedState: () =>
      page.evaluate(
        () => JSON.parse(sessionStorage.getItem('webview-state') ?? 'null') as unknown,
      ) as Promise<WebviewState | null>,
    settled: async () => {
      await page.locator('[data-table]').first().waitFor({ state: 'attached', timeout: 20_000 });
      await page.waitForFunction(() => document.querySelector('.status-notice')?.textContent === '', null, {
        timeout: 30_000,
      });
      // The layer follows the picture 150 ms after the last movement.
      await page.waitForTimeout(400);
    },
    header: async (table) => {
      const box = await page.locator(`[data-table="${table}"]`).boundingBox();
      if (box === null) throw new Error(`The table ${table} is not in the diagram.`);
      return { x: box.x + box.width / 2, y: box.y + Math.min(10, box.height / 3) };
    },
    expectFailures: (pattern) => {
      expected = pattern;
    },
    close: async () => {
      await context.close();
      const unexpected = failures.filter((failure) => expected?.test(failure) !== true);
      if (unexpected.length > 0) throw new Error(`The page reported errors: ${unexpected.join('; ').slice(0, 1000)}`);
    },
  };
  if (model !== null && options.eager !== true) await diagram.settled();
  return diagram;
}
