import type { Problem } from '../../schema/source.ts';
import type { SyntaxNode } from '../../syntax/syntax.ts';
import type { SourceFile } from '../reader.ts';

/**
 * One problem for a file that does not parse, at its first error; [] where it parses. What stands around an error is read all the
 * same, so this only tells why something may be missing.
 */
export function syntaxProblems(file: SourceFile): readonly Problem[] {
  const { root } = file.parsed();
  if (!root.hasError) return [];
  const error = firstError(root);
  if (!error) return [];
  const at = file.lines.range(error.startIndex, Math.max(error.endIndex, error.startIndex));
  return [
    {
      code: 'syntax-error',
      message: `${file.path} has a syntax error at line ${at.line}; what could be made out around it was read.`,
      severity: 'information',
      at: { ...at, endLine: at.line, endColumn: at.endLine === at.line ? at.endColumn : at.column + 1 },
    },
  ];
}

/**
 * What the grammar of Kotlin takes for missing though it need not stand there: the end of the last member where the brace that closes the class is on
 * its line (`companion object { const val LIMIT = 10 }`).
 */
const optional = new Set(['_class_member_semi']);

/** The way to it leads through nodes that contain an error. Null where all that is missing need not be there. */
function firstError(root: SyntaxNode): SyntaxNode | null {
  const open = [root];
  for (let node = open.pop(); node; node = open.pop()) {
    if (node.isError || (node.isMissing && !optional.has(node.type))) return node;
    for (const child of node.children.toReversed())
      if (child?.hasError === true || child?.isMissing === true) open.push(child);
  }
  return null;
}
