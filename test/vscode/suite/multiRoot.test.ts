/** Two folders in one window, with projects of their own. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { copiedSchema } from './extension.ts';
import { diagnosticsOf, until } from './waiting.ts';
import { missingIndex, rootFolder } from './workspace.ts';

describe('several folders', () => {
  const shop = (): vscode.Uri => vscode.Uri.joinPath(rootFolder(0), 'src/orders/entities/order.entity.ts');
  const blog = (): vscode.Uri => vscode.Uri.joinPath(rootFolder(1), 'src/post.entity.ts');

  it('are both read', async () => {
    assert.equal(vscode.workspace.workspaceFolders?.length, 2);
    await until('the finding of the first folder', () => diagnosticsOf(shop(), missingIndex));
    await until('the finding of the second folder', () => diagnosticsOf(blog(), missingIndex));
  });

  it('are projects of their own in the copied schema', async () => {
    const { projects } = (await copiedSchema()) as { projects: { tables: { name: string }[] }[] };
    assert.equal(projects.length, 2);
    const tables = projects.map((project) => project.tables.map(({ name }) => name));
    assert.ok(tables.some((names) => names.includes('posts') && !names.includes('orders')));
    assert.ok(tables.some((names) => names.includes('orders') && !names.includes('posts')));
  });

  it('can lose one of them', async () => {
    const uri = blog();
    assert.ok(vscode.workspace.updateWorkspaceFolders(1, 1));
    await until('the findings of the removed folder to go', () => diagnosticsOf(uri, missingIndex).length === 0);
    await until('the findings of the other', () => diagnosticsOf(shop(), missingIndex));
  });
});
