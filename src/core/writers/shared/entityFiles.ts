/** Which tables and files a change of entities is about. */
import type { Schema, Table } from '../../schema/model.ts';
import type { EntityChange, EntityWriter } from '../entityChange.ts';

/** The table that changes; of a new one the table it is made like. */
export function tableOf(change: EntityChange, schema: Schema): Table | undefined {
  if (change.kind === 'createTable') return likeOf(change.table, schema);
  const named = 'table' in change ? change.table : null;
  const [name, namespace] =
    named === null
      ? [null, null]
      : typeof named === 'string'
        ? [named, 'namespace' in change ? change.namespace : null]
        : [named.name, named.namespace];
  return schema.tables.find((table) => table.name === name && table.namespace === namespace);
}

/** A new table stands, until it is written, where the one stands that it is made like. */
export function likeOf(table: Table, { tables }: Schema): Table | undefined {
  return tables.find(
    ({ at }) => at.file === table.at.file && at.line === table.at.line && at.column === table.at.column,
  );
}

/** The file of the table, those of the tables it is related with, and those that its columns are inherited from. */
export function touchedFiles(change: EntityChange, schema: Schema): readonly string[] {
  const table = tableOf(change, schema);
  if (!table) return [];
  const isOther = (name: string, namespace: string | null) => (other: Table) =>
    other.name === name && other.namespace === namespace;
  const targets = [
    ...(change.kind === 'addRelation'
      ? schema.tables.filter(isOther(change.target.table, change.target.namespace))
      : []),
    ...table.relations.flatMap((each) => schema.tables.filter(isOther(each.target, each.targetNamespace))),
    ...schema.tables.filter((other) =>
      other.relations.some((each) => each.target === table.name && each.targetNamespace === table.namespace),
    ),
  ];
  return [...new Set([table.at.file, ...table.columns.map(({ at }) => at.file), ...targets.map(({ at }) => at.file)])];
}

/** What a writer supports that writes entities wholly. */
export const everyChange: EntityWriter['supported'] = [
  'createTable',
  'dropTable',
  'renameTable',
  'addColumn',
  'dropColumn',
  'renameColumn',
  'renameProperty',
  'alterColumn',
  'addRelation',
  'dropRelation',
];
