/** Linked TypeORM metadata → the tables of the schema model. */
import type {
  Column,
  ColumnRole,
  EnumType,
  ForeignKey,
  Generated,
  Index,
  Inheritance,
  ReferentialAction,
  Relation,
  Table,
  TableKind,
} from '../../schema/model.ts';
import { columnTypeOf } from '../../schema/columnTypes.ts';
import type { Evaluator } from '../shared/typescript/evaluate.ts';
import { directoryOf } from '../shared/paths.ts';
import { isChild } from './build.ts';
import { primaryColumns } from './columns.ts';
import { indexesOf, namesOf, uniquesOf } from './constraints.ts';
import { defaultOf } from './defaults.ts';
import { normalizeType } from './driverTypes.ts';
import type { ColumnMeta, EntityMeta, RelationMeta } from './model.ts';
import { referenceText } from './targets.ts';

/** What one entity comes to; a child of a shared table has none of its own. */
export interface EntityTable {
  readonly table: Table | null;
  /** Of a child: the entity whose table it is stored in; null where TypeORM would find none. */
  readonly parent: EntityTable | null;
  /** Name of its class or schema; null for tables TypeORM adds. */
  readonly entity: string | null;
  readonly enums: readonly EnumType[];
}

export interface TableResult {
  readonly tables: readonly Table[];
  readonly enums: readonly EnumType[];
  /** By the name of the class or schema, the first of several; children of a shared table stand for that table. */
  readonly byName: ReadonlyMap<string, Table>;
}

/** In the order of the entities. */
export function tablesOf(
  entities: readonly EntityMeta[],
  root: string,
  evaluator: Evaluator,
): ReadonlyMap<EntityMeta, EntityTable> {
  const tables = new Map<EntityMeta, EntityTable>();
  const parentsFirst = [...entities.filter((each) => !isChild(each)), ...entities.filter(isChild)];
  for (const entity of parentsFirst) {
    const enums: EnumType[] = [];
    tables.set(entity, {
      table: isChild(entity) ? null : tableOf(entity, root, evaluator, enums),
      parent: isChild(entity) && entity.parent ? (tables.get(entity.parent) ?? null) : null,
      entity: entity.target?.name ?? null,
      enums,
    });
  }
  return tables;
}

/** Brings together entities of one table, and enums of one name. */
export function mergeTables(entities: readonly EntityTable[]): TableResult {
  const enums = new Map<string, EnumType>();
  const keys = new Map<EntityTable, string>();
  const tables = new Map<string, Table>();
  for (const each of entities) {
    for (const type of each.enums) {
      const key = `${type.namespace ?? ''}\0${type.name}`;
      if (!enums.has(key)) enums.set(key, type);
    }
    const { table } = each;
    if (!table) continue;
    const plain = `${table.namespace ?? ''}\0${table.name}`;
    const known = tables.get(plain);
    // Two classes of one name are two programs' (tests, samples, copies), not two views of one table.
    const key = table.entity !== null && known?.entity === table.entity ? `${plain}\0${table.at.file}` : plain;
    const same = tables.get(key);
    tables.set(key, same ? merge(same, table) : table);
    keys.set(each, key);
  }
  const byName = new Map<string, Table>();
  for (const each of entities) {
    const table = tables.get(keys.get(each.parent ?? each) ?? '');
    if (table && each.entity !== null && !byName.has(each.entity)) byName.set(each.entity, table);
  }
  return { tables: [...tables.values()], enums: [...enums.values()], byName };
}

/** Several entities on one table: TypeORM creates it for the first and adds to it what the others have more. */
function merge(first: Table, other: Table): Table {
  const added = <T>(mine: readonly T[], theirs: readonly T[], key: (each: T) => string): readonly T[] => {
    const known = new Set(mine.map(key));
    return [...mine, ...theirs.filter((each) => !known.has(key(each)))];
  };
  const listed = (each: { readonly name: string | null; readonly columns: readonly string[] }): string =>
    each.name ?? each.columns.join();
  return {
    ...first,
    columns: added(first.columns, other.columns, (each) => each.name),
    primaryKey: first.primaryKey.length > 0 ? first.primaryKey : other.primaryKey,
    primaryKeyName: first.primaryKeyName ?? other.primaryKeyName,
    uniques: added(first.uniques, other.uniques, listed),
    indexes: added(first.indexes, other.indexes, listed),
    foreignKeys: added(first.foreignKeys, other.foreignKeys, listed),
    relations: added(first.relations, other.relations, (each) => each.property),
    checks: added(first.checks, other.checks, (each) => each.name ?? each.expression),
    exclusions: added(first.exclusions, other.exclusions, (each) => each.name ?? each.expression),
    inheritance: first.inheritance ?? other.inheritance,
    comment: first.comment ?? other.comment,
    managed: first.managed || other.managed,
  };
}

/** Null = the engine's default one. */
export function namespaceOf(entity: EntityMeta): string | null {
  const { driver } = entity.settings;
  if (driver.dialect === 'sqlite' || driver.dialect === 'mongodb') return null;
  const name = driver.hasSchemas ? entity.schema : entity.database;
  const standard = driver.dialect === 'mssql' ? 'dbo' : 'public';
  return driver.hasSchemas && name === standard ? null : name;
}

function tableOf(entity: EntityMeta, root: string, evaluator: Evaluator, enums: EnumType[]): Table {
  const { target, table, settings } = entity;
  const key = namesOf(primaryColumns(entity));
  const view = table.type === 'view';
  const columns = entity.columns.filter((column) => column.mode !== 'virtual-property');
  return {
    name: entity.name,
    namespace: namespaceOf(entity),
    entity: target?.name ?? null,
    reader: 'typeorm',
    kind: kindOf(entity),
    columns: columns.map((column) => columnOf(column, evaluator, enums)),
    primaryKey: key,
    primaryKeyName: view || key.length === 0 ? null : primaryKeyName(entity, key),
    uniques: view
      ? []
      : uniquesOf(entity).map((unique) => ({
          name: unique.name,
          columns: namesOf(unique.columns),
          nullsNotDistinct: false,
          deferrable: unique.args.deferrable,
          origin: unique.byOrm ? ('orm' as const) : ('declared' as const),
          at: unique.args.at,
        })),
    indexes: indexesOf(entity).flatMap((index) => indexOf(index, settings.legacy)),
    foreignKeys: view ? [] : entity.foreignKeys.map((each) => foreignKeyOf(each, entity)),
    relations: relationsOf(entity),
    checks: constraintsOf(entity, 'checks'),
    exclusions: settings.driver.dialect === 'postgresql' ? constraintsOf(entity, 'exclusions') : [],
    inheritance: inheritanceOf(entity),
    viewExpression: view ? table.expression : null,
    comment: table.comment,
    managed: table.synchronize,
    module: moduleOf(entity.at.file, root),
    at: entity.at,
  };
}

function kindOf(entity: EntityMeta): TableKind {
  if (entity.settings.driver.dialect === 'mongodb') return 'collection';
  switch (entity.table.type) {
    case 'view':
      return entity.table.materialized ? 'materialized-view' : 'view';
    case 'junction':
      return 'join-table';
    case 'closure-junction':
      return 'closure-table';
    default:
      return 'table';
  }
}

function moduleOf(file: string, root: string): string {
  const folder = directoryOf(file);
  if (root === '') return folder;
  return folder === root ? '' : folder.startsWith(`${root}/`) ? folder.slice(root.length + 1) : folder;
}

/** MySQL calls every primary key PRIMARY; SQLite names none that it increments by itself. */
function primaryKeyName(entity: EntityMeta, key: readonly string[]): string | null {
  const { driver, naming } = entity.settings;
  if (driver.dialect === 'mysql' || driver.dialect === 'mariadb' || driver.dialect === 'mongodb') return null;
  const columns = primaryColumns(entity);
  if (driver.dialect === 'sqlite' && columns.some((column) => column.generation === 'increment')) return null;
  return (
    columns.find((column) => column.options.primaryKeyConstraintName !== null)?.options.primaryKeyConstraintName ??
    naming.primaryKeyName(entity.name, key)
  );
}

const modeRoles: Readonly<Partial<Record<ColumnMeta['mode'], ColumnRole>>> = {
  createDate: 'created-at',
  updateDate: 'updated-at',
  deleteDate: 'deleted-at',
  version: 'version',
  treeLevel: 'tree-level',
};

/** Whatever the engine keeps them in (`tinyint`, `number`). */
const booleans = new Set(['Boolean', 'boolean', 'bool']);

function columnOf(column: ColumnMeta, evaluator: Evaluator, enums: EnumType[]): Column {
  const { driver } = column.entity.settings;
  const { options } = column;
  const rawType = normalizeType(driver, column.type ?? '');
  const enumName = enumOf(column, enums);
  const length = options.length ?? defaultLength(column);
  const treeParent = column.relation?.args.treeParent === true;
  return {
    name: column.name,
    property: propertyOf(column),
    type:
      enumName !== null ? 'enum' : booleans.has(column.type ?? '') ? 'boolean' : columnTypeOf(rawType, driver.dialect),
    rawType,
    ...(options.unsigned && (driver.dialect === 'mysql' || driver.dialect === 'mariadb') ? { unsigned: true } : {}),
    length: length !== null && /^\d+$/.test(length) ? Number(length) : null,
    precision: column.precision,
    scale: options.scale,
    array: column.isArray,
    nullable: column.isNullable,
    default: defaultOf(column, evaluator),
    generated: generatedOf(column),
    enum: enumName,
    collation: options.collation,
    comment: options.comment,
    role: column.role ?? (treeParent ? 'tree-parent' : null) ?? modeRoles[column.mode] ?? null,
    classification: null,
    selected: options.select,
    hideable: true,
    insertable: options.insert,
    updatable: options.update,
    transformer: options.transformer,
    at: column.at,
  };
}

/** A join column stands under its relation's property; columns of tables nobody declares under none. */
function propertyOf(column: ColumnMeta): string | null {
  const type = column.entity.table.type;
  if (type === 'junction' || type === 'closure-junction') return null;
  if (column.mode !== 'virtual') return column.path;
  return column.relation ? column.relation.path : null;
}

function defaultLength(column: ColumnMeta): string | null {
  const { driver } = column.entity.settings;
  if (column.generation === 'uuid' && driver.uuidLength !== null) return driver.uuidLength;
  return Object.hasOwn(driver.lengths, column.type ?? '') ? (driver.lengths[column.type ?? ''] ?? null) : null;
}

function generatedOf(column: ColumnMeta): Generated | null {
  const { asExpression, generatedType, generatedIdentity } = column.options;
  if (asExpression !== null)
    return { kind: generatedType === 'STORED' ? 'stored' : 'virtual', expression: asExpression };
  switch (column.generation) {
    case 'increment':
      return { kind: generatedIdentity ? 'identity' : 'increment', expression: null };
    case 'identity':
    case 'uuid':
    case 'rowid':
      return { kind: column.generation, expression: null };
    default:
      return null;
  }
}

function enumOf(column: ColumnMeta, enums: EnumType[]): string | null {
  const { entity, options } = column;
  if (options.enum === null || (column.type !== 'enum' && column.type !== 'simple-enum' && column.type !== 'set'))
    return null;
  const name = options.enumName ?? `${entity.name}_${column.name.toLowerCase()}_enum`;
  enums.push({ name, namespace: namespaceOf(entity), values: options.enum, at: column.at });
  return name;
}

/** An index without columns is one TypeORM is told to leave alone, made by hand and not described. */
function indexOf(index: ReturnType<typeof indexesOf>[number], legacy: boolean): readonly Index[] {
  if (index.columns.length === 0) return [];
  const { method } = index.args;
  return [
    {
      name: index.name,
      columns: namesOf(index.columns),
      orders: index.orders,
      include: [],
      unique: index.args.unique,
      // Types of indexes beside these two are new in 1.x.
      method: legacy && method !== 'spatial' && method !== 'fulltext' ? null : method,
      where: index.args.where,
      expression: null,
      origin: index.byOrm ? 'orm' : 'declared',
      at: index.args.at,
    },
  ];
}

const actions: readonly ReferentialAction[] = ['CASCADE', 'SET NULL', 'SET DEFAULT', 'RESTRICT', 'NO ACTION'];

function actionOf(action: string | null): ReferentialAction {
  return actions.find((each) => each === action?.toUpperCase()) ?? 'NO ACTION';
}

function foreignKeyOf(key: EntityMeta['foreignKeys'][number], entity: EntityMeta): ForeignKey {
  const { referencedEntity } = key;
  const columns = namesOf(key.columns);
  const referenced = namesOf(key.referencedColumns);
  const name =
    key.givenName ?? entity.settings.naming.foreignKeyName(entity.name, columns, referencedEntity.name, referenced);
  return {
    name: key.enforced ? name : null,
    columns,
    references: { table: referencedEntity.name, namespace: namespaceOf(referencedEntity), columns: referenced },
    onDelete: actionOf(key.onDelete),
    onUpdate: actionOf(key.onUpdate),
    deferrable: key.deferrable,
    enforced: key.enforced,
    origin: key.byOrm ? 'orm' : 'declared',
    at: key.at,
  };
}

function relationsOf(entity: EntityMeta): readonly Relation[] {
  return entity.relations.map((relation) => {
    const { args, inverseEntity, junction } = relation;
    return {
      property: relation.path,
      kind: args.kind,
      target: inverseEntity?.name ?? referenceText(relation.type),
      targetNamespace: inverseEntity ? namespaceOf(inverseEntity) : null,
      owner: relation.owner,
      columns: junction ? [] : namesOf(relation.joinColumns),
      inverse: relation.inverse?.path ?? inverseByOther(relation),
      joinTable: junction?.name ?? null,
      nullable: args.nullable,
      fetch: args.eager ? 'eager' : args.lazy ? 'lazy' : 'explicit',
      cascade: args.cascade,
      at: args.at,
    };
  });
}

/** Named on the other side alone. */
function inverseByOther(relation: RelationMeta): string | null {
  const other = relation.inverseEntity?.relations.find((each) => each.inverse === relation);
  return other?.path ?? null;
}

function constraintsOf(entity: EntityMeta, kind: 'checks' | 'exclusions'): Table['checks'] {
  const { naming } = entity.settings;
  const nameOf = (expression: string): string =>
    kind === 'checks'
      ? naming.checkConstraintName(entity.name, expression, false)
      : naming.exclusionConstraintName(entity.name, expression);
  return entity.tree
    .flatMap((target) => target.args[kind])
    .map(({ name, expression, at }) => ({ name: name ?? nameOf(expression), expression, at }));
}

function inheritanceOf(entity: EntityMeta): Inheritance | null {
  if (entity.inheritance !== 'STI') return null;
  const discriminator = entity.columns.find((column) => column.role === 'discriminator');
  const valueOf = (each: EntityMeta): string | null =>
    each.target?.args.discriminatorValue ?? each.target?.name ?? null;
  return {
    strategy: 'single-table',
    parent: null,
    discriminatorColumn: discriminator?.name ?? null,
    children: entity.children.map((each) => ({ entity: each.target?.name ?? '', value: valueOf(each) })),
  };
}
