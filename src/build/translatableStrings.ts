/** Every text that host, server and webview show: the literals given to `l10n.t` and `t`. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

const folders = ['src/host', 'src/server', 'webview'];

/**
 * Sorted, each once.
 * @throws where a text is neither a literal nor an entry of a constant object: no translator could know it
 */
export function translatableStrings(repository: string): string[] {
  const files = folders.flatMap((folder) =>
    readdirSync(join(repository, folder), { withFileTypes: true, recursive: true })
      .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
      .map((entry) => join(entry.parentPath, entry.name)),
  );
  const sources = files.map((path) =>
    ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest, false),
  );
  const constants = constantObjects(sources);
  const found = new Set<string>();
  for (const source of sources)
    visit(source, (node) => {
      if (!ts.isCallExpression(node) || !isTranslation(node.expression)) return;
      const texts = node.arguments[0] && textsOf(node.arguments[0], constants);
      if (texts) for (const text of texts) found.add(text);
      else {
        const { line } = source.getLineAndCharacterOfPosition(node.getStart(source));
        throw new Error(`${source.fileName}:${line + 1}: the text given to l10n.t must be a literal.`);
      }
    });
  return [...found].sort();
}

/** The texts an expression can be, where that is plain to see. */
function textsOf(
  text: ts.Expression,
  constants: ReadonlyMap<string, readonly string[]>,
): readonly string[] | undefined {
  if (ts.isStringLiteralLike(text)) return [text.text];
  if (ts.isParenthesizedExpression(text)) return textsOf(text.expression, constants);
  if (ts.isElementAccessExpression(text) && ts.isIdentifier(text.expression))
    return constants.get(text.expression.text);
  if (!ts.isConditionalExpression(text)) return undefined;
  const [whenTrue, whenFalse] = [textsOf(text.whenTrue, constants), textsOf(text.whenFalse, constants)];
  return whenTrue && whenFalse ? [...whenTrue, ...whenFalse] : undefined;
}

/** `const titles = { pk: 'Primary key', … }` → its texts, by the constant's name. */
function constantObjects(sources: readonly ts.SourceFile[]): Map<string, readonly string[]> {
  const found = new Map<string, readonly string[]>();
  for (const source of sources)
    visit(source, (node) => {
      if (!ts.isVariableDeclaration(node) || !ts.isIdentifier(node.name) || node.initializer === undefined) return;
      const value = ts.isAsExpression(node.initializer) ? node.initializer.expression : node.initializer;
      if (!ts.isObjectLiteralExpression(value)) return;
      const texts = value.properties.flatMap((property) =>
        ts.isPropertyAssignment(property) && ts.isStringLiteralLike(property.initializer)
          ? [property.initializer.text]
          : [],
      );
      if (texts.length > 0 && texts.length === value.properties.length) found.set(node.name.text, texts);
    });
  return found;
}

function visit(node: ts.Node, look: (node: ts.Node) => void): void {
  look(node);
  ts.forEachChild(node, (child) => visit(child, look));
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
