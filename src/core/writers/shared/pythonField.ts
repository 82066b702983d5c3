/** Fields of Python models: `name = Field(…)`, `name: Type = field(…)`. */
import type { SourceFile } from '../../readers/reader.ts';
import type { Index, Table } from '../../schema/model.ts';
import type { TextEdit } from '../../schema/source.ts';
import { appendItem, closingBracket, onlyColumn } from './indexWriter.ts';
import type { Inserted } from './indexWriter.ts';

export interface PythonFieldOptions {
  /** Keyword that asks for an index: `index`, `db_index`. */
  readonly keyword: string;
  /** What to do about an index of several columns, in a sentence for the user. */
  readonly composite: string;
  /** For a field without a call (`note: Mapped[str]`): the edits, or why not. */
  readonly bare?: (file: SourceFile, end: number) => Inserted;
}

/** `index=True` among the arguments of the field's call. */
export function indexField(index: Index, table: Table, file: SourceFile, options: PythonFieldOptions): Inserted {
  const column = onlyColumn(index, table, file, options.composite);
  if (typeof column === 'string') return column;
  const { path, text, lines } = file;
  const start = lines.offset(column.at.line, column.at.column);
  const declaration = /^[\w.]+(?:\s*:\s*(?:[^=\n[]|\[[^\n]*?\](?=\s*(?:=|$|#)))*)?\s*=\s*[\w.]+\s*\(/mu.exec(
    text.slice(start),
  );
  if (declaration?.index !== 0) {
    const end = start + (/^[^\n#]*?(?=\s*(?:#|\r?\n|$))/u.exec(text.slice(start))?.[0].length ?? 0);
    return (
      options.bare?.(file, end) ??
      `The field of ${table.name}.${column.name} is not a plain call; add ${options.keyword}=True by hand.`
    );
  }
  const open = start + declaration[0].length - 1;
  const close = closingBracket(text, open);
  if (close === null) return `${path} has a syntax error in ${table.entity ?? table.name}; correct it first.`;
  return [withKeyword(path, text, open, close, options.keyword)];
}

/** Where the keyword is there already (`db_index=False`), its value changes. */
function withKeyword(path: string, text: string, open: number, close: number, keyword: string): TextEdit {
  const given = new RegExp(`\\b${keyword}\\s*=\\s*(False|None)\\b`, 'u').exec(text.slice(open, close));
  if (!given) return appendItem(path, text, open, close, `${keyword}=True`);
  const end = open + given.index + given[0].length;
  return { file: path, start: end - (given[1]?.length ?? 0), end, newText: 'True' };
}
