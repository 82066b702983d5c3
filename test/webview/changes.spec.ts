/** What has changed since an earlier state, on the diagram and beside it. */
import assert from 'node:assert/strict';
import { nothingSaved } from '../../src/core/diagram/saved.ts';
import { openDiagram, projects } from './diagramPage.ts';
import type { DiagramPage } from './diagramPage.ts';
import { changedModel, smallModel } from './models.ts';
import { shared } from './shared.ts';

describe('changes', () => {
  let diagram: DiagramPage;
  afterEach(async () => {
    await diagram.close();
  });

  it('are marked, named and listed, and each leads to its table', async () => {
    const { browser, site } = await shared();
    diagram = await openDiagram(browser, site, { model: changedModel() });
    const { page } = diagram;
    await page.screenshot({ path: 'test-results/webview-changes.png' });
    await page.getByText('Changes since main').waitFor();
    const name = await page.locator('[data-table="category"]').getAttribute('aria-label');
    assert.match(name ?? '', /removed/);
    await page.locator('.side-change', { hasText: 'Add column order.currency' }).click();
    await page.locator('.side-panel h2', { hasText: 'order' }).waitFor();
  });

  it('are asked for in the toolbar', async () => {
    const { browser, site } = await shared();
    diagram = await openDiagram(browser, site, { model: smallModel() });
    const project = projects[0]!.id;
    const saved = { type: 'saved', project, name: 'default', names: ['default'], exists: false } as const;
    await diagram.send({ ...saved, saved: nothingSaved, problem: null });
    await diagram.page.getByRole('button', { name: 'What changed since…' }).click();
    await diagram.message('since');
  });
});
