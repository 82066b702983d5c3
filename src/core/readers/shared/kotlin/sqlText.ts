/** SQL and JPQL texts that Kotlin expressions build: literals with templates, `+`, constants of the file, `.trimIndent()`. */
import type { TreeNode } from '../../../syntax/treeNode.ts';
import type { JavaText, NodeOf } from '../java/sqlText.ts';
import { fixedText } from '../sql/fixedText.ts';
import { hole } from '../sql/tokens.ts';
import { templateParts } from './templates.ts';

const deepest = 80;

/** Null where the expression builds no text that shows. */
export function textOfKotlin(node: TreeNode, source: string, nodeOf: NodeOf): JavaText | null {
  const holes: { text: string; start: number; end: number }[] = [];
  const slice = (part: TreeNode): string => source.slice(part.startIndex, part.endIndex);
  const addText = (text: string, value: string, start: number, end: number): string => {
    const fixed = fixedText(value);
    if (fixed !== null) return fixed;
    holes.push({ text: text.length > 120 ? `${text.slice(0, 119)}…` : text, start, end });
    return hole(holes.length - 1);
  };
  const add = (part: TreeNode): string => {
    const text = slice(part);
    const value = part.type === 'identifier' ? nodeOf(text, part.startIndex) : null;
    return addText(text, value ? slice(value) : text, part.startIndex, part.endIndex);
  };
  const build = (part: TreeNode, depth: number): string | null => {
    if (depth > deepest) return null;
    switch (part.type) {
      case 'string_literal':
      case 'multiline_string_literal':
        return templateParts(part, source)
          .map((piece) => {
            if (piece.kind === 'text') return piece.text;
            if (piece.kind === 'expression') return build(piece.node, depth + 1) ?? add(piece.node);
            const value = nodeOf(piece.name, piece.start);
            const text = value ? build(value, depth + 20) : null;
            return text ?? addText(piece.name, value ? slice(value) : piece.name, piece.start, piece.end);
          })
          .join('');
      case 'parenthesized_expression':
        return part.firstNamedChild ? build(part.firstNamedChild, depth + 1) : null;
      case 'binary_expression': {
        const left = part.childForFieldName('left');
        const right = part.childForFieldName('right');
        if (!left || !right || source.slice(left.endIndex, right.startIndex).trim() !== '+') return null;
        const [before, after] = [build(left, depth + 1), build(right, depth + 1)];
        if (before === null && after === null) return null;
        return (before ?? add(left)) + (after ?? add(right));
      }
      case 'identifier': {
        const value = nodeOf(slice(part), part.startIndex);
        return value ? build(value, depth + 20) : null;
      }
      case 'navigation_expression': {
        const value = /^[\w.]+$/u.test(slice(part)) ? nodeOf(slice(part), part.startIndex) : null;
        return value ? build(value, depth + 20) : null;
      }
      case 'call_expression': {
        const [callee, list] = part.namedChildren;
        const object = callee?.type === 'navigation_expression' ? callee.firstNamedChild : null;
        if (!callee || !object) return null;
        const method = slice(callee)
          .slice(object.endIndex - callee.startIndex)
          .replace(/^[\s?!.]+/u, '');
        if (/^(?:trimIndent|trimMargin|trim|toString|lowercase)$/u.test(method)) {
          const text = build(object, depth + 1);
          return text !== null && method === 'trimMargin' ? text.replace(/^[ \t]*\|/gmu, '') : text;
        }
        const args = (list?.namedChildren ?? []).flatMap((each) => each.lastNamedChild ?? []);
        if (method !== 'format') return null;
        const ofClass = slice(object) === 'String';
        const pattern = ofClass ? args[0] : object;
        const text = pattern ? build(pattern, depth + 1) : null;
        let next = ofClass ? 1 : 0;
        return (
          text?.replace(/%(?:\d+\$)?[-+#0-9.]*[sdn]/gu, (mark) => {
            const value = args[next++];
            return value ? add(value) : mark;
          }) ?? null
        );
      }
      default:
        return null;
    }
  };
  const text = build(node, 0);
  return text === null ? null : { text, holes, start: node.startIndex, end: node.endIndex };
}
