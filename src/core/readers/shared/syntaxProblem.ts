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

/** The way to it leads through nodes that contain an error; bounded by the depth of the tree. */
function firstError(root: SyntaxNode): SyntaxNode {
  let node = root;
  while (!node.isError && !node.isMissing) {
    const inner = node.children.find((child) => child?.hasError === true || child?.isMissing === true);
    if (!inner) return node;
    node = inner;
  }
  return node;
}
