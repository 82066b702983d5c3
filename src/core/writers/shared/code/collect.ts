/** Loops that write row by row: the rows are collected, and written by one call behind the loop. */
import type { SourceFile } from '../../../readers/reader.ts';
import type { SourceRange, TextEdit } from '../../../schema/source.ts';
import type { SyntaxNode } from '../../../syntax/syntax.ts';
import type { WriteResult } from '../../writer.ts';
import { insertAt } from '../indexWriter.ts';
import { refuse } from '../refusals.ts';
import { removeBlock } from '../removeBlock.ts';
import { indentAt, partsOf } from '../style.ts';
import { nodeAt, offsetsOf } from './chain.ts';

export interface LoopParts {
  readonly node: SyntaxNode;
  /** What each element is called; its text may take an element apart. */
  readonly element: SyntaxNode;
  readonly iterable: SyntaxNode;
  readonly body: SyntaxNode;
}

/** How one row is written, and how many are. */
export interface Bulk {
  readonly row: SyntaxNode;
  /** Source of the row, where it is not that of `row`. */
  readonly written?: string;
  /** The statement that writes all rows of a list, without an end. */
  readonly call: (list: string) => string;
  /** Everything but the row that the call mentions. */
  readonly constant: readonly SyntaxNode[];
}

export interface Language {
  readonly end: ';' | '';
  readonly declare: (name: string) => string;
  readonly add: (name: string, row: string) => string;
}

export const ecmaScript: Language = {
  end: ';',
  declare: (name) => `const ${name} = []`,
  add: (name, row) => `${name}.push(${row})`,
};
export const python: Language = {
  end: '',
  declare: (name) => `${name} = []`,
  add: (name, row) => `${name}.append(${row})`,
};

/** Of Java, whose lists have the type of their rows. */
export const javaOf = (type: string): Language => ({
  end: ';',
  declare: (name) => `List<${type}> ${name} = new ArrayList<>()`,
  add: (name, row) => `${name}.add(${row})`,
});

const loops: Readonly<Record<string, readonly [string, string]>> = {
  for_in_statement: ['left', 'right'],
  for_statement: ['left', 'right'],
  foreach_statement: ['left', 'right'],
  enhanced_for_statement: ['name', 'value'],
};

/** The loop that stands at the range and goes through something. */
export function loopAt(file: SourceFile, at: SourceRange): LoopParts | null {
  const { start, end } = offsetsOf(file, at);
  let node = nodeAt(file, at);
  while (node?.parent && !(node.type in loops) && node.parent.startIndex >= start && node.parent.endIndex <= end)
    node = node.parent;
  const fields = node ? loops[node.type] : undefined;
  if (!node || !fields || node.hasError) return null;
  const [element, iterable, body] = [...fields, 'body'].map((name) => node.childForFieldName(name));
  return element && iterable && body && !/^for await\b/u.test(node.text) ? { node, element, iterable, body } : null;
}

const blocks: ReadonlySet<string> = new Set(['statement_block', 'block', 'if_statement', 'else_clause', 'elif_clause']);
const functions =
  /^(?:arrow_function|function_expression|function_declaration|lambda|lambda_expression|function_definition|method_definition|local_function_statement)$/u;

/** What ends a round early, or waits for something else, in the loop's own function. */
function obstacles(node: SyntaxNode, own: SyntaxNode): readonly string[] {
  return partsOf(node).flatMap((child): readonly string[] => {
    if (functions.test(child.type)) return [];
    const isOwn = child.startIndex === own.startIndex && child.endIndex === own.endIndex;
    const found =
      /^(?:return_statement|throw_statement|raise_statement|yield|yield_statement|yield_expression|labeled_statement|goto_statement)$/u.test(
        child.type,
      ) ||
      (/^await(?:_expression)?$/u.test(child.type) && !isWithin(child, own));
    return [...(found ? [child.type] : []), ...(isOwn ? [] : obstacles(child, own))];
  });
}

function isWithin(inner: SyntaxNode, outer: SyntaxNode): boolean {
  return inner.startIndex >= outer.startIndex && inner.endIndex <= outer.endIndex;
}

/**
 * @param chain the call that writes one row
 * @param isList what is gone through is known to be a list of rows
 */
export function collect(
  file: SourceFile,
  {
    loop,
    chain,
    bulk,
    isList,
    language,
  }: {
    readonly loop: LoopParts;
    readonly chain: SyntaxNode;
    readonly bulk: Bulk;
    readonly isList: boolean;
    readonly language: Language;
  },
): WriteResult {
  const { path, text } = file;
  const statement = statementOf(chain, loop.body);
  if (!statement)
    return refuse('What the write yields is used, or it may fail on its own: write the rows at once by hand.');
  const stops = obstacles(loop.body, statement);
  if (stops.length > 0)
    return refuse('The loop ends early or waits for something else: write the rows at once by hand.');
  if (bulk.constant.some((each) => mentions(each, loop)))
    return refuse('Each round writes by means of its own: write the rows at once by hand.');
  const statements = loop.body.type.endsWith('block') ? partsOf(loop.body) : [loop.body];
  const isDirect = statements.some(({ startIndex }) => startIndex === statement.startIndex);
  const isRow = bulk.row.text === loop.element.text;
  if (isRow && !isList) return refuse('Whether a list is gone through is not known: write the rows at once by hand.');
  const { end } = language;
  const whole = isRow && isList && !/\b(?:continue|break)\b/u.test(loop.body.text);
  if (whole && isDirect && statements.length === 1)
    return {
      ok: true,
      edits: [
        {
          file: path,
          start: loop.node.startIndex,
          end: loop.node.endIndex,
          newText: bulk.call(loop.iterable.text) + end,
        },
      ],
    };
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const indent = indentAt(text, loop.node.startIndex);
  const after = (list: string): TextEdit =>
    insertAt(
      path,
      loop.node.endIndex,
      `${eol}${indent}${outdented(bulk.call(list), indentAt(text, statement.startIndex), indent)}${end}`,
    );
  const isLast = statements.at(-1)?.startIndex === statement.startIndex;
  if (whole && isDirect && isLast && /^[\w.$]+$/u.test(loop.iterable.text))
    return {
      ok: true,
      edits: [removeBlock(path, text, statement.startIndex, statement.endIndex), after(loop.iterable.text)],
    };
  const name = nameFor(text);
  return {
    ok: true,
    edits: [
      insertAt(path, loop.node.startIndex, `${language.declare(name)}${end}${eol}${indent}`),
      {
        file: path,
        start: statement.startIndex,
        end: statement.endIndex,
        newText: language.add(name, bulk.written ?? bulk.row.text) + end,
      },
      after(name),
    ],
  };
}

/** Further lines of the call as they stand behind the loop. */
function outdented(call: string, from: string, to: string): string {
  return from.startsWith(to) ? call.replaceAll(`\n${from}`, `\n${to}`) : call;
}

/** A call that sends what the rounds have prepared is made once, behind the loop: it must be the last of each round. */
export function moveBehind(file: SourceFile, loop: LoopParts, chain: SyntaxNode): WriteResult {
  const { path, text } = file;
  const statement = statementOf(chain, loop.body);
  const statements = loop.body.type.endsWith('block') ? partsOf(loop.body) : [];
  if (!statement || statements.length < 2 || statements.at(-1)?.startIndex !== statement.startIndex)
    return refuse('What follows in a round may rest on what is saved: move the call by hand.');
  if (obstacles(loop.body, statement).length > 0)
    return refuse('The loop ends early or waits for something else: move the call by hand.');
  if (mentions(chain, loop)) return refuse('Each round saves by means of its own: move the call by hand.');
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const indent = indentAt(text, loop.node.startIndex);
  const moved = outdented(statement.text, indentAt(text, statement.startIndex), indent);
  return {
    ok: true,
    edits: [
      removeBlock(path, text, statement.startIndex, statement.endIndex),
      insertAt(path, loop.node.endIndex, `${eol}${indent}${moved}`),
    ],
  };
}

/** The statement that is nothing but the call, under conditions at most. */
export function statementOf(chain: SyntaxNode, body: SyntaxNode): SyntaxNode | null {
  let node: SyntaxNode | null = chain;
  while (node.parent && /^(?:await|await_expression|parenthesized_expression)$/u.test(node.parent.type))
    node = node.parent;
  const statement: SyntaxNode | null = node.parent;
  if (statement?.type !== 'expression_statement') return null;
  if (statement.startIndex === body.startIndex && statement.endIndex === body.endIndex) return statement;
  for (node = statement.parent; node; node = node.parent) {
    if (node.startIndex === body.startIndex && node.endIndex === body.endIndex) return statement;
    if (!blocks.has(node.type)) return null;
  }
  return null;
}

/** It names the element, or something that the loop declares. */
export function mentions(node: SyntaxNode, { element, body }: LoopParts): boolean {
  const declared = body.text.matchAll(/\b(?:const|let|var)\s+(?:\{([^}]*)\}|\[([^\]]*)\]|(\w+))/gu);
  const names = new Set([
    ...(element.text.match(/[A-Za-z_$][\w$]*/gu) ?? []).filter((name) => !/^(?:const|let|var)$/u.test(name)),
    ...[...declared].flatMap((found) => found.slice(1).join(' ').match(/\w+/gu) ?? []),
    ...[...body.text.matchAll(/^\s*(\w+)\s*=[^=]/gmu)].flatMap(([, name]) => name ?? []),
  ]);
  // Members are no names of the loop: `prisma.customer` is not its `customer`.
  return (node.text.match(/(?<![.\w$])[A-Za-z_$][\w$]*/gu) ?? []).some((name) => names.has(name));
}

function nameFor(text: string): string {
  let name = 'rows';
  for (let number = 2; new RegExp(`\\b${name}\\b`, 'u').test(text); number++) name = `rows${number}`;
  return name;
}
