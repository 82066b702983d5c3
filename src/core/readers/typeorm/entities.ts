/** Entity metadata before relations are joined: `EntityMetadata` and the first steps of `EntityMetadataBuilder` (typeorm 1.1). */
import { makeColumn, makeVirtualColumn, nameColumn, overriddenDefault } from './columns.ts';
import type {
  ColumnArgs,
  EmbeddedArgs,
  EmbeddedMeta,
  EntityMeta,
  IndexArgs,
  RelationArgs,
  RelationMeta,
  Settings,
  TableArgs,
  Target,
} from './model.ts';
import { shorten } from './naming.ts';
import { lineage } from './targets.ts';
import type { Targets } from './targets.ts';

export function createEntity(target: Target, table: TableArgs, settings: Settings, all: readonly Target[]): EntityMeta {
  const tree = [...lineage(target)];
  // A table shared by a hierarchy has the columns of all its children.
  if (target.args.inheritance?.pattern === 'STI' || table.type === 'entity-child') {
    const children = all.filter(
      (each) => each !== target && each.args.table?.type === 'entity-child' && lineage(each).includes(target),
    );
    tree.push(...children.toSorted((a, b) => lineage(a).length - lineage(b).length));
  }
  return emptyEntity(target, table, settings, tree);
}

export function emptyEntity(
  target: Target | null,
  table: TableArgs,
  settings: Settings,
  tree: readonly Target[],
): EntityMeta {
  return {
    target,
    table,
    settings,
    tree,
    parent: null,
    children: [],
    inheritance: target?.args.inheritance?.pattern ?? null,
    treeArgs: target?.args.tree ?? null,
    schema: null,
    database: null,
    givenName: null,
    nameWithoutPrefix: '',
    name: '',
    ownColumns: [],
    ownRelations: [],
    embeddeds: [],
    ownIndices: [],
    ownUniques: [],
    columns: [],
    relations: [],
    foreignKeys: [],
    at: target?.at ?? { file: '', line: 1, column: 1, endLine: 1, endColumn: 1 },
  };
}

/** Table name, schema, database. Children come after their parents. */
export function nameEntity(entity: EntityMeta): void {
  const { table, settings, parent } = entity;
  const child = table.type === 'entity-child' && parent !== null;
  entity.database = child ? parent.database : table.database;
  entity.schema = table.schema ?? (child ? parent.schema : settings.schema);
  entity.givenName = child ? parent.givenName : table.name;
  const { naming, driver, entityPrefix } = settings;
  if (table.type === 'closure-junction') {
    entity.nameWithoutPrefix = naming.closureJunctionTableName(entity.givenName ?? '');
  } else {
    const named = child ? parent : entity;
    entity.nameWithoutPrefix = naming.tableName(named.target?.name ?? '', entity.givenName);
    if (
      table.type === 'junction' &&
      driver.maxAliasLength !== null &&
      entity.nameWithoutPrefix.length > driver.maxAliasLength
    )
      entity.nameWithoutPrefix = shorten(entity.nameWithoutPrefix);
  }
  entity.name = entityPrefix
    ? naming.prefixTableName(entityPrefix, entity.nameWithoutPrefix)
    : entity.nameWithoutPrefix;
}

/** In the order TypeORM's storage has them: the topmost class first, then down to the class itself, then its children. */
function stored(entity: EntityMeta): readonly Target[] {
  const line = entity.target ? lineage(entity.target) : [];
  return [...line.toReversed(), ...entity.tree.slice(line.length)];
}

function withoutDuplicates<T extends { readonly property: string }>(items: readonly T[]): readonly T[] {
  const seen = new Set<string>();
  return items.filter(({ property }) => !seen.has(property) && seen.add(property));
}

function embeddedArgs(targets: readonly Target[]): readonly EmbeddedArgs[] {
  const seen = new Set<string>();
  return targets
    .flatMap((target) => target.args.embeddeds)
    .filter(({ property, prefix }) => {
      const key = `${property}\0${String(prefix)}`;
      return !seen.has(key) && seen.add(key);
    });
}

/** Of the same relation in a class and its base, the base's options and the class's target. */
function relationArgs(entity: EntityMeta): readonly RelationArgs[] {
  const found = new Map<string, RelationArgs>();
  for (const target of stored(entity)) {
    for (const args of target.args.relations) {
      const known = found.get(args.property);
      if (!known) found.set(args.property, args);
      else if (entity.tree.indexOf(target) < entity.tree.indexOf(known.target))
        found.set(args.property, { ...known, type: args.type });
    }
  }
  return [...found.values()];
}

/** Own and embedded columns, relations, indexes and constraints of one entity; of children, those of their parent. */
export function fillEntity(entity: EntityMeta, targets: Targets): void {
  const order = stored(entity);
  entity.embeddeds = embeddedArgs(order).flatMap((args) => createEmbedded(entity, null, args, targets));
  if (entity.inheritance === 'STI')
    for (const embedded of entity.embeddeds) for (const column of embedded.columns) column.isNullable = true;
  const columns = withoutDuplicates(order.flatMap((target) => target.args.columns));
  entity.ownColumns = columns.flatMap((args) => {
    if (entity.table.type === 'entity-child')
      return entity.parent?.ownColumns.find((each) => each.property === args.property) ?? [];
    return [createColumn(entity, args)];
  });
  addDiscriminator(entity);
  addTreeColumns(entity);
  entity.ownRelations = relationArgs(entity).flatMap((args) => {
    if (entity.table.type === 'entity-child')
      return entity.parent?.ownRelations.find((each) => each.args.property === args.property) ?? [];
    return [createRelation(entity, null, args)];
  });
  addConstraints(entity, order);
}

function createColumn(entity: EntityMeta, args: ColumnArgs): EntityMeta['ownColumns'][number] {
  const inherited = entity.table.type === 'regular' && args.target !== entity.target;
  const given = inherited ? overriddenDefault(args, entity.target) : args.options.default;
  const column = makeColumn(
    entity,
    null,
    given === args.options.default ? args : { ...args, options: { ...args.options, default: given } },
  );
  // The other rows of the shared table have no value there.
  if (args.target?.args.table?.type === 'entity-child') column.isNullable = true;
  return column;
}

function addDiscriminator(entity: EntityMeta): void {
  const { target, parent } = entity;
  const options = target?.args.inheritance?.column;
  if (options) {
    const name = options.name ?? 'type';
    const known = entity.ownColumns.find((each) => each.property === name);
    if (known) known.role = 'discriminator';
    else {
      const column = makeVirtualColumn(entity, null, name, { ...options, type: options.type ?? 'String' }, entity);
      column.role = 'discriminator';
      entity.ownColumns.push(column);
    }
  }
  if (entity.table.type !== 'entity-child' || !parent) return;
  const discriminator = parent.ownColumns.find((each) => each.role === 'discriminator');
  if (discriminator && !entity.ownColumns.includes(discriminator)) entity.ownColumns.push(discriminator);
  entity.inheritance = parent.inheritance;
  entity.treeArgs ??= parent.treeArgs;
}

function addTreeColumns(entity: EntityMeta): void {
  const { naming } = entity.settings;
  const add = (
    property: string,
    role: 'tree-path' | 'tree-left' | 'tree-right',
    type: string,
    initial: string | number,
  ): void => {
    const column = makeVirtualColumn(
      entity,
      null,
      property,
      {
        name: property === 'mpath' ? naming.materializedPathColumnName : property,
        type,
        nullable: role === 'tree-path',
        default: initial,
      },
      entity,
    );
    column.role = role;
    entity.ownColumns.push(column);
  };
  if (entity.treeArgs?.type === 'materialized-path') add('mpath', 'tree-path', 'String', '');
  if (entity.treeArgs?.type === 'nested-set') {
    add(naming.nestedSetColumnNames.left, 'tree-left', 'Number', 1);
    add(naming.nestedSetColumnNames.right, 'tree-right', 'Number', 2);
  }
}

function createRelation(entity: EntityMeta, embedded: EmbeddedMeta | null, args: RelationArgs): RelationMeta {
  return {
    entity,
    embedded,
    args,
    type: args.type,
    path: embedded ? [...embedded.properties, args.property].join('.') : args.property,
    inverseEntity: null,
    inversePath: '',
    inverse: null,
    joinColumns: [],
    junction: null,
    owner: false,
  };
}

/** Nothing where the embedded class is not known; that is reported when targets are checked. */
function createEmbedded(
  entity: EntityMeta,
  parent: EmbeddedMeta | null,
  args: EmbeddedArgs,
  targets: Targets,
): readonly EmbeddedMeta[] {
  const type = targets.ofEmbedded(args.type, entity.target?.file ?? entity.at.file);
  if (type === null || typeof type === 'string') return [];
  const line = lineage(type);
  // A class embedded in itself has no end; TypeORM does not survive it either.
  for (let above = parent; above; above = above.parent) if (above.args === args) return [];
  const order = line.toReversed();
  const partial =
    typeof args.prefix === 'string'
      ? args.prefix === ''
        ? []
        : [args.prefix]
      : args.prefix === false
        ? []
        : [args.property];
  const embedded: EmbeddedMeta = {
    entity,
    args,
    parent,
    columns: [],
    relations: [],
    indices: [],
    uniques: [],
    embeddeds: [],
    properties: [...(parent?.properties ?? []), args.property],
    prefixes: [...(parent?.prefixes ?? []), ...partial],
  };
  for (const column of withoutDuplicates(order.flatMap((each) => each.args.columns)))
    embedded.columns.push(makeColumn(entity, embedded, column));
  for (const relation of withoutDuplicates(order.flatMap((each) => each.args.relations)))
    embedded.relations.push(createRelation(entity, embedded, relation));
  for (const index of order.flatMap((each) => each.args.indices)) embedded.indices.push(indexMeta(index, embedded));
  for (const unique of order.flatMap((each) => each.args.uniques))
    embedded.uniques.push({ embedded, args: unique, columns: [], name: null, byOrm: false });
  for (const inner of embeddedArgs(order)) embedded.embeddeds.push(...createEmbedded(entity, embedded, inner, targets));
  return [embedded];
}

export function indexMeta(args: IndexArgs, embedded: EmbeddedMeta | null): EntityMeta['ownIndices'][number] {
  return { embedded, args, columns: [], orders: [], name: null, byOrm: false };
}

function addConstraints(entity: EntityMeta, order: readonly Target[]): void {
  const { driver } = entity.settings;
  const indices = order.flatMap((target) => target.args.indices);
  const uniques = order.flatMap((target) => target.args.uniques);
  const cockroach = driver.dialect === 'cockroachdb';
  for (const args of indices) {
    if (cockroach && args.unique)
      entity.ownUniques.push({
        embedded: null,
        args: { ...args, deferrable: null },
        columns: [],
        name: null,
        byOrm: false,
      });
    else entity.ownIndices.push(indexMeta(args, null));
  }
  for (const args of uniques) {
    if (driver.uniquesAreIndexes)
      entity.ownIndices.push(
        indexMeta(
          {
            name: args.name,
            columns: args.columns,
            unique: true,
            method: null,
            where: null,
            synchronize: true,
            at: args.at,
          },
          null,
        ),
      );
    else entity.ownUniques.push({ embedded: null, args, columns: [], name: null, byOrm: false });
  }
}

/** Names of all columns, and the flat lists of own and embedded ones. */
export function settleEntity(entity: EntityMeta): void {
  const embeddeds = flatten(entity.embeddeds);
  entity.columns = [...entity.ownColumns, ...embeddeds.flatMap((each) => each.columns)];
  entity.relations = [...entity.ownRelations, ...embeddeds.flatMap((each) => each.relations)];
  for (const column of entity.columns) nameColumn(column);
}

export function flatten(embeddeds: readonly EmbeddedMeta[]): readonly EmbeddedMeta[] {
  return embeddeds.flatMap((each) => [each, ...flatten(each.embeddeds)]);
}
