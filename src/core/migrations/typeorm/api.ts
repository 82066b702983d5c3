/**
 * Calls of TypeORM's `QueryRunner` → DDL operations, with the defaults and names that TypeORM's own runner would use
 * (`src/query-runner`, `src/schema-builder/table` of typeorm 1.1).
 */
import { quoteIdentifier } from '../../dialects/quoting.ts';
import type { Comparable } from '../../diff/diff.ts';
import { defaultNaming } from '../../readers/typeorm/naming.ts';
import type { Dialect } from '../../schema/model.ts';
import type { DdlOperation, SqlColumn, SqlConstraint, SqlIndex, SqlName } from '../../syntax/sql/operation.ts';
import { findTable } from '../shared/replayState.ts';
import { isRecord, unknown } from './plain.ts';
import { generatedNames } from './generatedNames.ts';
import type { Plain, PlainRecord } from './plain.ts';

/** Null = the call is understood and changes no structure; a text = why it is not understood. */
export type ApiResult = readonly DdlOperation[] | string | null;

const naming = defaultNaming(false);

/** Calls that look, or handle rows and transactions. */
const harmless =
  /^(?:has|get|load|start|commit|rollback|connect|release|enable|disable|clear|stream|log|isTransaction)|^(?:createDatabase|dropDatabase|createSchema|createView|dropView|executeMemoryDownSql|executeMemoryUpSql)$/;

export function readApiCall(name: string, args: readonly Plain[], schema: Comparable, dialect: Dialect): ApiResult {
  if (harmless.test(name)) return null;
  const [first, second, third] = args;
  if (name === 'createTable')
    return isRecord(first) ? createTable(first, dialect) : 'its table cannot be told from the text';
  if (name === 'dropSchema') return typeof first === 'string' ? [{ kind: 'dropSchema', schema: first }] : 'no name';
  const table = tableName(first);
  if (table === null) return 'its table cannot be told from the text';
  const each = (value: Plain): readonly PlainRecord[] | null => {
    const list = Array.isArray(value) ? (value as readonly Plain[]) : [value];
    return list.every(isRecord) ? list : null;
  };
  const unreadable = 'its arguments cannot be told from the text';
  const of = (value: Plain, read: (options: PlainRecord) => readonly DdlOperation[]): ApiResult =>
    each(value)?.flatMap(read) ?? unreadable;
  const named = (value: Plain, read: (given: string) => DdlOperation): ApiResult => {
    const list = Array.isArray(value) ? (value as readonly Plain[]) : [value];
    const names = list.map((item) =>
      typeof item === 'string' ? item : isRecord(item) && typeof item.name === 'string' ? item.name : null,
    );
    return names.every((item) => item !== null) ? names.map(read) : unreadable;
  };
  switch (name) {
    case 'dropTable':
      return [{ kind: 'dropTable', tables: [table], ifExists: second === true }];
    case 'renameTable': {
      const stated = tableName(second);
      if (!stated) return unreadable;
      const to = { ...stated, namespace: stated.namespace ?? table.namespace };
      return [{ kind: 'renameTable', table, to }, ...generatedNames(schema, table, to, (column) => column, dialect)];
    }
    case 'addColumn':
    case 'addColumns':
      return of(second, (options) => addColumn(table, options, dialect));
    case 'dropColumn':
    case 'dropColumns':
      return named(second, (column) => ({ kind: 'dropColumn', table, column, ifExists: third === true }));
    case 'renameColumn': {
      const [from, to] = [nameOf(second), nameOf(third)];
      if (from === null || to === null) return unreadable;
      return [
        { kind: 'renameColumn', table, from, to },
        ...generatedNames(schema, table, table, renaming(from, to), dialect),
      ];
    }
    case 'changeColumn':
      return changeColumn(table, second, third, schema, dialect);
    case 'changeColumns': {
      const pairs = each(second);
      if (!pairs) return unreadable;
      const changed = pairs.map(({ oldColumn, newColumn }) =>
        changeColumn(table, oldColumn, newColumn, schema, dialect),
      );
      return changed.every((result) => Array.isArray(result)) ? changed.flat() : unreadable;
    }
    case 'createPrimaryKey': {
      const columns = stringsOf(second);
      const given = typeof third === 'string' ? third : naming.primaryKeyName(table.name, columns);
      return [{ kind: 'addConstraint', table, constraint: { kind: 'primaryKey', name: given, columns } }];
    }
    case 'updatePrimaryKeys': {
      const columns = (each(second) ?? []).flatMap((column) => nameOf(column) ?? []);
      const constraint = { kind: 'primaryKey' as const, name: naming.primaryKeyName(table.name, columns), columns };
      return [
        { kind: 'dropConstraint', table, of: 'primaryKey', name: null, ifExists: true },
        { kind: 'addConstraint', table, constraint },
      ];
    }
    case 'dropPrimaryKey':
      return [{ kind: 'dropConstraint', table, of: 'primaryKey', name: null, ifExists: false }];
    case 'createIndex':
    case 'createIndices':
      return of(second, (options) => [
        { kind: 'createIndex', table, index: indexOf(table, options), ifNotExists: false },
      ]);
    case 'createUniqueConstraint':
    case 'createUniqueConstraints':
      return of(second, (options) => [{ kind: 'addConstraint', table, constraint: uniqueOf(table, options) }]);
    case 'createForeignKey':
    case 'createForeignKeys':
      return of(second, (options) => [
        { kind: 'addConstraint', table, constraint: foreignKeyOf(table, options, schema) },
      ]);
    case 'createCheckConstraint':
    case 'createCheckConstraints':
      return of(second, (options) => [{ kind: 'addConstraint', table, constraint: checkOf(table, options) }]);
    case 'createExclusionConstraint':
    case 'createExclusionConstraints':
      return of(second, (options) => [{ kind: 'addConstraint', table, constraint: exclusionOf(table, options) }]);
    case 'dropIndex':
    case 'dropIndices':
      return named(second, (index) => ({
        kind: 'dropIndex',
        index: { name: index, namespace: null },
        table,
        ifExists: third === true,
      }));
    case 'dropForeignKey':
    case 'dropForeignKeys':
      return named(second, (given) => ({
        kind: 'dropConstraint',
        table,
        of: 'foreignKey',
        name: given,
        ifExists: third === true,
      }));
    case 'dropUniqueConstraint':
    case 'dropUniqueConstraints':
      return named(second, (given) => ({
        kind: 'dropConstraint',
        table,
        of: 'index',
        name: given,
        ifExists: third === true,
      }));
    case 'dropCheckConstraint':
    case 'dropCheckConstraints':
      return named(second, (given) => ({
        kind: 'dropConstraint',
        table,
        of: 'check',
        name: given,
        ifExists: third === true,
      }));
    case 'dropExclusionConstraint':
    case 'dropExclusionConstraints':
      return named(second, (given) => ({
        kind: 'dropConstraint',
        table,
        of: 'any',
        name: given,
        ifExists: third === true,
      }));
    case 'changeTableComment':
      return [{ kind: 'setComment', table, column: null, comment: typeof second === 'string' ? second : null }];
    default:
      return 'it is not a call that changes a schema, as far as is known';
  }
}

function renaming(from: string, to: string): (column: string) => string {
  return (column) => (column === from ? to : column);
}

function tableName(value: Plain): SqlName | null {
  const path =
    typeof value === 'string' ? value : isRecord(value) && typeof value.name === 'string' ? value.name : null;
  if (path === null) return null;
  const parts = path.split('.');
  const stated = isRecord(value) && typeof value.schema === 'string' ? value.schema : (parts.at(-2) ?? null);
  return { name: parts.at(-1) ?? path, namespace: stated === 'public' || stated === 'dbo' ? null : stated };
}

function nameOf(value: Plain): string | null {
  return typeof value === 'string' ? value : isRecord(value) && typeof value.name === 'string' ? value.name : null;
}

function stringsOf(value: Plain): string[] {
  return Array.isArray(value) ? (value as readonly Plain[]).filter((each) => typeof each === 'string') : [];
}

function textOf(value: Plain): string | null {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : null;
}

function records(value: Plain): readonly PlainRecord[] {
  return Array.isArray(value) ? (value as readonly Plain[]).filter(isRecord) : [];
}

function createTable(options: PlainRecord, dialect: Dialect): ApiResult {
  const table = tableName(options);
  if (table === null || options.columns === unknown) return 'its table cannot be told from the text';
  const columns = records(options.columns).map((column) => columnOf(table, column, dialect));
  const keys = columns.filter(({ isKey }) => isKey).map(({ column }) => column.name);
  const stated = records(options.columns).flatMap((column) => textOf(column.primaryKeyConstraintName) ?? [])[0];
  const constraints: SqlConstraint[] = [];
  if (keys.length > 0)
    constraints.push({ kind: 'primaryKey', name: stated ?? naming.primaryKeyName(table.name, keys), columns: keys });
  constraints.push(...columns.flatMap((column) => column.constraints));
  constraints.push(...records(options.uniques).map((each) => uniqueOf(table, each)));
  constraints.push(...records(options.checks).map((each) => checkOf(table, each)));
  constraints.push(...records(options.exclusions).map((each) => exclusionOf(table, each)));
  constraints.push(...records(options.foreignKeys).map((each) => foreignKeyOf(table, each, null)));
  return [
    ...columns.flatMap(({ before }) => before),
    {
      kind: 'createTable',
      table,
      ifNotExists: false,
      columns: columns.map(({ column }) => column),
      constraints,
      comment: textOf(options.comment),
      open: false,
    },
    ...records(options.indices).map((each): DdlOperation => ({
      kind: 'createIndex',
      table,
      index: indexOf(table, each),
      ifNotExists: false,
    })),
  ];
}

interface ColumnRead {
  readonly column: SqlColumn;
  readonly isKey: boolean;
  readonly constraints: readonly SqlConstraint[];
  /** Types that have to be there first. */
  readonly before: readonly DdlOperation[];
}

function columnOf(table: SqlName, options: PlainRecord, dialect: Dialect): ColumnRead {
  const name = textOf(options.name) ?? '';
  const isPostgresql = dialect === 'postgresql';
  const values =
    options.enum === undefined || options.enum === null
      ? null
      : Array.isArray(options.enum)
        ? (options.enum as readonly Plain[]).flatMap((each) => textOf(each) ?? [])
        : null;
  const enumName = textOf(options.enumName) ?? `${table.name}_${name.toLowerCase()}_enum`;
  const written = textOf(options.type) ?? '';
  // A type may be written with its sizes: `type: 'varchar(20)'`.
  const [, base = written, inBrackets] = /^([^()]+)\(([^()]*)\)$/.exec(written) ?? [];
  const sizes =
    inBrackets === undefined
      ? [options.length ?? options.width ?? options.precision, options.scale].flatMap((size) =>
          size === '' ? [] : (textOf(size) ?? []),
        )
      : inBrackets.split(',').map((size) => size.trim());
  const isEnum = values !== null && /^(?:simple-)?enum$|^set$/.test(base);
  const aliases: Readonly<Record<string, string>> = {
    'simple-array': 'text',
    'simple-json': 'text',
    'simple-enum': 'varchar',
  };
  const typeName =
    isEnum && isPostgresql ? enumName : isEnum && dialect !== 'sqlite' ? 'enum' : (aliases[base] ?? base);
  const isArray = options.isArray === true || options.array === true;
  const generated = options.isGenerated === true ? (textOf(options.generationStrategy) ?? 'increment') : null;
  const expression = textOf(options.asExpression);
  const isKey = options.isPrimary === true;
  const uuid = generated === 'uuid' && isPostgresql ? 'uuid_generate_v4()' : null;
  const update = textOf(options.onUpdate);
  const standard = textOf(options.default) ?? uuid;
  const constraints: SqlConstraint[] = [];
  if (options.isUnique === true) constraints.push(uniqueOf(table, { columnNames: [name] }));
  if (isEnum && dialect === 'sqlite') {
    const list = values.map((value) => `'${value.replaceAll("'", "''")}'`).join(',');
    constraints.push({
      kind: 'check',
      name: null,
      expression: `${quoteIdentifier(name, dialect)} IN (${list})`,
      column: name,
    });
  }
  return {
    isKey,
    constraints,
    before:
      isEnum && isPostgresql
        ? [{ kind: 'createEnum', type: { name: enumName, namespace: table.namespace }, values }]
        : [],
    column: {
      name,
      type: {
        name: typeName.toLowerCase() === base.toLowerCase() ? typeName.toLowerCase() : typeName,
        arguments: isEnum ? [] : sizes,
        array: isArray,
        values: isEnum && !isPostgresql && dialect !== 'sqlite' ? values : null,
      },
      nullable: options.isNullable === true && !isKey,
      default: update === null ? standard : `${standard ?? 'NULL'} ON UPDATE ${update}`,
      generated:
        expression !== null
          ? { kind: options.generatedType === 'STORED' ? 'stored' : 'virtual', expression }
          : generated === 'increment' || generated === 'identity'
            ? { kind: generated, expression: null }
            : null,
      collation: textOf(options.collation),
      comment: textOf(options.comment),
    },
  };
}

function addColumn(table: SqlName, options: PlainRecord, dialect: Dialect): DdlOperation[] {
  const { column, constraints, before, isKey } = columnOf(table, options, dialect);
  const key: SqlConstraint[] = isKey
    ? [{ kind: 'primaryKey', name: naming.primaryKeyName(table.name, [column.name]), columns: [column.name] }]
    : [];
  return [...before, { kind: 'addColumn', table, column, constraints: [...key, ...constraints], ifNotExists: false }];
}

/** Whatever is left out is the column's standard again, so it is stated anew as a whole. */
function changeColumn(table: SqlName, from: Plain, to: Plain, schema: Comparable, dialect: Dialect): ApiResult {
  const name = nameOf(from);
  if (name === null || !isRecord(to)) return 'its columns cannot be told from the text';
  const { column, constraints, before } = columnOf(table, to, dialect);
  const enums = before.filter(
    (each) =>
      each.kind !== 'createEnum' ||
      !schema.enums.some((type) => type.name === each.type.name && type.values.join() === each.values.join()),
  );
  const isKnown =
    findTable(schema, table)?.uniques.some(({ columns }) => columns.length === 1 && columns[0] === name) === true;
  return [
    ...enums,
    {
      kind: 'replaceColumn',
      table,
      name,
      column,
      constraints: constraints.filter(({ kind }) => kind !== 'unique' || !isKnown),
    },
    ...generatedNames(schema, table, table, renaming(name, column.name), dialect),
  ];
}

function indexOf(table: SqlName, options: PlainRecord): SqlIndex {
  const columns = stringsOf(options.columnNames);
  const where = textOf(options.where);
  const method =
    options.isSpatial === true ? 'spatial' : options.isFulltext === true ? 'fulltext' : textOf(options.type);
  return {
    name: textOf(options.name) ?? naming.indexName(table.name, columns, where),
    ...{ columns, orders: [], include: [], unique: options.isUnique === true, method, where, expression: null },
  };
}

function uniqueOf(table: SqlName, options: PlainRecord): SqlConstraint {
  const columns = stringsOf(options.columnNames);
  const name = textOf(options.name) ?? naming.uniqueConstraintName(table.name, columns);
  return { kind: 'unique', name, columns, nullsNotDistinct: false, deferrable: textOf(options.deferrable) };
}

function foreignKeyOf(table: SqlName, options: PlainRecord, schema: Comparable | null): SqlConstraint {
  const columns = stringsOf(options.columnNames);
  const target = tableName({ name: options.referencedTableName, schema: options.referencedSchema }) ?? {
    name: '',
    namespace: null,
  };
  const stated = stringsOf(options.referencedColumnNames);
  const referenced = stated.length > 0 || !schema ? stated : (findTable(schema, target)?.primaryKey ?? []);
  const action = (value: Plain) => actions.find((each) => each === textOf(value)?.toUpperCase()) ?? null;
  return {
    kind: 'foreignKey',
    name: textOf(options.name) ?? naming.foreignKeyName(table.name, columns, target.name, referenced),
    columns,
    references: { ...target, columns: referenced },
    onDelete: action(options.onDelete),
    onUpdate: action(options.onUpdate),
    deferrable: textOf(options.deferrable),
  };
}

const actions = ['CASCADE', 'SET NULL', 'SET DEFAULT', 'RESTRICT', 'NO ACTION'] as const;

function checkOf(table: SqlName, options: PlainRecord): SqlConstraint {
  const expression = textOf(options.expression) ?? '';
  const name = textOf(options.name) ?? naming.checkConstraintName(table.name, expression, false);
  return { kind: 'check', name, expression, column: null };
}

function exclusionOf(table: SqlName, options: PlainRecord): SqlConstraint {
  const expression = textOf(options.expression) ?? '';
  return {
    kind: 'exclusion',
    name: textOf(options.name) ?? naming.exclusionConstraintName(table.name, expression),
    expression,
  };
}
