/** SQL that code puts together: literals, f-strings, `+`, `%` and `.format(…)`. */
import type { Interpolation, RawSql } from '../../../schema/code.ts';
import type { TreeNode } from '../../../syntax/treeNode.ts';
import { fixedText, initializerIn } from '../sql/fixedText.ts';
import { hole, holePositions } from '../sql/tokens.ts';
import type { PyExpression } from './declarations.ts';
import { readExpression } from './expressions.ts';
import type { LookupSource } from './lookups.ts';
import { nodesOfType } from './nodes.ts';
import { textOf } from './outline.ts';

export interface PySqlText {
  /** With a hole for each value put into it. */
  readonly sql: string;
  readonly raw: RawSql;
}

/** Null where it is no text that stands there, or in the variable that stands there. */
export function sqlTextOf(stated: TreeNode, source: LookupSource): PySqlText | null {
  const filled = stated.type === 'identifier' ? filledBefore(stated, source) : null;
  const node = filled?.with ?? (stated.type === 'identifier' ? assignedOnce(stated, source) : stated);
  if (!node) return null;
  const holes: string[] = [];
  const add = (text: string): string => {
    const fixed = fixedText(text) ?? fixedText(initializerIn(source.text, text) ?? '') ?? constantIn(source.text, text);
    if (fixed !== null) return fixed;
    holes.push(text.length > 120 ? `${text.slice(0, 119)}…` : text);
    return hole(holes.length - 1);
  };
  const whole = readExpression(node, source);
  const sql = build(filled ? withText(whole, readExpression(filled.text, source)) : whole, add, 0);
  if (sql === null || !/\b(?:select|insert|update|delete|with|call|merge|replace)\b/i.test(sql)) return null;
  const positions = holes.length === 0 ? null : holePositions(sql);
  const at = source.lines.range(node.startIndex, node.endIndex);
  const interpolations = holes.map((text, index): Interpolation => ({
    text,
    position: positions?.get(index) ?? 'fragment',
    at,
  }));
  const text = sql
    .replace(/\u27e6(\d+)\u27e7/g, (_, index: string) => `{${holes[Number(index)] ?? ''}}`)
    .slice(0, 4000);
  return { sql, raw: { text, interpolations, at } };
}

/** The literal that a constant of the file or of its class stands for: `LIMIT`, `self.table`, where nothing else is put into it. */
function constantIn(text: string, path: string): string | null {
  const [, member, constant] = /^(?:(?:self|cls)\.(\w+)|([A-Z][A-Z\d_]*))$/.exec(path) ?? [];
  const name = member ?? constant;
  if (name === undefined) return null;
  const given = [
    ...text.matchAll(
      new RegExp(`(?<![\\w'"])(?:\\w+\\.)?${name}(?:\\s*:[^=\\n(]{1,60})?\\s*[-+|]?=(?!=)([^\\n]*)`, 'g'),
    ),
  ];
  // A keyword of a call looks alike: it has a bracket or a comma behind it.
  const assigned = given.filter(([, value = '']) => !/[,)]\s*$/.test(value));
  if (assigned.length !== 1) return null;
  const literal = /^\s*(?:(\d[\d_.]*)|'([^'\\{}]*)'|"([^"\\{}]*)")\s*(?:#.*)?$/.exec(assigned[0]?.[1] ?? '');
  return literal ? (literal[1] ?? literal[2] ?? literal[3] ?? null) : null;
}

/** `sql = sql.format(…)` right behind `sql = "…"`, in the block in which the statement is executed: the text, and what is put into it. */
function filledBefore(
  name: TreeNode,
  { text }: LookupSource,
): { readonly text: TreeNode; readonly with: TreeNode } | null {
  const stated = textOf(name, text);
  let statement: TreeNode | null = name;
  while (statement && statement.parent?.type !== 'block') statement = statement.parent;
  const block = statement?.parent;
  if (!statement || !block) return null;
  const given = ['assignment', 'augmented_assignment']
    .flatMap((type) => nodesOfType(block, type))
    .filter((node) => node.startIndex < name.startIndex && textOf(node.childForFieldName('left'), text) === stated)
    .sort((a, b) => b.startIndex - a.startIndex);
  const [last, before] = given;
  const isHere = (node: TreeNode | undefined): boolean => node?.parent?.parent?.index === block.index;
  const [value, base] = [last, before].map((node) => node?.childForFieldName('right') ?? null);
  const object = isFormatted(value ?? null, text)
    ? value?.childForFieldName('function')?.childForFieldName('object')
    : null;
  return value && object?.type === 'identifier' && textOf(object, text) === stated && isHere(last) && isHere(before)
    ? /^(?:concatenated_)?string$/.test(base?.type ?? '') && base
      ? { text: base, with: value }
      : null
    : null;
}

/** `sql.format(…)` with the text in place of the name. */
function withText(formatted: PyExpression, text: PyExpression): PyExpression {
  return formatted.kind === 'call' && formatted.callee.kind === 'attribute'
    ? { ...formatted, callee: { ...formatted.callee, object: text } }
    : formatted;
}

/** What the variable is given in the function, where that is one value and nothing is added to it. */
function assignedOnce(name: TreeNode, { text }: LookupSource): TreeNode | null {
  const stated = textOf(name, text);
  let around = name.parent;
  while (around && around.type !== 'function_definition' && around.parent) around = around.parent;
  if (!around) return null;
  const given = ['assignment', 'augmented_assignment'].flatMap((type) =>
    nodesOfType(around, type).filter((node) => textOf(node.childForFieldName('left'), text) === stated),
  );
  const [only, ...more] = given;
  if (only?.type !== 'assignment' || more.length > 0 || only.startIndex > name.startIndex) return null;
  const value = only.childForFieldName('right');
  // Another name would lead on and on; of a call nobody knows what it returns.
  const isText = /^(?:string|concatenated_string|binary_operator|parenthesized_expression)$/.test(value?.type ?? '');
  return isText || isFormatted(value, text) ? value : null;
}

/** `"…".format(…)` */
function isFormatted(value: TreeNode | null, text: string): boolean {
  const callee = value?.type === 'call' ? value.childForFieldName('function') : null;
  return callee?.type === 'attribute' && textOf(callee.childForFieldName('attribute'), text) === 'format';
}

function build(expression: PyExpression, add: (text: string) => string, depth: number): string | null {
  if (depth > 40) return null;
  if (expression.kind === 'string') return expression.value;
  if (expression.kind === 'format')
    return expression.parts.map((part) => (typeof part === 'string' ? part : add(nameOf(part)))).join('');
  if (expression.kind === 'binary' && expression.operator === '+') {
    const [left, right] = [build(expression.left, add, depth + 1), build(expression.right, add, depth + 1)];
    return left === null && right === null
      ? null
      : (left ?? add(nameOf(expression.left))) + (right ?? add(nameOf(expression.right)));
  }
  if (expression.kind === 'binary' && expression.operator === '%') {
    const values = expression.right.kind === 'tuple' ? expression.right.items : [expression.right];
    let index = 0;
    return (
      build(expression.left, add, depth + 1)?.replace(/%(?:\(\w+\))?[sdr]/g, () =>
        add(nameOf(values[index++] ?? expression.right)),
      ) ?? null
    );
  }
  if (expression.kind === 'call' && expression.callee.kind === 'attribute') {
    const text = build(expression.callee.object, add, depth + 1);
    if (text === null) return null;
    if (expression.callee.name === 'format') {
      const values = expression.arguments;
      let index = 0;
      return text.replace(/\{(\w*)[^{}]*\}/g, (_, key: string) => {
        const value =
          values.find(({ name }) => name === key)?.value ?? values[key === '' ? index++ : Number(key)]?.value;
        return add(value ? nameOf(value) : key);
      });
    }
    return /^(?:strip|rstrip|lstrip)$/.test(expression.callee.name) ? text : null;
  }
  // `text("…")`, `dedent("…")`, `RawSQL("…")`
  const [first] = expression.kind === 'call' ? expression.arguments : [];
  return first && expression.kind === 'call' && expression.callee.kind === 'name'
    ? build(first.value, add, depth + 1)
    : null;
}

function nameOf(expression: PyExpression): string {
  switch (expression.kind) {
    case 'name':
      return expression.name;
    case 'attribute':
      return `${nameOf(expression.object)}.${expression.name}`;
    case 'call':
      return `${nameOf(expression.callee)}(…)`;
    case 'subscript':
      return `${nameOf(expression.object)}[…]`;
    case 'other':
      return expression.text;
    default:
      return '…';
  }
}

/** Where a call takes its text from: its first argument, or that of this name. */
export function sqlArgument(args: readonly TreeNode[], source: LookupSource): TreeNode | null {
  const [first] = args;
  if (!first) return null;
  if (first.type !== 'keyword_argument') return first;
  const named = args.find((arg) =>
    /^(?:sql|query|raw_query|statement)$/.test(textOf(arg.childForFieldName('name'), source.text) ?? ''),
  );
  return named?.childForFieldName('value') ?? null;
}
