import { efcoreEntities } from './entities.ts';
import type { Writer } from '../writer.ts';
import type { SourceFile } from '../../readers/reader.ts';
import type { Index, Table } from '../../schema/model.ts';
import { indexWriter, insertAt } from '../shared/indexWriter.ts';
import type { Inserted } from '../shared/indexWriter.ts';
import { indentAt, lineStart } from '../shared/style.ts';

/** `[Index(nameof(CustomerId))]` on the class. */
export const efcoreWriter: Writer = {
  entities: efcoreEntities,
  ...indexWriter({ id: 'efcore', sources: 'EF Core entities', insert }),
};

const namespace = 'Microsoft.EntityFrameworkCore';

function insert(index: Index, table: Table, file: SourceFile): Inserted {
  const { path, text, lines } = file;
  const properties = index.columns.map(
    (name) => table.columns.find((column) => column.name === name)?.property ?? null,
  );
  if (table.entity === null || properties.some((property) => property === null || property.includes('.')))
    return `Not every column of the index has a property of its own: declare it in OnModelCreating by HasIndex("${index.columns.join('", "')}").`;
  const name = lines.offset(table.at.line, table.at.column);
  const declaration =
    /(?:\b(?:public|internal|private|protected|abstract|sealed|partial|static)\s+)*\b(?:class|record(?:\s+class)?)\s+$/u.exec(
      text.slice(0, name),
    );
  if (!declaration) return `The declaration of ${table.entity} was not found in ${path}.`;
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const start = declaration.index;
  const attribute = `[Index(${properties.map((property) => `nameof(${property ?? ''})`).join(', ')})]`;
  const hasUsing = new RegExp(`^\\s*(?:global\\s+)?using\\s+${namespace.replace('.', '\\.')}\\s*;`, 'mu').test(text);
  const firstUsing = /^(?:\uFEFF)?(?:\s*\/\/[^\n]*\n)*/u.exec(text)?.[0].length ?? 0;
  return [
    ...(hasUsing ? [] : [insertAt(path, firstUsing, `using ${namespace};${eol}`)]),
    insertAt(path, lineStart(text, start), `${indentAt(text, start)}${attribute}${eol}`),
  ];
}
