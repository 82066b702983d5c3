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
export type BulkOf = (chain: Chain) => (Omit<Bulk, 'call'> & { readonly call: (list: string) => string }) | string;

export function writeAtOnceInNode(
  bulkOf: BulkOf,
): (change: CodeChangeOf<'writeAtOnce'>, file: SourceFile) => WriteResult {
  return (change, file) => {
    const chain = chainAt(file, change.at);
    const loop = loopAt(file, change.loop);
    if (!chain || !loop) return refuse('Only plain loops are rewritten: write the rows at once by hand.');
    const bulk = bulkOf(chain);
    if (typeof bulk === 'string') return refuse(bulk);
    if (!isOneRow(bulk.row, loop.body, loop.element.text))
      return refuse('Whether one row is written or a list is not known: write the rows at once by hand.');
    const isAwaited = chain.node.parent?.type === 'await_expression';
    const call = (list: string): string => `${isAwaited ? 'await ' : ''}${bulk.call(list)}`;
    return collect(file, {
      loop,
      chain: chain.node,
      bulk: { ...bulk, call },
      isList: change.isList,
      language: ecmaScript,
    });
  };
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
