/**
 * DDL operations → the schema they build, statement by statement. Immutable: every step yields a new schema. What cannot be applied
 * (a table nobody created) is told in a sentence and changes nothing.
 */
import { databaseType } from '../../dialects/types.ts';
import type { Comparable } from '../../diff/diff.ts';
import { tableKey } from '../../diff/diff.ts';
import type { EnumType, Table } from '../../schema/model.ts';
import type { DdlOperation, SqlColumn, SqlName } from '../../syntax/sql/operation.ts';
import { isSequenceName } from '../../syntax/sql/sequences.ts';
import { addConstraint, dropConstraint, renameConstraint, withIndex } from './replayConstraints.ts';
import { withCopies } from './replayCopies.ts';
import { NotThere, findTable, placeOf, requireColumn, shown, update } from './replayState.ts';
import type { ReplayContext, ReplaySchema } from './replayState.ts';
import { dropColumn, dropTable, emptyTable, renameColumn, renameTable } from './replayTables.ts';
import { createView } from './replayViews.ts';
import { columnOf, enumOfCheck, withColumn } from './replayColumns.ts';

export interface Replayed {
  readonly schema: Comparable;
  /** Sentences for the user. */
  readonly problems: readonly string[];
}

export const emptySchema: Comparable = { tables: [], enums: [] };

export function applyOperations(
  schema: Comparable,
  operations: readonly DdlOperation[],
  context: ReplayContext,
): Replayed {
  const problems: string[] = [];
  let current = schema;
  for (const operation of operations) {
    try {
      current = applyToHeirs(apply(current, operation, context), operation, context);
    } catch (error) {
      if (!(error instanceof NotThere)) throw error;
      problems.push(error.message);
    }
  }
  return { schema: current, problems };
}

const columnKinds: ReadonlySet<string> = new Set(['addColumn', 'dropColumn', 'renameColumn', 'alterColumn']);

/** Columns go to all that inherit; keys and indexes to partitions alone. Each child's index gets a name of its own. */
function applyToHeirs(schema: ReplaySchema, operation: DdlOperation, context: ReplayContext): ReplaySchema {
  if (!schema.heirs || !('table' in operation) || operation.table === null) return schema;
  if ('only' in operation && operation.only) return schema;
  const isColumn = columnKinds.has(operation.kind);
  if (!isColumn && operation.kind !== 'createIndex' && operation.kind !== 'addConstraint') return schema;
  const key = tableKey(operation.table);
  let current = schema;
  for (const { parent, child, how } of schema.heirs) {
    if (tableKey(parent) !== key || (how === 'inherits' && !isColumn) || !findTable(current, child)) continue;
    const own = { ...operation, table: child } as DdlOperation;
    const named = own.kind === 'createIndex' ? { ...own, index: { ...own.index, name: null } } : own;
    try {
      current = applyToHeirs(apply(current, named, context), named, context);
    } catch (error) {
      // What the child lacks it has dropped or renamed by itself before.
      if (!(error instanceof NotThere)) throw error;
    }
  }
  return current;
}

const viewKinds: ReadonlySet<string> = new Set(['view', 'materialized-view']);

function apply(schema: ReplaySchema, operation: DdlOperation, context: ReplayContext): ReplaySchema {
  const { dialect } = context;
  switch (operation.kind) {
    case 'createTable':
      return createTable(schema, operation, context);
    case 'createView':
      return createView(schema, operation, context);
    case 'dropView': {
      const keys = new Set(operation.views.map(tableKey));
      return {
        ...schema,
        tables: schema.tables.filter((table) => !(keys.has(tableKey(table)) && viewKinds.has(table.kind))),
      };
    }
    case 'createDomain': {
      const { type, nullable } = operation;
      return {
        ...schema,
        domains: [...(schema.domains ?? []), { ...operation.domain, type, nullable }],
      };
    }
    case 'dropTable':
      return operation.tables.reduce((current, name) => dropTable(current, name, operation.ifExists, dialect), schema);
    case 'renameTable':
      if (isOfPostgresql(dialect) && isSequenceName(operation.table.name) && !findTable(schema, operation.table))
        return schema;
      return renameTable(schema, operation.table, operation.to);
    case 'addColumn':
      return update(
        schema,
        operation.table,
        (table) => {
          if (operation.ifNotExists && table.columns.some(({ name }) => name === operation.column.name)) return table;
          const added = withColumn(table, columnOf(operation.column, table, schema, context));
          return operation.constraints.reduce(
            (current, constraint) => addConstraint(current, constraint, schema, context),
            added,
          );
        },
        (current) => withEnum(current, operation.table, operation.column, operation.constraints, context),
      );
    case 'dropColumn':
      return dropColumn(schema, operation.table, operation.column, operation.ifExists);
    case 'renameColumn':
      return renameColumn(schema, operation.table, operation.from, operation.to);
    case 'replaceColumn': {
      const renamed =
        operation.name === operation.column.name
          ? schema
          : renameColumn(schema, operation.table, operation.name, operation.column.name);
      const changed = update(renamed, operation.table, (table) => {
        const next = columnOf(operation.column, table, renamed, context);
        requireColumn(table, next.name);
        const isKey = table.primaryKey.includes(next.name);
        return operation.constraints.reduce(
          (current, constraint) => addConstraint(current, constraint, renamed, context),
          withColumn(table, isKey ? { ...next, nullable: false } : next),
        );
      });
      return withEnum(changed, operation.table, operation.column, operation.constraints, context);
    }
    case 'alterColumn':
      return alterColumn(schema, operation, context);
    case 'addConstraint':
      return update(schema, operation.table, (table) => addConstraint(table, operation.constraint, schema, context));
    case 'dropConstraint':
      return update(schema, operation.table, (table) => {
        const next = dropConstraint(table, operation.of, operation.name);
        if (next === null && !operation.ifExists)
          throw new NotThere(
            `${shown(operation.table)} has no constraint "${operation.name ?? operation.of}" to drop here.`,
          );
        return next ?? table;
      });
    case 'renameConstraint':
      return update(schema, operation.table, (table) => renameConstraint(table, operation.from, operation.to));
    case 'createIndex':
      return update(schema, operation.table, (table) =>
        (operation.ifNotExists && table.indexes.some(({ name }) => name === operation.index.name)) ||
        (operation.unlessIndexed === true && isIndexed(table, operation.index.columns))
          ? table
          : withIndex(table, operation.index, context),
      );
    case 'dropIndex':
    case 'renameIndex':
      return changeIndex(schema, operation);
    case 'createEnum': {
      const { name, namespace } = operation.type;
      const type: EnumType = { name, namespace, values: operation.values, at: context.at };
      return { ...schema, enums: [...schema.enums.filter((each) => tableKey(each) !== tableKey(type)), type] };
    }
    case 'dropType': {
      const keys = new Set(operation.types.map(tableKey));
      const { domains = [] } = schema;
      return {
        ...schema,
        enums: schema.enums.filter((type) => !keys.has(tableKey(type))),
        ...(domains.length > 0 ? { domains: domains.filter((type) => !keys.has(tableKey(type))) } : {}),
      };
    }
    case 'renameType': {
      const { type, to } = operation;
      return {
        ...schema,
        enums: schema.enums.map((each) => (tableKey(each) === tableKey(type) ? { ...each, name: to } : each)),
        tables: schema.tables.map((table) => ({
          ...table,
          columns: table.columns.map((column) => (column.enum === type.name ? { ...column, enum: to } : column)),
        })),
      };
    }
    case 'addEnumValue':
      return updateEnum(schema, operation.type, (values) => {
        if (values.includes(operation.value)) return values;
        const beside = operation.place === null ? -1 : values.indexOf(operation.place.value);
        const place = beside === -1 ? values.length : operation.place?.side === 'after' ? beside + 1 : beside;
        return values.toSpliced(place, 0, operation.value);
      });
    case 'renameEnumValue':
      return updateEnum(schema, operation.type, (values) =>
        values.map((value) => (value === operation.from ? operation.to : value)),
      );
    case 'setComment':
      return update(schema, operation.table, (table) => {
        if (operation.column === null) return { ...table, comment: operation.comment };
        return withColumn(table, { ...requireColumn(table, operation.column), comment: operation.comment });
      });
    case 'dropSchema':
      return {
        ...schema,
        tables: schema.tables.filter((table) => table.namespace !== operation.schema),
        enums: schema.enums.filter((type) => type.namespace !== operation.schema),
      };
  }
}

function isOfPostgresql(dialect: ReplayContext['dialect']): boolean {
  return dialect === 'postgresql' || dialect === 'cockroachdb';
}

function updateEnum(
  schema: Comparable,
  name: SqlName,
  change: (values: readonly string[]) => readonly string[],
): Comparable {
  const type = schema.enums.find((each) => tableKey(each) === tableKey(name));
  if (!type) throw new NotThere(`There is no enum ${shown(name)} at this point.`);
  const next = { ...type, values: change(type.values) };
  return { ...schema, enums: schema.enums.map((each) => (each === type ? next : each)) };
}

function createTable(
  schema: ReplaySchema,
  operation: Extract<DdlOperation, { kind: 'createTable' }>,
  context: ReplayContext,
): ReplaySchema {
  const { name, namespace } = operation.table;
  if (findTable(schema, operation.table)) {
    if (operation.ifNotExists) return schema;
    throw new NotThere(`Table ${shown(operation.table)} is created a second time here.`);
  }
  const empty = emptyTable({ name, namespace }, operation.comment, placeOf(context, operation.at));
  const withColumns = withCopies(empty, operation, schema, context);
  const table = operation.constraints.reduce(
    (current, constraint) => addConstraint(current, constraint, schema, context),
    withColumns,
  );
  const heirs = (operation.copies ?? []).flatMap(({ from, how }) =>
    how === 'like' ? [] : [{ parent: from, child: operation.table, how }],
  );
  const created: ReplaySchema = {
    ...schema,
    tables: [...schema.tables, table],
    ...(heirs.length > 0 ? { heirs: [...(schema.heirs ?? []), ...heirs] } : {}),
  };
  return operation.columns.reduce<ReplaySchema>(
    (current, column) => withEnum(current, operation.table, column, operation.constraints, context),
    created,
  );
}

/** Engines without enum types have the values in the column: they become a type of the column's own, as ORMs name it. */
function withEnum(
  schema: Comparable,
  name: SqlName,
  column: SqlColumn,
  constraints: Extract<DdlOperation, { kind: 'createTable' }>['constraints'],
  { dialect, at }: ReplayContext,
): Comparable {
  const table = findTable(schema, name);
  const values = column.type?.values ?? (dialect === 'sqlite' ? enumOfCheck(column, constraints) : null);
  if (!table || values === null) return schema;
  const type: EnumType = {
    name: `${table.name}_${column.name.toLowerCase()}_enum`,
    namespace: table.namespace,
    values,
    at,
  };
  const next = update(schema, name, (current) => ({
    ...withColumn(current, {
      ...requireColumn(current, column.name),
      // MySQL: a SET holds any number of its values.
      type: column.type?.name === 'set' ? 'string' : 'enum',
      enum: type.name,
    }),
    checks: column.type?.values
      ? current.checks
      : current.checks.filter(
          ({ expression }) =>
            enumOfCheck(column, [{ kind: 'check', name: null, expression, column: column.name }]) === null,
        ),
  }));
  return { ...next, enums: [...next.enums.filter((each) => tableKey(each) !== tableKey(type)), type] };
}

function alterColumn(
  schema: Comparable,
  operation: Extract<DdlOperation, { kind: 'alterColumn' }>,
  context: ReplayContext,
): Comparable {
  const { change } = operation;
  return update(schema, operation.table, (table) => {
    let column = requireColumn(table, operation.column);
    if (change.type !== undefined) {
      const { type } = change;
      const enumType = schema.enums.find((each) => each.name === type.name);
      const stated = databaseType(type.name, type.arguments, context.dialect);
      const { rawType, length, precision, scale } = stated;
      column = { ...column, type: stated.type, rawType, length, precision, scale };
      column = { ...column, array: type.array, enum: enumType?.name ?? null };
      if (enumType) column = { ...column, type: 'enum', rawType: 'enum' };
    }
    if (change.nullable !== undefined) column = { ...column, nullable: change.nullable };
    if (change.collation !== undefined) column = { ...column, collation: change.collation };
    if (change.generated !== undefined) column = { ...column, generated: change.generated };
    if (change.default !== undefined) {
      const numbered = change.default !== null && /^nextval\s*\(/i.test(change.default);
      const generated =
        column.generated?.kind === 'increment' || numbered
          ? numbered
            ? { kind: 'increment' as const, expression: null }
            : null
          : column.generated;
      column = { ...column, default: numbered ? null : change.default, generated };
    }
    return withColumn(table, column);
  });
}

function changeIndex(
  schema: Comparable,
  operation: Extract<DdlOperation, { kind: 'dropIndex' | 'renameIndex' }>,
): Comparable {
  const { index, table: given } = operation;
  const owner = schema.tables.find(
    (table) =>
      (given === null || tableKey(given) === tableKey(table)) && table.indexes.some(({ name }) => name === index.name),
  );
  if (!owner) {
    if (operation.kind === 'dropIndex' && operation.ifExists) return schema;
    // In PostgreSQL a constraint can be renamed by its index.
    const constrained = schema.tables.find(
      ({ primaryKeyName, uniques }) => primaryKeyName === index.name || uniques.some(({ name }) => name === index.name),
    );
    if (constrained && operation.kind === 'renameIndex')
      return update(schema, constrained, (table) => renameConstraint(table, index.name, operation.to));
    throw new NotThere(`There is no index ${shown(index)} at this point.`);
  }
  return update(schema, owner, (table) => ({
    ...table,
    indexes:
      operation.kind === 'dropIndex'
        ? table.indexes.filter(({ name }) => name !== index.name)
        : table.indexes.map((each) => (each.name === index.name ? { ...each, name: operation.to } : each)),
  }));
}

/** By a key or an index of just these columns. */
function isIndexed(table: Table, columns: readonly string[]): boolean {
  const all = [table.primaryKey, ...[...table.uniques, ...table.indexes].map((each) => each.columns)];
  return all.some((each) => each.join() === columns.join());
}
