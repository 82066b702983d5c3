/** SQL and JPQL texts that Java expressions build: literals, `+`, constants of the file, `String.format`. */
import type { Interpolation, RawSql } from '../../../schema/code.ts';
import type { LineIndex } from '../../../syntax/lineIndex.ts';
import type { TreeNode } from '../../../syntax/treeNode.ts';
import { fixedText } from '../sql/fixedText.ts';
import { hole, holePositions } from '../sql/tokens.ts';
import { stringOf } from './values.ts';

export interface JavaText {
  /** With a hole for each expression that is not known. */
  readonly text: string;
  readonly holes: readonly { readonly text: string; readonly start: number; readonly end: number }[];
  readonly start: number;
  readonly end: number;
}

/** Value of a name: a constant of the file, or a variable that is set once; null = not known. */
export type NodeOf = (name: string, offset: number) => TreeNode | null;

const deepest = 80;

/** Null where the expression builds no text that shows. */
export function textOfNode(node: TreeNode, source: string, nodeOf: NodeOf): JavaText | null {
  const holes: { text: string; start: number; end: number }[] = [];
  const slice = (part: TreeNode): string => source.slice(part.startIndex, part.endIndex);
  const add = (part: TreeNode): string => {
    const text = slice(part);
    const value = part.type === 'identifier' ? nodeOf(text, part.startIndex) : null;
    const fixed = fixedText(value ? slice(value) : text);
    if (fixed !== null) return fixed;
    holes.push({
      text: text.length > 120 ? `${text.slice(0, 119)}…` : text,
      start: part.startIndex,
      end: part.endIndex,
    });
    return hole(holes.length - 1);
  };
  const build = (part: TreeNode, depth: number): string | null => {
    if (depth > deepest) return null;
    switch (part.type) {
      case 'string_literal':
        return stringOf(slice(part));
      case 'parenthesized_expression':
        return part.firstNamedChild ? build(part.firstNamedChild, depth + 1) : null;
      case 'binary_expression': {
        const left = part.childForFieldName('left');
        const right = part.childForFieldName('right');
        if (!left || !right || !source.slice(left.endIndex, right.startIndex).includes('+')) return null;
        const [before, after] = [build(left, depth + 1), build(right, depth + 1)];
        if (before === null && after === null) return null;
        return (before ?? add(left)) + (after ?? add(right));
      }
      case 'identifier':
      case 'field_access': {
        const value = nodeOf(slice(part), part.startIndex);
        return value ? build(value, depth + 20) : null;
      }
      case 'method_invocation': {
        const name = part.childForFieldName('name');
        const args = part.childForFieldName('arguments')?.namedChildren ?? [];
        const object = part.childForFieldName('object');
        const method = name ? slice(name) : '';
        if (method === 'format' && args[0] && object && slice(object) === 'String') return formatted(args, depth);
        if ((method === 'formatted' || method === 'concat') && object) {
          const text = build(object, depth + 1);
          if (text === null) return null;
          if (method === 'concat') return text + (args[0] ? (build(args[0], depth + 1) ?? add(args[0])) : '');
          return filled(text, args);
        }
        if ((method === 'toString' || method === 'trim' || method === 'strip' || method === 'stripIndent') && object)
          return build(object, depth + 1);
        return null;
      }
      default:
        return null;
    }
  };
  const formatted = ([pattern, ...values]: readonly TreeNode[], depth: number): string | null => {
    const text = pattern ? build(pattern, depth + 1) : null;
    return text === null ? null : filled(text, values);
  };
  const filled = (text: string, values: readonly TreeNode[]): string => {
    let next = 0;
    return text.replace(/%(?:\d+\$)?[-+#0-9.]*[sdn]/gu, (mark) => {
      const value = values[next++];
      return value ? add(value) : mark;
    });
  };
  const text = build(node, 0);
  return text === null ? null : { text, holes, start: node.startIndex, end: node.endIndex };
}

export function rawSqlOf(source: JavaText, lines: LineIndex): RawSql {
  const positions = source.holes.length === 0 ? null : holePositions(source.text);
  const interpolations: Interpolation[] = source.holes.map(({ text, start, end }, index) => ({
    text,
    position: positions?.get(index) ?? 'fragment',
    at: lines.range(start, end),
  }));
  return {
    text: source.text
      .replace(/\u27e6(\d+)\u27e7/gu, (_, index: string) => `\${${source.holes[Number(index)]?.text ?? ''}}`)
      .slice(0, 4000),
    interpolations,
    at: lines.range(source.start, source.end),
  };
}
