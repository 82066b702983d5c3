/** Runs the suite in VS Code's web server, shown in a headless Chromium. */
import { createWriteStream, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser } from 'playwright-core';
import { installVsCodeServer, linkExtensions, quietSettings, startVsCodeServer } from '../../src/build/vscodeServer.ts';
import type { VsCodeInstallation } from '../../src/build/vscodeServer.ts';
import { launchBrowser } from '../support/browser.ts';
import { results, temporaryFolder } from '../support/folders.ts';
import { runTestsInPage } from '../support/webWindow.ts';
import type { Host, HostRun } from './host.ts';
import { pictureIn } from './pictures.ts';

/** @throws Error when neither VS Code's server nor a browser can be had. */
export async function serverHost(): Promise<Host> {
  const installation = await installVsCodeServer({ log: console.log });
  const browser = await launchBrowser();
  return {
    name: `VS Code's web server (code-server ${installation.version}) in headless Chromium ${browser.version()}`,
    run: (run) => runInServer(installation, browser, run),
    close: () => browser.close(),
  };
}

/**
 * A server of its own for every run: they differ in trust, and none may see the state another left.
 * @param dataDir where extensions may have been installed
 */
export async function runInServer(
  installation: VsCodeInstallation,
  browser: Browser,
  run: HostRun,
  dataDir = temporaryFolder('vscode-server'),
): Promise<void> {
  if (run.extensions.length > 0) linkExtensions(join(dataDir, 'extensions'), run.extensions);
  const server = await startVsCodeServer({
    installation,
    dataDir,
    trustWorkspaces: run.trusted,
    testDriver: true,
    settings: { ...quietSettings, ...run.settings },
  });
  mkdirSync(results, { recursive: true });
  const file = join(results, `vscode-${run.name.toLowerCase().replaceAll(' ', '-')}`);
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  try {
    await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: `http://${server.authority}` });
    const remote = (path: string): string => `vscode-remote://${server.authority}${pathToFileURL(path).pathname}`;
    const page = await context.newPage();
    const log = createWriteStream(`${file}.log`);
    try {
      await runTestsInPage(page, {
        url: server.url(run.open, [
          ['extensionDevelopmentPath', remote(run.extension)],
          ['extensionTestsPath', remote(run.entry)],
          ['extensionEnvironment', JSON.stringify(run.env)],
          ['skipWelcome', 'true'],
        ]),
        timeoutMs: run.timeoutMs,
        log: (line) => {
          log.write(`${line}\n`);
          const name = pictureIn(line);
          if (name !== null)
            void page.screenshot({ path: join(results, `vscode-${name}.png`), timeout: 5000 }).catch(() => undefined);
        },
      });
    } catch (error) {
      const picture = `${file}.png`;
      await page.screenshot({ path: picture, timeout: 5000 }).catch(() => undefined);
      const message = error instanceof Error ? error.message : String(error);
      throw new Error(
        `${message}\nThe window: ${picture}\nIts console: ${file}.log\nThe server said:\n${server.output().slice(-3000)}`,
        {
          cause: error,
        },
      );
    } finally {
      log.end();
    }
  } finally {
    await context.close().catch(() => undefined);
    await server.stop();
    keepLog(dataDir, `${file}-extension.log`);
  }
}

/** Keeps what the extension wrote to its output channel, which its server directory would take with it. */
function keepLog(dataDir: string, target: string): void {
  const logs = readdirSync(join(dataDir, 'data/logs'), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.includes('data-engineer.data-engineer') && path.endsWith('.log'))
    .map((path) => readFileSync(join(dataDir, 'data/logs', path), 'utf8'));
  writeFileSync(target, logs.join('\n'));
}
