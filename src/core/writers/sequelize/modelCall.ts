import type { SourceFile } from '../../readers/reader.ts';
import type { Table } from '../../schema/model.ts';
import type { SyntaxNode } from '../../syntax/syntax.ts';
import { partsOf } from '../shared/style.ts';

/** Place of the options among the arguments of the call that defines a model. */
const optionsAt: Readonly<Record<string, number>> = { define: 2, init: 1 };

/** The call of `define` or `init` that covers the table's place, with its arguments. */
export function modelCall(
  file: SourceFile,
  table: Table,
): { readonly list: readonly SyntaxNode[]; readonly at: number } | null {
  const offset = file.lines.offset(table.at.line, table.at.column);
  const { root } = file.parsed();
  for (let node: SyntaxNode | null = root.descendantForIndex(offset); node; node = node.parent) {
    const call = node.type === 'call_expression' ? node : initCallIn(node, table.entity);
    const callee = call?.childForFieldName('function');
    const method = callee?.type === 'member_expression' ? callee.childForFieldName('property')?.text : undefined;
    const at = method === undefined ? undefined : optionsAt[method];
    const list = call?.childForFieldName('arguments');
    if (at !== undefined && list) return { list: partsOf(list), at };
  }
  return null;
}

/** `Order.init({…}, {…})` stands behind the class, or inside of a static method of it. */
function initCallIn(node: SyntaxNode, entity: string | null): SyntaxNode | null {
  if (node.type !== 'program' && node.type !== 'class_body' && node.type !== 'statement_block') return null;
  const calls = node.descendantsOfType('call_expression').filter((call): call is SyntaxNode => call !== null);
  return (
    calls.find((call) => {
      const callee = call.childForFieldName('function')?.text ?? '';
      return callee === `${entity ?? ''}.init` || (node.type !== 'program' && /^(?:this|super)\.init$/u.test(callee));
    }) ?? null
  );
}
