/** What every layer of an entity has to know: names, files, and what may be done with each property. Made once by `plan.ts`. */
import type { Column, ColumnType, Table } from '../../schema/model.ts';

export interface EntityPlan {
  readonly table: Table;
  readonly names: EntityNames;
  /** File of the entity's class, and the class's own name (`UserEntity` where `names.type` is `User`). */
  readonly source: NamedFile;
  /** Folder of the module it belongs to: `src/catalog`. */
  readonly folder: string;
  readonly files: EntityFiles;
  readonly key: KeyPlan;
  /** Key first, then the entity's own columns, then version and time stamps. */
  readonly properties: readonly PropertyPlan[];
  /** Relations that can be loaded with the entity without an N+1 or an unbounded result. */
  readonly includes: readonly IncludePlan[];
  /** Unique keys that callers can fill in, to match rows by when upserting. */
  readonly conflictKeys: readonly ConflictKey[];
  /** Property names of the columns with a role; null = the entity has none. */
  readonly version: string | null;
  readonly deletedAt: string | null;
  /**
   * Why no request can create a row: a required column may not be set by one (a secret, binary content) or cannot be expressed.
   * Null = it can. The repository's `create` is there in either case.
   */
  readonly creationBarred: string | null;
}

export interface EntityNames {
  /** `StockLevel`; without a suffix `Entity`. */
  readonly type: string;
  /** `StockLevels` */
  readonly types: string;
  /** `stockLevel` */
  readonly variable: string;
  /** `stockLevels` */
  readonly variables: string;
  /** `stock-level`, `stock-levels`: file names and routes. */
  readonly kebab: string;
  readonly kebabs: string;
  /** `stock level` */
  readonly words: string;
}

export interface NamedFile {
  readonly path: string;
  readonly name: string;
}

/**
 * `new`: to be written. `kept`: there already, with all that is relied on. `foreign`: there already, but something else, so
 * nothing can be built on it.
 */
export type FileState = 'new' | 'kept' | 'foreign';

export interface PlannedFile extends NamedFile {
  readonly state: FileState;
}

export interface EntityFiles {
  readonly query: PlannedFile;
  readonly repository: PlannedFile;
  readonly service: PlannedFile;
  readonly createDto: PlannedFile;
  readonly updateDto: PlannedFile;
  readonly queryDto: PlannedFile;
  /** Own columns of the entity. */
  readonly responseDto: PlannedFile;
  /** The same with what can be included; null where nothing can. */
  readonly detailsDto: PlannedFile | null;
  /** What endpoints answer with: `detailsDto` where there is one, else `responseDto`. */
  readonly answerDto: PlannedFile;
  readonly controller: PlannedFile;
}

export interface KeyPlan {
  readonly properties: readonly PropertyPlan[];
  /** Type of an id: `string`, `number`, or the name of an exported type such as `StockLevelKey`. */
  readonly type: string;
  readonly composite: boolean;
  /** The database or the ORM makes it. */
  readonly generated: boolean;
}

export type PropertyKind =
  /** One column with a property of its own. */
  | 'scalar'
  /** A foreign key without a property of its own: `brand` in the entity, `brandId` outside. */
  | 'reference'
  /** A value object of several columns. */
  | 'embedded';

/** What a value may be, for validators and for made-up values alike. */
export interface Constraints {
  readonly minLength: number | null;
  readonly maxLength: number | null;
  /** Inclusive. */
  readonly min: number | null;
  readonly max: number | null;
  /** Of decimals. */
  readonly precision: number | null;
  readonly scale: number | null;
  /** Values of an enum. */
  readonly values: readonly string[] | null;
  /** How a string is read: `uuid`, `email`, `integer` (64 bits), `decimal`, `date`, `time`, `ip`. */
  readonly format: 'uuid' | 'email' | 'integer' | 'decimal' | 'date' | 'time' | 'ip' | null;
}

export interface PropertyPlan {
  /** Outside of the entity: in values, filters, DTOs and JSON. */
  readonly name: string;
  /** In the entity. */
  readonly property: string;
  readonly kind: PropertyKind;
  /** TypeScript type as the entity declares it, without null; of a reference that of the key it holds. */
  readonly type: string;
  /** An array of `type`. */
  readonly array: boolean;
  readonly nullable: boolean;
  /** May be left out when a row is created: nullable, with a default, or generated. */
  readonly optional: boolean;
  /** Of embedded values that of the first column. */
  readonly columnType: ColumnType;
  readonly column: Column;
  readonly constraints: Constraints;
  /** Declaration of the enum that `type` names. */
  readonly enum: NamedFile | null;
  /** Class of the embedded value, with its properties. */
  readonly embedded: EmbeddedPlan | null;
  /** Of references: table that it points to and property there. */
  readonly references: { readonly table: Table; readonly property: string } | null;
  /** Values may be given by a request when the row is created, or changed. */
  readonly creatable: boolean;
  readonly updatable: boolean;
  /** Code may set it: creatable ones and those that no request may set. */
  readonly writable: boolean;
  /** It is part of answers. */
  readonly readable: boolean;
  readonly filterable: boolean;
  readonly sortable: boolean;
}

export interface EmbeddedPlan {
  readonly source: NamedFile;
  readonly dto: PlannedFile;
  readonly properties: readonly PropertyPlan[];
  /** The class has methods, so that a plain object is no instance of it. */
  readonly behaves: boolean;
}

export interface IncludePlan {
  readonly property: string;
  readonly many: boolean;
  readonly nullable: boolean;
  readonly target: Table;
}

export interface ConflictKey {
  /** Joined by `And`: `warehouseIdAndVariantId`. */
  readonly name: string;
  /** Property paths in the entity. */
  readonly properties: readonly string[];
}
