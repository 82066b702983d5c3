/** Foreign keys, keys and indexes of an entity's table. */
import type { ForeignKey, Index, ReferentialAction, Unique } from '../../schema/model.ts';
import type { SourceRange } from '../../schema/source.ts';
import { isFunction, isList, isMember } from '../shared/typescript/results.ts';
import type { Result } from '../shared/typescript/results.ts';
import type { Entity } from './model.ts';
import type { NameKind } from './naming.ts';
import { discriminatorOf, text } from './world.ts';
import type { Field, World } from './world.ts';

/** Name of a key or index of the table. */
export type Named = (names: readonly string[], kind: NameKind) => string;

function indexOf(name: string, columns: readonly string[], origin: 'declared' | 'orm', at: SourceRange): Index {
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

/** Of the property itself, and those that MikroORM makes for foreign keys; PostgreSQL gets none. */
export function ownIndexes(
  field: Field,
  entity: Entity,
  declared: readonly Index[],
  named: Named,
  world: World,
): { readonly uniques: readonly Unique[]; readonly indexes: readonly Index[] } {
  const { property, primary, target } = field;
  const { options, kind, at } = property;
  const columns = field.columns.map(({ name }) => name);
  const unique = options.get('unique') ?? (kind === '1:1' && world.owns(property) ? true : undefined);
  const sole = primary && world.keyColumns(entity).length === 1;
  const uniques: Unique[] =
    unique !== undefined && unique !== false && !sole
      ? [
          {
            name: typeof unique === 'string' ? unique : named(columns, 'unique'),
            columns,
            nullsNotDistinct: false,
            deferrable: null,
            origin: kind === '1:1' && !options.has('unique') ? 'orm' : 'declared',
            at,
          },
        ]
      : [];
  const index = options.get('index');
  if (index !== undefined && index !== false)
    return {
      uniques,
      indexes: [indexOf(typeof index === 'string' ? index : named(columns, 'index'), columns, 'declared', at)],
    };
  const hasOwn = declared.some((each) => each.columns.join() === columns.join());
  const byItself =
    target !== null &&
    kind === 'm:1' &&
    index !== false &&
    !hasOwn &&
    !/^(?:postgresql|cockroachdb|mongodb)$/.test(world.settings.dialect);
  return { uniques, indexes: byItself ? [indexOf(named(columns, 'index'), columns, 'orm', at)] : [] };
}

/** Indexes and keys of the class, its bases, and its children in the same table. */
export function declaredIndexes(
  entity: Entity,
  world: World,
  named: Named,
  parent: Entity | null,
): { readonly indexes: readonly Index[]; readonly uniques: readonly Unique[] } {
  const indexes: Index[] = [];
  const uniques: Unique[] = [];
  const sources: Entity[] = [];
  for (let at: Entity | null = entity, depth = 0; at && at !== parent && depth < 20; at = at.base, depth++)
    sources.unshift(at);
  if (discriminatorOf(entity) !== null) sources.push(...world.children(entity));
  const fields = world.fields(entity);
  for (const source of sources)
    for (const { properties, options, unique, at } of source.indexes) {
      const columns = properties.flatMap((path) => columnsAt(path, fields));
      const expression = options.get('expression');
      if (columns.length === 0 && expression === undefined) continue;
      const name = text(options.get('name')) ?? named(columns, unique ? 'unique' : 'index');
      const where = options.get('where');
      const type = options.get('type');
      if (unique && where === undefined && expression === undefined) {
        uniques.push({
          name,
          columns,
          nullsNotDistinct: false,
          deferrable: text(options.get('deferMode')),
          origin: 'declared',
          at,
        });
        continue;
      }
      indexes.push({
        ...indexOf(name, columns, 'declared', at),
        unique,
        method: typeof type === 'string' ? type : null,
        where: where === undefined ? null : (text(where) ?? ''),
        expression:
          expression === undefined ? null : (text(expression) ?? (isFunction(expression) ? expression.value.text : '')),
      });
    }
  return { indexes, uniques };
}

function columnsAt(path: string, fields: readonly Field[]): readonly string[] {
  const field = fields.find((each) => each.path === path);
  if (field) return field.columns.map(({ name }) => name);
  const within = fields.filter((each) => each.path.startsWith(`${path}.`));
  return within.flatMap(({ columns }) => columns.map(({ name }) => name));
}

const actions: Readonly<Record<string, ReferentialAction>> = {
  cascade: 'CASCADE',
  restrict: 'RESTRICT',
  'no action': 'NO ACTION',
  'set null': 'SET NULL',
  'set default': 'SET DEFAULT',
};

export function actionOf(value: Result): ReferentialAction | null {
  return typeof value === 'string' ? (actions[value.toLowerCase()] ?? null) : null;
}

export function foreignKeyOf(
  field: Field,
  fields: readonly Field[],
  named: Named,
  world: World,
): readonly ForeignKey[] {
  const { target, property, nullable, references } = field;
  if (!target || world.root(target).options.get('view') === true) return [];
  const { options, at } = property;
  const columns = field.columns.map(({ name }) => name);
  const primary = fields.filter((each) => each.primary);
  const onlyKeys = field.primary && primary.every((each) => each.target !== null);
  const composite = references.length > 1;
  const cascade = options.get('cascade');
  const cascades = (kind: RegExp): boolean => isList(cascade) && cascade.some((each) => kind.test(nameOfCascade(each)));
  const before = world.settings.major < 7;
  const onDelete =
    actionOf(options.get('deleteRule') ?? options.get('onDelete')) ??
    (before && cascades(/REMOVE|ALL/i) ? 'CASCADE' : null) ??
    (onlyKeys && (!before || primary.length === 1) ? 'CASCADE' : null) ??
    (nullable ? 'SET NULL' : null);
  const persists = cascade === undefined || cascades(/PERSIST|ALL/i);
  const onUpdate =
    actionOf(options.get('updateRule') ?? options.get('onUpdateIntegrity')) ??
    (before ? (persists ? 'CASCADE' : null) : onlyKeys || composite ? 'CASCADE' : null);
  return [
    {
      name: text(options.get('foreignKeyName')) ?? named(columns, 'foreign'),
      columns,
      references: { table: world.tableName(target), namespace: world.namespace(target), columns: references },
      onDelete,
      onUpdate,
      deferrable: text(options.get('deferMode')),
      enforced: options.get('createForeignKeyConstraint') !== false,
      origin: 'declared',
      at,
    },
  ];
}

function nameOfCascade(value: Result): string {
  return isMember(value) ? value.name : typeof value === 'string' ? value : '';
}

/** The child's key is the parent's. */
export function parentKey(
  entity: Entity,
  parent: Entity,
  keys: readonly string[],
  named: Named,
  world: World,
): ForeignKey {
  return {
    name: named(keys, 'foreign'),
    columns: keys,
    references: {
      table: world.tableName(parent),
      namespace: world.namespace(parent),
      columns: world.keyColumns(parent).map(({ name }) => name),
    },
    onDelete: 'CASCADE',
    onUpdate: 'CASCADE',
    deferrable: null,
    enforced: true,
    origin: 'orm',
    at: entity.at,
  };
}

export function discriminatorIndex(
  entity: Entity,
  property: string | null,
  named: Named,
  world: World,
): readonly Index[] {
  if (property === null) return [];
  const declared = world.properties(entity).get(property)?.options.get('index');
  if (declared !== undefined) return [];
  const column =
    world.fields(entity).find(({ path }) => path === property)?.columns[0]?.name ??
    world.settings.naming.column(property);
  return [indexOf(named([column], 'index'), [column], 'orm', entity.at)];
}
