/** Calls of Sequelize's `QueryInterface` → DDL operations, with the defaults and names of Sequelize 6.37 (`lib/dialects/abstract/query-generator.js`). */
import { foreignName, sqlOf } from '../../readers/sequelize/values.ts';
import { underscore } from '../../readers/sequelize/names.ts';
import { isList, isObject } from '../../readers/shared/typescript/results.ts';
import type { ObjectResult, Result } from '../../readers/shared/typescript/results.ts';
import type { Dialect } from '../../schema/model.ts';
import type { DdlOperation, SqlConstraint, SqlIndex, SqlName } from '../../syntax/sql/operation.ts';
import { findTable } from '../shared/replayState.ts';
import type { ReplaySchema } from '../shared/replayState.ts';
import { actionOf, attributeOf, conditionOf, deferrableOf, tableOf, textOf } from './attributes.ts';
import type { AttributeRead } from './attributes.ts';

/** A text = why it is not understood. */
export type CallResult = readonly DdlOperation[] | string;

const noTable = 'its table cannot be told from the text';
const unreadable = 'its arguments cannot be told from the text';

/** @param schema null = what is there before is not known */
export function readCall(
  method: string,
  args: readonly Result[],
  schema: ReplaySchema | null,
  dialect: Dialect,
): CallResult {
  const [first, second, third] = args;
  const table = tableOf(first);
  if (method === 'dropSchema') return typeof first === 'string' ? [{ kind: 'dropSchema', schema: first }] : noTable;
  if (method === 'dropAllTables') return dropAll(schema);
  if (method === 'dropEnum') return typeof first === 'string' ? [dropType(first)] : unreadable;
  if (!table) return noTable;
  switch (method) {
    case 'createTable':
      return isObject(second) ? createTable(table, second, third, schema, dialect) : unreadable;
    case 'dropTable':
      return [{ kind: 'dropTable', tables: [table], ifExists: true }];
    case 'renameTable': {
      const to = tableOf(second);
      return to
        ? [{ kind: 'renameTable', table, to: { ...to, namespace: to.namespace ?? table.namespace } }]
        : unreadable;
    }
    case 'addColumn':
      return typeof second === 'string' ? addColumn(table, second, third, schema, dialect) : unreadable;
    case 'removeColumn':
      return typeof second === 'string' ? [{ kind: 'dropColumn', table, column: second, ifExists: false }] : unreadable;
    case 'renameColumn':
      return typeof second === 'string' && typeof third === 'string'
        ? [{ kind: 'renameColumn', table, from: second, to: third }]
        : unreadable;
    case 'changeColumn':
      return typeof second === 'string' ? changeColumn(table, second, third, schema, dialect) : unreadable;
    case 'addIndex': {
      const index = indexOf(table, second, third, dialect);
      return index ? [{ kind: 'createIndex', table: splitName(table), index, ifNotExists: false }] : unreadable;
    }
    case 'removeIndex': {
      const name = typeof second === 'string' ? second : isList(second) ? indexName(table, second) : null;
      if (name === null) return unreadable;
      return [{ kind: 'dropIndex', index: { name, namespace: table.namespace }, table, ifExists: isLenient(dialect) }];
    }
    case 'addConstraint': {
      // Until version 4 the columns stood before the options.
      const options = isObject(second) ? second : isObject(third) ? third : null;
      const fields = options?.entries.get('fields') ?? options?.entries.get('attributes') ?? second;
      return options && isList(fields) ? addConstraint(splitName(table), fields, options, dialect) : unreadable;
    }
    case 'removeConstraint':
      return typeof second === 'string'
        ? [{ kind: 'dropConstraint', table, of: 'any', name: second, ifExists: false }]
        : unreadable;
    default:
      return 'it is not a call that changes a schema, as far as is known';
  }
}

/** `DROP INDEX IF EXISTS` */
function isLenient(dialect: Dialect): boolean {
  return dialect === 'postgresql' || dialect === 'sqlite' || dialect === 'cockroachdb';
}

function dropType(name: string): DdlOperation {
  return { kind: 'dropType', types: [{ name: name.replace(/"/g, ''), namespace: null }], ifExists: true };
}

function dropAll(schema: ReplaySchema | null): DdlOperation[] {
  return (schema?.tables ?? []).map(({ name, namespace }) => ({
    kind: 'dropTable',
    tables: [{ name, namespace }],
    ifExists: true,
  }));
}

/** `'app.users'`, where the generator takes the parts apart. */
function splitName(table: SqlName): SqlName {
  const [schema, name, ...rest] = table.name.split('.');
  if (table.namespace !== null || schema === undefined || name === undefined || rest.length > 0) return table;
  return { name, namespace: schema === 'public' || schema === 'dbo' ? null : schema };
}

/** PostgreSQL: a type that is there already stays as it is. */
function newEnums(read: AttributeRead, schema: ReplaySchema | null): readonly DdlOperation[] {
  return read.enums.filter(
    ({ type }) => !schema?.enums.some(({ name, namespace }) => name === type.name && namespace === type.namespace),
  );
}

function createTable(
  stated: SqlName,
  attributes: ObjectResult,
  options: Result,
  schema: ReplaySchema | null,
  dialect: Dialect,
): CallResult {
  const entries: ReadonlyMap<string, Result> = isObject(options) ? options.entries : new Map();
  const schemaName = textOf(entries.get('schema'));
  const table =
    stated.namespace === null && schemaName !== null && schemaName !== 'public'
      ? { ...stated, namespace: schemaName }
      : stated;
  const read = [...attributes.entries].map(([name, given]) => attributeOf(table, name, given, dialect));
  const keys = read.filter(({ isKey }) => isKey).map(({ column }) => column.name);
  const constraints: SqlConstraint[] = read.flatMap((each) => each.constraints);
  constraints.push(...uniqueKeys(entries.get('uniqueKeys'), dialect));
  if (keys.length > 0) constraints.push({ kind: 'primaryKey', name: null, columns: keys });
  const isRowNumber = dialect === 'sqlite' && keys.length === 1;
  const create: DdlOperation = {
    kind: 'createTable',
    table,
    ifNotExists: true,
    columns: read.map(({ column, isKey }) =>
      // SQLite's own row number serves as a key of one column, and then it is called INTEGER.
      isRowNumber && isKey && /int/i.test(column.type?.name ?? '')
        ? { ...column, type: { name: 'integer', arguments: [], array: false, values: null } }
        : column,
    ),
    constraints,
    comment: textOf(entries.get('comment')),
    open: attributes.missing !== null,
  };
  return [...read.flatMap((each) => newEnums(each, schema)), create];
}

/** `{ uniqueKeys: { name: { fields: ['a', 'b'] } } }`; only MySQL gives the constraint the name. */
function uniqueKeys(value: Result, dialect: Dialect): readonly SqlConstraint[] {
  const isNamed = dialect === 'mysql' || dialect === 'mariadb';
  const named: readonly (readonly [string | null, Result])[] = isObject(value)
    ? [...value.entries]
    : isList(value)
      ? value.map((each) => [null, each])
      : [];
  return named.flatMap(([key, each]): SqlConstraint[] => {
    if (!isObject(each) || each.entries.get('customIndex') === false) return [];
    const columns = columnsOf(each.entries.get('fields'));
    return [{ kind: 'unique', name: isNamed ? key : null, columns, nullsNotDistinct: false, deferrable: null }];
  });
}

function addColumn(
  table: SqlName,
  name: string,
  given: Result,
  schema: ReplaySchema | null,
  dialect: Dialect,
): CallResult {
  if (given === undefined) return unreadable;
  const read = attributeOf(table, name, given, dialect);
  const isMysql = dialect === 'mysql' || dialect === 'mariadb';
  const constraints = read.constraints.map((each) =>
    isMysql && each.kind === 'foreignKey' ? { ...each, name: `${table.name}_${name}_foreign_idx` } : each,
  );
  const key: SqlConstraint[] = read.isKey ? [{ kind: 'primaryKey', name: null, columns: [read.column.name] }] : [];
  return [
    ...newEnums(read, schema),
    { kind: 'addColumn', table, column: read.column, constraints: [...key, ...constraints], ifNotExists: false },
  ];
}

function changeColumn(
  table: SqlName,
  name: string,
  given: Result,
  schema: ReplaySchema | null,
  dialect: Dialect,
): CallResult {
  if (given === undefined) return unreadable;
  const { column, constraints, allowNull, ...read } = attributeOf(table, name, given, dialect);
  const adds = constraints.map((constraint): DdlOperation => ({ kind: 'addConstraint', table, constraint }));
  const refers = constraints.some(({ kind }) => kind === 'foreignKey');
  const enums = newEnums({ column, constraints, allowNull, ...read }, schema);
  if (dialect === 'postgresql' || dialect === 'cockroachdb') {
    const alter = (change: Extract<DdlOperation, { kind: 'alterColumn' }>['change']): DdlOperation => ({
      ...{ kind: 'alterColumn', table, column: name, change },
    });
    // Where it refers to another table, PostgreSQL is told of nothing else but what is stated.
    return [
      ...(allowNull === false ? [alter({ nullable: false })] : refers ? [] : [alter({ nullable: true })]),
      ...(column.default !== null || !refers ? [alter({ default: column.default })] : []),
      ...enums,
      ...(refers || column.type === null ? [] : [alter({ type: column.type })]),
      ...adds,
    ];
  }
  const isMysql = dialect === 'mysql' || dialect === 'mariadb';
  if (isMysql && refers) return adds;
  const old = schema ? findTable(schema, table) : undefined;
  const known = old?.columns.find((each) => each.name === name);
  // SQLite: the table is made anew with what it had and what is stated.
  const kept =
    known && allowNull === undefined && dialect === 'sqlite' ? { ...column, nullable: known.nullable } : column;
  return [
    {
      kind: 'replaceColumn',
      table,
      name,
      column: kept,
      constraints: isMysql || dialect === 'sqlite' ? constraints : [],
    },
  ];
}

function indexName(table: SqlName, fields: readonly Result[]): string {
  const names = fields.map((field) =>
    isObject(field) ? (textOf(field.entries.get('name')) ?? textOf(field.entries.get('attribute'))) : textOf(field),
  );
  return underscore(`${table.name.replace(/\./g, '_')}_${names.join('_')}`);
}

/** `addIndex(table, fields, options)` and `addIndex(table, { fields, … })`. */
function indexOf(table: SqlName, second: Result, third: Result, dialect: Dialect): SqlIndex | null {
  const options = isList(second) ? third : second;
  const entries: ReadonlyMap<string, Result> = isObject(options) ? options.entries : new Map();
  const stated = isList(second) ? second : entries.get('fields');
  const fields = typeof stated === 'string' ? [stated] : isList(stated) ? stated : null;
  if (!fields) return null;
  const columns: string[] = [];
  const shown: string[] = [];
  const orders: ('asc' | 'desc')[] = [];
  let isPlain = true;
  for (const field of fields) {
    const own = isObject(field)
      ? (textOf(field.entries.get('name')) ?? textOf(field.entries.get('attribute')))
      : textOf(field);
    const name = own ?? (foreignName(field) === 'col' ? sqlOf(field) : null);
    if (name === null) isPlain = false;
    else columns.push(name);
    shown.push(name ?? sqlOf(field) ?? '…');
    orders.push(isObject(field) && /^desc/i.test(textOf(field.entries.get('order')) ?? '') ? 'desc' : 'asc');
  }
  // Version 4 had names of its own for two of them.
  const type = (textOf(entries.get('type')) ?? textOf(entries.get('indicesType')))?.toLowerCase() ?? null;
  const method = textOf(entries.get('using')) ?? textOf(entries.get('method'));
  return {
    name: textOf(entries.get('name')) ?? textOf(entries.get('indexName')) ?? indexName(table, fields),
    columns,
    orders: orders.includes('desc') ? orders : [],
    include: columnsOf(entries.get('include')),
    unique: entries.get('unique') === true || type === 'unique',
    method:
      type === 'fulltext' || type === 'spatial'
        ? type
        : method?.toLowerCase() === 'btree'
          ? null
          : (method?.toLowerCase() ?? null),
    where: entries.has('where') ? conditionOf(entries.get('where'), dialect) : null,
    expression: isPlain ? null : shown.join(', '),
  };
}

function columnsOf(value: Result): readonly string[] {
  const list = isList(value) ? value : value === undefined ? [] : [value];
  return list.flatMap((each) => (isObject(each) ? (textOf(each.entries.get('name')) ?? []) : (textOf(each) ?? [])));
}

function addConstraint(
  table: SqlName,
  fields: readonly Result[],
  { entries }: ObjectResult,
  dialect: Dialect,
): CallResult {
  const columns = columnsOf(fields);
  const type = textOf(entries.get('type'))?.toUpperCase() ?? '';
  const name = (suffix: string): string =>
    textOf(entries.get('name')) ?? `${table.name}_${columns.join('_')}_${suffix}`;
  const deferrable = deferrableOf(entries.get('deferrable'));
  const add = (constraint: SqlConstraint): DdlOperation[] => [{ kind: 'addConstraint', table, constraint }];
  switch (type) {
    case 'UNIQUE':
      return add({ kind: 'unique', name: name('uk'), columns, nullsNotDistinct: false, deferrable });
    case 'PRIMARY KEY':
      return add({ kind: 'primaryKey', name: name('pk'), columns });
    case 'CHECK': {
      const expression = conditionOf(entries.get('where'), dialect);
      return add({ kind: 'check', name: name('ck'), expression, column: null });
    }
    case 'DEFAULT':
      return columns.map((column) => ({
        kind: 'alterColumn',
        table,
        column,
        change: { default: conditionOf(entries.get('defaultValue'), dialect) },
      }));
    case 'FOREIGN KEY': {
      const references = entries.get('references');
      const target = isObject(references)
        ? tableOf(references.entries.get('table') ?? references.entries.get('model'))
        : null;
      if (!isObject(references) || !target) return 'what it refers to cannot be told from the text';
      const named =
        references.entries.get('fields') ?? references.entries.get('field') ?? references.entries.get('key');
      return add({
        kind: 'foreignKey',
        name: name(`${target.name}_fk`),
        columns,
        references: { ...target, columns: columnsOf(named) },
        onDelete: actionOf(entries.get('onDelete')),
        onUpdate: actionOf(entries.get('onUpdate')),
        deferrable,
      });
    }
    default:
      return `a constraint of the type "${type}" is not known`;
  }
}
