/** The commands of the palette. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { copiedSchema, runCommand } from './extension.ts';
import { until } from './waiting.ts';
import { closeEditors, openFile } from './workspace.ts';

interface PublicSchema {
  readonly version: number;
  readonly projects: readonly {
    readonly root: string;
    readonly dialect: string;
    readonly tables: readonly {
      readonly name: string;
      readonly entity: string | null;
      readonly reader: string;
      readonly columns: readonly { readonly name: string; readonly at: { readonly file: string } }[];
    }[];
  }[];
}

function diagramTabs(): vscode.Tab[] {
  return vscode.window.tabGroups.all
    .flatMap((group) => group.tabs)
    .filter((tab) => tab.input instanceof vscode.TabInputWebview && /dataEngineer/i.test(tab.input.viewType));
}

describe('commands', () => {
  afterEach(closeEditors);

  it('Show ER Diagram opens the diagram, and the same one the second time', async () => {
    await runCommand('Show ER Diagram');
    const [tab] = await until('the diagram', diagramTabs);
    assert.ok(tab);
    assert.match(tab.label, /diagram|shop/i);
    await openFile('src/orders/entities/order.entity.ts');
    await runCommand('Show ER Diagram');
    await until('the diagram to be in front', () => diagramTabs().some((found) => found.isActive));
    assert.equal(diagramTabs().length, 1);
  });

  it('Copy Schema as JSON puts the public JSON on the clipboard', async () => {
    const schema = (await copiedSchema()) as PublicSchema;
    assert.equal(schema.version, 1);
    assert.equal(schema.projects.length, 1);
    const [project] = schema.projects;
    assert.ok(project);
    assert.equal(project.dialect, 'postgresql');
    assert.ok(project.tables.filter(({ entity }) => entity !== null).length >= 20);
    const orders = project.tables.find((table) => table.name === 'orders');
    assert.ok(orders);
    assert.equal(orders.entity, 'Order');
    assert.equal(orders.reader, 'typeorm');
    assert.ok(orders.columns.some((column) => column.name === 'customer_id'));
    assert.equal(
      orders.columns.find((column) => column.name === 'placed_at')?.at.file,
      'src/orders/entities/order.entity.ts',
      'paths are relative to the folder',
    );
  });

  it('Analyze Workspace ends without an error', async () => {
    await runCommand('Analyze Workspace');
  });
});
