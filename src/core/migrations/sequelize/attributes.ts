/** Attributes as `queryInterface` takes them → columns and constraints (`attributesToSQL` of `lib/dialects/<dialect>/query-generator.js`, Sequelize 6.37). */
import { quoteIdentifier } from '../../dialects/quoting.ts';
import { aDataType, dataTypeOf, enumValues } from '../../readers/sequelize/dataTypes.ts';
import type { DataType } from '../../readers/sequelize/dataTypes.ts';
import { shapeOf } from '../../readers/sequelize/sqlTypes.ts';
import { foreignName, plainOf, sqlLiteral, sqlOf } from '../../readers/sequelize/values.ts';
import { isCall, isList, isObject } from '../../readers/shared/typescript/results.ts';
import type { Result } from '../../readers/shared/typescript/results.ts';
import type { Dialect, ReferentialAction } from '../../schema/model.ts';
import { typeOfText } from '../shared/sqlText.ts';
import type { DdlOperation, SqlColumn, SqlConstraint, SqlName, SqlType } from '../../syntax/sql/operation.ts';

export interface AttributeRead {
  readonly column: SqlColumn;
  readonly constraints: readonly SqlConstraint[];
  readonly isKey: boolean;
  /** Types that have to be there first. */
  readonly enums: readonly Extract<DdlOperation, { kind: 'createEnum' }>[];
  /** Whether it says so itself. */
  readonly allowNull: boolean | undefined;
}

export function attributeOf(table: SqlName, name: string, given: Result, dialect: Dialect): AttributeRead {
  const options: ReadonlyMap<string, Result> = isObject(given) ? given.entries : new Map([['type', given]]);
  const stated = options.get('type');
  // `INTEGER USING CAST("a" AS INTEGER)` is a habit from PostgreSQL.
  const written = typeof stated === 'string' ? stated.replace(/\s+USING\s[\s\S]*$/i, '') : stated;
  const type = withValues(dataTypeOf(written), options.get('values'));
  const column = textOf(options.get('field')) ?? name;
  const element = type?.key === 'ARRAY' ? type.element : type;
  const values = element?.key === 'ENUM' ? element.values : null;
  const isPostgresql = dialect === 'postgresql' || dialect === 'cockroachdb';
  const enumName = `enum_${table.name}_${column}`;
  const isEnum = values !== null && isPostgresql;
  const increments = options.get('autoIncrement') === true;
  const isKey = options.get('primaryKey') === true;
  const allowNull = options.has('allowNull') ? options.get('allowNull') !== false : undefined;
  return {
    isKey,
    allowNull,
    enums: isEnum ? [{ kind: 'createEnum', type: { name: enumName, namespace: table.namespace }, values }] : [],
    constraints: constraintsOf(table, column, options),
    column: {
      name: column,
      type: isEnum
        ? { name: enumName, arguments: [], array: type?.key === 'ARRAY', values: null }
        : sqlTypeOf(type, values, dialect),
      nullable: allowNull !== false && !isKey && !(increments && dialect !== 'sqlite'),
      default: defaultOf(options.get('defaultValue'), type),
      ...(isUntold(options.get('defaultValue')) ? { hasDefault: true as const } : {}),
      generated: increments
        ? { kind: options.get('autoIncrementIdentity') === true ? 'identity' : 'increment', expression: null }
        : null,
      collation: null,
      comment: textOf(options.get('comment')),
    },
  };
}

function withValues(type: DataType | null, values: Result): DataType | null {
  if (type?.key !== 'ENUM' || type.values) return type;
  return aDataType('ENUM', { values: enumValues([values]) });
}

function sqlTypeOf(type: DataType | null, values: readonly string[] | null, dialect: Dialect): SqlType | null {
  if (type === null) return null;
  if (type.key === 'SQL') return typeOfText(type.text ?? '', dialect);
  if (type.key === 'VIRTUAL') return null;
  const { rawType, length, precision, scale, array, unsigned } = shapeOf(type, dialect);
  const inline = /^([^()]+)\(([^()]*)\)$/.exec(rawType);
  const sizes = [length, precision, scale].filter((size) => size !== null).map(String);
  const hasValues = values !== null && /^(?:mysql|mariadb|sqlite)$/.test(dialect);
  return {
    name: `${inline?.[1] ?? rawType}${unsigned === true ? ' unsigned' : ''}`,
    arguments: inline ? [inline[2] ?? ''] : hasValues ? [] : sizes,
    array,
    values: hasValues ? values : null,
  };
}

/** `defaultValue: STATES.OPEN`, where the file of the states is none of a migration's. */
function isUntold(value: Result): boolean {
  if (typeof value !== 'object' || value === null || isList(value)) return false;
  return value.is === 'unknown' && !/^(?:UUIDV[14]|NOW)$/.test(foreignName(value) ?? '');
}

/** `UUIDV4`, `NOW` and functions are run by the application: the database knows of no default (`Utils.defaultValueSchemable`). */
function defaultOf(value: Result, type: DataType | null): string | null {
  if (value === undefined || value === null) return null;
  if (typeof value === 'object' && !isList(value) && !isObject(value)) {
    if (!isCall(value) || /^(?:UUIDV[14]|NOW)$/.test(foreignName(value) ?? '')) return null;
    return sqlOf(value);
  }
  const literal = sqlLiteral(value);
  if (literal !== null) return literal;
  const plain = plainOf(value);
  if (plain === undefined) return null;
  if (isList(value) && type?.key === 'ARRAY') return `ARRAY[${value.map((each) => sqlLiteral(each) ?? '…').join(',')}]`;
  return `'${JSON.stringify(plain).replaceAll("'", "''")}'`;
}

function constraintsOf(table: SqlName, column: string, options: ReadonlyMap<string, Result>): SqlConstraint[] {
  const constraints: SqlConstraint[] = [];
  if (options.get('unique') === true)
    constraints.push({ kind: 'unique', name: null, columns: [column], nullsNotDistinct: false, deferrable: null });
  const references = options.get('references');
  const target = referenceOf(references, table);
  if (target)
    constraints.push({
      kind: 'foreignKey',
      name: null,
      columns: [column],
      references: target,
      onDelete: actionOf(options.get('onDelete')),
      onUpdate: actionOf(options.get('onUpdate')),
      deferrable: isObject(references) ? deferrableOf(references.entries.get('deferrable')) : null,
    });
  return constraints;
}

function referenceOf(value: Result, table: SqlName): (SqlName & { readonly columns: readonly string[] }) | null {
  const options = isObject(value) ? value.entries : null;
  const target = tableOf(options ? (options.get('model') ?? options.get('table')) : value);
  if (!target) return null;
  const key = textOf(options?.get('key') ?? options?.get('field')) ?? 'id';
  return { name: target.name, namespace: target.namespace ?? table.namespace, columns: [key] };
}

/** `'users'`, `{ tableName: 'users', schema: 'app' }`; the engine's own schema is none. */
export function tableOf(value: Result): SqlName | null {
  if (typeof value === 'string') return { name: value.replace(/["`]/g, ''), namespace: null };
  if (!isObject(value)) return null;
  const name = textOf(value.entries.get('tableName'));
  const schema = textOf(value.entries.get('schema'));
  return name === null ? null : { name, namespace: schema === 'public' || schema === 'dbo' ? null : schema };
}

export function textOf(value: Result): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

const actions = ['CASCADE', 'SET NULL', 'SET DEFAULT', 'RESTRICT', 'NO ACTION'] as const;

export function actionOf(value: Result): ReferentialAction | null {
  const upper = typeof value === 'string' ? value.trim().toUpperCase() : '';
  return actions.find((each) => each === upper) ?? null;
}

/** `Deferrable.INITIALLY_DEFERRED`, written as the engine has it. */
export function deferrableOf(value: Result): string | null {
  const name = foreignName(value);
  return name === null || name === 'NOT' ? null : name.toUpperCase().replaceAll('_', ' ');
}

/** Conditions of partial indexes and of checks as SQL; what cannot be told is `…`. */
export function conditionOf(value: Result, dialect: Dialect): string {
  if (typeof value === 'string') return value;
  const sql = sqlOf(value);
  if (sql !== null) return sql;
  if (!isObject(value)) return '…';
  return [...value.entries].map(([key, each]) => term(key, each, dialect)).join(' AND ');
}

const comparisons: Readonly<Record<string, string>> = {
  eq: '=',
  ne: '!=',
  gt: '>',
  gte: '>=',
  lt: '<',
  lte: '<=',
  like: 'LIKE',
  iLike: 'ILIKE',
  is: 'IS',
  not: 'IS NOT',
};

function term(key: string, value: Result, dialect: Dialect): string {
  if (/^(?:Op\.)?(?:and|or|\$and|\$or)$/.test(key)) {
    const parts = isList(value) ? value : [value];
    return `(${parts.map((part) => conditionOf(part, dialect)).join(key.endsWith('or') ? ' OR ' : ' AND ')})`;
  }
  const column = quoteIdentifier(key, dialect);
  if (!isObject(value)) return compared(column, isList(value) ? 'in' : 'eq', value);
  return [...value.entries]
    .map(([operator, each]) => compared(column, operator.replace(/^Op\.|^\$/, ''), each))
    .join(' AND ');
}

function compared(column: string, operator: string, value: Result): string {
  const literal = (each: Result): string => sqlOf(each) ?? sqlLiteral(each) ?? '…';
  if (isList(value)) return `${column} ${operator === 'notIn' ? 'NOT IN' : 'IN'} (${value.map(literal).join(', ')})`;
  if (value === null) return `${column} IS ${operator === 'ne' || operator === 'not' ? 'NOT ' : ''}NULL`;
  if ((operator === 'is' || operator === 'not') && typeof value !== 'boolean')
    return `${column} ${operator === 'is' ? '=' : '!='} ${literal(value)}`;
  return `${column} ${comparisons[operator] ?? '='} ${literal(value)}`;
}
