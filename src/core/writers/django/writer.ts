import { djangoEntities } from './entities.ts';
import type { Writer } from '../writer.ts';
import { fileOfColumn, indexWriter } from '../shared/indexWriter.ts';
import { indexField } from '../shared/pythonField.ts';

/** `db_index=True` on the field. */
export const djangoWriter: Writer = {
  entities: djangoEntities,
  ...indexWriter({
    id: 'django',
    sources: 'Django models',
    file: fileOfColumn,
    insert: (index, table, file) =>
      indexField(index, table, file, {
        keyword: 'db_index',
        composite: `Declare it in the Meta of ${table.entity ?? table.name}: indexes = [models.Index(fields=[…])].`,
      }),
  }),
};
