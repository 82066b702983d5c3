/** SQL that an expression of C# builds: literals, interpolated strings, `+`, `string.Format`. */
import type { Interpolation, RawSql } from '../../../schema/code.ts';
import type { LineIndex } from '../../../syntax/lineIndex.ts';
import type { TreeNode } from '../../../syntax/treeNode.ts';
import { fixedText, initializerIn } from '../sql/fixedText.ts';
import { hole, holePositions } from '../sql/tokens.ts';
import { literalValue, rawString, unescaped } from './literals.ts';

interface Hole {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

export interface CsSql {
  readonly sql: string;
  readonly raw: RawSql;
}

/** @param bound interpolated values become parameters (`FromSql($"…")`); @param constantOf text of a name that is a constant of the file */
export function csSqlOf(
  node: TreeNode,
  text: string,
  lines: LineIndex,
  bound: boolean,
  constantOf: (name: string) => string | null,
): CsSql | null {
  const holes: Hole[] = [];
  let parameters = 0;
  const add = (part: TreeNode): string => {
    if (bound) return `@p${String(parameters++)}`;
    const source = text.slice(part.startIndex, part.endIndex);
    const constant = constantOf(source) ?? fixedText(source) ?? fixedText(initializerIn(text, source) ?? '');
    if (constant !== null) return constant;
    holes.push({ text: source.slice(0, 120), start: part.startIndex, end: part.endIndex });
    return hole(holes.length - 1);
  };
  const build = (part: TreeNode, depth: number): string | null => {
    if (depth > 40) return null;
    const value = literalValue(part, text);
    if (typeof value === 'string') return value;
    switch (part.type) {
      case 'parenthesized_expression':
        return part.firstNamedChild ? build(part.firstNamedChild, depth + 1) : null;
      case 'interpolated_string_expression': {
        const verbatim = text.slice(part.startIndex, part.startIndex + 3).includes('@');
        return part.namedChildren
          .map((child) => {
            if (child.type === 'interpolation') {
              const inner = child.namedChildren.find(({ type }) => !type.startsWith('interpolation_'));
              return inner ? add(inner) : '';
            }
            if (child.type !== 'string_content' && child.type !== 'escape_sequence') return '';
            const source = text.slice(child.startIndex, child.endIndex).replaceAll('{{', '{').replaceAll('}}', '}');
            return verbatim ? source.replaceAll('""', '"') : unescaped(source);
          })
          .join('');
      }
      case 'binary_expression': {
        const left = part.childForFieldName('left');
        const right = part.childForFieldName('right');
        if (!left || !right || !text.slice(left.endIndex, right.startIndex).includes('+')) return null;
        const [before, after] = [build(left, depth + 1), build(right, depth + 1)];
        if (before === null && after === null) return null;
        return (before ?? add(left)) + (after ?? add(right));
      }
      case 'identifier':
      case 'member_access_expression':
        return constantOf(text.slice(part.startIndex, part.endIndex));
      case 'invocation_expression': {
        const callee = part.childForFieldName('function');
        const name = callee ? text.slice(callee.startIndex, callee.endIndex) : '';
        const args = (part.childForFieldName('arguments')?.namedChildren ?? []).flatMap(
          (each) => each.lastNamedChild ?? [],
        );
        if (/^[sS]tring\.Format$|^FormattableStringFactory\.Create$/u.test(name) && args[0]) {
          const format = build(args[0], depth + 1);
          return (
            format?.replace(/\{(\d+)[^}]*\}/gu, (_, at: string) => {
              const given = args[Number(at) + 1];
              return given ? add(given) : '';
            }) ?? null
          );
        }
        return null;
      }
      default:
        return null;
    }
  };
  const built = build(node, 0);
  if (built === null) return null;
  // Names in brackets are quoted names of SQL Server.
  const sql = built.replace(/\[([A-Za-z_][\w ]*)\]/gu, '"$1"');
  const positions = holes.length === 0 ? null : holePositions(sql);
  const interpolations: Interpolation[] = holes.map(({ text: source, start, end }, index) => ({
    text: source,
    position: positions?.get(index) ?? 'fragment',
    at: lines.range(start, end),
  }));
  return {
    sql,
    raw: {
      text: built
        .replace(/\u27e6(\d+)\u27e7/gu, (_, index: string) => `{${holes[Number(index)]?.text ?? ''}}`)
        .slice(0, 4000),
      interpolations,
      at: lines.range(node.startIndex, node.endIndex),
    },
  };
}

const constant =
  /\bconst\s+string\s+(\w+)\s*=\s*(?:("{3,})(?<raw>[\s\S]*?)\2|@"(?<verbatim>(?:[^"]|"")*)"|"(?<plain>(?:[^"\\\n]|\\.)*)")\s*;/gu;

/** Values of `const string` that stand in the file, by name; what several methods declare for themselves means none of them. */
export function constantsIn(text: string): (name: string) => string | null {
  let known: Map<string, string | null> | undefined;
  return (name) => {
    if (!known) {
      known = new Map();
      for (const { 1: each = '', groups } of text.matchAll(constant)) {
        const { raw, verbatim, plain } = groups ?? {};
        const value = raw === undefined ? (verbatim?.replaceAll('""', '"') ?? unescaped(plain ?? '')) : rawString(raw);
        known.set(each, known.has(each) ? null : value);
      }
    }
    return known.get(name.slice(name.lastIndexOf('.') + 1)) ?? null;
  };
}
