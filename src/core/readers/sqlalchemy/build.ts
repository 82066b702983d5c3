/** From drafts to tables of the model. */
import type { Dialect, EnumType, Inheritance, Relation, Table } from '../../schema/model.ts';
import type { Problem } from '../../schema/source.ts';
import type { Evaluator } from '../shared/python/evaluate.ts';
import type { PyCall, PyClass, PyValue } from '../shared/python/values.ts';
import { argumentOf, isClass, isMember, isSequence, sourceText } from '../shared/python/values.ts';
import { directoryOf } from '../shared/paths.ts';
import { columnOf, enumName, shapeOf } from './columns.ts';
import type { ColumnContext } from './columns.ts';
import { columnNamed, keysOf, primaryKeyOf, referenceOf, specNamed } from './constraints.ts';
import type { ConstraintContext } from './constraints.ts';
import { discover } from './discover.ts';
import type { Discovered } from './discover.ts';
import type { MappedClass, TableDraft } from './drafts.ts';
import { tableOfIndex } from './indexes.ts';
import { relationsOf } from './relations.ts';
import type { RelationContext } from './relations.ts';

export interface Built {
  readonly tables: readonly Table[];
  readonly enums: readonly EnumType[];
  readonly discovered: Discovered;
  /** Of a mapped class, by the object of its declaration. */
  readonly tableOfClass: (cls: PyClass) => Table | undefined;
  readonly tableOfCall: (call: PyCall) => Table | undefined;
}

export function build(
  evaluator: Evaluator,
  dialect: Dialect,
  root: string,
  revisionFiles: ReadonlySet<string> = new Set(),
): Built {
  const discovered = discover(evaluator, dialect, revisionFiles);
  const { tables: drafts, mapped } = discovered;
  const byName = new Map<string, TableDraft>();
  for (const draft of drafts) {
    for (const key of [`${draft.namespace ?? ''}\0${draft.name}`, `*\0${draft.name}`])
      if (!byName.has(key)) byName.set(key, draft);
  }
  const context: ConstraintContext & ColumnContext = {
    ...discovered.context,
    tableOfCall: discovered.tableOfCall,
    tableOfClass: (value) => (isClass(value) ? (discovered.mappedOf(value)?.table ?? null) : null),
    find: (name, namespace) =>
      byName.get(`${namespace ?? ''}\0${name}`) ?? (namespace === null ? (byName.get(`*\0${name}`) ?? null) : null),
    named: (file, name) => evaluator.global(file, name),
    referenced: (draft, spec, depth) => {
      for (const { target: value } of constraintsOn(draft, spec.name, context)) {
        const reference = referenceOf(value, draft, context);
        const target = reference?.table && specNamed(reference.table, reference.column ?? spec.name);
        if (reference?.table && target && target !== spec) return shapeOf(reference.table, target, context, depth);
      }
      return null;
    },
  };
  const loose = new Map<TableDraft, PyCall[]>();
  for (const call of discovered.loose) {
    const owner = tableOfIndex(call, drafts, context);
    if (!owner || owner.items.includes(call)) continue;
    const known = loose.get(owner);
    if (known) known.push(call);
    else loose.set(owner, [call]);
  }
  const built = new Map<TableDraft, Table>(
    drafts.map((draft) => [draft, tableOf(draft, loose.get(draft) ?? [], context, root)]),
  );
  const classes = classesByName(mapped);
  const relationContext: RelationContext = {
    ...context,
    mappedOf: (cls) => discovered.mappedOf(cls),
    classNamed: (name, from) => {
      const candidates = classes.get(name) ?? [];
      return candidates.length <= 1 ? (candidates[0] ?? null) : nearest(candidates, from);
    },
    built: (draft) => built.get(draft),
  };
  const relations = new Map<TableDraft, Relation[]>();
  for (const each of mapped)
    for (const { on, relation } of relationsOf(each, relationContext)) {
      const known = relations.get(on.table) ?? [];
      if (!relations.has(on.table)) relations.set(on.table, known);
      if (!known.some(({ property }) => property === relation.property)) known.push(relation);
    }
  const secondaries = new Set([...relations.values()].flat().flatMap(({ joinTable }) => joinTable ?? []));
  const finished = new Map<TableDraft, Table>();
  for (const [draft, table] of built)
    finished.set(draft, {
      ...table,
      kind: draft.isView ? 'view' : draft.cls === null && secondaries.has(table.name) ? 'join-table' : 'table',
      relations: relations.get(draft) ?? [],
      inheritance: inheritanceOf(draft, mapped, context),
    });
  const tables = [...finished.values()].map((table) => withDiscriminator(table));
  const byDraft = new Map([...finished.keys()].map((draft, at) => [draft, tables[at]]));
  return {
    tables,
    enums: enumsOf(drafts, context),
    discovered: { ...discovered, problems: [...discovered.problems, ...dynamicTypes(drafts, context)] },
    tableOfClass: (cls) => {
      const draft = discovered.mappedOf(cls)?.table;
      return draft && byDraft.get(draft);
    },
    tableOfCall: (call) => {
      const draft = discovered.tableOfCall.get(call);
      return draft && byDraft.get(draft);
    },
  };
}

/** One problem for each expression that gives columns a type nobody can tell from the source. */
function dynamicTypes(drafts: readonly TableDraft[], context: ColumnContext): readonly Problem[] {
  const problems = new Map<string, Problem>();
  for (const draft of drafts)
    for (const spec of draft.specs) {
      if (spec.type === undefined || shapeOf(draft, spec, context).type !== 'unknown') continue;
      const text = sourceText(spec.type);
      const message = `The type of ${draft.entity ?? draft.name}.${spec.property ?? spec.name} is computed (${text}), so it is not known; state a type of SQLAlchemy to have it read.`;
      if (!problems.has(text))
        problems.set(text, { code: 'dynamic-column-type', message, severity: 'information', at: spec.at });
    }
  return [...problems.values()];
}

/** Foreign keys that a column is part of. */
function constraintsOn(
  draft: TableDraft,
  column: string,
  context: ConstraintContext,
): readonly { readonly target: PyValue | undefined }[] {
  const own = draft.specs
    .filter(({ name }) => name === column)
    .flatMap(({ items }) => items)
    .filter((item) => context.names.called(item) === 'ForeignKey')
    .map((item) => ({ target: argumentOf(item, 0, 'column') }));
  const composite = draft.items.flatMap((item) => {
    if (!context.names.isCallOf(item, 'ForeignKeyConstraint')) return [];
    const columns = argumentOf(item, 0, 'columns');
    const references = argumentOf(item, 1, 'refcolumns');
    if (!isSequence(columns) || !isSequence(references)) return [];
    const at = columns.items.findIndex((each) => columnNamed(each, draft, context) === column);
    return at === -1 ? [] : [{ target: references.items[at] }];
  });
  return [...own, ...composite];
}

function tableOf(
  draft: TableDraft,
  loose: readonly PyCall[],
  context: ConstraintContext & ColumnContext,
  root: string,
): Table {
  const keys = keysOf(draft, loose, context);
  const primaryKey = primaryKeyOf(draft, context);
  return {
    name: draft.name,
    namespace: draft.namespace,
    entity: draft.entity,
    reader: 'sqlalchemy',
    kind: 'table',
    columns: draft.specs.map((spec) => columnOf(draft, spec, primaryKey, context)),
    ...keys,
    relations: [],
    inheritance: null,
    viewExpression: null,
    comment: draft.comment,
    managed: true,
    module: moduleOf(draft.at.file, root),
    at: draft.at,
  };
}

function moduleOf(file: string, root: string): string {
  const path = directoryOf(file);
  return root === '' ? path : path === root ? '' : path.startsWith(`${root}/`) ? path.slice(root.length + 1) : path;
}

function classesByName(mapped: readonly MappedClass[]): ReadonlyMap<string, readonly PyClass[]> {
  const classes = new Map<string, PyClass[]>();
  for (const { cls } of mapped) {
    const known = classes.get(cls.name);
    if (known) known.push(cls);
    else classes.set(cls.name, [cls]);
  }
  return classes;
}

/** Of classes with one name that which shares most folders. */
function nearest(candidates: readonly PyClass[], from: PyClass): PyClass | null {
  const shared = ({ file }: PyClass): number => {
    let at = 0;
    while (at < file.length && file[at] === from.file[at]) at++;
    return at;
  };
  return candidates.toSorted((a, b) => shared(b) - shared(a))[0] ?? null;
}

function inheritanceOf(
  draft: TableDraft,
  mapped: readonly MappedClass[],
  context: ConstraintContext,
): Inheritance | null {
  const own = mapped.filter(({ table }) => table === draft);
  const top = own.find(({ cls }) => cls === draft.cls) ?? own[0];
  if (!top) return null;
  const children = own.filter((each) => each !== top && each.strategy === 'single-table');
  const below = mapped.filter(
    ({ parent, strategy }) => parent?.table === draft && (strategy === 'joined' || strategy === 'table-per-class'),
  );
  const on = top.mapperArgs.get('polymorphic_on');
  const discriminator = on === undefined || on === null ? null : columnNamed(on, draft, context);
  const strategy =
    top.strategy === 'joined' || top.strategy === 'table-per-class'
      ? top.strategy
      : children.length > 0
        ? 'single-table'
        : (below[0]?.strategy ?? null);
  if (strategy === null && discriminator === null) return null;
  const listed = [top, ...children];
  return {
    strategy: strategy ?? 'single-table',
    parent: top.parent?.table.name ?? null,
    discriminatorColumn: discriminator,
    children: listed.map(({ cls, mapperArgs }) => ({
      entity: cls.name,
      value: identity(mapperArgs.get('polymorphic_identity')),
    })),
  };
}

function identity(value: PyValue | undefined): string | null {
  if (isMember(value)) return value.name;
  return typeof value === 'string' || typeof value === 'number' ? String(value) : null;
}

function withDiscriminator(table: Table): Table {
  const name = table.inheritance?.discriminatorColumn ?? null;
  if (name === null) return table;
  return {
    ...table,
    columns: table.columns.map((column) => (column.name === name ? { ...column, role: 'discriminator' } : column)),
  };
}

function enumsOf(drafts: readonly TableDraft[], context: ConstraintContext & ColumnContext): readonly EnumType[] {
  const enums = new Map<string, EnumType>();
  for (const draft of drafts)
    for (const spec of draft.specs) {
      const shape = shapeOf(draft, spec, context);
      if (!shape.enum || shape.enum.values.length === 0) continue;
      const name = enumName(draft, spec, shape);
      const key = `${shape.enum.namespace ?? ''}.${name}`;
      if (!enums.has(key))
        enums.set(key, {
          name,
          namespace: shape.enum.namespace,
          values: shape.enum.values,
          at: shape.enum.at ?? spec.at,
        });
    }
  return [...enums.values()];
}
