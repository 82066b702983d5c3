/** All fragments of a project → tables that mappers tell of, and their statements as queries of the interfaces that execute them. */
import type { FileFacts, PathUse, Query } from '../../schema/code.ts';
import type { Table } from '../../schema/model.ts';
import type { Fragment, LinkContext, LinkResult } from '../reader.ts';
import { directoryOf } from '../shared/paths.ts';
import { pathResolver, tableFinder } from '../shared/physicalPaths.ts';
import type { PathResolver, Tables } from '../shared/physicalPaths.ts';
import type { JavaType } from '../shared/java/model.ts';
import { parseType, simpleName } from '../shared/java/typeText.ts';
import { createWorld, substituted } from '../shared/java/world.ts';
import type { JavaWorld, KnownClass } from '../shared/java/world.ts';
import type { MapperFile, MybatisMappings, Statement } from './mappings.ts';
import { annotatedTables, mappedTables } from './tables.ts';
import type { DerivedTable, TableOptions } from './tables.ts';

interface Linker {
  readonly world: JavaWorld;
  readonly find: Tables['table'];
  readonly ofEntity: ReadonlyMap<string, Table>;
  readonly paths: PathResolver;
  /** Table of each mapper, by the full name of its interface: that of the first statement which names one. */
  readonly ofMapper: ReadonlyMap<string, string>;
}

export function link(fragments: readonly Fragment<MybatisMappings>[], context: LinkContext): LinkResult {
  const world = createWorld(
    fragments.flatMap(({ file, mappings }) => (mappings.java ? [{ path: file, java: mappings.java }] : [])),
  );
  const mappers = mergedMappers(fragments.flatMap(({ mappings }) => mappings.mapper ?? []));
  const settings = fragments.map(({ mappings }) => mappings.settings).find((each) => each !== null) ?? null;
  const options: TableOptions = {
    world,
    dialect: context.dialect,
    settings,
    moduleOf: (file) => moduleOf(file, context.root),
  };
  const tables = mergedTables([...annotatedTables(options), ...mappedTables(mappers, options)]);
  const named = new Map(tables.map(({ table }) => [`${table.namespace ?? ''}.${table.name}`, table]));
  const find = tableFinder(named);
  const ofEntity = new Map(tables.flatMap(({ table, entity }) => (entity === null ? [] : [[entity, table] as const])));
  const ofMapper = new Map(
    mappers.flatMap(({ namespace, statements: own }) => {
      const table = own.find(({ query }) => query.table !== null)?.query.table;
      return table == null ? [] : [[namespace, table] as const];
    }),
  );
  const linker: Linker = {
    world,
    find,
    ofEntity,
    paths: pathResolver({ entity: () => undefined, table: find }),
    ofMapper,
  };
  const statements = byInterface(fragments, linker);
  return {
    tables: tables.map(({ table }) => table),
    enums: [],
    files: fragments.map(({ file, facts }) => ({
      ...facts,
      queries: [
        ...facts.queries.flatMap((query) => linkCall(query, facts, linker)),
        ...(statements.get(file) ?? []),
      ].sort((a, b) => a.at.line - b.at.line || a.at.column - b.at.column),
    })),
    problems: [],
  };
}

/** An interface may have its statements in a file and in annotations: they are one mapper. */
function mergedMappers(mappers: readonly MapperFile[]): readonly MapperFile[] {
  const byNamespace = new Map<string, MapperFile>();
  for (const mapper of mappers) {
    const known = byNamespace.get(mapper.namespace);
    byNamespace.set(
      mapper.namespace,
      known
        ? {
            ...known,
            resultMaps: [...known.resultMaps, ...mapper.resultMaps],
            statements: [...known.statements, ...mapper.statements],
          }
        : mapper,
    );
  }
  return [...byNamespace.values()];
}

/** The same table of several mappers: what one knows and another does not is put together. */
function mergedTables(tables: readonly DerivedTable[]): readonly DerivedTable[] {
  const byName = new Map<string, DerivedTable>();
  // Who knows most of it is its mapper; others write a column or two.
  for (const each of tables.toSorted((a, b) => b.table.columns.length - a.table.columns.length)) {
    const key = `${each.table.namespace ?? ''}.${each.table.name}`.toLowerCase();
    const known = byName.get(key);
    if (!known) {
      byName.set(key, each);
      continue;
    }
    const names = new Set(known.table.columns.map(({ name }) => name.toLowerCase()));
    const columns = [
      ...known.table.columns,
      ...each.table.columns.filter(({ name }) => !names.has(name.toLowerCase())),
    ];
    const primaryKey = known.table.primaryKey.length > 0 ? known.table.primaryKey : each.table.primaryKey;
    byName.set(key, {
      entity: known.entity ?? each.entity,
      table: { ...known.table, entity: known.table.entity ?? each.table.entity, columns, primaryKey },
    });
  }
  return [...byName.values()];
}

/** Statements as queries, by the file they are executed from: that of the interface, else the one they stand in. */
function byInterface(
  fragments: readonly Fragment<MybatisMappings>[],
  linker: Linker,
): ReadonlyMap<string, readonly Query[]> {
  const facts = new Map(fragments.map(({ file, facts: own }) => [file, own]));
  const found = new Map<string, Query[]>();
  for (const { file, mappings } of fragments) {
    if (!mappings.mapper) continue;
    const known = linker.world.byName(mappings.mapper.namespace);
    const own = known ? facts.get(known.path) : undefined;
    const home = known && own && own.functions.length > 0 ? known.path : file;
    const list = found.get(home) ?? [];
    for (const statement of mappings.mapper.statements)
      list.push(statementQuery(statement, known, home === file && !known ? undefined : own, linker));
    found.set(home, list);
  }
  return found;
}

function statementQuery(
  statement: Statement,
  known: KnownClass | undefined,
  facts: FileFacts | undefined,
  linker: Linker,
): Query {
  const { id, query } = statement;
  const method = known?.declaration.methods.find(({ name }) => name === id);
  const owner = known ? simpleName(known.declaration.name) : null;
  const index = facts?.functions.findIndex((each) => each.name === id && each.owner === owner) ?? -1;
  const type = method?.type;
  const isMany =
    type !== undefined &&
    (type.array || /^(?:List|Set|Collection|Map|Page|IPage|Cursor|PageInfo|Iterable)$/u.test(simpleName(type.name)));
  const rows = query.operation === 'select' && type !== undefined ? (isMany ? 'many' : 'one') : query.rows;
  // The page comes as a parameter, or from a plug-in that the call before sets up.
  const page =
    method?.parameters.some((parameter) =>
      /^(?:IPage|Page|RowBounds|Pageable)$/u.test(simpleName(parameter.type.name)),
    ) === true;
  // What MyBatis puts into the class of the table fills each of its members.
  const row = known && statement.resultType !== null ? linker.world.resolve(statement.resultType, known) : undefined;
  const isEntity =
    row !== undefined && query.table !== null && linker.ofEntity.get(row.qualified)?.name === query.table;
  const isNumber = (text: string): boolean => known !== undefined && isOfNumbers(text, statement, known, linker);
  return withTargets(
    {
      ...query,
      ...(isEntity ? { asEntities: true as const } : {}),
      sql: query.sql && {
        ...query.sql,
        interpolations: query.sql.interpolations.filter(({ text }) => !isNumber(text)),
      },
      function: index === -1 ? null : index,
      rows,
      uses: method?.parameters.map(({ name }) => name) ?? query.uses,
      limit: query.limit ?? (page ? { value: null, at: query.at } : null),
      offset: query.offset ?? (page ? { value: null, at: query.at } : null),
    },
    query.table === null ? undefined : linker.find(query.table, query.namespace),
    linker,
  );
}

/** What stands in `${…}` is a number, as the interface or the statement declares it: nothing that could hold SQL. */
function isOfNumbers(text: string, { id, parameterType }: Statement, known: KnownClass, { world }: Linker): boolean {
  const [first = '', second, ...more] = text.trim().split('.');
  if (more.length > 0 || !/^\w+$/u.test(first)) return false;
  const parameters = known.declaration.methods.find(({ name }) => name === id)?.parameters ?? [];
  const named = parameters.find(
    ({ name, annotations }) =>
      name === first ||
      annotations.some(
        (each) =>
          each.name === 'Param' && each.arguments.some(({ value }) => value.kind === 'string' && value.value === first),
      ),
  );
  // One parameter goes by any name, and by those of its members.
  const [only, ...others] = parameters;
  const parameter = named ?? (only && others.length === 0 ? only : undefined);
  if (parameter === undefined) return second === undefined && numbers.test(parameterType ?? '');
  if (parameter.type.array) return false;
  const member = named ? second : text.trim();
  if (member === undefined || numbers.test(parameter.type.name)) return numbers.test(parameter.type.name);
  const field = world.resolve(parameter.type.name, known)?.declaration.fields.find(({ name }) => name === member);
  return field !== undefined && !field.type.array && numbers.test(field.type.name);
}

const numbers =
  /^(?:java\.(?:lang|math)\.)?_?(?:int|integer|long|short|byte|double|float|boolean|BigDecimal|BigInteger)$/iu;

const libraryBase = /^(?:BaseMapper|IService|ServiceImpl|MPJBaseMapper)$/u;

/** Entity of a mapper or service: the last type argument of the library's class it goes back to. */
function entityOf(type: JavaType, from: KnownClass, linker: Linker, depth = 0): KnownClass | undefined {
  const known = linker.world.resolve(type.name, from);
  if (!known) {
    const element = libraryBase.test(simpleName(type.name)) ? type.arguments.at(-1) : undefined;
    return element && linker.world.resolve(element.name, from);
  }
  if (depth > 8) return undefined;
  const { declaration } = known;
  const environment = new Map(
    declaration.typeParameters.map(
      ({ name }, at) => [name, type.arguments[at] ?? { name: 'Object', arguments: [], array: false }] as const,
    ),
  );
  for (const base of [...(declaration.extends ? [declaration.extends] : []), ...declaration.implements]) {
    const put = substituted(base, environment);
    const found =
      entityOf(put, known, linker, depth + 1) ??
      (libraryBase.test(simpleName(put.name)) && put.arguments.at(-1)
        ? linker.world.resolve(put.arguments.at(-1)?.name ?? '', from)
        : undefined);
    if (found) return found;
  }
  return undefined;
}

/** A call of what the library's base class brings; one that the interface declares leads to its statement. */
function linkCall(query: Query, facts: FileFacts, linker: Linker): Query[] {
  const { receiver } = query;
  if (receiver === null) return [query];
  const classes = linker.world.classes.filter(({ path }) => path === facts.file);
  const from = classes.find(({ declaration }) => declaration.name === receiver) ?? classes[0];
  if (!from) return [];
  const type = parseType(receiver);
  const known = linker.world.resolve(type.name, from);
  if (query.api.includes('ByExample')) {
    const of = known && linker.ofMapper.get(known.qualified);
    return of ? [withTargets({ ...query, receiver: null }, linker.find(of, null), linker)] : [];
  }
  if (known?.declaration.methods.some(({ name }) => name === query.api)) return [];
  const entity = entityOf(type, from, linker);
  const table = entity ? linker.ofEntity.get(entity.qualified) : undefined;
  return table ? [withTargets({ ...query, receiver: null }, table, linker)] : [];
}

function withTargets(query: Query, table: Table | undefined, { paths }: Linker): Query {
  if (!table) return query;
  const target = <Use extends PathUse>(uses: readonly Use[]): Use[] =>
    uses.map((use) => {
      const found = paths.resolve(table, use.path, null);
      return found ? { ...use, target: found } : use;
    });
  return {
    ...query,
    entity: table.entity,
    table: table.name,
    namespace: table.namespace,
    filters: target(query.filters),
    sorts: target(query.sorts),
    joins: target(query.joins),
    groups: target(query.groups),
    writes: target(query.writes),
  };
}

function moduleOf(file: string, root: string): string {
  const folder = directoryOf(file);
  return root !== '' && folder.startsWith(`${root}/`) ? folder.slice(root.length + 1) : folder === root ? '' : folder;
}
