import { code, codes, list, place, table } from '../briefs/markdown.ts';
import type { Section } from '../briefs/markdown.ts';
import { tableName, typeOf } from '../briefs/shared.ts';
import type { Column, Schema, Table } from '../schema/model.ts';
import type { AnswerSource } from './answer.ts';

/** Columns are shown where a page can hold them; a larger schema is a list of tables. */
const withColumns = 60;

export function schemaSections({ schema }: AnswerSource): readonly Section[] {
  const { tables, enums } = schema;
  return [
    { title: 'Tables', body: overview(tables) },
    ...(tables.length <= withColumns
      ? tables.map((each) => ({ title: code(tableName(each)), body: details(each, schema) }))
      : []),
    { title: 'Enums', body: list(enums.map(({ name, values }) => `${code(name)}: ${codes(values)}`)) },
  ];
}

function overview(tables: readonly Table[]): string {
  return table(
    ['Table', 'Entity', 'Columns', 'Refers to', 'Source'],
    tables.map((each) => [
      code(tableName(each)),
      each.entity === null ? '' : code(each.entity),
      String(each.columns.length),
      codes([
        ...new Set(
          each.foreignKeys.map(({ references }) =>
            tableName({ name: references.table, namespace: references.namespace }),
          ),
        ),
      ]),
      place(each.at),
    ]),
  );
}

function details(each: Table, { tables }: Schema): string {
  const referrers = tables.filter(({ foreignKeys }) =>
    foreignKeys.some(({ references }) => references.table === each.name && references.namespace === each.namespace),
  );
  return [
    table(
      ['Column', 'Type', 'Null', 'Default', 'Key'],
      each.columns.map((column) => [
        code(column.name),
        code(typeOf(column)),
        column.nullable ? 'yes' : '',
        column.default === null ? (column.generated?.kind ?? '') : code(column.default),
        keysOf(column, each),
      ]),
    ),
    list([
      ...each.indexes.map(
        ({ columns, expression, unique, where }) =>
          `${unique ? 'Unique index' : 'Index'} on ${code(expression ?? columns.join(', '))}${where === null ? '' : ` where ${code(where)}`}`,
      ),
      ...(referrers.length === 0 ? [] : [`Referred to by ${codes(referrers.map(tableName))}`]),
    ]),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

function keysOf(column: Column, each: Table): string {
  const has = (columns: readonly string[]): boolean => columns.includes(column.name);
  return [
    ...(has(each.primaryKey) ? ['primary'] : []),
    ...each.foreignKeys.filter(({ columns }) => has(columns)).map(({ references }) => `→ ${code(references.table)}`),
    ...(each.uniques.some(({ columns }) => has(columns)) ? ['unique'] : []),
    ...(column.classification === null ? [] : [column.classification.kind]),
  ].join(', ');
}
