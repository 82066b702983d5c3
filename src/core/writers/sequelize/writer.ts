import { sequelizeEntities } from './entities.ts';
import type { Writer } from '../writer.ts';
import type { SourceFile } from '../../readers/reader.ts';
import type { Index, Table } from '../../schema/model.ts';
import type { SyntaxNode } from '../../syntax/syntax.ts';
import { decorateIndex } from '../shared/decoratedIndex.ts';
import { modelCall } from './modelCall.ts';
import { appendItem, indexWriter, insertAt } from '../shared/indexWriter.ts';
import type { Inserted } from '../shared/indexWriter.ts';
import { partsOf, quoted, styleOf } from '../shared/style.ts';

/** `indexes: [{ fields: ['customer_id'] }]` in the model's options; `@Index` on the property of sequelize-typescript. */
export const sequelizeWriter: Writer = {
  entities: sequelizeEntities,
  ...indexWriter({
    id: 'sequelize',
    sources: 'Sequelize models',
    insert: (index, table, file) =>
      decorateIndex(index, table, file, {
        modules: ['sequelize-typescript', '@sequelize/core/decorators-legacy'],
        alias: 'SequelizeIndex',
        decorator: (reference) => `@${reference}`,
        composite: `Declare it on ${table.entity ?? table.name}, under "indexes" of @Table.`,
      }) ?? intoOptions(index, table, file),
  }),
};

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
