/** Findings as squiggles: which there are, and how fixes, comments and settings make them go. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import * as vscode from 'vscode';
import { applyFix, offeredFixes, preferredFix } from './quickFixes.ts';
import { allDiagnostics, diagnosticsOf, ruleOf, until } from './waiting.ts';
import {
  closeEditors,
  entityWithoutIndex,
  fileUri,
  missingIndex,
  openFile,
  positionOf,
  replaceText,
  writeFile,
} from './workspace.ts';

const orderFile = 'src/orders/entities/order.entity.ts';

/** `file#member` of every row of the shop's README that names a foreign key without an index. */
function plantedMissingIndexes(): string[] {
  return readFileSync(fileUri('README.md').fsPath, 'utf8')
    .split('\n')
    .filter((line) => /\| Foreign keys? without an index/.test(line))
    .flatMap((line) => {
      const [place = ''] = line.slice(1).split('|');
      const [file = '', ...members] = [...place.matchAll(/`([^`]+)`/g)].map((match) => match[1] ?? '');
      return members.map((member) => `src/${file}#${member.split('.')[1] ?? ''}`);
    })
    .sort();
}

function place(uri: vscode.Uri, diagnostic: vscode.Diagnostic): string {
  const lines = readFileSync(uri.fsPath, 'utf8').split(/\r?\n/);
  const text = lines.slice(diagnostic.range.start.line, diagnostic.range.end.line + 1).join('\n');
  const member = /(\w+)[!?]?\s*:/.exec(text)?.[1] ?? text.trim();
  return `${vscode.workspace.asRelativePath(uri, false)}#${member}`;
}

describe('diagnostics', () => {
  afterEach(closeEditors);

  it('tell every foreign key of the shop that has no index, and no other', async () => {
    const expected = plantedMissingIndexes();
    assert.ok(expected.length >= 10, 'the README of the shop lists its foreign keys without an index');
    const found = await until('findings of the shop', () => {
      const all = allDiagnostics().filter(({ diagnostic }) => ruleOf(diagnostic) === missingIndex);
      return all.length >= expected.length ? all : null;
    });
    assert.deepEqual(found.map(({ uri, diagnostic }) => place(uri, diagnostic)).sort(), expected);
  });

  it('say what is wrong, with a link to the documentation of the rule', async () => {
    const { document } = await openFile(orderFile);
    const [diagnostic] = await until('the finding', () => diagnosticsOf(document.uri, missingIndex));
    assert.ok(diagnostic);
    assert.match(diagnostic.message, /customer/);
    assert.match(diagnostic.message, /index/i);
    assert.ok(typeof diagnostic.code === 'object' && diagnostic.code.target.toString().length > 0);
  });

  it('vanish with the quick fix, which is one undo step', async () => {
    const { document } = await openFile(orderFile);
    const before = document.getText();
    const [diagnostic] = await until('the finding', () => diagnosticsOf(document.uri, missingIndex));
    assert.ok(diagnostic);
    await applyFix(await preferredFix(document.uri, diagnostic.range));
    await until('the finding to go', () => diagnosticsOf(document.uri, missingIndex).length === 0);
    const after = document.getText();
    assert.equal(after.match(/@Index\(/g)?.length, (before.match(/@Index\(/g)?.length ?? 0) + 1);
    assert.equal(after.match(/\bIndex,/g)?.length, 1, 'Index was imported already');

    await vscode.commands.executeCommand('undo');
    assert.equal(document.getText(), before);
    await until('the finding to return', () => diagnosticsOf(document.uri, missingIndex));
  });

  it('are fixed with the import that the file lacks', async () => {
    const { document } = await openFile('src/payments/entities/refund.entity.ts');
    const [diagnostic] = await until('the finding', () => diagnosticsOf(document.uri, missingIndex));
    assert.ok(diagnostic);
    await applyFix(await preferredFix(document.uri, diagnostic.range));
    assert.match(document.getText(), /import \{[^}]*\bIndex\b[^}]*\} from 'typeorm'/);
    await until('the finding to go', () => diagnosticsOf(document.uri, missingIndex).length === 0);
  });

  it('follow typing in a file that is not saved', async () => {
    const editor = await openFile(orderFile);
    const { uri } = editor.document;
    await until('the finding', () => diagnosticsOf(uri, missingIndex));
    await replaceText(editor, '  @ManyToOne(() => Customer', '  @Index()\n  @ManyToOne(() => Customer');
    await until('the finding to go', () => diagnosticsOf(uri, missingIndex).length === 0);
    await replaceText(editor, '  @Index()\n  @ManyToOne(() => Customer', '  @ManyToOne(() => Customer');
    await until('the finding to return', () => diagnosticsOf(uri, missingIndex));
  });

  it('survive a class that is only half typed', async () => {
    const editor = await openFile(orderFile);
    const { uri } = editor.document;
    await until('the finding', () => diagnosticsOf(uri, missingIndex));
    const end = editor.document.lineAt(editor.document.lineCount - 1).range.end;
    await editor.edit((edit) => edit.insert(end, '\n@Entity({ name: \nexport class Half {\n  @Column('));
    const refund = fileUri('src/payments/entities/refund.entity.ts');
    await until('findings of the other files', () => diagnosticsOf(refund, missingIndex));
    await until('the finding of the whole class', () => diagnosticsOf(uri, missingIndex));
  });

  it('are silenced by a comment, which a quick fix writes', async () => {
    const { document } = await openFile(orderFile);
    const [diagnostic] = await until('the finding', () => diagnosticsOf(document.uri, missingIndex));
    assert.ok(diagnostic);
    const actions = await offeredFixes(document.uri, diagnostic.range);
    const disable = actions.find(({ title }) => title.includes('for this line'));
    assert.ok(disable, `among: ${actions.map(({ title }) => title).join(' | ')}`);
    await applyFix(disable);
    assert.match(document.getText(), /\/\/ data-engineer-disable-next-line missing-foreign-key-index\n/);
    await until('the finding to go', () => diagnosticsOf(document.uri, missingIndex).length === 0);
  });

  it('obey the setting dataEngineer.rules, at once', async () => {
    const uri = fileUri(orderFile);
    await until('the finding', () => diagnosticsOf(uri, missingIndex));
    const settings = vscode.workspace.getConfiguration('dataEngineer');
    const target = vscode.ConfigurationTarget.Workspace;
    try {
      await settings.update('rules', { [missingIndex]: 'off' }, target);
      await until('every finding of the rule to go', () =>
        allDiagnostics().every(({ diagnostic }) => ruleOf(diagnostic) !== missingIndex),
      );
      await settings.update('rules', { [missingIndex]: 'error' }, target);
      await until('the finding to be an error', () =>
        diagnosticsOf(uri, missingIndex).some(({ severity }) => severity === vscode.DiagnosticSeverity.Error),
      );
    } finally {
      await settings.update('rules', undefined, target);
    }
    await until('the finding to be a warning again', () =>
      diagnosticsOf(uri, missingIndex).some(({ severity }) => severity !== vscode.DiagnosticSeverity.Error),
    );
  });

  it('are found in a file with CRLF line ends, which the fix keeps', async () => {
    const uri = await writeFile('src/catalog/entities/shelf.entity.ts', entityWithoutIndex('Shelf', 'shelves', '\r\n'));
    try {
      const { document } = await openFile(uri);
      assert.equal(document.eol, vscode.EndOfLine.CRLF);
      const [diagnostic] = await until('the finding', () => diagnosticsOf(uri, missingIndex));
      assert.ok(diagnostic);
      assert.ok(diagnostic.range.contains(positionOf(document, 'parent!')), JSON.stringify(diagnostic.range));
      await applyFix(await preferredFix(uri, diagnostic.range));
      await until('the finding to go', () => diagnosticsOf(uri, missingIndex).length === 0);
      await document.save();
      const saved = readFileSync(uri.fsPath, 'utf8');
      assert.match(saved, /@Index\(\)\r\n/);
      assert.equal(saved.replaceAll('\r\n', '').includes('\n'), false, 'a line ends with a bare line feed');
    } finally {
      await closeEditors();
      await vscode.workspace.fs.delete(uri);
    }
  });

  it('come and go with files that appear on disk, are renamed and vanish', async () => {
    const uri = await writeFile('src/catalog/entities/label.entity.ts', entityWithoutIndex('Label', 'labels'));
    await until('the finding of the new file', () => diagnosticsOf(uri, missingIndex));
    const renamed = fileUri('src/catalog/entities/tag.entity.ts');
    await vscode.workspace.fs.rename(uri, renamed);
    await until('the finding under the new name', () => diagnosticsOf(renamed, missingIndex));
    await until('the finding under the old name to go', () => diagnosticsOf(uri, missingIndex).length === 0);
    await vscode.workspace.fs.delete(renamed);
    await until('the finding to go with its file', () => diagnosticsOf(renamed, missingIndex).length === 0);
  });

  it('leave alone what .gitignore and files.exclude hide', async () => {
    const ignored = await writeFile('build-output/stale.entity.ts', entityWithoutIndex('Stale', 'stale'));
    const hidden = await writeFile('src/hidden/ghost.entity.ts', entityWithoutIndex('Ghost', 'ghosts'));
    const seen = await writeFile('src/catalog/entities/seen.entity.ts', entityWithoutIndex('Seen', 'seen'));
    try {
      await until('the findings of all three', () =>
        [ignored, hidden, seen].every((uri) => diagnosticsOf(uri, missingIndex).length > 0),
      );
      await writeFile('.gitignore', 'build-output/\n');
      await vscode.workspace
        .getConfiguration('files')
        .update('exclude', { '**/hidden': true }, vscode.ConfigurationTarget.Workspace);
      await until(
        'the hidden ones to go, and only they',
        () =>
          [ignored, hidden].every((uri) => diagnosticsOf(uri, missingIndex).length === 0) &&
          diagnosticsOf(seen, missingIndex).length === 1,
      );
    } finally {
      await vscode.workspace
        .getConfiguration('files')
        .update('exclude', undefined, vscode.ConfigurationTarget.Workspace);
      for (const path of ['build-output', 'src/hidden', 'src/catalog/entities/seen.entity.ts', '.gitignore']) {
        await vscode.workspace.fs.delete(fileUri(path), { recursive: true });
      }
      await until('the shop as it was', () =>
        [ignored, hidden, seen].every((uri) => diagnosticsOf(uri, missingIndex).length === 0),
      );
    }
  });
});
