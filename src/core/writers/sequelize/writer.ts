import type { SourceFile } from '../../readers/reader.ts';
import type { Index, Table } from '../../schema/model.ts';
import type { SyntaxNode } from '../../syntax/syntax.ts';
import { decorateIndex } from '../shared/decoratedIndex.ts';
import { appendItem, indexWriter, insertAt } from '../shared/indexWriter.ts';
import type { Inserted } from '../shared/indexWriter.ts';
import { partsOf, quoted, styleOf } from '../shared/style.ts';

/** `indexes: [{ fields: ['customer_id'] }]` in the model's options; `@Index` on the property of sequelize-typescript. */
export const sequelizeWriter = indexWriter({
  id: 'sequelize',
  sources: 'Sequelize models',
  insert: (index, table, file) =>
    decorateIndex(index, table, file, {
      modules: ['sequelize-typescript', '@sequelize/core/decorators-legacy'],
      alias: 'SequelizeIndex',
      decorator: (reference) => `@${reference}`,
      composite: `Declare it on ${table.entity ?? table.name}, under "indexes" of @Table.`,
    }) ?? intoOptions(index, table, file),
});

/** Place of the options among the arguments of the call that defines a model. */
const optionsAt: Readonly<Record<string, number>> = { define: 2, init: 1 };

function intoOptions(index: Index, table: Table, file: SourceFile): Inserted {
  const { path, text } = file;
  const found = modelCall(file, table);
  if (!found)
    return `The call that defines ${table.entity ?? table.name} was not found in ${path}: add the index under "indexes" of its options.`;
  const style = styleOf(text);
  const entry = `{ fields: [${index.columns.map((name) => quoted(name, style)).join(', ')}] }`;
  const { list, at } = found;
  const options = list[at];
  if (!options) {
    const last = list.at(-1);
    return last
      ? [insertAt(path, last.endIndex, `, { indexes: [${entry}] }`)]
      : `The model ${table.entity ?? table.name} has no options to add the index to.`;
  }
  if (options.type !== 'object')
    return `The options of ${table.entity ?? table.name} are no literal object: add the index where they are made.`;
  const pair = partsOf(options).find(
    (each) => each.type === 'pair' && each.childForFieldName('key')?.text === 'indexes',
  );
  const value = pair?.childForFieldName('value');
  if (!value)
    return [
      appendItem(
        path,
        text,
        options.startIndex,
        options.endIndex - 1,
        isEmpty(options) ? ` indexes: [${entry}] ` : `indexes: [${entry}]`,
      ),
    ];
  if (value.type !== 'array')
    return `"indexes" of ${table.entity ?? table.name} is no literal list: add the index where it is made.`;
  return [appendItem(path, text, value.startIndex, value.endIndex - 1, entry)];
}

function isEmpty(node: SyntaxNode): boolean {
  return partsOf(node).length === 0;
}

/** The call of `define` or `init` that covers the table's place, with its arguments. */
function modelCall(
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
