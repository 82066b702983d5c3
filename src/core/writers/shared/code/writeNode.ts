/** Loops of JavaScript that write row by row, for ORMs whose calls take lists. */
import type { SourceFile } from '../../../readers/reader.ts';
import type { SyntaxNode } from '../../../syntax/syntax.ts';
import type { CodeChangeOf } from '../../codeWriter.ts';
import type { WriteResult } from '../../writer.ts';
import { refuse } from '../refusals.ts';
import { partsOf } from '../style.ts';
import { chainAt } from './chain.ts';
import type { Chain } from './chain.ts';
import { collect, ecmaScript, loopAt } from './collect.ts';
import type { Bulk } from './collect.ts';

/** What the ORM makes of a call that writes one row; a string says why not. */
export type BulkOf = (chain: Chain) => NodeBulk | string;

interface NodeBulk extends Bulk {
  /** The call refuses an empty list. */
  readonly needsRows?: true;
}

/** What stands before a call that is made only where there are rows. */
function guardOf({ needsRows }: NodeBulk, list: string): string {
  return needsRows === true ? `if (${list}.length > 0) ` : '';
}

export function writeAtOnceInNode(
  bulkOf: BulkOf,
): (change: CodeChangeOf<'writeAtOnce'>, file: SourceFile) => WriteResult {
  return (change, file) => {
    const chain = chainAt(file, change.at);
    const loop = loopAt(file, change.loop);
    const bulk = chain ? bulkOf(chain) : 'The write was not found.';
    if (typeof bulk === 'string') return refuse(bulk);
    const mapped = chain && !loop ? mappedAt(chain.node) : null;
    if (chain && mapped) return inOneCall(file, mapped, bulk, change.isList);
    if (!chain || !loop) return refuse('Only plain loops are rewritten: write the rows at once by hand.');
    if (!isOneRow(bulk.row, loop.body, loop.element.text))
      return refuse('Whether one row is written or a list is not known: write the rows at once by hand.');
    const isAwaited = chain.node.parent?.type === 'await_expression';
    const call = (list: string): string => `${guardOf(bulk, list)}${isAwaited ? 'await ' : ''}${bulk.call(list)}`;
    return collect(file, {
      loop,
      chain: chain.node,
      bulk: { ...bulk, call },
      isList: change.isList,
      language: ecmaScript,
    });
  };
}

interface Mapped {
  /** `await Promise.all(…)` as a statement of its own. */
  readonly statement: SyntaxNode;
  readonly iterable: SyntaxNode;
  readonly element: SyntaxNode;
  readonly body: SyntaxNode;
}

/** `await Promise.all(rows.map((row) => repository.save(row)))`, whose result nothing takes. */
function mappedAt(write: SyntaxNode): Mapped | null {
  const arrow = write.parent?.type === 'await_expression' ? write.parent.parent : write.parent;
  const element = arrow?.childForFieldName('parameter') ?? onlyPart(arrow?.childForFieldName('parameters') ?? null);
  const map = arrow?.type === 'arrow_function' && arrow.parent ? arrow.parent.parent : null;
  const target = map?.childForFieldName('function');
  const iterable = target?.childForFieldName('property')?.text === 'map' ? target.childForFieldName('object') : null;
  const all = map?.parent?.parent;
  const isAll = all?.type === 'call_expression' && all.childForFieldName('function')?.text === 'Promise.all';
  const statement = all?.parent?.type === 'await_expression' ? all.parent.parent : null;
  if (!arrow || !element || !iterable || !isAll || statement?.type !== 'expression_statement') return null;
  const name = element.type === 'required_parameter' ? element.childForFieldName('pattern') : element;
  return name?.type === 'identifier' ? { statement, iterable, element: name, body: write } : null;
}

function onlyPart(node: SyntaxNode | null): SyntaxNode | null {
  const [only, ...others] = node ? partsOf(node) : [];
  return only && others.length === 0 ? only : null;
}

/** The rows are made by the same callback, which hands them to one call. */
function inOneCall(
  file: SourceFile,
  { statement, iterable, element, body }: Mapped,
  bulk: NodeBulk,
  isList: boolean,
): WriteResult {
  if (!isOneRow(bulk.row, body, element.text) || (bulk.row.text === element.text && !isList))
    return refuse('Whether one row is written or a list is not known: write the rows at once by hand.');
  if (bulk.constant.some((each) => new RegExp(`(?<![.\\w$])${element.text}\\b`, 'u').test(each.text)))
    return refuse('Each round writes by means of its own: write the rows at once by hand.');
  if (/\bawait\b/u.test(bulk.row.text))
    return refuse('Each round waits for something else: write the rows at once by hand.');
  const row = bulk.row.type === 'object' ? `(${bulk.row.text})` : bulk.row.text;
  const rows = bulk.row.text === element.text ? iterable.text : `${iterable.text}.map((${element.text}) => ${row})`;
  const end = statement.text.endsWith(';') ? ';' : '';
  if (bulk.needsRows === true && !/^[\w.$]+$/u.test(iterable.text))
    return refuse('What is gone through has no name: write the rows at once by hand.');
  const newText = `${guardOf(bulk, iterable.text)}await ${bulk.call(rows)}${end}`;
  return { ok: true, edits: [{ file: file.path, start: statement.startIndex, end: statement.endIndex, newText }] };
}

/** An object, a new one, or a name that stands for one. */
function isOneRow(row: SyntaxNode, body: SyntaxNode, element: string): boolean {
  if (row.type === 'object' || row.type === 'new_expression' || row.text === element) return true;
  const created = /\.create\(\s*\{/u;
  if (row.type === 'call_expression') return created.test(row.text);
  if (row.type !== 'identifier') return false;
  const declaration = new RegExp(
    `\\bconst\\s+${row.text}\\s*(?::[^=;]+)?=\\s*(?:await\\s+)?(new\\s|[\\w.()]*\\.create\\(\\s*\\{|\\{)`,
    'u',
  );
  return declaration.test(body.text);
}

/** Everything of the chain before its last call, and the arguments behind the first. */
export function constantParts({ root, links }: Chain): readonly SyntaxNode[] {
  const before = links.slice(0, -1).flatMap(({ list }) => (list ? partsOf(list) : []));
  return [...(root ? [root] : []), ...before, ...(links.at(-1)?.arguments.slice(1) ?? [])];
}

/** The chain with another name for its last call, which is given a list in place of its first argument. */
export function withList({ node, links }: Chain, name: string, list: string, more: string | null = null): string {
  const last = links.at(-1);
  if (!last?.list) return node.text;
  const head = node.text.slice(0, last.nameNode.startIndex - node.startIndex);
  const others = more === null ? last.arguments.slice(1).map(({ text }) => text) : [more];
  return `${head}${name}(${[list, ...others].join(', ')})`;
}
