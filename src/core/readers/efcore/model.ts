/** The model of one DbContext while it is put together: what is stated, before conventions fill in the rest. Mutable; lives for one link. */
import type { Index, ReferentialAction } from '../../schema/model.ts';
import type { SourceRange } from '../../schema/source.ts';
import type { ClassInfo, TypeArguments } from '../shared/csharp/project.ts';
import type { TypeRef } from '../shared/csharp/types.ts';

/** What is stated of a property, by the fluent API or by attributes. Absent = not stated. */
export interface PropertySettings {
  column?: string;
  columnType?: string;
  maxLength?: number;
  precision?: number;
  scale?: number;
  required?: boolean;
  unicode?: boolean;
  fixedLength?: boolean;
  /** SQL text. */
  default?: string;
  computed?: { sql: string; stored: boolean | null };
  generated?: 'never' | 'add' | 'update';
  /** Values from a sequence, by its name. */
  sequence?: string;
  identity?: boolean;
  /** Type the value is stored as; null = a converter class or lambdas. */
  conversion?: { to: TypeRef | null; text: string };
  comment?: string;
  collation?: string;
  concurrency?: boolean;
  rowVersion?: boolean;
  order?: number;
  /** Stated type, of shadow properties and those of snapshots. */
  clr?: TypeRef;
  json?: boolean;
  /** Mapped though conventions would pass it over. */
  explicit?: boolean;
  at?: SourceRange;
}

export interface KeySettings {
  readonly properties: readonly string[];
  name?: string;
  at: SourceRange;
}

export interface IndexSettings {
  readonly properties: readonly string[];
  name?: string;
  unique?: boolean;
  where?: string | null;
  include?: readonly string[];
  descending?: readonly boolean[];
  method?: string;
  by: Index['origin'];
  at: SourceRange;
}

export interface TableSettings {
  readonly name: string | null;
  readonly schema: string | null | undefined;
  readonly kind: 'table' | 'view' | 'none';
  readonly excluded: boolean;
}

export interface EntityType {
  /** Full name of the class; of owned types `Owner.Navigation#Type`. */
  readonly id: string;
  readonly name: string;
  readonly info: ClassInfo | null;
  readonly args: TypeArguments;
  readonly settings: Map<string, PropertySettings>;
  readonly ignored: Set<string>;
  /** Stated; 'none' = keyless; null = by convention. */
  key: KeySettings | 'none' | null;
  readonly alternates: KeySettings[];
  readonly indexes: IndexSettings[];
  readonly checks: { name: string | null; expression: string; at: SourceRange }[];
  table: TableSettings | null;
  comment: string | null;
  strategy: 'tph' | 'tpt' | 'tpc' | null;
  discriminator: { column: string | null; type: TypeRef | null; readonly values: Map<string, string> } | 'none' | null;
  /** Stated base; null = none; undefined = by the classes. */
  base: EntityType | null | undefined;
  owner: { readonly entity: EntityType; readonly navigation: string; readonly many: boolean } | null;
  /** Kept in a JSON column of its owner's table; its stated name. */
  json: { column: string | null } | null;
  /** Stated name of the key that refers to the owner. */
  ownerKeyName: string | null;
  /** Navigations that are said to be required, and those that every query loads. */
  readonly requiredNavigations: Set<string>;
  readonly autoIncluded: Set<string>;
  /** Complex properties by name: parts of this table that are no entities. */
  readonly complex: Set<string>;
  /** Properties with `[ForeignKey("Navigation")]`, and the navigation each names. */
  readonly keyAttributes: string[];
  readonly foreignKeyAttributes: Map<string, string>;
  readonly at: SourceRange;
  /** It is in the model for a reason of its own, not only because a navigation leads to it. */
  stated: boolean;
  /** Stands for the join table of a many-to-many relation. */
  join: boolean;
  filter: boolean;
}

export interface RelationSettings {
  /** Where it was configured from. */
  readonly from: EntityType;
  readonly navigation: string | null;
  readonly many: boolean;
  readonly to: EntityType;
  inverse: string | null;
  inverseMany: boolean | null;
  foreignKey: readonly string[] | null;
  dependent: EntityType | null;
  principalKey: readonly string[] | null;
  required: boolean | null;
  onDelete: string | null;
  name: string | null;
  ownership: boolean;
  /** Of many-to-many. */
  join: JoinSettings | null;
  /** Counts up with each statement, so that a later one wins over an earlier. */
  readonly step: number;
  onDeleteStep: number;
  readonly at: SourceRange;
}

export interface JoinSettings {
  entity: EntityType | null;
  table: TableSettings | null;
  /** Columns that refer to the side the relation was configured from, and to the other. */
  left: readonly string[] | null;
  right: readonly string[] | null;
}

export interface ContextModel {
  readonly entities: Map<string, EntityType>;
  readonly relations: RelationSettings[];
  readonly ignoredTypes: Set<string>;
  /** Settings of all properties of a type (`ConfigureConventions`). */
  readonly byType: Map<string, PropertySettings>;
  readonly ownedTypes: Set<string>;
  /** Enums that are types of the database, by the full name of the class. */
  readonly databaseEnums: Map<string, { name: string; schema: string | null }>;
  /** Names of tables by what `DbSet` properties are called; null where two sets are of the same type. */
  readonly sets: Map<string, string | null>;
  schema: string | null;
  /** The engine's own: tables of it have no namespace. */
  readonly standardSchema: string | null;
  snakeCase: boolean;
  lazyLoading: boolean;
  /** The convention that gives foreign keys an index is taken away. */
  withoutKeyIndexes: boolean;
  /** Set while and after loops over `Model.GetEntityTypes()` ran: what they set, by the id of what they set it on. */
  readonly overrides: Map<string, { value: unknown; step: number }>;
  /** Some code asked for the model made so far, so it must be made twice. */
  asked: boolean;
  step: number;
  /** Every property must be stated: a snapshot. */
  readonly explicit: boolean;
}

export function newModel(explicit: boolean, standardSchema: string | null): ContextModel {
  return {
    entities: new Map(),
    relations: [],
    ignoredTypes: new Set(),
    byType: new Map(),
    ownedTypes: new Set(),
    databaseEnums: new Map(),
    sets: new Map(),
    schema: null,
    standardSchema,
    snakeCase: false,
    lazyLoading: false,
    withoutKeyIndexes: false,
    overrides: new Map(),
    asked: false,
    step: 0,
    explicit,
  };
}

export function newEntity(
  id: string,
  name: string,
  info: ClassInfo | null,
  args: TypeArguments,
  at: SourceRange,
): EntityType {
  return {
    id,
    name,
    info,
    args,
    settings: new Map(),
    ignored: new Set(),
    key: null,
    alternates: [],
    indexes: [],
    checks: [],
    table: null,
    comment: null,
    strategy: null,
    discriminator: null,
    base: undefined,
    owner: null,
    json: null,
    ownerKeyName: null,
    requiredNavigations: new Set(),
    autoIncluded: new Set(),
    complex: new Set(),
    keyAttributes: [],
    foreignKeyAttributes: new Map(),
    at,
    stated: false,
    join: false,
    filter: false,
  };
}

export function settingsOf(entity: EntityType, property: string): PropertySettings {
  let settings = entity.settings.get(property);
  if (!settings) entity.settings.set(property, (settings = {}));
  return settings;
}

/** learn.microsoft.com/ef/core/saving/cascade-delete: what migrations make of each `DeleteBehavior`; the Client… ones are no business of the database. */
export function actionOf(behavior: string): ReferentialAction {
  switch (behavior) {
    case 'Cascade':
      return 'CASCADE';
    case 'SetNull':
      return 'SET NULL';
    case 'Restrict':
      return 'RESTRICT';
    default:
      return 'NO ACTION';
  }
}
