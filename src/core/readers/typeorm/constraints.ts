/** Which columns indexes and unique constraints are on, and their names: `IndexMetadata`, `UniqueMetadata` of typeorm 1.1. */
import { isFunction, isList, isObject, ownKeys } from '../shared/typescript/results.ts';
import type { Evaluator } from '../shared/typescript/evaluate.ts';
import type { ObjectResult, Result } from '../shared/typescript/results.ts';
import { generationOf } from './columns.ts';
import { flatten } from './entities.ts';
import type { Report } from './joins.ts';
import type { ColumnMeta, ColumnPaths, EmbeddedMeta, EntityMeta, IndexMeta, UniqueMeta } from './model.ts';

export function indexesOf(entity: EntityMeta): readonly IndexMeta[] {
  return [...entity.ownIndices, ...flatten(entity.embeddeds).flatMap((each) => each.indices)];
}

export function uniquesOf(entity: EntityMeta): readonly UniqueMeta[] {
  return [...entity.ownUniques, ...flatten(entity.embeddeds).flatMap((each) => each.uniques)];
}

export function buildConstraints(entity: EntityMeta, evaluator: Evaluator, report: Report): void {
  const { naming } = entity.settings;
  const indexes = indexesOf(entity);
  addDiscriminatorIndex(entity, indexes);
  for (const index of [...indexes, ...entity.ownIndices.filter((each) => !indexes.includes(each))]) {
    const { args } = index;
    if (args.columns !== undefined) {
      const paths = pathsOf(args.columns, index.embedded, entity, evaluator);
      const resolved = resolvePaths(paths, entity, `Index ${args.name ? `"${args.name}" ` : ''}`, report, args.at);
      index.columns = resolved;
      if (paths.some((each) => each.order === 'desc'))
        index.orders = resolved.map((column) => paths.find((each) => each.path === column.path)?.order ?? 'asc');
    }
    // TypeORM neither creates nor names an index it is told to leave alone.
    index.name =
      args.name ?? (args.synchronize ? naming.indexName(entity.name, namesOf(index.columns), args.where) : null);
  }
  for (const unique of uniquesOf(entity)) {
    const { args } = unique;
    if (args.columns !== undefined) {
      const paths = pathsOf(args.columns, unique.embedded, entity, evaluator);
      unique.columns = resolvePaths(
        paths,
        entity,
        `Unique constraint ${args.name ? `"${args.name}" ` : ''}`,
        report,
        args.at,
      );
    }
    unique.name = args.name ?? naming.uniqueConstraintName(entity.name, namesOf(unique.columns));
  }
}

export function namesOf(columns: readonly ColumnMeta[]): readonly string[] {
  return columns.map((column) => column.name);
}

/** Every query of a single-table hierarchy filters by the discriminator, so TypeORM indexes it. */
function addDiscriminatorIndex(entity: EntityMeta, indexes: readonly IndexMeta[]): void {
  const discriminator = entity.columns.find((column) => column.role === 'discriminator');
  if (entity.inheritance !== 'STI' || !discriminator) return;
  // TypeORM loses this index when it recomputes an entity with embeddeds for its generated column.
  if (entity.embeddeds.length > 0 && entity.columns.some((column) => generationOf(column) !== null)) return;
  const indexed = indexes.some(({ args }) => {
    return isList(args.columns) && args.columns.length === 1 && args.columns[0] === discriminator.name;
  });
  if (indexed) return;
  const args = {
    name: null,
    columns: undefined,
    unique: false,
    method: null,
    where: null,
    synchronize: true,
    at: entity.at,
  };
  entity.ownIndices.push({ embedded: null, args, columns: [discriminator], orders: [], name: null, byOrm: true });
}

interface IndexedPath {
  readonly path: string;
  readonly order: 'asc' | 'desc';
}

function pathsOf(
  columns: ColumnPaths,
  embedded: EmbeddedMeta | null,
  entity: EntityMeta,
  evaluator: Evaluator,
): readonly IndexedPath[] {
  const prefix = embedded ? `${embedded.properties.join('.')}.` : '';
  if (isFunction(columns)) return pathsOf(evaluator.call(columns, [propertiesMap(entity)]), null, entity, evaluator);
  if (isList(columns))
    return columns.flatMap((each) =>
      typeof each === 'string' ? [{ path: prefix + each.trim(), order: 'asc' as const }] : [],
    );
  if (isObject(columns)) {
    return ownKeys(columns).map((path) => {
      const value = columns.entries.get(path);
      return { path, order: value === -1 ? 'desc' : 'asc' };
    });
  }
  return [];
}

/** `{ name: 'name', address: { street: 'address.street' } }`, as TypeORM hands it to `(user) => [user.name]`. */
export function propertiesMap(entity: EntityMeta): ObjectResult {
  const root = new Map<string, Result>();
  for (const { path } of [...entity.columns, ...entity.relations]) {
    const parts = path.split('.');
    let here = root;
    parts.forEach((part, index) => {
      const known = here.get(part);
      if (index === parts.length - 1) {
        if (known === undefined) here.set(part, path);
        return;
      }
      // `customer.id` of a join column lies where the relation `customer` itself will be.
      const next =
        isObject(known) && known.entries instanceof Map
          ? (known.entries as Map<string, Result>)
          : new Map<string, Result>();
      if (!isObject(known)) here.set(part, { is: 'object', entries: next, positions: new Map(), missing: null });
      here = next;
    });
  }
  for (const relation of entity.relations) if (!relation.path.includes('.')) root.set(relation.path, relation.path);
  return { is: 'object', entries: root, positions: new Map(), missing: null };
}

function resolvePaths(
  paths: readonly IndexedPath[],
  entity: EntityMeta,
  what: string,
  report: Report,
  at: ColumnMeta['at'],
): readonly ColumnMeta[] {
  return paths.flatMap(({ path }) => {
    const column = entity.columns.find((each) => each.path === path);
    if (column) return [column];
    const relation = entity.relations.find((each) => {
      const withColumns = each.args.kind === 'many-to-one' || (each.args.kind === 'one-to-one' && each.owner);
      return withColumns && each.args.property === path;
    });
    if (relation) return relation.joinColumns;
    // A property that a decorator of the project's own maps may be known by its column alone.
    const named = entity.columns.find((each) => each.name === path);
    if (named) return [named];
    report('unknown-column', `${what}names "${path}", which ${entity.target?.name ?? entity.name} does not have.`, at);
    return [];
  });
}
