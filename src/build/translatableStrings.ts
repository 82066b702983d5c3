/** Every text that host, server and webview show: the literals given to `l10n.t`. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

const folders = ['src/host', 'src/server', 'webview'];

/**
 * Sorted, each once.
 * @throws where a text is not a literal: no translator could know it
 */
export function translatableStrings(repository: string): string[] {
  const found = new Set<string>();
  for (const folder of folders) {
    for (const entry of readdirSync(join(repository, folder), { withFileTypes: true, recursive: true })) {
      if (!entry.isFile() || !/\.tsx?$/.test(entry.name)) continue;
      const path = join(entry.parentPath, entry.name);
      const file = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest);
      collect(file, file, found);
    }
  }
  return [...found].sort();
}

function collect(node: ts.Node, file: ts.SourceFile, found: Set<string>): void {
  if (ts.isCallExpression(node) && isTranslation(node.expression)) {
    const [text] = node.arguments;
    if (text === undefined || !ts.isStringLiteralLike(text)) {
      const { line } = file.getLineAndCharacterOfPosition(node.getStart(file));
      throw new Error(`${file.fileName}:${line + 1}: the text given to l10n.t must be a literal.`);
    }
    found.add(text.text);
  }
  ts.forEachChild(node, (child) => collect(child, file, found));
}

/** `l10n.t`, `vscode.l10n.t`, or a translator `t` that is passed on. */
function isTranslation(callee: ts.Expression): boolean {
  if (ts.isIdentifier(callee)) return callee.text === 't';
  if (!ts.isPropertyAccessExpression(callee) || callee.name.text !== 't') return false;
  const { expression } = callee;
  return (
    (ts.isIdentifier(expression) && expression.text === 'l10n') ||
    (ts.isPropertyAccessExpression(expression) && expression.name.text === 'l10n')
  );
}
