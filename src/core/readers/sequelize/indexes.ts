/** `indexes` of a model's options. */
import type { SourceRange } from '../../schema/source.ts';
import { isCall, isList, isObject } from '../shared/typescript/results.ts';
import type { Result } from '../shared/typescript/results.ts';
import type { IndexField, IndexOptions } from './model.ts';
import { foreignName, plainOf, sqlOf, textOf } from './values.ts';

export function readIndexes(value: Result, fallback: SourceRange): readonly IndexOptions[] {
  if (!isList(value)) return [];
  return value.flatMap((each): IndexOptions[] => {
    if (!isObject(each)) return [];
    const { entries, positions } = each;
    const fields = entries.get('fields') ?? entries.get('columns');
    const at = positions.get('fields') ?? positions.get('name') ?? fallback;
    const index = readIndex(entries, isList(fields) ? fields : [], at);
    return index.fields.length === 0 ? [] : [index];
  });
}

export function readIndex(
  entries: ReadonlyMap<string, Result>,
  fields: readonly Result[],
  at: SourceRange,
): IndexOptions {
  const type = textOf(entries.get('type'))?.toLowerCase() ?? null;
  return {
    name: textOf(entries.get('name')),
    fields: fields.flatMap(readField),
    unique: entries.get('unique') === true || type === 'unique',
    using: (textOf(entries.get('using')) ?? textOf(entries.get('method')))?.toLowerCase() ?? null,
    type: type === 'unique' ? null : type,
    where: entries.has('where') ? whereText(entries.get('where')) : null,
    at,
  };
}

function readField(value: Result): IndexField[] {
  if (typeof value === 'string') return [{ name: value, expression: null, descending: false }];
  if (isObject(value)) {
    const name = textOf(value.entries.get('name')) ?? textOf(value.entries.get('attribute'));
    const descending = /^desc/i.test(textOf(value.entries.get('order')) ?? '');
    if (name === null) return [];
    // Sorted by other rules than the column, it serves what the column's own index does not.
    const collation = textOf(value.entries.get('collate'));
    return collation === null
      ? [{ name, expression: null, descending }]
      : [{ name: null, expression: `${name} COLLATE ${collation}`, descending }];
  }
  // `['name', 'DESC']`, a habit from `order`.
  if (isList(value)) {
    const [name, order] = value;
    return typeof name === 'string'
      ? [{ name, expression: null, descending: typeof order === 'string' && /^desc/i.test(order) }]
      : [];
  }
  const sql = isCall(value) ? sqlOf(value) : null;
  if (sql === null) return [];
  return [
    foreignName(value) === 'col'
      ? { name: sql, expression: null, descending: false }
      : { name: null, expression: sql, descending: false },
  ];
}

/** Conditions are kept as evidence, not as the SQL that Sequelize makes of them. */
function whereText(value: Result): string {
  const plain = plainOf(value);
  return plain === undefined ? '…' : JSON.stringify(plain);
}
