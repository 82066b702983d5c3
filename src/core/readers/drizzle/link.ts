/** Fragments of all files of a project → its tables, enums and queries. */
import { groupBy } from '../../schema/groupBy.ts';
import type { EnumType, ForeignKey, Table } from '../../schema/model.ts';
import type { Problem } from '../../schema/source.ts';
import type { Fragment, LinkContext, LinkResult } from '../reader.ts';
import { directoryOf } from '../shared/paths.ts';
import { purposeOf } from '../../schema/filePurpose.ts';
import { Consultations } from '../shared/typescript/consulted.ts';
import { createEvaluator } from '../shared/typescript/evaluate.ts';
import { createModuleGraph } from '../shared/typescript/moduleGraph.ts';
import type { ModuleGraph } from '../shared/typescript/moduleGraph.ts';
import type { Result } from '../shared/typescript/results.ts';
import { columnOf } from './columns.ts';
import type { BuiltColumn } from './columns.ts';
import { keysOf } from './keys.ts';
import type { Keys } from './keys.ts';
import type { Casing, DrizzleMappings, EnumShape, TableShape } from './model.ts';
import { linkQueries } from './linkQueries.ts';
import { linkRelations, relationsOf } from './relations.ts';
import type { DeclaredRelation } from './relations.ts';
import { enumOf, tableOf } from './shapes.ts';
import { sqlOf } from './sql.ts';
import { createWorld } from './world.ts';
import type { DeclaredTable, World } from './world.ts';

type DrizzleFragment = Fragment<DrizzleMappings>;

export interface LinkedSchema {
  readonly graph: ModuleGraph;
  readonly tables: readonly LinkedTable[];
  /** Table that a name means in a file. */
  readonly tableAt: (file: string, name: string) => Table | undefined;
  readonly enums: readonly EnumType[];
  readonly problems: readonly Problem[];
}

export interface LinkedTable {
  readonly declared: DeclaredTable;
  readonly table: Table;
}

interface Remembered {
  readonly mappings: readonly DrizzleMappings[];
  readonly paths: string;
  readonly context: LinkContext;
  readonly linked: LinkedSchema;
}

/** The last result of each project: most links follow a change of what a function does, which leaves the declarations as they are. */
const remembered = new Map<string, Remembered>();

export function link(fragments: readonly DrizzleFragment[], context: LinkContext): LinkResult {
  const sorted = fragments.toSorted((a, b) => (a.file < b.file ? -1 : 1));
  const linked = linkedSchema(sorted, context);
  return {
    tables: linked.tables.map(({ table }) => table),
    enums: linked.enums,
    files: linkQueries(
      sorted.map(({ facts }) => facts),
      linked,
    ),
    problems: linked.problems,
  };
}

function linkedSchema(fragments: readonly DrizzleFragment[], context: LinkContext): LinkedSchema {
  const paths = fragments.map(({ file }) => file).join('\0');
  const before = remembered.get(context.root);
  if (
    before?.paths === paths &&
    before.context.resolve === context.resolve &&
    before.context.dialect === context.dialect &&
    before.mappings.every((mappings, at) => sameMappings(mappings, fragments[at]?.mappings))
  )
    return before.linked;
  const linked = linkSchema(fragments, context);
  remembered.set(context.root, { mappings: fragments.map(({ mappings }) => mappings), paths, context, linked });
  return linked;
}

function sameMappings(a: DrizzleMappings, b: DrizzleMappings | undefined): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}

function linkSchema(fragments: readonly DrizzleFragment[], context: LinkContext): LinkedSchema {
  const files = fragments.map(({ file, mappings }) => ({ file, declarations: mappings.declarations }));
  const graph = createModuleGraph(files, (from, module) => context.resolve(from, module), new Consultations());
  const evaluator = createEvaluator(graph, { chains: true });
  const problems: Problem[] = [];
  const casingOf = casings(fragments);
  const tables: TableShape[] = [];
  const enums: EnumShape[] = [];
  const calls: { readonly result: Result; readonly at: TableShape['at'] }[] = [];
  const seen = new Set<Result>();
  for (const { file, mappings } of fragments) {
    if (!mappings.schema) continue;
    for (const [constant, value] of mappings.declarations.values) {
      if (value.is !== 'call') continue;
      const result = evaluator.evaluate({ is: 'name', name: constant }, { file, names: null, outer: null });
      const at = mappings.places[constant];
      if (!at || seen.has(result)) continue;
      seen.add(result);
      const table = tableOf(result, evaluator);
      if (table) tables.push({ ...table, result, constant, file, at, casing: casingOf(file) });
      const declared = table ? null : enumOf(result);
      if (declared) enums.push({ ...declared, result, at });
      if (!table && !declared) calls.push({ result, at });
    }
  }
  const kept = withoutDoubles(tables, context, problems);
  const world = createWorld(kept, enums, evaluator, problems);
  const relations = calls.flatMap(({ result, at }) => relationsOf(result, world, at));
  const built = buildTables(world, relations, context, problems);
  const inline = built.flatMap(({ columns, declared }) => inlineEnums(columns, declared));
  const linked = built.map(({ declared, table }) => ({ declared, table }));
  const byResult = new Map(linked.map((each) => [each.declared.shape.result, each.table]));
  return {
    graph,
    tables: linked,
    tableAt(file, name) {
      const result = evaluator.evaluate({ is: 'name', name }, { file, names: null, outer: null });
      return byResult.get(result);
    },
    enums: [...enums.map(({ name, namespace, values, at }) => ({ name, namespace, values, at })), ...inline],
    problems,
  };
}

interface BuiltTable {
  readonly declared: DeclaredTable;
  readonly columns: readonly BuiltColumn[];
  readonly table: Table;
}

function buildTables(
  world: World,
  relations: readonly DeclaredRelation[],
  context: LinkContext,
  problems: Problem[],
): readonly BuiltTable[] {
  const keys = new Map<DeclaredTable, Keys>();
  const columns = new Map<DeclaredTable, readonly BuiltColumn[]>();
  const byTable = groupBy(relations, ({ table }) => table);
  for (const declared of world.tables.values()) {
    const { shape } = declared;
    const built = declared.columns.map((column) =>
      columnOf(column, {
        table: shape,
        evaluator: world.evaluator,
        enums: world.enums,
        onUnknown: ({ chain, key, at }) =>
          problems.push({
            code: 'unknown-column-type',
            message: `${shape.constant}.${key} is made by ${chain.maker}, which is not part of what was read: its type is not known.`,
            severity: 'information',
            at,
          }),
      }),
    );
    columns.set(declared, built);
    keys.set(declared, keysOf(declared, built, world));
    const unread = shape.columns === null && shape.kind === 'table' ? 'its columns' : (shape.columns?.missing ?? null);
    if (unread !== null)
      problems.push({
        code: 'unread-columns',
        message: `${shape.constant} has columns that are put together by code and were not read (${unread.slice(0, 80)}).`,
        severity: 'information',
        at: shape.at,
      });
  }
  const isKey = (table: DeclaredTable, names: readonly string[]): boolean =>
    sameNames(keys.get(table)?.primaryKey ?? [], names);
  const isUnique = (table: DeclaredTable, names: readonly string[]): boolean => {
    const own = keys.get(table);
    if (!own) return false;
    return (
      isKey(table, names) ||
      own.uniques.some((unique) => sameNames(unique.columns, names)) ||
      own.indexes.some((index) => index.unique && index.where === null && sameNames(index.columns, names))
    );
  };
  const moduleOf = modules([...world.tables.values()], context.root);
  return [...world.tables.values()].map((declared): BuiltTable => {
    const { shape } = declared;
    const own = keys.get(declared);
    const built = columns.get(declared) ?? [];
    const ownRelations = linkRelations(byTable.get(declared) ?? [], relations, isUnique, isKey);
    const primaryKey = own?.primaryKey ?? [];
    const isTable = shape.kind === 'table';
    return {
      declared,
      columns: built,
      table: {
        name: shape.name,
        namespace: shape.namespace,
        entity: shape.constant,
        reader: 'drizzle',
        kind: shape.kind,
        columns: built.map(({ column }) =>
          primaryKey.includes(column.name) && column.nullable ? { ...column, nullable: false } : column,
        ),
        primaryKey: isTable ? primaryKey : [],
        primaryKeyName: isTable ? (own?.primaryKeyName ?? null) : null,
        uniques: isTable ? (own?.uniques ?? []) : [],
        indexes: own?.indexes ?? [],
        foreignKeys: isTable ? withRelated(own?.foreignKeys ?? [], byTable.get(declared) ?? [], isKey) : [],
        relations: ownRelations,
        checks: own?.checks ?? [],
        exclusions: [],
        inheritance: null,
        viewExpression: sqlOf(shape.query),
        comment: null,
        managed: shape.managed,
        module: moduleOf(shape.file),
        at: shape.at,
      },
    };
  });
}

/** Relations that no foreign key backs: the application joins over these columns all the same. */
function withRelated(
  foreignKeys: readonly ForeignKey[],
  relations: readonly DeclaredRelation[],
  isKey: (table: DeclaredTable, columns: readonly string[]) => boolean,
): readonly ForeignKey[] {
  const added: ForeignKey[] = [];
  for (const { list, columns, references, target, through, at, table } of relations) {
    const names = columns.map(({ name }) => name);
    const keys = references.map(({ name }) => name);
    if (list || through !== null || names.length === 0 || names.length !== keys.length) continue;
    if (isKey(table, names) && !isKey(target, keys)) continue;
    if (
      [...foreignKeys, ...added].some(
        (key) => sameNames(key.columns, names) && key.references.table === target.shape.name,
      )
    )
      continue;
    added.push({
      name: null,
      columns: names,
      references: { table: target.shape.name, namespace: target.shape.namespace, columns: keys },
      onDelete: null,
      onUpdate: null,
      deferrable: null,
      enforced: false,
      implied: true,
      origin: 'orm',
      at,
    });
  }
  return [...foreignKeys, ...added];
}

function inlineEnums(columns: readonly BuiltColumn[], { shape }: DeclaredTable): readonly EnumType[] {
  return columns.flatMap(({ column, values }): EnumType[] =>
    values && column.enum !== null ? [{ name: column.enum, namespace: shape.namespace, values, at: column.at }] : [],
  );
}

function sameNames(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((name) => b.includes(name));
}

/** A folder is one module; where it holds several files of tables, each file is. */
function modules(tables: readonly DeclaredTable[], root: string): (file: string) => string {
  const files = new Map<string, Set<string>>();
  for (const { shape } of tables) {
    const folder = directoryOf(shape.file);
    files.set(folder, (files.get(folder) ?? new Set()).add(shape.file));
  }
  return (file) => {
    const folder = directoryOf(file);
    const path = (files.get(folder)?.size ?? 0) > 1 ? file.replace(/\.[cm]?[jt]sx?$/, '') : folder;
    if (root === '') return path;
    return path === root ? '' : path.startsWith(`${root}/`) ? path.slice(root.length + 1) : path;
  };
}

/** Of the configuration nearest above a file, else of any. */
function casings(fragments: readonly DrizzleFragment[]): (file: string) => Casing | null {
  const stated = fragments.flatMap(({ file, mappings, facts }) =>
    mappings.casing === null || facts.purpose === 'test'
      ? []
      : [{ folder: directoryOf(file), casing: mappings.casing }],
  );
  const nearest = stated.toSorted((a, b) => b.folder.length - a.folder.length);
  return (file) => {
    const above = nearest.find(({ folder }) => folder === '' || file.startsWith(`${folder}/`));
    return (above ?? nearest[0])?.casing ?? null;
  };
}

/**
 * One table of each name: that of the application before those of its tests, that of the project's engine before those for others.
 * Schemas kept for several engines side by side declare the same tables once for each.
 */
function withoutDoubles(
  tables: readonly TableShape[],
  context: LinkContext,
  problems: Problem[],
): readonly TableShape[] {
  const groups = groupBy(tables, ({ name, namespace }) => `${namespace ?? ''}.${name}`);
  const dropped = new Set<TableShape>();
  for (const group of groups.values()) {
    if (group.length < 2) continue;
    const rank = ({ file, dialect }: TableShape): number =>
      (purposeOf(file) === 'application' ? 0 : 2) + (context.dialect === null || dialect === context.dialect ? 0 : 1);
    const best = Math.min(...group.map(rank));
    const [first, ...others] = group.filter((shape) => rank(shape) === best);
    for (const shape of group) if (shape !== first) dropped.add(shape);
    for (const { constant, name, at } of others)
      problems.push({
        code: 'duplicate-table',
        message: `${constant} declares the table ${name} once more; ${first?.constant ?? 'the first'} in ${first?.file ?? 'another file'} is the one that is shown.`,
        severity: 'information',
        at,
      });
  }
  return tables.filter((shape) => !dropped.has(shape));
}
