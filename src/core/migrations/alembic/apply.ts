/** What an operation does to the schema. */
import type { Metadata } from '../../readers/sqlalchemy/metadata.ts';
import { conventionalName, defaultMetadata } from '../../readers/sqlalchemy/metadata.ts';
import { indexOf } from '../../readers/sqlalchemy/indexes.ts';
import { keysOf } from '../../readers/sqlalchemy/constraints.ts';
import { serverDefault } from '../../readers/sqlalchemy/sqlText.ts';
import type { PyCall, PyValue } from '../../readers/shared/python/values.ts';
import { isDict, isSequence, textOf } from '../../readers/shared/python/values.ts';
import type { Column, EnumType, Table } from '../../schema/model.ts';
import type { SqlName } from '../../syntax/sql/operation.ts';
import { dropConstraint } from '../shared/replayConstraints.ts';
import { withColumn } from '../shared/replayColumns.ts';
import { NotThere, findTable, requireColumn, shown, update } from '../shared/replayState.ts';
import type { ReplaySchema } from '../shared/replayState.ts';
import { dropColumn, dropTable, renameColumn, renameTable } from '../shared/replayTables.ts';
import type { OpCall } from './calls.ts';
import { namesOf } from './calls.ts';
import { draftOf, drafted, withEngineNames } from './tables.ts';
import type { TableContext } from './tables.ts';

/** What the arguments are cannot be told: nothing is changed, the message is a problem. */
export class Unreadable extends Error {}

export interface ApplyContext extends TableContext {
  /** Naming convention of the project's own metadata, which Alembic is given. */
  readonly metadata: Metadata;
}

/** Throws `NotThere` and `Unreadable`. */
export function applyCall(schema: ReplaySchema, op: OpCall, context: ApplyContext): ReplaySchema {
  const { dialect } = context;
  switch (op.name) {
    case 'create_table':
      return createTable(schema, op, context);
    case 'drop_table':
      return dropTable(schema, tableOf(op), op.argument('if_exists') === true, dialect);
    case 'rename_table': {
      const { namespace } = tableOf(op);
      return renameTable(schema, tableOf(op), { name: textIn(op, 'new_table_name'), namespace });
    }
    case 'add_column':
      return addColumn(schema, op, context);
    case 'drop_column':
      return dropColumn(schema, tableOf(op), columnName(op), op.argument('if_exists') === true);
    case 'alter_column':
      return alterColumn(schema, op, context);
    case 'create_index':
      return createIndex(schema, op, context);
    case 'drop_index':
      return dropIndex(schema, op);
    case 'create_foreign_key':
    case 'create_unique_constraint':
    case 'create_check_constraint':
    case 'create_exclude_constraint':
      return addConstraint(schema, op, context);
    case 'create_primary_key': {
      const columns = namesOf(op.argument('columns'));
      if (!columns) throw new Unreadable('its columns cannot be told from the text');
      return update(schema, tableOf(op), (table) =>
        withEngineNames(
          {
            ...table,
            primaryKey: columns,
            primaryKeyName: textOf(op.argument('constraint_name')),
            columns: table.columns.map((each) => (columns.includes(each.name) ? { ...each, nullable: false } : each)),
          },
          dialect,
        ),
      );
    }
    case 'drop_constraint':
      return removeConstraint(schema, op, context);
    case 'create_table_comment':
    case 'drop_table_comment':
      return update(schema, tableOf(op), (table) => ({ ...table, comment: textOf(op.argument('comment')) }));
    case 'sync_enum_values':
      return syncEnum(schema, op);
    default:
      return schema;
  }
}

/** The values become exactly these; those that got another name are among them. */
function syncEnum(schema: ReplaySchema, op: OpCall): ReplaySchema {
  const values = namesOf(op.argument('new_values'));
  if (!values) throw new Unreadable('its new_values cannot be told from the text');
  const name = textIn(op, 'enum_name');
  const namespace = textOf(op.argument('enum_schema'));
  const type = schema.enums.find(
    (each) => each.name === name && (each.namespace ?? 'public') === (namespace ?? 'public'),
  );
  if (!type) throw new NotThere(`There is no enum ${name} at this point.`);
  return { ...schema, enums: schema.enums.map((each) => (each === type ? { ...each, values } : each)) };
}

function tableOf({ table, namespace }: OpCall): SqlName {
  if (table === null) throw new Unreadable('its table cannot be told from the text');
  return { name: table, namespace };
}

function textIn(op: OpCall, parameter: string): string {
  const text = textOf(op.argument(parameter));
  if (text === null) throw new Unreadable(`its ${parameter} cannot be told from the text`);
  return text;
}

/** Some give the column itself in place of its name. */
function columnName(op: OpCall): string {
  const value = op.argument('column_name');
  const given = typeof value === 'object' && value !== null && value.is === 'call' ? value.arguments[0] : value;
  const text = textOf(given);
  if (text === null) throw new Unreadable('its column cannot be told from the text');
  return text;
}

function createTable(schema: ReplaySchema, op: OpCall, context: ApplyContext): ReplaySchema {
  const named = tableOf(op);
  if (findTable(schema, named)) {
    if (op.argument('if_not_exists') === true) return schema;
    throw new NotThere(`Table ${shown(named)} is created a second time here.`);
  }
  const { table, enums } = drafted(named, op.rest, context.metadata, context, op.at);
  const comment = textOf(op.argument('comment'));
  const created = { ...schema, tables: [...schema.tables, withEngineNames({ ...table, comment }, context.dialect)] };
  return withEnums(created, enums);
}

/** Of one that is there already the values stay as they are. */
function withEnums(schema: ReplaySchema, enums: readonly EnumType[]): ReplaySchema {
  const known = new Set(schema.enums.map(({ name }) => name));
  const fresh = enums.filter(({ name }) => !known.has(name) && known.add(name));
  return fresh.length > 0 ? { ...schema, enums: [...schema.enums, ...fresh] } : schema;
}

function addColumn(schema: ReplaySchema, op: OpCall, context: ApplyContext): ReplaySchema {
  const given = op.argument('column');
  const named = tableOf(op);
  if (!context.names.isCallOf(given, 'Column', 'mapped_column'))
    throw new Unreadable('its column cannot be told from the text');
  const { table: part, enums } = drafted(named, [given], context.metadata, context, op.at);
  const [column] = part.columns;
  if (!column || column.name === '') throw new Unreadable('the name of its column cannot be told from the text');
  const changed = update(schema, named, (table) => {
    if (table.columns.some(({ name }) => name === column.name)) {
      if (op.argument('if_not_exists') === true) return table;
      throw new NotThere(`${table.name} has a column "${column.name}" here already.`);
    }
    const isKey = part.primaryKey.length > 0;
    return withEngineNames(
      {
        ...withColumn(table, column),
        primaryKey: isKey && table.primaryKey.length === 0 ? part.primaryKey : table.primaryKey,
        uniques: [...table.uniques, ...part.uniques],
        indexes: [...table.indexes, ...part.indexes],
        foreignKeys: [...table.foreignKeys, ...part.foreignKeys],
        checks: [...table.checks, ...part.checks],
      },
      context.dialect,
    );
  });
  return withEnums(changed, enums);
}

function alterColumn(schema: ReplaySchema, op: OpCall, context: ApplyContext): ReplaySchema {
  const named = tableOf(op);
  const old = columnName(op);
  const to = textOf(op.argument('new_column_name'));
  const renamed = to === null || to === old ? schema : renameColumn(schema, named, old, to);
  const name = to ?? old;
  const type = op.argument('type_');
  const stated = type === undefined || type === null ? null : typed(named, name, type, op, context);
  const changed = update(renamed, named, (table) =>
    withColumn(table, altered(requireColumn(table, name), op, stated, context)),
  );
  return withEnums(changed, stated?.enums ?? []);
}

interface Typed {
  readonly column: Column;
  readonly enums: readonly EnumType[];
}

/** The type as a column of its own would have it. */
function typed(named: SqlName, name: string, type: PyValue, op: OpCall, context: ApplyContext): Typed | null {
  const call: PyCall = {
    is: 'call',
    callee: { is: 'external', path: 'sqlalchemy.Column' },
    arguments: [name, type],
    keywords: new Map(),
    open: false,
    at: op.at,
  };
  const { table, enums } = drafted(named, [call], context.metadata, context, op.at);
  const [column] = table.columns;
  return column ? { column, enums } : null;
}

function altered(column: Column, op: OpCall, stated: Typed | null, context: ApplyContext): Column {
  let next = column;
  if (stated) {
    const { type, rawType, length, precision, scale, array, collation, transformer } = stated.column;
    next = {
      ...next,
      type,
      rawType,
      length,
      precision,
      scale,
      array,
      collation,
      transformer,
      enum: stated.column.enum,
    };
    next = { ...next, unsigned: stated.column.unsigned === true };
  }
  const nullable = op.argument('nullable');
  if (typeof nullable === 'boolean') next = { ...next, nullable };
  const initial = op.argument('server_default');
  if (initial !== undefined && initial !== false) {
    const text = serverDefault(initial, context.names, context.dialect);
    const numbered = text !== null && /^nextval\s*\(/i.test(text);
    const kept = next.generated?.kind === 'increment' && !numbered ? null : next.generated;
    next = {
      ...next,
      default: numbered ? null : text,
      generated: numbered ? { kind: 'increment', expression: null } : kept,
    };
  }
  const comment = op.argument('comment');
  if (comment === null || typeof comment === 'string') next = { ...next, comment };
  return next;
}

function createIndex(schema: ReplaySchema, op: OpCall, context: ApplyContext): ReplaySchema {
  const stated = op.argument('columns');
  const items = isSequence(stated) ? stated.items : stated === undefined ? [] : [stated];
  return update(schema, tableOf(op), (table) => {
    const missing = items.find((each) => typeof each === 'string' && !hasColumn(table, each));
    if (typeof missing === 'string') throw new NotThere(`${table.name} has no column "${missing}" here.`);
    const name = op.argument('index_name') ?? null;
    const call: PyCall = { ...op.call, arguments: [name, ...items] };
    const index = indexOf(call, draftOf(table, context.metadata), context, (_, columns, given) =>
      conventionalName(
        'ix',
        { table: table.name, namespace: table.namespace, columns, stated: given },
        context.metadata,
      ),
    );
    if (!index) throw new Unreadable('its columns cannot be told from the text');
    const known = index.name !== null && table.indexes.some((each) => each.name === index.name);
    if (known && op.argument('if_not_exists') === true) return table;
    return withEngineNames({ ...table, indexes: [...table.indexes, { ...index, at: op.at }] }, context.dialect);
  });
}

function hasColumn(table: Table, name: string): boolean {
  return table.columns.some((column) => column.name === name);
}

function dropIndex(schema: ReplaySchema, op: OpCall): ReplaySchema {
  const name = textIn(op, 'index_name');
  const has = ({ indexes, uniques }: Table): boolean => [...indexes, ...uniques].some((each) => each.name === name);
  const owner =
    op.table === null
      ? schema.tables.find(has)
      : (findTable(schema, tableOf(op)) ?? schema.tables.find((table) => table.name === op.table && has(table)));
  if (owner && has(owner)) return update(schema, owner, (table) => dropConstraint(table, 'index', name) ?? table);
  if (op.argument('if_exists') === true) return schema;
  throw new NotThere(`There is no index ${name} at this point.`);
}

/** The constraint as `Table(…)` would be given it. */
function addConstraint(schema: ReplaySchema, op: OpCall, context: ApplyContext): ReplaySchema {
  const named = tableOf(op);
  const name = op.argument('constraint_name') ?? null;
  const keywords = new Map<string, PyValue>([...op.call.keywords, ['name', name]]);
  const made = (called: string, args: readonly PyValue[]): PyCall => ({
    is: 'call',
    callee: { is: 'external', path: `sqlalchemy.${called}` },
    arguments: args,
    keywords,
    open: false,
    at: op.at,
  });
  const constraint = (): PyCall => {
    if (op.name === 'create_check_constraint') return made('CheckConstraint', [op.argument('condition') ?? null]);
    if (op.name === 'create_exclude_constraint') return made('ExcludeConstraint', op.rest);
    if (op.name === 'create_unique_constraint') {
      const columns = namesOf(op.argument('columns'));
      if (!columns) throw new Unreadable('its columns cannot be told from the text');
      return made('UniqueConstraint', columns);
    }
    const [local, remote] = [namesOf(op.argument('local_cols')), namesOf(op.argument('remote_cols'))];
    const referent = textOf(op.argument('referent_table'));
    if (!local || !remote || referent === null) throw new Unreadable('its columns cannot be told from the text');
    const space = textOf(op.argument('referent_schema'));
    const prefix = space === null ? referent : `${space}.${referent}`;
    const targets = remote.map((each) => `${prefix}.${each}`);
    return made('ForeignKeyConstraint', [
      { is: 'list', items: local },
      { is: 'list', items: targets },
    ]);
  };
  const given = constraint();
  return update(schema, named, (table) => {
    const draft = { ...draftOf(table, context.metadata), items: [given] };
    const { uniques, foreignKeys, checks, exclusions } = keysOf(draft, [], context);
    if (uniques.length + foreignKeys.length + checks.length + exclusions.length === 0)
      throw new NotThere(`${table.name} has not the columns that this constraint names.`);
    return withEngineNames(
      {
        ...table,
        uniques: [...table.uniques, ...uniques],
        foreignKeys: [...table.foreignKeys, ...foreignKeys],
        checks: [...table.checks, ...checks],
        exclusions: [...table.exclusions, ...exclusions],
      },
      context.dialect,
    );
  });
}

const kinds: Readonly<Record<string, 'primaryKey' | 'foreignKey' | 'check' | 'index'>> = {
  primary: 'primaryKey',
  foreignkey: 'foreignKey',
  check: 'check',
  unique: 'index',
};

function removeConstraint(schema: ReplaySchema, op: OpCall, context: ApplyContext): ReplaySchema {
  const kind = textOf(op.argument('type_'));
  const of = kind === null ? 'any' : (kinds[kind.toLowerCase()] ?? 'any');
  const name = of === 'primaryKey' ? textOf(op.argument('constraint_name')) : textIn(op, 'constraint_name');
  return update(schema, tableOf(op), (table) => {
    const next = dropConstraint(table, of, name) ?? dropConstraint(withConvention(table, op, context), of, name);
    if (next === null && op.argument('if_exists') !== true)
      throw new NotThere(`${table.name} has no constraint "${name ?? kind ?? ''}" to drop here.`);
    return next ?? table;
  });
}

/** SQLite keeps no names of constraints: a batch is told by which convention to name them. */
function withConvention(table: Table, { batch }: OpCall, { metadata }: ApplyContext): Table {
  const stated = batch?.keywords.get('naming_convention');
  const templates = isDict(stated)
    ? stated.entries.flatMap(([key, value]) =>
        typeof key === 'string' && typeof value === 'string' ? [[key, value] as const] : [],
      )
    : [];
  const convention: Metadata = templates.length > 0 ? { ...defaultMetadata, convention: new Map(templates) } : metadata;
  const place = { table: table.name, namespace: table.namespace, stated: null };
  const named = (
    kind: 'uq' | 'fk',
    columns: readonly string[],
    target?: { table: string; columns: readonly string[] },
  ) =>
    conventionalName(
      kind,
      { ...place, columns, ...(target ? { referredTable: target.table, referredColumns: target.columns } : {}) },
      convention,
    );
  return {
    ...table,
    uniques: table.uniques.map((each) => ({ ...each, name: each.name ?? named('uq', each.columns) })),
    foreignKeys: table.foreignKeys.map((each) => ({
      ...each,
      name: each.name ?? named('fk', each.columns, { table: each.references.table, columns: each.references.columns }),
    })),
  };
}
