/** A window of VS Code's web server in a headless browser: opened, watched and closed. */
import { format } from 'node:util';
import type { Page } from 'playwright-core';

export interface TestRun {
  /** Address of the folder with the payload that names the extension and its tests. */
  readonly url: string;
  readonly timeoutMs: number;
  readonly log: (line: string) => void;
}

/**
 * Opens the address and waits until the extension host has run its tests, whose console lines go to `log`.
 * @returns the exit code that VS Code would end with: 0, or 1 when `run()` threw.
 * @throws Error when no end comes in time; the page is then left open for a screenshot.
 */
export async function runTestsInPage(page: Page, run: TestRun): Promise<number> {
  let end: (code: number) => void;
  let timer: NodeJS.Timeout | undefined;
  const ended = new Promise<number>((fulfil, reject) => {
    end = fulfil;
    timer = setTimeout(
      () => reject(new Error(`The tests in VS Code had not ended after ${run.timeoutMs / 1000} seconds.`)),
      run.timeoutMs,
    );
  });
  try {
    // VS Code calls both once they are there, so they must be there before the page is.
    await page.exposeFunction('codeAutomationExit', (code: number) => end(code));
    await page.exposeFunction('codeAutomationLog', (_type: string, args: readonly unknown[]) =>
      run.log(format(...args)),
    );
    const opened = page.goto(run.url, { timeout: 60_000 });
    return await Promise.race([ended, opened.then(() => ended)]);
  } finally {
    clearTimeout(timer);
  }
}
