/** One server, one browser and one page that all end-to-end tests share, as a person has one window. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { installVsCodeServer, linkExtensions, quietSettings, startVsCodeServer } from '../../src/build/vscodeServer.ts';
import type { VsCodeServer } from '../../src/build/vscodeServer.ts';
import { launchBrowser } from '../support/browser.ts';
import { copyOfWorkspace, repository, results, temporaryFolder } from '../support/folders.ts';
import { rest } from '../support/workbench.ts';

export interface Session {
  readonly page: Page;
  readonly server: VsCodeServer;
  /** The folder that is opened: a copy of the shop. */
  readonly workspace: string;
  /** Saves what the window shows as `test-results/e2e-<name>.png`. */
  picture(name: string): Promise<void>;
  close(): Promise<void>;
}

/** The extension is loaded as `npm start` loads it: from the repository, by a plain address. */
export async function openSession(): Promise<Session> {
  const installation = await installVsCodeServer({ log: console.log });
  const dataDir = temporaryFolder('vscode-server');
  linkExtensions(join(dataDir, 'extensions'), [repository]);
  const server = await startVsCodeServer({ installation, dataDir, settings: quietSettings });
  let browser: Browser | undefined;
  try {
    browser = await launchBrowser();
    const started = browser;
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
    context.setDefaultTimeout(30_000);
    await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: `http://${server.authority}` });
    const page = await context.newPage();
    mkdirSync(results, { recursive: true });
    return {
      page,
      server,
      workspace: copyOfWorkspace('shop', temporaryFolder('workspace')),
      picture: async (name) => {
        await rest(page);
        await page.screenshot({ path: join(results, `e2e-${name}.png`) });
      },
      close: async () => {
        await started.close();
        await server.stop();
      },
    };
  } catch (error) {
    await browser?.close();
    await server.stop();
    throw error;
  }
}
