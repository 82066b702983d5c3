/** Entities edited by command with the answers given: offered in the refactor preview, applied there, taken back in one step. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { extension, runCommand } from './extension.ts';
import { until } from './waiting.ts';
import { closeEditors, fileUri, openFile, rootFolder } from './workspace.ts';

const file = 'src/catalog/entities/brand.entity.ts';

async function textOf(path: string): Promise<string> {
  const document = await vscode.workspace.openTextDocument(fileUri(path));
  return document.getText();
}

describe('editing entities', function () {
  this.timeout(180_000);

  before(() => extension().exports.ready);
  afterEach(closeEditors);

  it('adds a column after a preview, and takes it back in one step', async () => {
    const editor = await openFile(file);
    const before = editor.document.getText();
    const type = { type: 'string', length: 40, precision: null, scale: null };
    const running = runCommand(
      'Add Column...',
      { project: rootFolder().toString(), table: 'brands', element: 'table', columns: [] },
      { kind: 'addColumn', table: 'brands', name: 'motto', type, nullable: true },
    );
    // Nothing is written before it is applied, which cannot be done before the preview is there.
    await until(
      'the preview to be applied',
      async () => {
        await vscode.commands.executeCommand('refactorPreview.apply').then(undefined, () => undefined);
        return editor.document.getText() !== before;
      },
      120_000,
    );
    assert.equal(await running, true);
    assert.match(
      await textOf(file),
      /@Column\(\{ type: '[a-z ]+', length: 40, nullable: true \}\)\s+motto!?: string \| null;/,
    );
    await vscode.window.showTextDocument(editor.document);
    await vscode.commands.executeCommand('undo');
    await until('the column to be gone', () => editor.document.getText() === before);
  });

  it('says why where something cannot be written, and writes nothing', async () => {
    const before = await textOf(file);
    const done = await runCommand(
      'Delete from Schema...',
      { project: rootFolder().toString(), table: 'brands', element: 'table', columns: [] },
      { kind: 'deleteTable', table: 'brands' },
    );
    assert.equal(done, undefined);
    assert.equal(await textOf(file), before);
  });
});
