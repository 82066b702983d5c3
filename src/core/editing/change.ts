/** What a user asks for in the diagram → a change of the entities. */
import type { Dialect, Schema, Table } from '../schema/model.ts';
import { plainIndex } from '../schema/plainIndex.ts';
import type { EntityChange, TypeSpec } from '../writers/entityChange.ts';
import { ormName } from './orms.ts';
import { columnName, propertyName, tableNames } from './names.ts';
import { newColumn } from './types.ts';
import { propertyOf } from './verify.ts';

/** As `EditAsk` of the protocol, with tables looked up. */
export type Ask =
  | { readonly kind: 'addTable'; readonly like: Table; readonly name: string }
  | { readonly kind: 'renameTable'; readonly table: Table; readonly to: string }
  | { readonly kind: 'deleteTable'; readonly table: Table }
  | {
      readonly kind: 'addColumn';
      readonly table: Table;
      readonly name: string;
      readonly type: TypeSpec;
      readonly nullable: boolean;
    }
  | {
      readonly kind: 'renameColumn';
      readonly table: Table;
      readonly column: string;
      readonly to: string;
      readonly where: 'code' | 'database';
    }
  | { readonly kind: 'changeType'; readonly table: Table; readonly column: string; readonly type: TypeSpec }
  | { readonly kind: 'setNullable'; readonly table: Table; readonly column: string; readonly nullable: boolean }
  | { readonly kind: 'deleteColumn'; readonly table: Table; readonly column: string }
  | { readonly kind: 'addIndex'; readonly table: Table; readonly columns: readonly string[]; readonly unique: boolean }
  /** Among several over the same columns the one of that name. */
  | {
      readonly kind: 'deleteIndex';
      readonly table: Table;
      readonly columns: readonly string[];
      readonly name: string | null;
    }
  | {
      readonly kind: 'addRelation';
      readonly table: Table;
      readonly target: Table;
      readonly name: string;
      readonly inverse: string | null;
      readonly cardinality: 'many-to-one' | 'one-to-one';
      readonly nullable: boolean;
    }
  | { readonly kind: 'deleteRelation'; readonly table: Table; readonly property: string };

/** What source and database take without quotes: anything else is asked for by hand. */
export const namePattern = /^[\p{L}_][\p{L}\p{N}_]*$/u;
const mostCharacters = 63;

export function changeOf(
  ask: Ask,
  schema: Schema,
  dialect: Dialect | null,
): EntityChange | { readonly reason: string } {
  const stated = ask.kind === 'deleteIndex' ? null : 'name' in ask ? ask.name : 'to' in ask ? ask.to : null;
  if (stated !== null && !namePattern.test(stated))
    return { reason: `"${stated}" is no name: letters, digits and underscores are, and no digit comes first.` };
  if (stated !== null && stated.length > mostCharacters)
    return { reason: `"${stated}" is longer than the ${mostCharacters} characters that databases take.` };
  if (ask.kind === 'addTable') return addTable(ask.name, ask.like, schema);
  const { table } = ask;
  const on = { table: table.name, namespace: table.namespace };
  const column = 'column' in ask ? table.columns.find(({ name }) => name === ask.column) : undefined;
  if ('column' in ask && !column) return { reason: `${table.name} has no column ${ask.column}.` };
  switch (ask.kind) {
    case 'renameTable':
      return { kind: 'renameTable', ...on, to: ask.to, toNamespace: table.namespace };
    case 'deleteTable':
      return deleteTable(table, schema);
    case 'addColumn': {
      const property = propertyName(ask.name, table, schema);
      const name = columnName(ask.name, property, table, schema);
      const isTaken = table.columns.some((each) => each.name === name || each.property === property);
      if (isTaken) return { reason: `${table.name} has a column ${name} already.` };
      return {
        kind: 'addColumn',
        ...on,
        column: newColumn({ name, property }, ask.type, ask.nullable, table, dialect),
      };
    }
    case 'addIndex':
      return { kind: 'addIndex', ...on, index: plainIndex(ask.columns, table.at, { unique: ask.unique }) };
    case 'deleteIndex':
      return deleteIndex(ask.columns, ask.name, table);
    case 'addRelation': {
      const { target, cardinality, inverse, nullable, name } = ask;
      if (target.reader !== table.reader)
        return { reason: `${target.name} belongs to another ORM than ${table.name}.` };
      const to = { table: target.name, namespace: target.namespace };
      return { kind: 'addRelation', ...on, target: to, cardinality, property: name, inverse, nullable };
    }
    case 'deleteRelation':
      return { kind: 'dropRelation', ...on, property: ask.property };
  }
  if (!column) return { reason: `${table.name} has no such column.` };
  switch (ask.kind) {
    case 'renameColumn': {
      if (ask.where === 'database')
        return table.columns.some(({ name }) => name === ask.to)
          ? { reason: `${table.name} has a column ${ask.to} already.` }
          : { kind: 'renameColumn', ...on, from: column.name, to: ask.to };
      return propertyOf(table, column.name) === ask.to
        ? { reason: `The property is called ${ask.to} already.` }
        : { kind: 'renameProperty', ...on, column: column.name, to: ask.to };
    }
    case 'changeType': {
      const asked = newColumn({ name: column.name, property: '' }, ask.type, column.nullable, table, dialect);
      const { type, rawType, length, precision, scale } = asked;
      const to = { ...column, type, rawType, length, precision, scale, enum: null, generated: null };
      return { kind: 'alterColumn', ...on, from: column, to, facets: ['type'] };
    }
    case 'setNullable':
      return column.nullable === ask.nullable
        ? { reason: `${column.name} is ${ask.nullable ? 'nullable' : 'required'} already.` }
        : { kind: 'alterColumn', ...on, from: column, to: { ...column, nullable: ask.nullable }, facets: ['nullable'] };
    case 'deleteColumn':
      return deleteColumn(column.name, table, schema) ?? { kind: 'dropColumn', ...on, column };
  }
}

function addTable(entered: string, like: Table, { tables }: Schema): EntityChange | { readonly reason: string } {
  const names = tableNames(entered, like);
  if (tables.some((table) => table.name === names.name && table.namespace === like.namespace))
    return { reason: `There is a table ${names.name} already.` };
  if (tables.some(({ entity, reader }) => entity === names.entity && reader === like.reader))
    return { reason: `There is an entity ${names.entity} already.` };
  const table: Table = {
    ...like,
    ...names,
    kind: 'table',
    columns: like.columns.filter(({ name }) => like.primaryKey.includes(name)),
    uniques: [],
    indexes: [],
    foreignKeys: [],
    relations: [],
    checks: [],
    exclusions: [],
    inheritance: null,
    comment: null,
  };
  return { kind: 'createTable', table };
}

function deleteTable(table: Table, { tables }: Schema): EntityChange | { readonly reason: string } {
  const users = tables
    .filter((each) => each !== table)
    .flatMap((each) =>
      each.relations
        .filter(({ target, targetNamespace }) => target === table.name && targetNamespace === table.namespace)
        .map(({ property }) => `${each.entity ?? each.name}.${property}`),
    );
  if (users.length > 0)
    return {
      reason: `${users.slice(0, 4).join(', ')}${users.length > 4 ? ` and ${users.length - 4} more` : ''} refer${users.length === 1 ? 's' : ''} to ${table.name}: delete ${users.length === 1 ? 'that relation' : 'those relations'} first.`,
    };
  if ((table.inheritance?.children.length ?? 0) > 0)
    return { reason: `Other entities are kept in ${table.name} or build on it: delete it by hand.` };
  return { kind: 'dropTable', table };
}

function deleteIndex(
  columns: readonly string[],
  name: string | null,
  table: Table,
): EntityChange | { readonly reason: string } {
  const over = table.indexes.filter((each) => each.columns.join('\n') === columns.join('\n'));
  const index = over.find((each) => each.name === name) ?? over[0];
  if (!index) return { reason: `${table.name} has no index on ${columns.join(', ')}.` };
  if (index.origin !== 'declared')
    return {
      reason: `The index on ${columns.join(', ')} is not declared: ${index.origin === 'orm' ? ormName(table.reader) : 'the database'} creates it by itself.`,
    };
  return { kind: 'dropIndex', table: table.name, namespace: table.namespace, index };
}

function deleteColumn(column: string, table: Table, { tables }: Schema): { readonly reason: string } | null {
  if (table.primaryKey.includes(column))
    return { reason: `${column} belongs to the primary key of ${table.name}, which has to have one.` };
  const user = tables.find(({ foreignKeys }) =>
    foreignKeys.some(
      ({ references }) =>
        references.table === table.name &&
        references.namespace === table.namespace &&
        references.columns.includes(column),
    ),
  );
  return user
    ? { reason: `A foreign key of ${user.name} refers to ${table.name}.${column}: delete that relation first.` }
    : null;
}
