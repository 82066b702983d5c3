/** What has changed since an earlier state, on the diagram and beside it. */
import assert from 'node:assert/strict';
import type { DiagramModel } from '../../src/core/diagram/model.ts';
import { nothingSaved } from '../../src/core/diagram/saved.ts';
import { openDiagram, projects } from './diagramPage.ts';
import type { DiagramPage } from './diagramPage.ts';
import { smallModel } from './models.ts';
import { shared } from './shared.ts';

function changed(): DiagramModel {
  const model = smallModel();
  return {
    ...model,
    tables: model.tables.map((table) =>
      table.id === 'category'
        ? { ...table, change: 'removed' }
        : table.id === 'order_line'
          ? { ...table, change: 'added' }
          : table.id === 'order'
            ? {
                ...table,
                change: 'altered',
                columns: table.columns.map((column, index) =>
                  index === 1
                    ? { ...column, change: 'altered' }
                    : index === 6
                      ? { ...column, change: 'added' }
                      : column,
                ),
              }
            : table,
    ),
    changes: {
      since: 'main',
      entries: [
        { kind: 'removed', table: 'category', column: null, words: 'Drop table category.' },
        { kind: 'added', table: 'order_line', column: null, words: 'Create table order_line.' },
        { kind: 'added', table: 'order', column: 'currency', words: 'Add column order.currency (char(3)).' },
      ],
    },
  };
}

describe('changes', () => {
  let diagram: DiagramPage;
  afterEach(async () => {
    await diagram.close();
  });

  it('are marked, named and listed, and each leads to its table', async () => {
    const { browser, site } = await shared();
    diagram = await openDiagram(browser, site, { model: changed() });
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
