import { fileOfColumn, indexWriter } from '../shared/indexWriter.ts';
import { indexField } from '../shared/pythonField.ts';

/** `index=True` on the field. */
export const peeweeWriter = indexWriter({
  id: 'peewee',
  sources: 'Peewee models',
  file: fileOfColumn,
  insert: (index, table, file) =>
    indexField(index, table, file, {
      keyword: 'index',
      composite: `Declare it in the Meta of ${table.entity ?? table.name}: indexes = ((('a', 'b'), False),).`,
    }),
});
