/** A drafted table → DDL operations, with the names that Knex gives (`lib/schema/tablecompiler.js` of knex 3). */
import { quoteIdentifier } from '../../dialects/quoting.ts';
import type { Dialect, ReferentialAction } from '../../schema/model.ts';
import type { DdlOperation, SqlColumn, SqlConstraint, SqlIndex, SqlName } from '../../syntax/sql/operation.ts';
import { plainOf } from '../shared/script/builtins.ts';
import { isList, isObject, memberOf, textOr, textsOf } from '../shared/script/values.ts';
import type { Value } from '../shared/script/values.ts';
import { textLiteral, typeOfText } from '../shared/sqlText.ts';
import { rawText } from './tableBuilder.ts';
import type { ColumnDraft, ForeignDraft, TableCall, TableEntry } from './tableBuilder.ts';
import { sqlTypeOf } from './types.ts';

export interface Placed {
  readonly operations: readonly DdlOperation[];
  readonly at: ColumnDraft['at'];
}

export interface TableContext {
  readonly table: SqlName;
  readonly dialect: Dialect;
}

/** PostgreSQL cuts names after 63 bytes. */
export function knexName(table: string, columns: readonly string[], kind: string, dialect: Dialect): string {
  const name = `${table.replace(/[.-]/g, '_')}_${columns.join('_')}_${kind}`.toLowerCase();
  return dialect === 'postgresql' || dialect === 'cockroachdb' ? name.slice(0, 63) : name;
}

interface ReadColumn {
  readonly column: SqlColumn;
  readonly constraints: readonly SqlConstraint[];
  readonly isKey: boolean;
  readonly before: readonly DdlOperation[];
}

function readColumn(draft: ColumnDraft, name: string, { table, dialect }: TableContext): ReadColumn {
  const { key, args, modifiers } = draft;
  const isPostgresql = dialect === 'postgresql' || dialect === 'cockroachdb';
  const isMysql = dialect === 'mysql' || dialect === 'mariadb';
  const increments = /increments$|^serial$/.test(key);
  const options = args[0];
  const refuses = isObject(options) && memberOf(options, 'primaryKey') === false;
  const isKey =
    (key.endsWith('increments') && !refuses) || (key === 'uuid' && memberOf(options, 'primaryKey') === true);
  const before: DdlOperation[] = [];
  const constraints: SqlConstraint[] = [];
  let type = typeOfText(sqlTypeOf(key, args, dialect) ?? '', dialect);
  if (key === 'enu') {
    const values = textsOf(args[0]) ?? [];
    const native = memberOf(args[1], 'useNative') === true && isObject(args[1]);
    if (native && isPostgresql) {
      const enumName = textOr(memberOf(args[1], 'enumName')) ?? `${table.name}_${name}`;
      const stated = textOr(memberOf(args[1], 'schemaName'));
      const namespace = stated === 'public' ? null : (stated ?? table.namespace);
      if (memberOf(args[1], 'existingType') !== true)
        before.push({ kind: 'createEnum', type: { name: enumName, namespace }, values });
      type = { name: enumName, arguments: [], array: false, values: null };
    } else if (isMysql) type = { name: 'enum', arguments: [], array: false, values };
    else {
      type = typeOfText(dialect === 'mssql' ? 'nvarchar(100)' : 'text', dialect);
      const list = values.map(textLiteral).join(', ');
      constraints.push({
        kind: 'check',
        name: null,
        expression: `${quoteIdentifier(name, dialect)} in (${list})`,
        column: name,
      });
    }
  }
  if (type && modifiers.has('unsigned') && isMysql && !type.name.includes('unsigned'))
    type = { ...type, name: `${type.name} unsigned` };
  for (const check of draft.checks) constraints.push(...checkOf(check, name, dialect));
  const nullable = modifiers.has('notNullable') ? false : modifiers.get('nullable')?.[0] !== false;
  return {
    isKey,
    before,
    constraints,
    column: {
      name,
      type,
      nullable: nullable && !increments && !isKey,
      default: modifiers.has('defaultTo') ? defaultOf(modifiers.get('defaultTo')?.[0], key, dialect) : null,
      ...(isUntold(modifiers.get('defaultTo')?.[0]) ? { hasDefault: true as const } : {}),
      generated: increments ? { kind: 'increment', expression: null } : null,
      collation: isMysql ? textOr(modifiers.get('collate')?.[0]) : null,
      comment: textOr(modifiers.get('comment')?.[0]),
    },
  };
}

/** `defaultTo(states.open)`, where the states are not known. */
function isUntold(value: Value): boolean {
  return typeof value === 'object' && value?.is === 'unknown';
}

/** `formatDefault` of knex, in the words of the engine. */
function defaultOf(value: Value, key: string, dialect: Dialect): string | null {
  if (value === undefined || value === null) return null;
  const raw = rawText(value);
  if (raw !== null) return raw;
  if (key === 'bool') {
    const isOn = value === true || value === 1 || value === '1' || value === 'true';
    return dialect === 'postgresql' || dialect === 'cockroachdb' ? String(isOn) : isOn ? '1' : '0';
  }
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (typeof value === 'string') return textLiteral(value);
  const plain = isList(value) || isObject(value) ? plainOf(value) : undefined;
  return plain === undefined ? null : textLiteral(JSON.stringify(plain));
}

function checkOf(
  { method, args }: ColumnDraft['checks'][number],
  column: string,
  dialect: Dialect,
): readonly SqlConstraint[] {
  const quoted = quoteIdentifier(column, dialect);
  const [first, second] = args;
  const add = (expression: string, name: Value): SqlConstraint[] => [
    { kind: 'check', name: textOr(name), expression, column: null },
  ];
  const list = (textsOf(first) ?? []).map(textLiteral).join(', ');
  switch (method) {
    case 'checkPositive':
      return add(`${quoted} > 0`, first);
    case 'checkNegative':
      return add(`${quoted} < 0`, first);
    case 'checkIn':
      return add(`${quoted} in (${list})`, second);
    case 'checkNotIn':
      return add(`${quoted} not in (${list})`, second);
    case 'checkBetween': {
      const [from, to] = textsOf(first) ?? [];
      return from === undefined || to === undefined ? [] : add(`${quoted} between ${from} and ${to}`, second);
    }
    case 'checkLength':
      return add(`length(${quoted}) ${textOr(first) ?? '='} ${textOr(second) ?? '…'}`, args[2]);
    default:
      return [];
  }
}

const actions = ['CASCADE', 'SET NULL', 'SET DEFAULT', 'RESTRICT', 'NO ACTION'] as const;

function actionOf(text: string | null): ReferentialAction | null {
  return actions.find((each) => each === text?.trim().toUpperCase()) ?? null;
}

function foreignOf(draft: ForeignDraft, context: TableContext): SqlConstraint | null {
  if (draft.table === null || draft.columns.length === 0) return null;
  const { table, dialect } = context;
  return {
    kind: 'foreignKey',
    name: draft.name ?? knexName(table.name, draft.columns, 'foreign', dialect),
    columns: draft.columns,
    references: { ...nameOf(draft.table, table.namespace), columns: draft.references },
    onDelete: actionOf(draft.onDelete),
    onUpdate: actionOf(draft.onUpdate),
    deferrable: draft.deferrable === null ? null : `INITIALLY ${draft.deferrable.toUpperCase()}`,
  };
}

/** `'app.users'` names the schema as well. */
export function nameOf(written: string, namespace: string | null): SqlName {
  const [first, second] = written.split('.');
  if (second === undefined || first === undefined) return { name: written, namespace };
  return { name: second, namespace: first === 'public' || first === 'dbo' ? null : first };
}

function primaryOf(call: TableCall, { table, dialect }: TableContext): SqlConstraint {
  const [columns, name] = call.args;
  const stated = textOr(isObject(name) ? memberOf(name, 'constraintName') : name);
  return {
    kind: 'primaryKey',
    name: stated ?? (dialect === 'sqlite' ? null : `${table.name}_pkey`),
    columns: textsOf(columns) ?? [],
  };
}

/** PostgreSQL and MySQL get a constraint, the others a unique index. */
function uniqueOf(call: TableCall, context: TableContext): DdlOperation[] {
  const { table, dialect } = context;
  const [first, second] = call.args;
  const columns = textsOf(first) ?? [];
  const option = (name: string): Value => (isObject(second) ? memberOf(second, name) : undefined);
  const name =
    textOr(isObject(second) ? option('indexName') : second) ?? knexName(table.name, columns, 'unique', dialect);
  const where = rawText(option('predicate'));
  const isConstraint =
    /^(?:postgresql|cockroachdb|mysql|mariadb|oracle)$/.test(dialect) || option('useConstraint') === true;
  if (isConstraint && where === null) {
    const deferrable = textOr(option('deferrable'));
    const shown =
      deferrable === null || deferrable === 'not deferrable' ? null : `INITIALLY ${deferrable.toUpperCase()}`;
    return [
      {
        kind: 'addConstraint',
        table,
        constraint: { kind: 'unique', name, columns, nullsNotDistinct: false, deferrable: shown },
      },
    ];
  }
  return [
    { kind: 'createIndex', table, index: { ...plainIndex, name, columns, unique: true, where }, ifNotExists: false },
  ];
}

const plainIndex: SqlIndex = {
  ...{ name: null, columns: [], orders: [], include: [], unique: false, method: null, where: null, expression: null },
};

function indexOf(call: TableCall, { table, dialect }: TableContext): DdlOperation {
  const [first, second, third] = call.args;
  const items = isList(first) ? first.items : [first];
  const columns = items.flatMap((item) => textOr(item) ?? []);
  const expressions = items.map((item) => textOr(item) ?? rawText(item) ?? '…');
  const method = textOr(
    isObject(third) ? (memberOf(third, 'indexType') ?? memberOf(third, 'storageEngineIndexType')) : third,
  );
  return {
    kind: 'createIndex',
    table,
    ifNotExists: false,
    index: {
      ...plainIndex,
      name: textOr(second) ?? knexName(table.name, columns, 'index', dialect),
      columns,
      method: method?.toLowerCase() === 'btree' ? null : (method?.toLowerCase() ?? null),
      where: isObject(third) ? rawText(memberOf(third, 'predicate')) : null,
      expression: columns.length === items.length ? null : expressions.join(', '),
    },
  };
}

export function createOperations(
  entries: readonly TableEntry[],
  context: TableContext,
  given: { readonly ifNotExists: boolean; readonly like: SqlName | null },
): readonly DdlOperation[] {
  const { table } = context;
  const read = entries.flatMap((entry) =>
    entry.is === 'column' && entry.column.name !== null ? [readColumn(entry.column, entry.column.name, context)] : [],
  );
  const calls = entries.flatMap((entry) => (entry.is === 'call' ? [entry.call] : []));
  const primary = calls.find(({ method }) => method === 'primary');
  // A key of its own makes `increments` a plain number.
  const keys = primary ? [] : read.filter(({ isKey }) => isKey).map(({ column }) => column.name);
  const constraints: SqlConstraint[] = read.flatMap((each) => each.constraints);
  if (primary) constraints.push(primaryOf(primary, context));
  else if (keys.length > 0) constraints.push({ kind: 'primaryKey', name: null, columns: keys });
  for (const entry of entries) {
    const foreign = entry.is === 'foreign' ? foreignOf(entry.foreign, context) : null;
    if (foreign) constraints.push(foreign);
  }
  const comment = calls.find(({ method }) => method === 'comment');
  const after = calls.flatMap((call) =>
    call.method === 'unique' ? uniqueOf(call, context) : call.method === 'index' ? [indexOf(call, context)] : [],
  );
  const from = given.like ?? inherited(calls);
  return [
    ...read.flatMap(({ before }) => before),
    {
      kind: 'createTable',
      table,
      ifNotExists: given.ifNotExists,
      columns: read.map(({ column }) => column),
      constraints,
      comment: textOr(comment?.args[0]),
      open: false,
      ...(from
        ? {
            copies: [
              { from, how: given.like ? ('like' as const) : ('inherits' as const), including: ['ALL'], before: 0 },
            ],
          }
        : {}),
    },
    ...after,
  ];
}

function inherited(calls: readonly TableCall[]): SqlName | null {
  const parent = textOr(calls.find(({ method }) => method === 'inherits')?.args[0]);
  return parent === null ? null : nameOf(parent, null);
}

export function alterOperations(entry: TableEntry, context: TableContext): readonly DdlOperation[] | string {
  const { table } = context;
  if (entry.is === 'foreign') {
    const constraint = foreignOf(entry.foreign, context);
    return constraint
      ? [{ kind: 'addConstraint', table, constraint }]
      : 'what it refers to cannot be told from the text';
  }
  if (entry.is === 'call') return callOperations(entry.call, context);
  const { column: draft } = entry;
  if (draft.name === null) return 'the name of the column cannot be told from the text';
  const { column, constraints, before, isKey } = readColumn(draft, draft.name, context);
  if (draft.modifiers.has('alter')) {
    const options = draft.modifiers.get('alter')?.[0];
    const keeps = (name: string): boolean => isObject(options) && memberOf(options, name) === false;
    return [
      ...before,
      {
        kind: 'alterColumn',
        table,
        column: draft.name,
        change: {
          ...(keeps('alterType') || column.type === null ? {} : { type: column.type }),
          ...(keeps('alterNullable') || column.nullable === null ? {} : { nullable: column.nullable }),
          default: column.default,
        },
      },
      ...constraints.map((constraint): DdlOperation => ({ kind: 'addConstraint', table, constraint })),
    ];
  }
  const key: SqlConstraint[] = isKey ? [{ kind: 'primaryKey', name: null, columns: [draft.name] }] : [];
  return [...before, { kind: 'addColumn', table, column, constraints: [...key, ...constraints], ifNotExists: false }];
}

const ignored = /^(?:engine|charset|collate|inherits|queryContext|check|dropChecks|timestamps)$/;

function callOperations(call: TableCall, context: TableContext): readonly DdlOperation[] | string {
  const { table, dialect } = context;
  const { method, args } = call;
  const [first, second] = args;
  const columns = textsOf(first);
  const unreadable = `${method} was left out: its arguments cannot be told from the text`;
  const named = (kind: string): string | null =>
    textOr(second) ?? (columns ? knexName(table.name, columns, kind, dialect) : null);
  const drop = (of: 'any' | 'primaryKey' | 'foreignKey', name: string | null, ifExists = false): DdlOperation[] => [
    { kind: 'dropConstraint', table, of, name, ifExists },
  ];
  switch (method) {
    case 'primary':
      return [{ kind: 'addConstraint', table, constraint: primaryOf(call, context) }];
    case 'unique':
      return uniqueOf(call, context);
    case 'index':
      return [indexOf(call, context)];
    case 'dropColumn':
    case 'dropColumns': {
      const all = args.map(textsOf);
      if (all.includes(null)) return unreadable;
      return all
        .flatMap((each) => each ?? [])
        .map((column) => ({ kind: 'dropColumn', table, column, ifExists: false }));
    }
    case 'dropTimestamps': {
      const names =
        first === true || memberOf(first, 'useCamelCase') === true
          ? ['createdAt', 'updatedAt']
          : ['created_at', 'updated_at'];
      return names.map((column) => ({ kind: 'dropColumn', table, column, ifExists: false }));
    }
    case 'renameColumn': {
      const [from, to] = [textOr(first), textOr(second)];
      return from !== null && to !== null ? [{ kind: 'renameColumn', table, from, to }] : unreadable;
    }
    case 'dropForeign':
    case 'dropForeignIfExists': {
      const name = named('foreign');
      return name === null ? unreadable : drop('foreignKey', name, method !== 'dropForeign');
    }
    case 'dropUnique':
    case 'dropUniqueIfExists': {
      const name = named('unique');
      if (name === null) return unreadable;
      const isIndex = dialect === 'sqlite' || dialect === 'mssql';
      return isIndex
        ? [{ kind: 'dropIndex', index: { name, namespace: null }, table, ifExists: method !== 'dropUnique' }]
        : drop('any', name, method !== 'dropUnique');
    }
    case 'dropIndex': {
      const name = named('index');
      return name === null
        ? unreadable
        : [{ kind: 'dropIndex', index: { name, namespace: null }, table, ifExists: false }];
    }
    case 'dropPrimary':
    case 'dropPrimaryIfExists':
      return drop('primaryKey', null, method !== 'dropPrimary');
    case 'setNullable':
    case 'dropNullable':
      return (columns ?? []).map((column) => ({
        kind: 'alterColumn',
        table,
        column,
        change: { nullable: method === 'setNullable' },
      }));
    case 'comment':
      return [{ kind: 'setComment', table, column: null, comment: textOr(first) }];
    default:
      return ignored.test(method) ? [] : `${method} is no call on a table, as far as is known`;
  }
}
