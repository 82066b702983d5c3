/** Keys, indexes and checks: those of columns, and those of the third argument. */
import type { Check, ForeignKey, Index, ReferentialAction, Unique } from '../../schema/model.ts';
import type { SourceRange } from '../../schema/source.ts';
import { isFunction, isList, isObject } from '../shared/typescript/results.ts';
import type { Result } from '../shared/typescript/results.ts';
import { called, chainOf, entry, textEntry } from './chains.ts';
import type { BuiltColumn } from './columns.ts';
import type { Chain } from './model.ts';
import { fitting, foreignKeyName, indexName, primaryKeyName, uniqueName } from './names.ts';
import { sqlOf } from './sql.ts';
import type { ColumnReference, DeclaredTable, World } from './world.ts';
import { originalName } from './world.ts';

export interface Keys {
  readonly primaryKey: readonly string[];
  readonly primaryKeyName: string | null;
  readonly uniques: readonly Unique[];
  readonly indexes: readonly Index[];
  readonly foreignKeys: readonly ForeignKey[];
  readonly checks: readonly Check[];
}

interface Building {
  primaryKey: readonly string[];
  primaryKeyName: string | null;
  readonly uniques: Unique[];
  readonly indexes: Index[];
  readonly foreignKeys: ForeignKey[];
  readonly checks: Check[];
}

export function keysOf(table: DeclaredTable, columns: readonly BuiltColumn[], world: World): Keys {
  const { dialect, name } = table.shape;
  const keys: Building = {
    primaryKey: [],
    primaryKeyName: null,
    uniques: [],
    indexes: [],
    foreignKeys: [],
    checks: [],
  };
  const primary = columns.filter((column) => column.primary).map(({ column }) => column.name);
  if (primary.length > 0) {
    keys.primaryKey = primary;
    keys.primaryKeyName = dialect === 'postgresql' ? fitting(`${name}_pkey`, dialect) : null;
  }
  for (const column of columns) readColumnKeys(column, table, keys, world);
  for (const { chain, at } of extrasOf(table, world)) readExtra(chain, at, table, keys, world);
  return keys;
}

function readColumnKeys({ column, shape }: BuiltColumn, table: DeclaredTable, keys: Building, world: World): void {
  const { chain, at } = shape;
  const { dialect, name } = table.shape;
  const own = { name: shape.name, original: originalName(shape) };
  const unique = called(chain, 'unique');
  if (unique) {
    const [stated, options] = unique;
    const uniqueKey = typeof stated === 'string' ? fitting(stated, dialect) : uniqueName(name, [own], dialect);
    // SQLite's keys are unique indexes to drizzle-kit.
    if (dialect === 'sqlite') keys.indexes.push(indexOf(uniqueKey, [column.name], true, at));
    else
      keys.uniques.push({
        name: uniqueKey,
        columns: [column.name],
        nullsNotDistinct: textEntry(options, 'nulls') === 'not distinct',
        deferrable: null,
        origin: 'declared',
        at,
      });
  }
  for (const { name: method, arguments: args } of chain.calls) {
    if (method !== 'references') continue;
    const [target, actions] = args;
    const reference = isFunction(target) ? world.column(world.evaluator.call(target, []), table) : null;
    if (!reference) {
      unresolved(isFunction(target) ? target.value.text : 'its reference', table, at, world);
      continue;
    }
    keys.foreignKeys.push({
      name: foreignKeyName(name, [own], reference.table.name, [reference], dialect),
      columns: [column.name],
      references: { table: reference.table.name, namespace: reference.table.namespace, columns: [reference.name] },
      onDelete: actionOf(entry(actions, 'onDelete')),
      onUpdate: actionOf(entry(actions, 'onUpdate')),
      deferrable: null,
      enforced: true,
      origin: 'declared',
      at,
    });
  }
}

function unresolved(text: string, table: DeclaredTable, at: SourceRange, { problems }: World): void {
  problems.push({
    code: 'unresolved-entity',
    message: `A foreign key of ${table.shape.constant} leads to a column that was not found (${text.slice(0, 80)}). Is its table part of the workspace?`,
    severity: 'information',
    at,
  });
}

/** What the third argument gives: an object of keys, a list, or a function that returns one of these. */
function extrasOf(
  table: DeclaredTable,
  { evaluator, problems }: World,
): readonly { readonly chain: Chain; readonly at: SourceRange }[] {
  const { extras, result, at, constant } = table.shape;
  const given = isFunction(extras) ? evaluator.call(extras, [result]) : extras;
  const values: readonly (readonly [Result, SourceRange])[] = isList(given)
    ? given.flat().map((value) => [value, at])
    : isObject(given)
      ? [...given.entries].map(([key, value]) => [value, given.positions.get(key) ?? at])
      : [];
  if (isFunction(extras) && !isList(given) && !isObject(given))
    problems.push({
      code: 'unread-keys',
      message: `The keys and indexes of ${constant} are put together by code; they were not read.`,
      severity: 'information',
      at,
    });
  return values.flatMap(([value, place]) => {
    const chain = chainOf(value);
    return chain ? [{ chain, at: place }] : [];
  });
}

function readExtra(chain: Chain, at: SourceRange, table: DeclaredTable, keys: Building, world: World): void {
  const { dialect, name: tableName } = table.shape;
  const [first] = chain.arguments;
  const stated = typeof first === 'string' ? fitting(first, dialect) : null;
  const columnsOf = (results: readonly Result[]): ColumnReference[] =>
    results.flatMap((result) => world.column(result, table) ?? []);
  switch (chain.maker) {
    case 'index':
    case 'uniqueIndex':
      readIndex(chain, stated, at, table, keys, world);
      break;
    case 'unique': {
      const columns = columnsOf(called(chain, 'on') ?? []);
      if (columns.length === 0) return;
      const name = stated ?? uniqueName(tableName, columns, dialect);
      const names = columns.map((column) => column.name);
      if (dialect === 'sqlite') keys.indexes.push(indexOf(name, names, true, at));
      else
        keys.uniques.push({
          name,
          columns: names,
          nullsNotDistinct: called(chain, 'nullsNotDistinct') !== null,
          deferrable: null,
          origin: 'declared',
          at,
        });
      break;
    }
    case 'primaryKey': {
      const listed = entry(first, 'columns');
      const columns = columnsOf(isList(listed) ? listed : chain.arguments);
      if (columns.length === 0) return;
      keys.primaryKey = columns.map((column) => column.name);
      const name = textEntry(first, 'name');
      keys.primaryKeyName =
        dialect === 'postgresql'
          ? name === null
            ? primaryKeyName(tableName, columns, dialect)
            : fitting(name, dialect)
          : null;
      break;
    }
    case 'foreignKey': {
      const listed = (key: string): readonly Result[] => {
        const value = entry(isFunction(first) ? world.evaluator.call(first, []) : first, key);
        return isList(value) ? value : [];
      };
      const [columns, references] = [columnsOf(listed('columns')), columnsOf(listed('foreignColumns'))];
      const target = references[0]?.table;
      if (columns.length === 0 || !target || columns.length !== references.length) {
        unresolved(chain.text, table, at, world);
        return;
      }
      const name = textEntry(first, 'name');
      keys.foreignKeys.push({
        name:
          name === null ? foreignKeyName(tableName, columns, target.name, references, dialect) : fitting(name, dialect),
        columns: columns.map((column) => column.name),
        references: {
          table: target.name,
          namespace: target.namespace,
          columns: references.map((column) => column.name),
        },
        onDelete: actionOf(called(chain, 'onDelete')?.[0]),
        onUpdate: actionOf(called(chain, 'onUpdate')?.[0]),
        deferrable: null,
        enforced: true,
        origin: 'declared',
        at,
      });
      break;
    }
    case 'check': {
      const expression = sqlOf(chain.arguments[1], (result) => world.column(result, table)?.name ?? null);
      if (expression !== null) keys.checks.push({ name: stated, expression, at });
      break;
    }
    // Policies of PostgreSQL have no place in the model.
  }
}

function readIndex(
  chain: Chain,
  stated: string | null,
  at: SourceRange,
  table: DeclaredTable,
  keys: Building,
  world: World,
): void {
  const { dialect, name: tableName } = table.shape;
  const nameOf = (result: Result): string | null => world.column(result, table)?.name ?? null;
  const using = called(chain, 'using');
  const method = typeof using?.[0] === 'string' ? using[0] : null;
  const parts = called(chain, 'on', 'onOnly') ?? using?.slice(1) ?? [];
  const columns = parts.flatMap((part) => (sqlOf(part) === null ? (world.column(part, table) ?? []) : []));
  const expressions = parts.flatMap((part) => sqlOf(part, nameOf) ?? []);
  if (columns.length === 0 && expressions.length === 0) return;
  // Columns between expressions are part of what is stated.
  const inOrder = parts.flatMap((part) => sqlOf(part, nameOf) ?? world.column(part, table)?.name ?? []);
  const where = called(chain, 'where')?.[0];
  const index = indexOf(
    stated ?? indexName(tableName, columns, dialect),
    columns.map((column) => column.name),
    chain.maker === 'uniqueIndex',
    at,
  );
  keys.indexes.push({
    ...index,
    orders: columns.some(({ descending }) => descending)
      ? columns.map(({ descending }) => (descending ? 'desc' : 'asc'))
      : [],
    method: method === 'btree' ? null : method,
    where: where === undefined ? null : (sqlOf(where, nameOf) ?? ''),
    expression: expressions.length === 0 ? null : inOrder.join(', '),
  });
}

function indexOf(name: string, columns: readonly string[], unique: boolean, at: SourceRange): Index {
  return {
    name,
    columns,
    orders: [],
    include: [],
    unique,
    method: null,
    where: null,
    expression: null,
    origin: 'declared',
    at,
  };
}

const actions: Readonly<Record<string, ReferentialAction>> = {
  cascade: 'CASCADE',
  restrict: 'RESTRICT',
  'no action': 'NO ACTION',
  'set null': 'SET NULL',
  'set default': 'SET DEFAULT',
};

/** Drizzle states every action in the SQL, and this one where the source states none. */
function actionOf(value: Result): ReferentialAction {
  return (typeof value === 'string' ? actions[value.toLowerCase()] : undefined) ?? 'NO ACTION';
}
