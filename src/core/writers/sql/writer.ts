import type { SourceFile } from '../../readers/reader.ts';
import type { Index, Table } from '../../schema/model.ts';
import { purposeOf } from '../../schema/filePurpose.ts';
import { indexWriter, insertAt } from '../shared/indexWriter.ts';
import type { Inserted } from '../shared/indexWriter.ts';

/** `CREATE INDEX` at the end of the script. */
export const sqlWriter = indexWriter({ id: 'sql', sources: 'SQL scripts', insert });

function insert(index: Index, table: Table, { path, text, lines }: SourceFile): Inserted {
  const name = index.name ?? `${table.name}_${index.columns.join('_')}_idx`;
  const statement = (quote: (identifier: string) => string): string =>
    `CREATE INDEX ${quote(name)} ON ${table.namespace === null ? '' : `${quote(table.namespace)}.`}${quote(table.name)} (${index.columns.map(quote).join(', ')});`;
  const written = text.slice(
    lines.offset(table.at.line, table.at.column),
    lines.offset(table.at.endLine, table.at.endColumn),
  );
  const open = /^[`"[]/u.exec(written)?.[0] ?? '';
  const close = open === '[' ? ']' : open;
  const sql = statement((identifier) => `${open}${identifier}${close}`);
  if (purposeOf(path) === 'migration') return `Migrations that have run are not changed: add one with ${sql}`;
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const end = text.trimEnd().length;
  return [insertAt(path, end, `${eol}${eol}${sql}`)];
}
