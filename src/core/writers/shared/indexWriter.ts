/** What writers share that can add an index so far, and say so of everything else. */
import type { SourceFile } from '../../readers/reader.ts';
import type { Index, Table } from '../../schema/model.ts';
import type { TextEdit } from '../../schema/source.ts';
import type { Writer, WriteResult } from '../writer.ts';
import { changedTable, refuse, refuseKind } from './refusals.ts';

/** Edits, or why not in a sentence for the user. */
export type Inserted = readonly TextEdit[] | string;

export interface IndexWriterOptions {
  /** Id of the reader. */
  readonly id: string;
  /** What is written, as a sentence begins with it: `Django models`. */
  readonly sources: string;
  /** The table's own file unless given. */
  readonly file?: (index: Index, table: Table) => string;
  /** Writes an index on plain columns, in the engine's default way. */
  readonly insert: (index: Index, table: Table, file: SourceFile) => Inserted;
}

export function indexWriter({ id, sources, file: fileOf, insert }: IndexWriterOptions): Writer {
  return {
    id,
    target(change, schema) {
      const table = changedTable(change, schema);
      if (!table) return null;
      return change.kind === 'addIndex' && fileOf ? fileOf(change.index, table) : table.at.file;
    },
    write(change, schema, file): WriteResult {
      if (change.kind !== 'addIndex') return refuseKind(sources, 'model', change.kind);
      const table = changedTable(change, schema);
      if (!table) return refuse(`No table ${change.table} was read in this project, so there is no model to change.`);
      const { index } = change;
      if (!isPlain(index))
        return refuse(
          `${sources}: only plain indexes are written so far; declare this one (${index.expression ?? index.columns.join(', ')}) by hand.`,
        );
      const result = insert(index, table, file);
      return typeof result === 'string' ? refuse(result) : { ok: true, edits: result };
    },
  };
}

function isPlain({ expression, where, include, orders, method, unique }: Index): boolean {
  const isDefault = method === null || method.toLowerCase() === 'btree';
  return (
    expression === null && where === null && include.length === 0 && !orders.includes('desc') && isDefault && !unique
  );
}

/** The only column of the index, in the file that is written; else why it cannot be written. */
export function onlyColumn(
  index: Index,
  table: Table,
  file: SourceFile,
  composite: string,
): Table['columns'][number] | string {
  const [name = '', ...others] = index.columns;
  if (others.length > 0) return composite;
  const column = table.columns.find((each) => each.name === name);
  if (!column) return `No column ${name} was read in ${table.name}.`;
  if (column.at.file !== file.path)
    return `${table.name}.${name} is declared in ${column.at.file}, for several tables at once: add the index there if all of them need it.`;
  return column;
}

/** The file of the only column: it may stand in a base class. */
export function fileOfColumn(index: Index, table: Table): string {
  return table.columns.find(({ name }) => name === index.columns[0])?.at.file ?? table.at.file;
}

export function insertAt(path: string, offset: number, newText: string): TextEdit {
  return { file: path, start: offset, end: offset, newText };
}

/** Offset of the bracket that closes the one at `open`; null where the text ends first. Strings are stepped over. */
export function closingBracket(text: string, open: number): number | null {
  let depth = 0;
  for (let at = open; at < text.length; at++) {
    const character = text[at] ?? '';
    if (character === "'" || character === '"' || character === '`') at = endOfString(text, at, character);
    else if ('([{'.includes(character)) depth++;
    else if (')]}'.includes(character) && --depth === 0) return at;
  }
  return null;
}

function endOfString(text: string, start: number, quote: string): number {
  if (text.startsWith(quote.repeat(3), start)) {
    const end = text.indexOf(quote.repeat(3), start + 3);
    return end < 0 ? text.length : end + 2;
  }
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === quote || (text[at] === '\n' && quote !== '`')) return at;
  }
  return text.length;
}

/** Puts one more item before the closing bracket, on a line of its own where the list is laid out so. */
export function appendItem(path: string, text: string, open: number, close: number, item: string): TextEdit {
  const inner = text.slice(open + 1, close);
  const kept = inner.trimEnd();
  if (kept.trim() === '') return { file: path, start: open + 1, end: close, newText: item };
  const at = open + 1 + kept.length;
  const comma = kept.endsWith(',');
  const lineBreak = /\r?\n[ \t]*(?=\S)/u.exec(inner)?.[0];
  const isLaidOut = lineBreak !== undefined && /^\s*\r?\n/u.test(inner);
  if (isLaidOut) return insertAt(path, at, `${comma ? '' : ','}${lineBreak}${item}${comma ? ',' : ''}`);
  return insertAt(path, at, `${comma ? ' ' : ', '}${item}`);
}
