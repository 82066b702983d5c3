import { sqlalchemyEntities } from './entities.ts';
import type { Writer } from '../writer.ts';
import type { SourceFile } from '../../readers/reader.ts';
import { fileOfColumn, indexWriter, insertAt } from '../shared/indexWriter.ts';
import type { Inserted } from '../shared/indexWriter.ts';
import { indexField } from '../shared/pythonField.ts';

/** `index=True` on the column; a column that is only annotated gets a `mapped_column`. */
export const sqlalchemyWriter: Writer = {
  entities: sqlalchemyEntities,
  ...indexWriter({
    id: 'sqlalchemy',
    sources: 'SQLAlchemy models',
    file: fileOfColumn,
    insert: (index, table, file) =>
      indexField(index, table, file, {
        keyword: 'index',
        composite: `Declare it in the __table_args__ of ${table.entity ?? table.name}: Index('ix_${table.name}_${index.columns.join('_')}', …).`,
        bare: annotated,
      }),
  }),
};

function annotated(file: SourceFile, end: number): Inserted {
  const { path, text } = file;
  const call = insertAt(path, end, ' = mapped_column(index=True)');
  if (/^\s*(?:from\s+sqlalchemy\.orm\s+import\b[^#]*\bmapped_column\b)/mu.test(text)) return [call];
  const orm = /^from[ \t]+sqlalchemy\.orm[ \t]+import[ \t]+(?:\([^)]*?\b\w+|[^(\r\n#]*\w)/mu.exec(text);
  if (!orm) return 'Import mapped_column from sqlalchemy.orm, then give the column a mapped_column(index=True).';
  return [insertAt(path, orm.index + orm[0].length, ', mapped_column'), call];
}
