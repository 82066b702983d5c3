/** Tables of a model as the state has them, and what becomes of the database where they change. */
import { columnNamesOf } from '../../readers/django/columns.ts';
import { joinTablesByField } from '../../readers/django/joinTables.ts';
import { bareTable, hasTable } from '../../readers/django/tables.ts';
import { allFields } from '../../readers/django/world.ts';
import type { World } from '../../readers/django/world.ts';
import { directoryOf } from '../../readers/shared/paths.ts';
import type { Check, Column, ForeignKey, Index, Table, Unique } from '../../schema/model.ts';
import { withColumn } from '../shared/replayColumns.ts';
import { NotThere, findTable, shown, update } from '../shared/replayState.ts';
import type { ReplaySchema } from '../shared/replayState.ts';
import { dropColumn, dropTable, renameColumn, renameTable } from '../shared/replayTables.ts';
import type { StateModel } from './state.ts';

export interface ModelTables {
  /** Null = Django makes none for it. */
  readonly own: Table | null;
  /** Names of columns by field. */
  readonly columns: ReadonlyMap<string, readonly string[]>;
  /** Tables of its many-to-many fields, by field. */
  readonly joins: ReadonlyMap<string, Table>;
}

export const noTables: ModelTables = { own: null, columns: new Map(), joins: new Map() };

export function tablesOf(model: StateModel | undefined, world: World): ModelTables {
  if (!model || !hasTable(model, world) || model.meta.get('managed') === false || model.meta.get('proxy') === true)
    return noTables;
  return {
    own: stored(bareTable(model, world)),
    columns: new Map(allFields(model, world).map((field) => [field.name, columnNamesOf(field)])),
    joins: new Map([...joinTablesByField(model, world)].map(([field, table]) => [field, stored(table)])),
  };
}

/** Migrations have no classes. */
function stored(table: Table): Table {
  return {
    ...table,
    entity: null,
    relations: [],
    columns: table.columns.map((column) => ({ ...column, property: null })),
    module: directoryOf(table.at.file).replace(/\/?[^/]*migrations?(?:\/.*)?$/, ''),
  };
}

export interface ChangeOptions {
  /** Field that has another name now. */
  readonly field: readonly [from: string, to: string] | null;
  /** Names of indexes are what changes. */
  readonly names: boolean;
}

/** Throws `NotThere`; what it has done until then is lost. */
export function applyChange(
  schema: ReplaySchema,
  before: ModelTables,
  after: ModelTables,
  { field, names }: ChangeOptions,
  dialect: World['dialect'],
): ReplaySchema {
  const now = (name: string): string => (field?.[0] === name ? field[1] : name);
  let current = schema;
  if (before.own && after.own) current = changeTable(current, before, after, now, names);
  else if (before.own) current = dropTable(current, before.own, false, dialect);
  else if (after.own) current = created(current, after.own);
  for (const [name, table] of before.joins) {
    const next = after.joins.get(now(name));
    current = next ? changeJoin(current, table, next) : dropTable(current, table, false, dialect);
  }
  const kept = new Set([...before.joins.keys()].map(now));
  for (const [name, table] of after.joins) if (!kept.has(name)) current = created(current, table);
  return current;
}

function created(schema: ReplaySchema, table: Table): ReplaySchema {
  if (findTable(schema, table)) throw new NotThere(`Table ${shown(table)} is created a second time here.`);
  return { ...schema, tables: [...schema.tables, table] };
}

function moved(schema: ReplaySchema, from: Table, to: Table): ReplaySchema {
  return from.name === to.name && from.namespace === to.namespace ? schema : renameTable(schema, from, to);
}

/** Columns of a join table have their places. */
function changeJoin(schema: ReplaySchema, before: Table, after: Table): ReplaySchema {
  let current = moved(schema, before, after);
  for (const [at, column] of after.columns.entries()) {
    const old = before.columns[at];
    if (!old) continue;
    if (old.name !== column.name) current = renameColumn(current, after, old.name, column.name);
    if (isChanged(old, column)) current = update(current, after, (table) => withColumn(table, column));
  }
  // Both ends lead where the models are now: `AlterField(…, ManyToManyField(to=…))`.
  const names = new Map(before.columns.map(({ name }, at) => [name, after.columns[at]?.name ?? name]));
  const mapped = (list: readonly string[]): readonly string[] => list.map((each) => names.get(each) ?? each);
  return keysAdded(keysGone(current, before, after, mapped), before, after, mapped, false);
}

function changeTable(
  schema: ReplaySchema,
  before: ModelTables,
  after: ModelTables,
  now: (field: string) => string,
  names: boolean,
): ReplaySchema {
  const [from, to] = [before.own, after.own];
  if (!from || !to) return schema;
  let current = moved(schema, from, to);
  const columns = new Map<string, string>();
  const gone: string[] = [];
  for (const [field, own] of before.columns) {
    const next = after.columns.get(now(field));
    for (const [at, name] of own.entries()) {
      const other = next?.[at];
      if (other === undefined) gone.push(name);
      else columns.set(name, other);
    }
  }
  const mapped = (list: readonly string[]): readonly string[] => list.map((each) => columns.get(each) ?? each);
  for (const [old, name] of columns) if (old !== name) current = renameColumn(current, to, old, name);
  current = keysGone(current, from, to, mapped);
  for (const name of gone) current = dropColumn(current, to, name, false);
  const before_ = new Map(from.columns.map((column) => [columns.get(column.name) ?? column.name, column]));
  for (const column of to.columns) {
    const old = before_.get(column.name);
    if (old && !isChanged(old, column)) continue;
    current = update(current, to, (table) => {
      const there = table.columns.find(({ name }) => name === column.name);
      if (old && !there) throw new NotThere(`${table.name} has no column "${column.name}" here.`);
      if (!old && there) throw new NotThere(`${table.name} has a column "${column.name}" here already.`);
      // A default that was set by SQL stays where the field says nothing of one.
      const kept = there && old?.default === column.default ? there.default : column.default;
      return withColumn(table, { ...column, default: kept });
    });
  }
  current = keysAdded(current, from, to, mapped, names);
  return update(current, to, (table) => ({
    ...table,
    comment: from.comment === to.comment ? table.comment : to.comment,
    ...(mapped(from.primaryKey).join('\0') === to.primaryKey.join('\0')
      ? {}
      : { primaryKey: to.primaryKey, primaryKeyName: to.primaryKeyName }),
  }));
}

function isChanged(before: Column, after: Column): boolean {
  const shape = (column: Column): string =>
    JSON.stringify({ ...column, name: '', at: null, role: null, transformer: null });
  return shape(before) !== shape(after);
}

type Mapped = (columns: readonly string[]) => readonly string[];
type Part = Unique | Index | Check | ForeignKey;
const kinds = ['uniques', 'indexes', 'checks', 'foreignKeys'] as const;

function shapeOf(part: Part, mapped: Mapped = (same) => same): string {
  const columns = 'columns' in part ? mapped(part.columns) : [];
  const include = 'include' in part ? mapped(part.include) : [];
  return JSON.stringify({ ...part, name: null, at: null, origin: null, columns, include });
}

/** Of a model that refers to itself, or to one whose table has just been renamed, the reference has followed already. */
function partsOf(table: Table, kind: (typeof kinds)[number], was: Table, is: Table): readonly Part[] {
  if (kind !== 'foreignKeys') return table[kind];
  return table.foreignKeys.map((key) =>
    key.references.table === was.name && key.references.namespace === was.namespace
      ? { ...key, references: { ...key.references, table: is.name, namespace: is.namespace } }
      : key,
  );
}

function keysGone(schema: ReplaySchema, from: Table, to: Table, mapped: Mapped): ReplaySchema {
  return update(schema, to, (table) => {
    let next = table;
    for (const kind of kinds) {
      const kept = partsOf(to, kind, to, to).map((part) => shapeOf(part));
      for (const part of partsOf(from, kind, from, to)) {
        const place = kept.indexOf(shapeOf(part, mapped));
        if (place !== -1) kept.splice(place, 1);
        else next = without(next, kind, part, mapped);
      }
    }
    return next;
  });
}

/** By its name, else by what it is; a foreign key, as Django looks for it, by its columns. SQL may have dropped it before. */
function without(table: Table, kind: (typeof kinds)[number], part: Part, mapped: Mapped): Table {
  const parts: readonly Part[] = table[kind];
  const columnsOf = (each: Part): string => ('columns' in each ? mapped(each.columns).join('\0') : '');
  const ways: readonly ((each: Part) => boolean)[] = [
    ({ name }) => name !== null && name === part.name,
    (each) => shapeOf(each) === shapeOf(part, mapped),
    (each) => kind === 'foreignKeys' && columnsOf(each) === columnsOf(part),
  ];
  for (const isIt of ways) {
    const place = parts.findIndex(isIt);
    if (place !== -1) return { ...table, [kind]: parts.toSpliced(place, 1) };
  }
  return table;
}

function keysAdded(schema: ReplaySchema, from: Table, to: Table, mapped: Mapped, names: boolean): ReplaySchema {
  return update(schema, to, (table) => {
    let next = table;
    for (const kind of kinds) {
      const old = [...partsOf(from, kind, from, to)];
      for (const part of partsOf(to, kind, to, to)) {
        const place = old.findIndex((each) => shapeOf(each, mapped) === shapeOf(part));
        const [twin] = place === -1 ? [] : old.splice(place, 1);
        if (!twin) next = { ...next, [kind]: [...next[kind], part] };
        else if (names && twin.name !== part.name)
          next = {
            ...next,
            [kind]: next[kind].map((each: Part) => (each.name === twin.name ? { ...each, name: part.name } : each)),
          };
      }
    }
    return next;
  });
}
