/** An untrusted folder: everything that only reads works. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { extension, runCommand } from './extension.ts';
import { applyFix, preferredFix } from './quickFixes.ts';
import { diagnosticsOf, until } from './waiting.ts';
import { closeEditors, missingIndex, openFile } from './workspace.ts';

describe('Restricted Mode', () => {
  afterEach(closeEditors);

  it('is what this window is in', () => {
    assert.equal(vscode.workspace.isTrusted, false);
  });

  it('still runs the extension', async () => {
    await extension().activate();
    assert.equal(extension().isActive, true);
  });

  it('still finds and fixes', async () => {
    const { document } = await openFile('src/orders/entities/order.entity.ts');
    const [diagnostic] = await until('the finding', () => diagnosticsOf(document.uri, missingIndex));
    assert.ok(diagnostic);
    await applyFix(await preferredFix(document.uri, diagnostic.range));
    await until('the finding to go', () => diagnosticsOf(document.uri, missingIndex).length === 0);
  });

  it('still opens the diagram', async () => {
    await runCommand('Show ER Diagram');
    await until('the diagram', () =>
      vscode.window.tabGroups.all
        .flatMap((group) => group.tabs)
        .some((tab) => tab.input instanceof vscode.TabInputWebview),
    );
  });
});
