/** A folder with nothing to read: how long activation takes, and that the first entity is enough to start. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { extension, runCommand } from './extension.ts';
import { note } from './notes.ts';
import { allDiagnostics, diagnosticsOf, until } from './waiting.ts';
import { entityWithoutIndex, fileUri, missingIndex, writeFile } from './workspace.ts';

describe('an empty folder', () => {
  it('does not start the extension before it is needed', () => {
    assert.equal(extension().isActive, false);
  });

  it('activates the extension quickly', async () => {
    const start = performance.now();
    await extension().activate();
    const milliseconds = performance.now() - start;
    note(`activate(), with loading its code: ${milliseconds.toFixed(0)} ms (target 50 ms)`);
    assert.ok(milliseconds < 1000, `activation took ${milliseconds.toFixed(0)} ms`);
  });

  it('has no findings and takes every command', async () => {
    await runCommand('Analyze Workspace');
    await runCommand('Show ER Diagram');
    await runCommand('Copy Schema as JSON');
    assert.deepEqual(allDiagnostics(), []);
  });

  it('is read as soon as an entity appears in it', async () => {
    await writeFile('package.json', JSON.stringify({ name: 'new', dependencies: { typeorm: '^1.0.0', pg: '^8.0.0' } }));
    const uri = await writeFile('src/node.entity.ts', entityWithoutIndex('TreeNode', 'tree_nodes'));
    await until('the finding', () => diagnosticsOf(uri, missingIndex));
    assert.equal(vscode.workspace.workspaceFolders?.length, 1);
    assert.equal(diagnosticsOf(fileUri('src/node.entity.ts'), missingIndex).length, 1);
  });
});
