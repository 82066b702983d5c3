/** VS Code's window, used as a person uses it: by keys, clicks and what can be read on the screen. */
import type { FrameLocator, Locator, Page } from 'playwright-core';

const shortMs = 20_000;
const stepMs = 5000;
const settleMs = 700;
const attempts = 5;

/** Opens an address of the server and waits until the extensions of the folder run. */
export async function openWorkbench(page: Page, url: string): Promise<void> {
  await page.goto(url, { timeout: 60_000 });
  await page.locator('.monaco-workbench').waitFor({ timeout: 30_000 });
  await page.locator('.explorer-folders-view .monaco-list-row').first().waitFor({ timeout: 30_000 });
}

/** Chooses a command of the palette by its title, as typed: `Data Engineer: Show ER Diagram`. */
export async function runPaletteCommand(page: Page, title: string): Promise<void> {
  await choose(page, 'F1', `>${title}`, title);
}

/** Opens a file by its path in *Go to File*. */
export async function openFileByName(page: Page, path: string): Promise<void> {
  const name = path.split('/').at(-1) ?? path;
  await choose(page, 'ControlOrMeta+P', path, name);
  await tab(page, name).first().waitFor({ timeout: shortMs });
}

/**
 * Types into a picker and clicks the row of exactly that name. A key pressed before the window is ready for it, or a
 * list filled before an extension has come, is lost: then once more from the start.
 */
async function choose(page: Page, key: string, typed: string, row: string): Promise<void> {
  const input = page.locator('.quick-input-widget input.input').first();
  const found = page.locator('.quick-input-list .monaco-list-row .label-name', { hasText: exactly(row) }).first();
  for (let attempt = 1; ; attempt += 1) {
    try {
      await page.keyboard.press(key);
      await input.waitFor({ state: 'visible', timeout: stepMs });
      await input.fill(typed, { timeout: stepMs });
      await found.waitFor({ timeout: stepMs });
      // Rows of an earlier text are replaced late: a click at once may land on another one.
      await page.waitForTimeout(settleMs);
      await found.click({ timeout: stepMs });
      return;
    } catch (error) {
      if (attempt === attempts) throw error;
      await page.keyboard.press('Escape');
    }
  }
}

function exactly(text: string): RegExp {
  return new RegExp(`^\\s*${text.replaceAll(/[$()*+.?[\\\]^{|}]/g, '\\$&')}\\s*$`);
}

export function tab(page: Page, name: string): Locator {
  return page.locator('.tabs-container .tab', { hasText: name });
}

export function activeTab(page: Page): Locator {
  return page.locator('.editor-group-container.active .tabs-container .tab.active');
}

/** Text of the active editor's visible lines. */
export async function visibleText(page: Page): Promise<string> {
  const lines = await page.locator('.editor-group-container.active .monaco-editor .view-line').allTextContents();
  return lines.join('\n').replaceAll('\u00a0', ' ');
}

/** The content of the webview in front: VS Code nests it in two frames. */
export function webview(page: Page): FrameLocator {
  return page.locator('iframe.webview.ready').last().contentFrame().frameLocator('#active-frame');
}

/** A row of the tree view in the side bar, by its label and its depth (from 1). */
export function treeRow(page: Page, label: string, level: number): Locator {
  return page
    .locator(`.sidebar .pane-body .monaco-list-row[aria-level="${level}"]`)
    .filter({ has: page.locator('.label-name', { hasText: label }) });
}

/**
 * Opens an entry of the context menu that has entries of its own, and clicks the one named. A submenu opens a moment after
 * the pointer has come to rest, and closes where a click falls into that moment, or the click is lost: then once more.
 */
export async function chooseInSubmenu(page: Page, parent: string, entry: string): Promise<void> {
  const menu = page.locator('.monaco-menu');
  const opener = menu.getByText(parent, { exact: true });
  const target = menu.getByText(entry, { exact: true });
  for (let attempt = 1; ; attempt += 1) {
    try {
      await opener.hover({ timeout: shortMs });
      await target.waitFor({ timeout: stepMs });
      await target.click({ timeout: stepMs });
      await target.waitFor({ state: 'hidden', timeout: stepMs });
      return;
    } catch (error) {
      if (attempt === attempts) throw error;
      // The submenu opens on arriving: the pointer has to leave first.
      await menu.first().hover({ position: { x: 4, y: 4 }, timeout: stepMs });
    }
  }
}

/** Clicks an entry of the context menu that is open. A click in the moment in which the menu opens is lost: then once more. */
export async function chooseInContextMenu(page: Page, entry: string): Promise<void> {
  const target = page.locator('.monaco-menu').getByText(entry, { exact: true });
  for (let attempt = 1; ; attempt += 1) {
    await target.click({ timeout: shortMs });
    try {
      await target.waitFor({ state: 'hidden', timeout: stepMs });
      return;
    } catch (error) {
      if (attempt === attempts) throw error;
    }
  }
}

/** Puts the mouse and the keyboard where they hide nothing: no hover, no cursor in the picture. */
export async function rest(page: Page): Promise<void> {
  await page.mouse.move(2, 2);
  await page.waitForTimeout(400);
}

/** Labels in *Preferences: Color Theme*. */
export const themes = {
  light: 'Light Modern',
  dark: 'Dark Modern',
  'high-contrast': 'Dark High Contrast',
} as const;

export type Theme = keyof typeof themes;

/** Changes the colour theme while the window is open. */
export async function setTheme(page: Page, theme: Theme): Promise<void> {
  const className = { light: 'vs', dark: 'vs-dark', 'high-contrast': 'hc-black' }[theme];
  const workbench = page.locator(`.monaco-workbench.${className}`);
  if (await workbench.isVisible()) return;
  await runPaletteCommand(page, 'Preferences: Color Theme');
  // Its list is filled, and its key handling ready, only after a while.
  await page.locator('.quick-input-list .monaco-list-row', { hasText: 'Dark Modern' }).waitFor({ timeout: shortMs });
  await page.locator('.quick-input-widget input.input').first().fill(themes[theme]);
  await page
    .locator('.quick-input-list .monaco-list-row', { hasText: themes[theme] })
    .first()
    .click({ timeout: shortMs });
  await workbench.waitFor({ timeout: shortMs });
  await page.waitForTimeout(300);
}
