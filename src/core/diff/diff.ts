/** What has to happen to `from` so that it becomes `to`. Pure; the order of the result is an order in which it can be executed. */
import type { Change, ColumnFacet, TableRef } from '../schema/change.ts';
import type { Check, Column, EnumType, ForeignKey, Index, Table, Unique } from '../schema/model.ts';

/** The part of a schema that a database holds. */
export interface Comparable {
  readonly tables: readonly Table[];
  readonly enums: readonly EnumType[];
}

/** A rename that the user (or a policy) has confirmed; without it a renamed element is a drop and an add. */
export type Rename =
  | ({ readonly kind: 'table'; readonly to: string; readonly toNamespace: string | null } & TableRef)
  | ({ readonly kind: 'column'; readonly from: string; readonly to: string } & TableRef);

export interface DiffOptions {
  readonly renames?: readonly Rename[];
  /** The type as the engine stores it, so that two spellings of one type are not a change (`int4`, `integer`). Default: `rawType` with its sizes. */
  readonly typeOf?: (column: Column) => string;
  /** The default as the engine stores it. Default: the text as it is. */
  readonly defaultOf?: (column: Column) => string | null;
}

/** Views are compared by nobody here: they are statements, not structure. */
const comparedKinds: ReadonlySet<string> = new Set(['table', 'join-table', 'closure-table', 'collection']);

export function tableKey(table: { readonly name: string; readonly namespace: string | null }): string {
  return `${table.namespace ?? ''}\u0000${table.name}`;
}

/** `rawType(length)`, `rawType(precision,scale)`, `[]` appended for arrays. */
export function plainType(column: Column): string {
  const sizes = [column.length, column.precision, column.scale].filter((size) => size !== null);
  const sign = column.unsigned === true && !/ unsigned\b/i.test(column.rawType) ? ' unsigned' : '';
  return `${column.rawType}${sizes.length > 0 ? `(${sizes.join(',')})` : ''}${sign}${column.array ? '[]' : ''}`;
}

/** Phases of execution: what has to be gone before, and there before, other things. */
interface Phases {
  readonly enums: Change[];
  readonly detached: Change[];
  readonly renamed: Change[];
  readonly created: Change[];
  readonly columns: Change[];
  readonly keys: Change[];
  readonly attached: Change[];
  readonly dropped: Change[];
}

export function diffSchemas(from: Comparable, to: Comparable, options: DiffOptions = {}): readonly Change[] {
  const phases: Phases = {
    enums: [],
    detached: [],
    renamed: [],
    created: [],
    columns: [],
    keys: [],
    attached: [],
    dropped: [],
  };
  diffEnums(from.enums, to.enums, phases);

  const before = new Map(
    from.tables.filter((table) => comparedKinds.has(table.kind)).map((table) => [tableKey(table), table]),
  );
  const after = to.tables.filter((table) => comparedKinds.has(table.kind));
  const origins = new Map<string, string>();
  for (const rename of options.renames ?? []) {
    if (rename.kind !== 'table') continue;
    origins.set(
      tableKey({ name: rename.to, namespace: rename.toNamespace }),
      tableKey({ name: rename.table, namespace: rename.namespace }),
    );
  }

  const kept = new Set<string>();
  for (const table of after) {
    const origin = origins.get(tableKey(table)) ?? tableKey(table);
    const old = before.get(origin);
    if (!old) {
      createTable(table, phases);
      continue;
    }
    kept.add(origin);
    if (tableKey(old) !== tableKey(table)) {
      phases.renamed.push({
        kind: 'renameTable',
        table: old.name,
        namespace: old.namespace,
        to: table.name,
        toNamespace: table.namespace,
      });
    }
    diffTable(old, table, options, phases);
  }
  for (const [key, table] of before) {
    if (kept.has(key)) continue;
    for (const foreignKey of enforced(table))
      phases.detached.push({ kind: 'dropForeignKey', table: table.name, namespace: table.namespace, foreignKey });
    phases.dropped.push({ kind: 'dropTable', table });
  }
  const { enums, detached, renamed, created, columns, keys, attached, dropped } = phases;
  return [
    ...enums,
    ...detached,
    ...renamed,
    ...created,
    ...columns,
    ...keys,
    ...attached,
    ...dropped,
    ...droppedEnums(from.enums, to.enums),
  ];
}

/** A created table comes without foreign keys and indexes: they follow, so that tables may refer to each other in a circle. */
function createTable(table: Table, phases: Phases): void {
  const at = { table: table.name, namespace: table.namespace };
  phases.created.push({ kind: 'createTable', table });
  for (const index of stored(table.indexes)) phases.attached.push({ kind: 'addIndex', ...at, index });
  for (const foreignKey of enforced(table)) phases.attached.push({ kind: 'addForeignKey', ...at, foreignKey });
}

function diffTable(old: Table, table: Table, options: DiffOptions, phases: Phases): void {
  const at = { table: table.name, namespace: table.namespace };
  // What is detached goes before the rename, so it is addressed by the old name.
  const before = { table: old.name, namespace: old.namespace };
  const renames = new Map<string, string>();
  for (const rename of options.renames ?? []) {
    if (rename.kind === 'column' && rename.table === table.name && rename.namespace === table.namespace)
      renames.set(rename.from, rename.to);
  }
  const now = (name: string): string => renames.get(name) ?? name;
  for (const [from, to] of renames) phases.renamed.push({ kind: 'renameColumn', ...at, from, to });

  const oldColumns = new Map(old.columns.map((column) => [now(column.name), column]));
  const newColumns = new Map(table.columns.map((column) => [column.name, column]));
  for (const column of table.columns) {
    const previous = oldColumns.get(column.name);
    if (!previous) phases.columns.push({ kind: 'addColumn', ...at, column });
    else {
      const facets = changedFacets(previous, column, options);
      if (facets.length > 0)
        phases.columns.push({
          kind: 'alterColumn',
          ...at,
          from: { ...previous, name: column.name },
          to: column,
          facets,
        });
    }
  }
  for (const [name, column] of oldColumns) {
    // Dropped last of the columns: a new one may be filled from it by hand.
    if (!newColumns.has(name)) phases.keys.push({ kind: 'dropColumn', ...at, column });
  }
  const oldKey = old.primaryKey.map(now);
  if (oldKey.join('\u0000') !== table.primaryKey.join('\u0000'))
    phases.keys.push({ kind: 'setPrimaryKey', ...at, from: oldKey, to: table.primaryKey });

  const indexes = match(
    stored(old.indexes),
    stored(table.indexes),
    (index) => indexShape(index, now),
    (index) => indexShape(index),
  );
  for (const index of indexes.gone) phases.detached.push({ kind: 'dropIndex', ...before, index });
  for (const index of indexes.fresh) phases.attached.push({ kind: 'addIndex', ...at, index });
  for (const [{ name: oldName }, { name }] of indexes.same) {
    if (oldName !== null && name !== null && oldName !== name) {
      phases.renamed.push({ kind: 'renameIndex', ...at, from: oldName, to: name });
    }
  }
  const uniques = match(
    old.uniques,
    table.uniques,
    (unique) => uniqueShape(unique, now),
    (unique) => uniqueShape(unique),
  );
  for (const unique of uniques.gone) phases.detached.push({ kind: 'dropUnique', ...before, unique });
  for (const unique of uniques.fresh) phases.attached.push({ kind: 'addUnique', ...at, unique });
  const checks = match(old.checks, table.checks, checkShape, checkShape);
  for (const check of checks.gone) phases.detached.push({ kind: 'dropCheck', ...before, check });
  for (const check of checks.fresh) phases.attached.push({ kind: 'addCheck', ...at, check });
  const foreignKeys = match(
    enforced(old),
    enforced(table),
    (key) => foreignKeyShape(key, options, now),
    (key) => foreignKeyShape(key, {}),
  );
  for (const foreignKey of foreignKeys.gone) phases.detached.push({ kind: 'dropForeignKey', ...before, foreignKey });
  for (const foreignKey of foreignKeys.fresh) phases.attached.push({ kind: 'addForeignKey', ...at, foreignKey });
}

function changedFacets(from: Column, to: Column, options: DiffOptions): ColumnFacet[] {
  const typeOf = options.typeOf ?? plainType;
  const defaultOf = options.defaultOf ?? ((column: Column) => column.default);
  const facets: ColumnFacet[] = [];
  if (typeOf(from) !== typeOf(to)) facets.push('type');
  if (from.nullable !== to.nullable) facets.push('nullable');
  if (defaultOf(from) !== defaultOf(to)) facets.push('default');
  if (from.generated?.kind !== to.generated?.kind || from.generated?.expression !== to.generated?.expression)
    facets.push('generated');
  if (from.enum !== to.enum) facets.push('enum');
  if (from.collation !== to.collation) facets.push('collation');
  if (from.comment !== to.comment) facets.push('comment');
  return facets;
}

/** Indexes that are created by a statement: the engine's own come and go with what they belong to. */
function stored(indexes: readonly Index[]): Index[] {
  return indexes.filter((index) => index.origin !== 'engine');
}

function enforced(table: Table): ForeignKey[] {
  return table.foreignKeys.filter((key) => key.enforced);
}

/** Pairs elements of equal shape one to one; names do not count, because half of them are generated. */
function match<T extends { readonly name: string | null }>(
  before: readonly T[],
  after: readonly T[],
  shapeBefore: (element: T) => string,
  shapeAfter: (element: T) => string,
) {
  const waiting = new Map<string, T[]>();
  for (const element of before) {
    const shape = shapeBefore(element);
    waiting.set(shape, [...(waiting.get(shape) ?? []), element]);
  }
  const twins = new Map<T, T>();
  // Of several of one shape those of one name belong together: none of them is renamed.
  for (const element of after) {
    const alike = waiting.get(shapeAfter(element)) ?? [];
    const at = alike.findIndex(({ name }) => name === element.name);
    if (at !== -1) for (const twin of alike.splice(at, 1)) twins.set(element, twin);
  }
  const fresh: T[] = [];
  const same: [T, T][] = [];
  for (const element of after) {
    const twin = twins.get(element) ?? waiting.get(shapeAfter(element))?.shift();
    if (twin === undefined) fresh.push(element);
    else same.push([twin, element]);
  }
  return { gone: [...waiting.values()].flat(), fresh, same };
}

const asIs = (name: string): string => name;

function indexShape(index: Index, now = asIs): string {
  const { orders, unique, method, where, expression } = index;
  const descending = orders.includes('desc') ? orders : [];
  return JSON.stringify([
    index.columns.map(now),
    descending,
    index.include.map(now),
    unique,
    method,
    where === null ? null : comparedText(where),
    expression === null ? null : comparedText(expression),
  ]);
}

/** SQL without what means nothing: quotes of plain names, the table before a column, blanks, and brackets around brackets. Texts stay as they are. */
function comparedText(sql: string): string {
  return sql
    .split(/('(?:[^']|'')*')/u)
    .map((part, at) =>
      at % 2 === 1
        ? part
        : part
            .replace(/"([A-Za-z_]\w*)"|`([A-Za-z_]\w*)`|\[([A-Za-z_]\w*)\]/gu, '$1$2$3')
            .replace(/\b[A-Za-z_]\w*\.(?=[A-Za-z_])/gu, '')
            .replace(/\s+/gu, ' ')
            .replace(/ ?([(),=<>]) ?/gu, '$1'),
    )
    .join('')
    .trim();
}

function uniqueShape(unique: Unique, now = asIs): string {
  return JSON.stringify([unique.columns.map(now), unique.nullsNotDistinct, unique.deferrable]);
}

function checkShape(check: Check): string {
  return comparedText(check.expression);
}

function foreignKeyShape(key: ForeignKey, options: DiffOptions, now = asIs): string {
  const { references } = key;
  let target = { name: references.table, namespace: references.namespace };
  let columns = references.columns;
  for (const rename of options.renames ?? []) {
    if (rename.kind === 'table' && rename.table === references.table && rename.namespace === references.namespace) {
      target = { name: rename.to, namespace: rename.toNamespace };
    }
  }
  for (const rename of options.renames ?? []) {
    if (rename.kind === 'column' && rename.table === target.name && rename.namespace === target.namespace) {
      columns = columns.map((name) => (name === rename.from ? rename.to : name));
    }
  }
  // NO ACTION is what the engine does when nothing is said.
  return JSON.stringify([
    key.columns.map(now),
    tableKey(target),
    columns,
    key.onDelete ?? 'NO ACTION',
    key.onUpdate ?? 'NO ACTION',
    key.deferrable,
  ]);
}

function diffEnums(from: readonly EnumType[], to: readonly EnumType[], phases: Phases): void {
  const before = new Map(from.map((type) => [tableKey(type), type]));
  for (const type of to) {
    const old = before.get(tableKey(type));
    if (!old) phases.enums.push({ kind: 'createEnum', enum: type });
    else if (old.values.join('\u0000') !== type.values.join('\u0000'))
      phases.enums.push({ kind: 'alterEnum', from: old, to: type });
  }
}

function droppedEnums(from: readonly EnumType[], to: readonly EnumType[]): Change[] {
  const after = new Set(to.map(tableKey));
  return from.filter((type) => !after.has(tableKey(type))).map((type) => ({ kind: 'dropEnum', enum: type }));
}
