/**
 * TypeORM's own model, as its decorators and EntitySchemas fill it (`src/metadata-args`) and its EntityMetadataBuilder links it
 * (`src/metadata`): the same stages and the same order, because names and duplicates depend on them.
 */
import type { Problem, SourceRange } from '../../schema/source.ts';
import type { ClassNode, FunctionResult, Result } from '../shared/typescript/results.ts';
import type { Driver } from './driverTypes.ts';
import type { NamingStrategy } from './naming.ts';

/** What an entity is known by: a class, or the name of an EntitySchema. */
export interface Target {
  /** Class or schema name. */
  readonly name: string;
  readonly file: string;
  readonly base: Target | null;
  readonly class: ClassNode | null;
  readonly args: Args;
  readonly at: SourceRange;
}

/** What the decorators of one class, or one schema, put into TypeORM's storage. */
export interface Args {
  table: TableArgs | null;
  inheritance: { readonly pattern: string; readonly column: ColumnOptions | null } | null;
  discriminatorValue: string | null;
  tree: TreeArgs | null;
  readonly columns: ColumnArgs[];
  readonly generations: { readonly property: string; readonly strategy: string }[];
  readonly relations: RelationArgs[];
  readonly joinColumns: JoinColumnArgs[];
  readonly joinTables: JoinTableArgs[];
  readonly embeddeds: EmbeddedArgs[];
  readonly indices: IndexArgs[];
  readonly uniques: UniqueArgs[];
  readonly checks: CheckArgs[];
  readonly exclusions: CheckArgs[];
  readonly foreignKeys: ForeignKeyArgs[];
  readonly problems: Problem[];
}

export interface TableArgs {
  readonly type: 'regular' | 'view' | 'entity-child' | 'junction' | 'closure-junction' | 'abstract';
  readonly name: string | null;
  readonly schema: string | null;
  readonly database: string | null;
  readonly synchronize: boolean;
  readonly materialized: boolean;
  readonly expression: string | null;
  readonly comment: string | null;
}

export interface TreeArgs {
  readonly type: string;
  readonly closureTableName: string | null;
  readonly closureTableSchema: string | null;
  readonly ancestorColumnName: FunctionResult | null;
  readonly descendantColumnName: FunctionResult | null;
}

export type ColumnMode =
  | 'regular'
  | 'virtual'
  | 'virtual-property'
  | 'createDate'
  | 'updateDate'
  | 'deleteDate'
  | 'version'
  | 'treeLevel'
  | 'objectId';

/** `undefined` and null mean different things to TypeORM in `nullable` and `default` alone. */
export interface ColumnOptions {
  readonly name: string | null;
  /** Engine type, or a constructor's name: `String`. */
  readonly type: string | null;
  readonly length: string | null;
  readonly nullable: boolean | undefined;
  readonly primary: boolean;
  readonly default: Result;
  readonly precision: number | null | undefined;
  readonly scale: number | null;
  readonly unsigned: boolean;
  readonly array: boolean;
  readonly enum: readonly string[] | null;
  readonly enumName: string | null;
  readonly comment: string | null;
  readonly collation: string | null;
  readonly select: boolean;
  readonly insert: boolean;
  readonly update: boolean;
  readonly asExpression: string | null;
  readonly generatedType: 'STORED' | 'VIRTUAL';
  readonly transformer: string | null;
  readonly primaryKeyConstraintName: string | null;
  readonly foreignKeyConstraintName: string | null;
  readonly generatedIdentity: boolean;
}

export interface ColumnArgs {
  readonly target: Target | null;
  readonly property: string;
  readonly mode: ColumnMode;
  readonly options: ColumnOptions;
  readonly at: SourceRange;
}

/** A function that gives the target, its name, a class or a schema: resolved when all targets are known. */
export type TargetReference = Result;

export interface RelationArgs {
  readonly target: Target;
  readonly property: string;
  readonly kind: 'one-to-one' | 'one-to-many' | 'many-to-one' | 'many-to-many';
  readonly lazy: boolean;
  readonly type: TargetReference;
  /** `(user) => user.posts`, or the property's name. */
  readonly inverse: Result;
  readonly treeParent: boolean;
  readonly treeChildren: boolean;
  readonly nullable: boolean;
  readonly eager: boolean;
  readonly cascade: readonly string[];
  readonly onDelete: string | null;
  readonly onUpdate: string | null;
  readonly deferrable: string | null;
  readonly createForeignKeyConstraints: boolean;
  readonly at: SourceRange;
}

export interface JoinColumnOptions {
  readonly name: string | null;
  readonly referencedColumnName: string | null;
  readonly foreignKeyConstraintName: string | null;
}

export interface JoinColumnArgs extends JoinColumnOptions {
  readonly property: string;
}

export interface JoinTableArgs {
  readonly property: string;
  readonly name: string | null;
  readonly schema: string | null;
  readonly database: string | null;
  readonly synchronize: boolean;
  readonly joinColumns: readonly JoinColumnOptions[] | null;
  readonly inverseJoinColumns: readonly JoinColumnOptions[] | null;
  readonly at: SourceRange;
}

export interface EmbeddedArgs {
  readonly property: string;
  readonly type: TargetReference;
  readonly prefix: string | boolean | undefined;
  readonly array: boolean;
  readonly at: SourceRange;
}

/** Property paths; a function gives them in an object or a list (`(order) => ({ name: 1 })`). */
export type ColumnPaths = Result;

export interface IndexArgs {
  readonly name: string | null;
  readonly columns: ColumnPaths;
  readonly unique: boolean;
  readonly method: string | null;
  readonly where: string | null;
  readonly synchronize: boolean;
  readonly at: SourceRange;
}

export interface UniqueArgs {
  readonly name: string | null;
  readonly columns: ColumnPaths;
  readonly deferrable: string | null;
  readonly at: SourceRange;
}

export interface CheckArgs {
  readonly name: string | null;
  readonly expression: string;
  readonly at: SourceRange;
}

export interface ForeignKeyArgs {
  readonly type: TargetReference;
  readonly property: string | null;
  readonly inverse: Result;
  readonly columnNames: readonly string[];
  readonly referencedColumnNames: readonly string[];
  readonly name: string | null;
  readonly onDelete: string | null;
  readonly onUpdate: string | null;
  readonly deferrable: string | null;
  readonly at: SourceRange;
}

/** How one data source makes tables of its entities. */
export interface Settings {
  readonly driver: Driver;
  readonly naming: NamingStrategy;
  /** TypeORM 0.x, where it differs from 1.x. */
  readonly legacy: boolean;
  readonly entityPrefix: string | null;
  readonly schema: string | null;
}

export interface ColumnMeta {
  readonly entity: EntityMeta;
  readonly embedded: EmbeddedMeta | null;
  readonly target: Target | null;
  property: string;
  givenName: string | null;
  type: string | null;
  readonly mode: ColumnMode;
  options: ColumnOptions;
  isPrimary: boolean;
  isNullable: boolean;
  isArray: boolean;
  default: Result;
  /** SQL of a default that TypeORM itself gives (`now()`). */
  sqlDefault: string | null;
  precision: number | null;
  generation: string | null;
  referenced: ColumnMeta | null;
  role: 'discriminator' | 'tree-path' | 'tree-left' | 'tree-right' | null;
  /** The relation whose key it holds. */
  relation: RelationMeta | null;
  /** Path of the property in the entity. */
  path: string;
  name: string;
  /** Name by the strategy without the prefixes of embeddeds. */
  nameWithoutPrefixes: string;
  readonly at: SourceRange;
}

export interface RelationMeta {
  readonly entity: EntityMeta;
  readonly embedded: EmbeddedMeta | null;
  readonly args: RelationArgs;
  /** Of a child entity that narrows the type: what the relation leads to there. */
  type: TargetReference;
  path: string;
  inverseEntity: EntityMeta | null;
  inversePath: string;
  inverse: RelationMeta | null;
  joinColumns: readonly ColumnMeta[];
  junction: EntityMeta | null;
  owner: boolean;
}

export interface EmbeddedMeta {
  readonly entity: EntityMeta;
  readonly args: EmbeddedArgs;
  readonly parent: EmbeddedMeta | null;
  readonly columns: ColumnMeta[];
  readonly relations: RelationMeta[];
  readonly indices: IndexMeta[];
  readonly uniques: UniqueMeta[];
  readonly embeddeds: EmbeddedMeta[];
  readonly properties: readonly string[];
  readonly prefixes: readonly string[];
}

export interface IndexMeta {
  readonly embedded: EmbeddedMeta | null;
  readonly args: IndexArgs;
  columns: readonly ColumnMeta[];
  orders: readonly ('asc' | 'desc')[];
  name: string | null;
  readonly byOrm: boolean;
}

export interface UniqueMeta {
  readonly embedded: EmbeddedMeta | null;
  readonly args: UniqueArgs;
  columns: readonly ColumnMeta[];
  name: string | null;
  readonly byOrm: boolean;
}

export interface ForeignKeyMeta {
  readonly columns: readonly ColumnMeta[];
  readonly referencedEntity: EntityMeta;
  readonly referencedColumns: readonly ColumnMeta[];
  readonly givenName: string | null;
  readonly onDelete: string | null;
  readonly onUpdate: string | null;
  readonly deferrable: string | null;
  readonly enforced: boolean;
  readonly byOrm: boolean;
  readonly at: SourceRange;
}

export interface EntityMeta {
  /** Null for junctions. */
  readonly target: Target | null;
  readonly table: TableArgs;
  readonly settings: Settings;
  /** The class, what it extends, and under single-table inheritance the children, in the order TypeORM stores them. */
  readonly tree: readonly Target[];
  parent: EntityMeta | null;
  readonly children: EntityMeta[];
  inheritance: string | null;
  treeArgs: TreeArgs | null;
  schema: string | null;
  database: string | null;
  givenName: string | null;
  nameWithoutPrefix: string;
  name: string;
  ownColumns: ColumnMeta[];
  ownRelations: RelationMeta[];
  embeddeds: EmbeddedMeta[];
  ownIndices: IndexMeta[];
  ownUniques: UniqueMeta[];
  /** Own and embedded ones together. */
  columns: readonly ColumnMeta[];
  relations: readonly RelationMeta[];
  foreignKeys: ForeignKeyMeta[];
  readonly at: SourceRange;
}
