/**
 * What the real TypeORM makes of a folder of entities: the sources are compiled with decorator metadata, loaded, and
 * built into metadata without any connection. `describeSchema` brings our own reading into the same shape.
 */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import type * as TypeOrm from 'typeorm';
import type { DataSource, DataSourceOptions, EntityMetadata } from 'typeorm';
import type { Dialect, Table } from '../../../../src/core/schema/model.ts';

const modules = fileURLToPath(new URL('../../../../node_modules', import.meta.url));

export const engines = [
  { dialect: 'postgresql', type: 'postgres' },
  { dialect: 'mysql', type: 'mysql' },
  { dialect: 'sqlite', type: 'better-sqlite3' },
] as const satisfies readonly { dialect: Dialect; type: string }[];

export type Engine = (typeof engines)[number];

export interface DescribedTable {
  readonly name: string;
  readonly namespace: string | null;
  readonly managed: boolean;
  readonly columns: Readonly<Record<string, unknown>>;
  readonly primaryKey: readonly string[];
  readonly uniques: readonly unknown[];
  readonly indexes: readonly unknown[];
  readonly foreignKeys: readonly unknown[];
  readonly relations: readonly unknown[];
  readonly checks: readonly unknown[];
  readonly exclusions: readonly unknown[];
}

export interface Compiled {
  /** Everything the files export. */
  readonly exported: readonly unknown[];
  readonly typeorm: typeof TypeOrm;
  dispose(): void;
}

export function sourceFiles(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => name.replaceAll('\\', '/'))
    .filter((name) => /\.[cm]?tsx?$/.test(name))
    .sort();
}

/** `typeorm` is the package to load: `typeorm`, or `typeorm-03` for the last of the 0.3 line. */
export function compile(folder: string, typeorm = 'typeorm', options: ts.CompilerOptions = {}): Compiled {
  const output = mkdtempSync(join(tmpdir(), 'oracle-'));
  const linked = join(output, 'node_modules');
  mkdirSync(linked);
  for (const [name, source] of [
    ['typeorm', typeorm],
    ['reflect-metadata', 'reflect-metadata'],
  ] as const)
    symlinkSync(join(modules, source), join(linked, name), 'junction');
  const settings: ts.CompilerOptions = {
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.CommonJS,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    experimentalDecorators: true,
    emitDecoratorMetadata: true,
    useDefineForClassFields: false,
    strict: false,
    esModuleInterop: true,
    skipLibCheck: true,
    types: [],
    rootDir: folder,
    outDir: output,
    noEmitOnError: false,
    ...options,
  };
  const rootNames = sourceFiles(folder).map((name) => join(folder, name));
  ts.createProgram({ rootNames, options: settings, host: cachingHost(settings) }).emit();
  // Versions and fixtures share the storage their decorators fill; each starts with an empty one.
  Reflect.deleteProperty(globalThis, 'typeormMetadataArgsStorage');
  const load = createRequire(join(output, 'index.js'));
  load(join(modules, 'reflect-metadata'));
  const exported = sourceFiles(folder)
    .filter((name) => !name.endsWith('.d.ts'))
    .flatMap((name) => Object.values(load(join(output, name.replace(/tsx?$/, 'js'))) as Record<string, unknown>));
  return {
    exported: [...new Set(exported)],
    typeorm: load('typeorm') as typeof TypeOrm,
    dispose: () => rmSync(output, { recursive: true, force: true }),
  };
}

const libraryFiles = new Map<string, ts.SourceFile | undefined>();

/** TypeScript's and TypeORM's own declarations are parsed once for all fixtures. */
function cachingHost(options: ts.CompilerOptions): ts.CompilerHost {
  const host = ts.createCompilerHost(options);
  return {
    ...host,
    getSourceFile(name, languageVersion, ...rest) {
      if (!name.includes('node_modules')) return host.getSourceFile(name, languageVersion, ...rest);
      if (!libraryFiles.has(name)) libraryFiles.set(name, host.getSourceFile(name, languageVersion, ...rest));
      return libraryFiles.get(name);
    },
  };
}

interface Buildable {
  buildMetadatas(): Promise<void>;
}

export async function connectless(
  compiled: Compiled,
  engine: Engine,
  options: Partial<DataSourceOptions> = {},
): Promise<DataSource> {
  const { EntitySchema } = compiled.typeorm;
  const entities = compiled.exported.filter((each) => typeof each === 'function' || each instanceof EntitySchema);
  const settings = { type: engine.type, database: ':memory:', entities, ...options };
  const source = new compiled.typeorm.DataSource(settings as DataSourceOptions);
  await (source as unknown as Buildable).buildMetadatas();
  return source;
}

/** Sorted, and each once: a schema embedded twice puts its constraints into TypeORM's storage twice, under one name. */
function byText(items: readonly unknown[]): readonly unknown[] {
  const known = new Map(items.map((item) => [JSON.stringify(item), item]));
  return [...known].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, item]) => item);
}

function orNull<T>(value: T | undefined | null | ''): T | null {
  return value === undefined || value === '' ? null : value;
}

export function describeMetadata(source: DataSource): readonly DescribedTable[] {
  const tables = source.entityMetadatas.filter((each) => each.tableType !== 'entity-child');
  return tables.map((each) => describeEntity(each, source)).toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

function describeEntity(entity: EntityMetadata, source: DataSource): DescribedTable {
  const { driver } = source;
  const type = source.options.type;
  const mysql = type === 'mysql' || type === 'mariadb';
  const sqlite = type === 'better-sqlite3';
  const view = entity.tableType === 'view';
  const namespace = mysql ? entity.database : sqlite ? null : entity.schema;
  const columns: Record<string, unknown> = {};
  for (const column of entity.columns) {
    if (column.isVirtualProperty) continue;
    const length = driver.getColumnLength(column);
    const enumerated = ['enum', 'simple-enum', 'set'].includes(column.type as string) && column.enum;
    columns[column.databaseName] = {
      type: driver.normalizeType(column),
      length: /^\d+$/.test(length) ? Number(length) : null,
      precision: orNull(column.precision),
      scale: orNull(column.scale),
      array: column.isArray,
      nullable: column.isNullable,
      default: orNull(driver.normalizeDefault(column)),
      generated: column.asExpression ? column.generatedType?.toLowerCase() : orNull(column.generationStrategy),
      enum: enumerated ? column.enum?.map(String) : null,
      enumName: enumerated
        ? (column.enumName ?? `${entity.tableName}_${column.databaseName.toLowerCase()}_enum`)
        : null,
      collation: orNull(column.collation),
      comment: orNull(column.comment),
      selected: column.isSelect,
      insertable: column.isInsert,
      updatable: column.isUpdate,
      role: roleOf(column),
    };
  }
  return {
    name: entity.tableName,
    namespace: namespace === undefined || namespace === 'public' ? null : namespace,
    managed: entity.synchronize,
    columns,
    primaryKey: entity.primaryColumns.map((each) => each.databaseName),
    uniques: view
      ? []
      : byText(
          entity.uniques.map((each) => ({
            name: each.name,
            columns: each.columns.map((column) => column.databaseName),
            deferrable: orNull(each.deferrable),
          })),
        ),
    indexes: byText(
      entity.indices
        .filter((each) => indexedColumns(each, entity).length > 0)
        .map((each) => ({
          name: orNull(each.name),
          columns: indexedColumns(each, entity),
          unique: each.isUnique,
          where: orNull(each.where),
          method: each.isFulltext ? 'fulltext' : each.isSpatial && each.type !== 'gist' ? 'spatial' : orNull(each.type),
        })),
    ),
    foreignKeys: view
      ? []
      : byText(
          entity.foreignKeys.map((each) => ({
            name: each.name,
            columns: each.columns.map((column) => column.databaseName),
            table: each.referencedEntityMetadata.tableName,
            references: each.referencedColumns.map((column) => column.databaseName),
            onDelete: each.onDelete,
            onUpdate: each.onUpdate,
            deferrable: orNull(each.deferrable),
          })),
        ),
    relations: byText(
      entity.relations.map((each) => ({
        property: each.propertyPath,
        kind: each.relationType,
        target: each.inverseEntityMetadata.tableName,
        owner: each.isOwning,
        joinTable: orNull(each.junctionEntityMetadata?.tableName),
        columns: each.relationType === 'many-to-many' ? [] : each.joinColumns.map((column) => column.databaseName),
        fetch: each.isEager ? 'eager' : each.isLazy ? 'lazy' : 'explicit',
        nullable: each.isNullable,
      })),
    ),
    checks: byText(entity.checks.map((each) => ({ name: each.name, expression: each.expression }))),
    exclusions: byText(entity.exclusions.map((each) => ({ name: each.name, expression: each.expression }))),
  };
}

/** Of an index it is told to leave alone TypeORM keeps the properties only; we give the columns all the same. */
function indexedColumns(index: EntityMetadata['indices'][number], entity: EntityMetadata): readonly string[] {
  if (index.synchronize || !Array.isArray(index.givenColumnNames))
    return index.columns.map((column) => column.databaseName);
  return index.givenColumnNames.map(
    (name) => entity.columns.find((column) => column.propertyPath === name)?.databaseName ?? name,
  );
}

function roleOf(column: EntityMetadata['columns'][number]): string | null {
  if (column.isCreateDate) return 'created-at';
  if (column.isUpdateDate) return 'updated-at';
  if (column.isDeleteDate) return 'deleted-at';
  if (column.isVersion) return 'version';
  if (column.isTreeLevel) return 'tree-level';
  if (column.isDiscriminator) return 'discriminator';
  if (column.isMaterializedPath) return 'tree-path';
  if (column.isNestedSetLeft) return 'tree-left';
  if (column.isNestedSetRight) return 'tree-right';
  return column.relationMetadata?.isTreeParent && !column.entityMetadata.isJunction ? 'tree-parent' : null;
}

export function describeTables(
  tables: readonly Table[],
  enums: readonly { readonly name: string; readonly values: readonly string[] }[],
): readonly DescribedTable[] {
  return tables.map((table) => describeTable(table, enums)).toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

function describeTable(
  table: Table,
  enums: readonly { readonly name: string; readonly values: readonly string[] }[],
): DescribedTable {
  const columns: Record<string, unknown> = {};
  for (const column of table.columns) {
    columns[column.name] = {
      type: column.rawType,
      length: column.length,
      precision: column.precision,
      scale: column.scale,
      array: column.array,
      nullable: column.nullable,
      default: column.default,
      generated: column.generated?.kind ?? null,
      enum: column.enum === null ? null : (enums.find((each) => each.name === column.enum)?.values ?? null),
      enumName: column.enum,
      collation: column.collation,
      comment: column.comment,
      selected: column.selected,
      insertable: column.insertable,
      updatable: column.updatable,
      role: column.role,
    };
  }
  return {
    name: table.name,
    namespace: table.namespace,
    managed: table.managed,
    columns,
    primaryKey: table.primaryKey,
    uniques: byText(table.uniques.map(({ name, columns: on, deferrable }) => ({ name, columns: on, deferrable }))),
    indexes: byText(
      table.indexes.map(({ name, columns: on, unique, where, method }) => ({
        name,
        columns: on,
        unique,
        where,
        method,
      })),
    ),
    foreignKeys: byText(
      table.foreignKeys
        .filter((each) => each.enforced)
        .map((each) => ({
          name: each.name,
          columns: each.columns,
          table: each.references.table,
          references: each.references.columns,
          onDelete: each.onDelete,
          onUpdate: each.onUpdate,
          deferrable: each.deferrable,
        })),
    ),
    relations: byText(
      table.relations.map((each) => ({
        property: each.property,
        kind: each.kind,
        target: each.target,
        owner: each.owner,
        joinTable: each.joinTable,
        columns: each.columns,
        fetch: each.fetch,
        nullable: each.nullable,
      })),
    ),
    checks: byText(table.checks.map(({ name, expression }) => ({ name, expression }))),
    exclusions: byText(table.exclusions.map(({ name, expression }) => ({ name, expression }))),
  };
}

export function readFolder(folder: string): ReadonlyMap<string, string> {
  return new Map(
    sourceFiles(folder).map((name) => [relative(folder, join(folder, name)), readFileSync(join(folder, name), 'utf8')]),
  );
}
