/** Unique keys, indexes, checks of a model: those that are declared and those that Django makes by itself. */
import type { Check, Dialect, Index, Unique } from '../../schema/model.ts';
import type { SourceRange } from '../../schema/source.ts';
import type { PyCall, PyValue } from '../shared/python/values.ts';
import { externalPath, isCall, isClass, isSequence, sourceText } from '../shared/python/values.ts';
import type { Field } from './fields.ts';
import { isIndexed, isUnique } from './fields.ts';
import type { Model } from './models.ts';
import { declaredIndexName, indexName } from './names.ts';
import { predicateText } from './predicates.ts';
import { allFields, columnName, keyFields, shapeOf } from './world.ts';
import type { World } from './world.ts';

export interface Keys {
  readonly uniques: readonly Unique[];
  readonly indexes: readonly Index[];
  readonly checks: readonly Check[];
}

/** Kind of index by the class: suffix of its name and method. */
const methods: Readonly<Record<string, { readonly suffix: string; readonly method: string | null }>> = {
  Index: { suffix: 'idx', method: null },
  BTreeIndex: { suffix: 'btree', method: null },
  GinIndex: { suffix: 'gin', method: 'gin' },
  GistIndex: { suffix: 'gist', method: 'gist' },
  SpGistIndex: { suffix: 'spgist', method: 'spgist' },
  BrinIndex: { suffix: 'brin', method: 'brin' },
  HashIndex: { suffix: 'hash', method: 'hash' },
  BloomIndex: { suffix: 'bloom', method: 'bloom' },
  HnswIndex: { suffix: 'hnsw', method: 'hnsw' },
  IvfflatIndex: { suffix: 'ivfflat', method: 'ivfflat' },
};

export function keysOf(model: Model, world: World): Keys {
  const uniques: Unique[] = [];
  const indexes: Index[] = [];
  const checks: Check[] = [];
  const keys = new Set(model.compositeKey ? [] : keyFields(model, world));
  for (const field of allFields(model, world)) {
    if (field.relation === 'ManyToManyField') continue;
    ofField(field, model, keys.has(field), world, { uniques, indexes, checks });
  }
  for (const columns of together(model, 'unique_together', world))
    uniques.push(unique(indexName(model.table, columns, '_uniq', world.dialect), columns, metaPlace(model)));
  for (const columns of together(model, 'index_together', world))
    indexes.push(
      plainIndex(indexName(model.table, columns, '_idx', world.dialect), columns, metaPlace(model), 'declared'),
    );
  for (const call of calls(model.meta.get('indexes'))) {
    const index = declaredIndex(call, model, world);
    if (index) indexes.push(index);
  }
  for (const call of calls(model.meta.get('constraints'))) constraint(call, model, world, { uniques, indexes, checks });
  return { uniques, indexes, checks };
}

interface Found {
  readonly uniques: Unique[];
  readonly indexes: Index[];
  readonly checks: Check[];
}

function ofField(field: Field, model: Model, key: boolean, world: World, { uniques, indexes, checks }: Found): void {
  const { dialect } = world;
  const { table } = model;
  const column = columnName(field);
  const isOwnUnique = isUnique(field) && !key;
  const spatial = field.kind.internal === 'GeometryField';
  if (isOwnUnique) uniques.push(unique(engineName(table, column, 'key', dialect), [column], field.at));
  else if (isIndexed(field) && !key)
    indexes.push(plainIndex(indexName(table, [column], '', dialect), [column], field.at, originOf(field)));
  if (spatial && field.options.get('spatial_index') !== false)
    indexes.push({
      ...plainIndex(indexName(table, [column], '_id', dialect), [column], field.at, 'orm'),
      method: dialect === 'postgresql' ? 'gist' : 'spatial',
    });
  if (
    dialect === 'postgresql' &&
    (isUnique(field) || isIndexed(field)) &&
    field.options.get('db_collation') === undefined
  ) {
    const { rawType, array } = shapeOf(field, model, world);
    if (!array && (rawType === 'varchar' || rawType === 'text'))
      indexes.push(plainIndex(indexName(table, [column], '_like', dialect), [column], field.at, 'orm'));
  }
  if (field.kind.internal.startsWith('Positive') && dialect !== 'mysql' && dialect !== 'mariadb')
    checks.push({ name: engineName(table, column, 'check', dialect), expression: `"${column}" >= 0`, at: field.at });
}

/** `db_index=True` is somebody's wish where Django would make none by itself. */
function originOf(field: Field): 'declared' | 'orm' {
  const own = field.relation === 'ForeignKey' || field.kind.index === true;
  return !own && field.options.get('db_index') === true ? 'declared' : 'orm';
}

/** PostgreSQL's own names of constraints that have none; longer ones it cuts in ways of its own. */
function engineName(table: string, column: string, suffix: string, dialect: Dialect): string | null {
  const name = `${table}_${column}_${suffix}`;
  if (dialect === 'postgresql') return name.length <= 63 ? name : null;
  return dialect === 'mysql' || dialect === 'mariadb' ? (suffix === 'key' ? column : null) : null;
}

function unique(name: string | null, columns: readonly string[], at: SourceRange): Unique {
  return { name, columns, nullsNotDistinct: false, deferrable: null, origin: 'declared', at };
}

function plainIndex(
  name: string | null,
  columns: readonly string[],
  at: SourceRange,
  origin: 'declared' | 'orm',
): Index {
  return {
    name,
    columns,
    orders: [],
    include: [],
    unique: false,
    method: null,
    where: null,
    expression: null,
    origin,
    at,
  };
}

/** `("a", "b")` or a list of such. */
function together(model: Model, option: string, world: World): readonly (readonly string[])[] {
  const value = model.meta.get(option);
  if (value === undefined || !isSequence(value)) return [];
  const groups = value.items.some((each) => typeof each === 'string') ? [value] : value.items;
  return groups.flatMap((group) => {
    const names = isSequence(group) ? group.items : [];
    const columns = names.map((name) => (typeof name === 'string' ? columnOfField(name, model, world) : null));
    return columns.length > 0 && columns.every((column) => column !== null) ? [columns] : [];
  });
}

/** Column of a field of this table; null where it has no such field. */
export function columnOfField(name: string, model: Model, world: World): string | null {
  const fields = allFields(model, world);
  if (name === 'pk') return keyFields(model, world).map(columnName)[0] ?? null;
  const field =
    fields.find((each) => each.name === name && each.relation !== 'ManyToManyField') ??
    fields.find((each) => each.relation !== null && `${each.name}_id` === name);
  return field ? columnName(field) : null;
}

function calls(value: PyValue | undefined): readonly PyCall[] {
  return isSequence(value) ? value.items.filter(isCall) : [];
}

function className(call: PyCall, world: World): string {
  const path = externalPath(call.callee);
  if (path !== null) return path.slice(path.lastIndexOf('.') + 1);
  if (!isClass(call.callee)) return '';
  // An index of the project's own.
  const base = world.evaluator.lineage(call.callee).foreign.map((each) => externalPath(each) ?? '');
  return (
    base.map((each) => each.slice(each.lastIndexOf('.') + 1)).find((each) => /(?:Index|Constraint)$/.test(each)) ?? ''
  );
}

function filled(value: PyValue | undefined, model: Model): string | null {
  if (typeof value !== 'string') return null;
  return value
    .replaceAll('%(app_label)s', model.app.label.toLowerCase())
    .replaceAll('%(class)s', model.name.toLowerCase());
}

interface Parts {
  readonly columns: readonly string[];
  readonly orders: readonly ('asc' | 'desc')[];
  readonly expression: string | null;
}

/** `fields=[…]`, or expressions: names, `F("x").desc()`, functions. */
function parts(call: PyCall, model: Model, world: World): Parts | null {
  const stated = call.keywords.get('fields');
  const columns: string[] = [];
  const orders: ('asc' | 'desc')[] = [];
  const expressions: string[] = [];
  const add = (name: string): boolean => {
    const column = columnOfField(name.replace(/^-/, ''), model, world);
    if (column === null) return false;
    columns.push(column);
    orders.push(name.startsWith('-') ? 'desc' : 'asc');
    return true;
  };
  for (const each of isSequence(stated) ? stated.items : []) if (typeof each !== 'string' || !add(each)) return null;
  for (const each of call.arguments) {
    const name = plainName(each);
    if (name === null || !add(name)) expressions.push(sourceText(each));
  }
  if (columns.length === 0 && expressions.length === 0) return null;
  return {
    columns,
    orders: orders.includes('desc') ? orders : [],
    expression: expressions.length > 0 ? expressions.join(', ') : null,
  };
}

/** `"name"`, `F("name")`, `F("name").desc()`; null for anything else. */
function plainName(value: PyValue): string | null {
  if (typeof value === 'string') return value;
  const text = sourceText(value);
  const [, name, order] =
    /^(?:\w+\.)?F\('([\w]+)'\)(?:\.(asc|desc)\(.*\))?$/.exec(text) ??
    /^(?:\w+\.)?OrderBy\((?:\w+\.)?F\('(\w+)'\).*\)$/.exec(text) ??
    [];
  if (name === undefined) return null;
  return order === 'desc' || text.includes('descending=True') ? `-${name}` : name;
}

function declaredIndex(call: PyCall, model: Model, world: World): Index | null {
  const kind = methods[className(call, world)] ?? methods.Index;
  const found = parts(call, model, world);
  if (!found || !kind) return null;
  if (!isSupported(call, world)) return null;
  const named = filled(call.keywords.get('name'), model);
  const columns = found.columns.map((column, at) => (found.orders[at] === 'desc' ? `-${column}` : column));
  return {
    ...plainIndex(named ?? declaredIndexName(model.table, columns, kind.suffix), found.columns, call.at, 'declared'),
    orders: found.orders,
    include: included(call, model, world),
    method: world.dialect === 'postgresql' || world.dialect === 'cockroachdb' ? kind.method : null,
    where: whereOf(call, model, world),
    expression: found.expression,
  };
}

function included(call: PyCall, model: Model, world: World): readonly string[] {
  const value = call.keywords.get('include');
  const names = isSequence(value) ? value.items : [];
  return names.flatMap((name) => (typeof name === 'string' ? (columnOfField(name, model, world) ?? []) : []));
}

function whereOf(call: PyCall, model: Model, world: World): string | null {
  const value = call.keywords.get('condition');
  if (value === undefined || value === null) return null;
  return predicateText(value, (name) => columnOfField(name, model, world));
}

function constraint(call: PyCall, model: Model, world: World, { uniques, indexes, checks }: Found): void {
  const kind = className(call, world);
  const name = filled(call.keywords.get('name'), model);
  if (kind === 'CheckConstraint') {
    const condition = call.keywords.get('condition') ?? call.keywords.get('check');
    const expression =
      condition === undefined ? '' : predicateText(condition, (each) => columnOfField(each, model, world));
    checks.push({ name, expression, at: call.at });
    return;
  }
  if (kind !== 'UniqueConstraint') return;
  const found = parts(call, model, world);
  if (!found || !isSupported(call, world)) return;
  const where = whereOf(call, model, world);
  const include = included(call, model, world);
  const opclasses = call.keywords.get('opclasses');
  const distinct = call.keywords.get('nulls_distinct');
  const plain = where === null && include.length === 0 && found.expression === null && call.arguments.length === 0;
  if (plain && !(isSequence(opclasses) && opclasses.items.length > 0)) {
    const deferrable = call.keywords.get('deferrable');
    uniques.push({
      ...unique(name, found.columns, call.at),
      nullsNotDistinct: distinct === false,
      deferrable: deferrable === undefined || deferrable === null ? null : deferrableText(deferrable),
    });
    return;
  }
  indexes.push({
    ...plainIndex(name, found.columns, call.at, 'declared'),
    orders: found.orders,
    include,
    unique: true,
    where,
    expression: found.expression,
  });
}

/** Django leaves out what an engine cannot do, and only warns (`supports_…` of django/db/backends/<engine>/features.py). */
function isSupported(call: PyCall, { dialect }: World): boolean {
  const states = (option: string): boolean => (call.keywords.get(option) ?? null) !== null;
  const mysql = dialect === 'mysql' || dialect === 'mariadb';
  if (states('deferrable') && (mysql || dialect === 'sqlite' || dialect === 'mssql')) return false;
  if (states('nulls_distinct') && dialect !== 'postgresql') return false;
  return !(states('condition') && (mysql || dialect === 'oracle'));
}

function deferrableText(value: PyValue): string {
  return sourceText(value).includes('IMMEDIATE') || (externalPath(value) ?? '').includes('immediate')
    ? 'INITIALLY IMMEDIATE'
    : 'INITIALLY DEFERRED';
}

function metaPlace(model: Model): SourceRange {
  const { cls } = model.meta;
  return cls
    ? {
        ...model.at,
        file: cls.file,
        line: cls.declaration.at[0],
        column: cls.declaration.at[1],
        endLine: cls.declaration.at[2],
        endColumn: cls.declaration.at[3],
      }
    : model.at;
}
