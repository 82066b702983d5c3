import type { Column, EnumType, Schema, Table } from '../schema/model.ts';
import type { BriefSource } from './brief.ts';
import { code, codes, introduced, list, table } from './markdown.ts';
import type { Section } from './markdown.ts';
import { endpointTable, entityTables, isGenerated, isWithheld, tableName, typeOf, uniqueKeys } from './shared.ts';

export function frontendSections({ schema }: BriefSource): readonly Section[] {
  const tables = entityTables(schema);
  return [
    { title: 'API', body: endpointTable(schema) },
    {
      title: 'Data models',
      body: introduced(
        'As they are stored; what the API answers with is decided there. Credentials and withheld columns are left out.',
        tables
          .map((each) => model(each, schema))
          .filter((text) => text !== '')
          .join('\n\n'),
      ),
    },
    {
      title: 'What the database refuses',
      body: list(tables.flatMap((each) => refusals(each, tables))),
    },
  ];
}

function model(each: Table, { enums }: Schema): string {
  const rows = each.columns
    .filter((column) => !isWithheld(column))
    .map((column) => [code(column.property ?? column.name), code(typeOf(column)), notes(column, each, enums)]);
  return rows.length === 0
    ? ''
    : `### ${code(each.entity ?? tableName(each))}\n\n${table(['Field', 'Type', ''], rows)}`;
}

function notes(column: Column, { foreignKeys }: Table, enums: readonly EnumType[]): string {
  const values = enums.find(({ name }) => name === column.enum)?.values;
  const key = foreignKeys.find(({ columns }) => columns.includes(column.name));
  return [
    isGenerated(column) ? 'read-only' : column.nullable || column.default !== null ? 'optional' : 'required',
    values === undefined ? '' : `one of ${codes(values)}`,
    key === undefined
      ? ''
      : `refers to ${code(tableName({ name: key.references.table, namespace: key.references.namespace }))}`,
    column.classification === null ? '' : `sensitive (${column.classification.kind})`,
  ]
    .filter((note) => note !== '')
    .join('; ');
}

function refusals(each: Table, tables: readonly Table[]): readonly string[] {
  const name = code(each.entity ?? tableName(each));
  const users = tables.filter((other) =>
    other.foreignKeys.some(
      ({ references, onDelete, enforced }) =>
        enforced &&
        references.table === each.name &&
        (onDelete === null || onDelete === 'RESTRICT' || onDelete === 'NO ACTION'),
    ),
  );
  return [
    ...uniqueKeys(each).map((columns) => `${name}: a second one with the same ${codes(columns)}`),
    ...(users.length === 0
      ? []
      : [
          `${name}: deleting one that is still used by ${codes(users.map((other) => other.entity ?? tableName(other)))}`,
        ]),
    ...each.checks.map(({ expression }) => `${name}: anything but ${code(expression)}`),
  ];
}
