import type { SourceFile } from '../../readers/reader.ts';
import type { Index, Table } from '../../schema/model.ts';
import { appendItem, closingBracket, fileOfColumn, indexWriter, insertAt, onlyColumn } from '../shared/indexWriter.ts';
import type { Inserted } from '../shared/indexWriter.ts';

/** `index: true` with the path, or in its decorator. */
export const mongooseWriter = indexWriter({ id: 'mongoose', sources: 'Mongoose schemas', file: fileOfColumn, insert });

function insert(index: Index, table: Table, file: SourceFile): Inserted {
  const fields = index.columns.map((name) => `${/^[A-Za-z_$][\w$]*$/u.test(name) ? name : `'${name}'`}: 1`).join(', ');
  const column = onlyColumn(
    index,
    table,
    file,
    `Declare it on the schema of ${table.entity ?? table.name}: schema.index({ ${fields} }).`,
  );
  if (typeof column === 'string') return column;
  const { path, text, lines } = file;
  const start = lines.offset(column.at.line, column.at.column);
  const pair = /^['"]?[\w.$]+['"]?\s*:\s*/u.exec(text.slice(start));
  const decorator = decoratorBefore(text, start);
  if (decorator !== null) return withOption(path, text, decorator);
  if (!pair) return `The path ${column.name} of ${table.name} is not written plainly: use schema.index({ ${fields} }).`;
  const value = start + pair[0].length;
  if (text[value] === '{') {
    const close = closingBracket(text, value);
    return close === null
      ? `${path} has a syntax error; correct it first.`
      : [appendItem(path, text, value, close, 'index: true')];
  }
  const type = /^[\w.$]+(?=\s*[,}\r\n])/u.exec(text.slice(value))?.[0];
  if (type === undefined)
    return `The path ${column.name} of ${table.name} is not written plainly: use schema.index({ ${fields} }).`;
  return [{ file: path, start: value, end: value + type.length, newText: `{ type: ${type}, index: true }` }];
}

/** Offset of the bracket of `@Prop(` or `@prop(` right above the name; null where no such decorator stands there. */
function decoratorBefore(text: string, start: number): number | null {
  const before = text.slice(0, start);
  const at = Math.max(before.lastIndexOf('@Prop('), before.lastIndexOf('@prop('));
  if (at < 0) return null;
  const close = closingBracket(text, at + '@prop'.length);
  const between = close === null ? '' : text.slice(close + 1, start);
  // Other decorators and modifiers may stand between, another property may not.
  return close !== null && close < start && !/[;:=]/u.test(between.replace(/\([^()]*\)/gu, ''))
    ? at + '@prop'.length
    : null;
}

function withOption(path: string, text: string, open: number): Inserted {
  const close = closingBracket(text, open);
  if (close === null) return `${path} has a syntax error; correct it first.`;
  const inner = text.slice(open + 1, close);
  if (inner.trim() === '') return [insertAt(path, open + 1, '{ index: true }')];
  const object = open + 1 + inner.search(/\S/u);
  if (text[object] !== '{') return [insertAt(path, close, ', { index: true }')];
  const end = closingBracket(text, object);
  return end === null
    ? `${path} has a syntax error; correct it first.`
    : [appendItem(path, text, object, end, 'index: true')];
}
