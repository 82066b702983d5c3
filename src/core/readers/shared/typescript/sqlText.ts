import type { Interpolation, RawSql } from '../../../schema/code.ts';
import type { LineIndex } from '../../../syntax/lineIndex.ts';
import { fixedText, initializerIn } from '../sql/fixedText.ts';
import { hole, holePositions } from '../sql/tokens.ts';
import { chainOf, stringValue, unwrap } from './syn.ts';
import type { Syn } from './syn.ts';

export interface SqlText {
  /** The text with a hole for each interpolated expression. */
  readonly sql: string;
  readonly holes: readonly { readonly text: string; readonly start: number; readonly end: number }[];
  readonly start: number;
  readonly end: number;
}

/** Value of a constant of the file that is a string literal; null = not known. */
export type ConstantOf = (name: string) => string | null;

/** The text that an expression builds, whatever it is built by: literal, template, `+`, `[…].join()`; null where it is no text. */
export function sqlTextOf(node: Syn, text: string, constantOf: ConstantOf): SqlText | null {
  const holes: { text: string; start: number; end: number }[] = [];
  const add = (part: Syn): string => {
    const source = text.slice(part.start, part.end);
    const constant = constantOf(source) ?? fixedText(source) ?? fixedText(initializerIn(text, source) ?? '');
    if (constant !== null) return constant;
    holes.push({ text: source.length > 120 ? `${source.slice(0, 119)}…` : source, start: part.start, end: part.end });
    return hole(holes.length - 1);
  };
  const build = (expression: Syn, depth: number): string | null => {
    const inner = unwrap(expression);
    const plain = stringValue(inner, text);
    if (plain !== null) return plain;
    if (inner.type === 'template_string') {
      let sql = '';
      for (const kid of inner.kids) {
        if (kid.type !== 'template_substitution') sql += text.slice(kid.start, kid.end).replaceAll('\\`', '`');
        else if (kid.kids[0])
          sql += (depth < 8 && isText(kid.kids[0], text) ? build(kid.kids[0], depth + 1) : null) ?? add(kid.kids[0]);
      }
      return sql;
    }
    // One of two pieces that stand in the source: what the longer says holds at times.
    if (inner.type === 'ternary_expression' && inner.kids.length === 3 && depth < 60) {
      const [, yes, no] = inner.kids;
      const [one, other] = [yes ? build(yes, depth + 1) : null, no ? build(no, depth + 1) : null];
      if (one === null || other === null) return null;
      return one.length >= other.length ? one : other;
    }
    if (inner.type === 'binary_expression' && inner.kids[0] && inner.kids[1] && depth < 60) {
      const [left, right] = [inner.kids[0], inner.kids[1]];
      if (/^\s*&&\s*$/u.test(text.slice(left.end, right.start))) return build(right, depth + 1);
      if (!text.slice(left.end, right.start).includes('+')) return null;
      const [before, after] = [build(left, depth + 1), build(right, depth + 1)];
      if (before === null && after === null) return null;
      return (before ?? add(left)) + (after ?? add(right));
    }
    const chain = inner.type === 'call_expression' ? chainOf(inner, text) : null;
    const last = chain?.links.at(-1);
    if (chain?.root.type === 'array' && last?.name === 'join' && chain.links.length === 1) {
      const separator = stringValue(last.args[0], text) ?? ',';
      return chain.root.kids.map((part) => build(part, depth + 1) ?? add(part)).join(separator);
    }
    // The driver quotes a name: what stands there is the name.
    if (last?.name === 'escape' && last.args.length === 1) return stringValue(last.args[0], text);
    if (chain?.links.length === 1 && last && /^(?:trim|dedent|stripIndent)$/.test(last.name))
      return build(chain.root, depth + 1);
    return inner.type === 'identifier' || inner.type === 'member_expression'
      ? constantOf(text.slice(inner.start, inner.end))
      : null;
  };
  const sql = build(node, 0);
  return sql === null ? null : { sql, holes, start: node.start, end: node.end };
}

/** A string literal or template stands there, or a choice between such, so that what it builds is part of the text. */
function isText(node: Syn, text: string): boolean {
  const inner = unwrap(node);
  return (
    stringValue(inner, text) !== null ||
    inner.type === 'template_string' ||
    inner.type === 'ternary_expression' ||
    inner.type === 'binary_expression'
  );
}

export function rawSqlOf(source: SqlText, lines: LineIndex): RawSql {
  const positions = source.holes.length === 0 ? null : holePositions(source.sql);
  const interpolations: Interpolation[] = source.holes.map(({ text, start, end }, index) => ({
    text,
    position: positions?.get(index) ?? 'fragment',
    at: lines.range(start, end),
  }));
  return {
    text: source.sql
      .replace(/\u27e6(\d+)\u27e7/g, (_, index: string) => `\${${source.holes[Number(index)]?.text ?? ''}}`)
      .slice(0, 4000),
    interpolations,
    at: lines.range(source.start, source.end),
  };
}
