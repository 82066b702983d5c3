/** Hovers and code lenses in an entity's file. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { until } from './waiting.ts';
import { closeEditors, openFile, positionOf, replaceText } from './workspace.ts';

const orderFile = 'src/orders/entities/order.entity.ts';
const serviceFile = 'src/orders/orders.service.ts';

async function hoverText(uri: vscode.Uri, position: vscode.Position): Promise<string> {
  const hovers = await vscode.commands.executeCommand<vscode.Hover[]>('vscode.executeHoverProvider', uri, position);
  return hovers
    .flatMap((hover) => hover.contents)
    .map((content) => (content instanceof vscode.MarkdownString ? content.value : ''))
    .join('\n');
}

async function lenses(uri: vscode.Uri): Promise<vscode.CodeLens[]> {
  const found = await vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', uri, 50);
  return found.filter((lens) => (lens.command?.title ?? '').includes('diagram'));
}

describe('editor', () => {
  afterEach(closeEditors);

  it('shows the table on hovering its class', async () => {
    const { document } = await openFile(orderFile);
    const text = await until('a hover with the table', async () => {
      const found = await hoverText(document.uri, positionOf(document, 'class Order ', 'class '.length + 1));
      return found.includes('orders') ? found : null;
    });
    for (const column of ['customer_id', 'number', 'status']) assert.match(text, new RegExp(`\\b${column}\\b`));
  });

  it('shows the column on hovering a property', async () => {
    const { document } = await openFile(orderFile);
    await until('a hover with the column', async () =>
      (await hoverText(document.uri, positionOf(document, 'placedAt!', 2))).includes('placed_at'),
    );
  });

  it('shows the table where a service names the entity', async () => {
    const { document } = await openFile(serviceFile);
    await until('a hover with the table', async () =>
      /\bplaced_at\b/.test(
        await hoverText(document.uri, positionOf(document, 'Repository<Order>', 'Repository<'.length + 1)),
      ),
    );
  });

  it('counts columns and relations over an entity, live', async () => {
    const editor = await openFile(orderFile);
    const { document } = editor;
    const [lens] = await until('a code lens', () => lenses(document.uri));
    assert.ok(lens);
    assert.equal(lens.range.start.line, positionOf(document, 'class Order ').line);
    const counts = /^(\d+) columns · (\d+) relations · show in diagram$/.exec(lens.command?.title ?? '');
    assert.ok(counts, lens.command?.title);
    assert.equal(counts[2], '5', 'customer, lines, payments, shipments, history');
    await replaceText(
      editor,
      '  @Column({ length: 16, unique: true })',
      '  @Column()\n  extra!: string;\n\n  @Column({ length: 16, unique: true })',
    );
    await until('one more column', async () =>
      (await lenses(document.uri)).some((other) => other.command?.title.startsWith(`${Number(counts[1]) + 1} columns`)),
    );
  });

  it('shows nothing over classes that are no entities', async () => {
    const { document } = await openFile('src/orders/orders.module.ts');
    assert.deepEqual(await lenses(document.uri), []);
  });
});
