/** One browser and one site for all suites of a run. */
import type { Browser } from 'playwright-core';
import { launchBrowser } from '../support/browser.ts';
import { startSite } from './site.ts';
import type { Site } from './site.ts';

let started: Promise<{ browser: Browser; site: Site }> | undefined;

export function shared(): Promise<{ browser: Browser; site: Site }> {
  started ??= Promise.all([launchBrowser(), startSite()]).then(([browser, site]) => ({ browser, site }));
  return started;
}

export async function closeShared(): Promise<void> {
  if (started === undefined) return;
  const { browser, site } = await started;
  await browser.close();
  await site.close();
}
